"""The results that are kept: results.json, and the reports that are written from it."""

import json
import os
import pathlib
import platform
import subprocess

import report

HERE = pathlib.Path(__file__).resolve().parent


def machine():
    model = platform.processor()
    info = pathlib.Path("/proc/cpuinfo")
    if info.exists():
        lines = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        model = lines[0].split(":", 1)[1].strip() if lines else model
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}"


def commit():
    git = lambda *words: subprocess.run(["git", "-C", HERE, *words], capture_output=True, text=True).stdout  # noqa: E731
    changed = git("status", "--porcelain", "--untracked-files=no", "--", "../src", "../index", "../page", "../Cargo.lock", "../.cargo")
    return git("rev-parse", "--short", "HEAD").strip() + ("+" if changed.strip() else "")


def read_results():
    file = HERE / "results.json"
    return json.loads(file.read_text()) if file.exists() else {"sizes": {}}


def write_results(results):
    results["sizes"] = dict(sorted(results["sizes"].items(), key=lambda item: int(item[0])))
    results = report.rounded(results)
    (HERE / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    (HERE / "RESULTS.md").write_text(report.table(results))
    (HERE / "growth.svg").write_text(report.plot(results))
    if any("instructions" in row for row in results["sizes"].values()):
        (HERE / "INSTRUCTIONS.md").write_text(report.instructions(results))
