"""Checks what `cargo metadata` says of the dependencies: licences that allow both of ours, and the Rust they need.

What only tests are built with is part of nothing that is passed on, so its licence may be any.
"""

import json
import re
import sys

ALLOWED = {
    "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0",
    "ISC", "MIT", "MIT-0", "Unicode-3.0", "Unlicense", "Zlib",
}


def allows(expression):
    """Whether a licence expression can be met with allowed licences; OR binds less than AND."""
    expression = expression.replace("/", " OR ")
    if "(" in expression:
        inner = re.search(r"\(([^()]*)\)", expression)
        verdict = "MIT" if allows(inner.group(1)) else "none"
        return allows(expression[: inner.start()] + verdict + expression[inner.end() :])
    return any(all(part.strip() in ALLOWED for part in choice.split(" AND ")) for choice in expression.split(" OR "))


def version(text):
    return tuple(int(part) for part in (text.split(".") + ["0", "0"])[:3])


def passed_on(metadata):
    """The ids of the packages that are part of what we build, or that build it."""
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    reached, waiting = set(), list(metadata["workspace_members"])
    while waiting:
        id = waiting.pop()
        if id not in reached:
            reached.add(id)
            waiting += [
                dependency["pkg"]
                for dependency in nodes[id]["deps"]
                if any(kind["kind"] != "dev" for kind in dependency["dep_kinds"])
            ]
    return reached


def main():
    metadata = json.load(sys.stdin)
    packages = metadata["packages"]
    shipped = passed_on(metadata)
    ours = [package for package in packages if package["source"] is None]
    rust = min(version(package["rust_version"]) for package in ours)
    problems = []
    for package in packages:
        name = f"{package['name']} {package['version']}"
        if package["id"] in shipped and not allows(package["license"] or ""):
            problems.append(f"{name}: licence {package['license']}")
        if version(package["rust_version"] or "0") > rust:
            problems.append(f"{name}: needs Rust {package['rust_version']}")
    print(f"{len(packages)} packages, {len(shipped)} of them passed on, {len(problems)} problems")
    sys.exit("\n".join(problems) or 0)


main()
