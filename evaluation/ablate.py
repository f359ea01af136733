#!/usr/bin/env python3
"""Measures each ingredient of search: changes one line of a copy of the sources, builds it, and measures it.

    evaluation/ablate.py SETS --json FILE [--only NAME …] [--rows TEXT …] [--target-dir DIR]

The rows stand in ablations.toml. A row takes a build and a pass over all sets. FILE keeps what was measured: the same
command goes on where it was stopped.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

import faqt_command
from measures import mean
from question_sets import QuestionSet, read_sets
from report import of_whole
from table import share, table

REPOSITORY = Path(__file__).resolve().parent.parent
ROWS = Path(__file__).with_name("ablations.toml")
COLUMNS = {
    "mrr_at_10": "MRR@10",
    "recall_at_1": "R@1",
    "answered": "answered",
    "right_of_answered": "right of answered",
    "wrong": "wrong",
}
UNCHANGED = "as it is"


@dataclass(frozen=True)
class Ablation:
    """A change of one place in the sources."""

    name: str
    file: str
    find: str
    replace: str

    def changed(self, root: Path) -> str:
        """Returns the changed file.

        Ends the program unless the text to find stands there exactly once.
        """
        path = root / self.file
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        if text.count(self.find) != 1:
            raise SystemExit(f"error: {self.name}: {self.file} has this {text.count(self.find)} times: {self.find}")
        return text.replace(self.find, self.replace)


def main() -> None:
    """Measures the unchanged sources and each row, and prints the table."""
    arguments = read_arguments()
    ablations = [row for row in read_ablations() if not arguments.rows or any(t in row.name for t in arguments.rows)]
    for ablation in ablations:
        ablation.changed(REPOSITORY)
    sets = read_sets(arguments.sets, arguments.only)
    state = hash_sources() + "".join(source.name for source in sets)
    known = read_known(arguments.json, state)
    with tempfile.TemporaryDirectory() as work:
        root = Path(work) / "sources"
        copy_sources(root)
        for ablation in [None, *ablations]:
            key = key_of(ablation)
            if key not in known:
                known[key] = measure(ablation, root, arguments.target_dir.resolve(), sets)
                arguments.json.write_text(json.dumps({"state": state, "rows": known}, indent=1), encoding="utf-8")
                print(f"{key.splitlines()[0]}: {share(known[key]['mrr_at_10'])}", flush=True)
    print(as_table(ablations, known))


def read_arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", type=Path, metavar="SETS", help="the folder of sets")
    parser.add_argument("--json", type=Path, required=True, metavar="FILE", help="the file that keeps what was measured")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="measure on these sets only")
    parser.add_argument("--rows", nargs="+", metavar="TEXT", help="measure the rows with one of these texts in their names")
    parser.add_argument("--target-dir", type=Path, default=REPOSITORY / "target" / "ablate", metavar="DIR",
                        help="the folder of build products, shared by all rows [default: target/ablate]")
    return parser.parse_args()


def read_ablations() -> list[Ablation]:
    """Reads the rows of ablations.toml."""
    rows = tomllib.loads(ROWS.read_text(encoding="utf-8"))["ablation"]
    return [Ablation(**row) for row in rows]


def copy_sources(root: Path) -> None:
    """Copies the files that git tracks, as they are now."""
    for name in tracked():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(REPOSITORY / name, target)


def tracked() -> list[str]:
    """Lists the tracked files that are there."""
    names = faqt_command.output(["git", "-C", str(REPOSITORY), "ls-files", "-z"]).split("\0")
    return [name for name in names if name and (REPOSITORY / name).is_file()]


def hash_sources() -> str:
    """Returns a hash of the sources that are built."""
    total = hashlib.sha256()
    for name in tracked():
        if name.endswith((".rs", ".toml", ".lock", ".txt")) and not name.startswith("evaluation/"):
            total.update(name.encode() + b"\0" + (REPOSITORY / name).read_bytes())
    return total.hexdigest()[:16]


def read_known(file: Path, state: str) -> dict[str, dict]:
    """Reads what was measured of these sources on these sets."""
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return kept["rows"] if kept.get("state") == state else {}


def key_of(ablation: Ablation | None) -> str:
    """Returns the name of a row with its change."""
    return f"{ablation.name}\n{ablation.find}\n{ablation.replace}" if ablation else UNCHANGED


def measure(ablation: Ablation | None, root: Path, target: Path, sets: list[QuestionSet]) -> dict:
    """Returns the mean figures of the changed sources, and restores them."""
    if ablation is None:
        return measure_sources(root, target, sets)
    path = root / ablation.file
    original, changed = path.read_text(encoding="utf-8"), ablation.changed(root)
    try:
        path.write_text(changed, encoding="utf-8")
        return measure_sources(root, target, sets)
    finally:
        path.write_text(original, encoding="utf-8")


def measure_sources(root: Path, target: Path, sets: list[QuestionSet]) -> dict:
    """Builds the command line and returns its mean figures over the sets, with MRR@10 of each."""
    faqt = build(root, target)
    figures = {}
    for source in sets:
        with tempfile.TemporaryDirectory() as work:
            questions = source.covered + source.not_covered
            figures[source.name] = of_whole(faqt_command.evaluate(faqt, source.content, questions, Path(work)))
    means = {column: mean([row[column] for row in figures.values()]) for column in COLUMNS}
    return means | {"sets": {name: row["mrr_at_10"] for name, row in figures.items()}}


def build(root: Path, target: Path) -> Path:
    """Builds the command line with the dev profile and returns its path."""
    command = ["cargo", "build", "--locked", "--quiet", "--message-format", "json-render-diagnostics"]
    environment = os.environ | {"CARGO_TARGET_DIR": str(target), "CARGO_PROFILE_DEV_DEBUG": "0"}
    done = subprocess.run(command, cwd=root, env=environment, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise SystemExit("error: the changed sources do not compile")
    built = [json.loads(line) for line in done.stdout.splitlines()]
    programs = [row["executable"] for row in built if row.get("executable") and row["target"]["name"] == "faqt"]
    return Path(programs[-1])


def as_table(ablations: list[Ablation], known: dict[str, dict]) -> str:
    """Lays out the means, with the difference of MRR@10 and the set on which it differs most."""
    unchanged = known[UNCHANGED]
    rows = []
    for ablation in [None, *ablations]:
        row = known[key_of(ablation)]
        differences = {name: value - unchanged["sets"][name] for name, value in row["sets"].items()}
        most = max(differences, key=lambda name: abs(differences[name]))
        cells = [share(row[column]) for column in COLUMNS]
        cells.insert(1, share(row["mrr_at_10"] - unchanged["mrr_at_10"], sign=True))
        rows.append([ablation.name if ablation else UNCHANGED, *cells, f"{most} {share(differences[most], sign=True)}"])
    heading = list(COLUMNS.values())
    return table(["", heading[0], "change", *heading[1:], "most changed"], rows)


if __name__ == "__main__":
    main()
