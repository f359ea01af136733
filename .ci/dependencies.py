"""Checks in the output of `cargo metadata` that no dependency needs a newer Rust than the manifest.

`deny.toml` holds the other rules for dependencies.
"""

import json
import sys


def version(text):
    return tuple(int(part) for part in (text.split(".") + ["0", "0"])[:3])


def main():
    packages = json.load(sys.stdin)["packages"]
    rust = min(version(package["rust_version"]) for package in packages if package["source"] is None)
    problems = [
        f"{package['name']} {package['version']}: needs Rust {package['rust_version']}"
        for package in packages
        if version(package["rust_version"] or "0") > rust
    ]
    print(f"{len(packages)} packages, {len(problems)} problems")
    sys.exit("\n".join(problems) or 0)


main()
