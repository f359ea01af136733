#!/usr/bin/env python3
"""Asks documentation folders that others wrote the questions of their readers.

    evaluation/manuals.py --faqt target/*/release/faqt CHECKOUTS [--only NAME …] [--json FILE]

CHECKOUTS has a checkout of each repository of manuals/manuals.toml, by the name there, at the commit there. manuals/NAME.jsonl has
the questions; README.md says how they were written.
"""

import argparse
import json
import shutil
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

import faqt_command
from measures import mean
from question_sets import Question
from table import share, table

MANUALS = Path(__file__).with_name("manuals")
#: The columns, shares of questions; README.md says what each measures.
COLUMNS = {"right": "right", "wrong": "wrong", "unsure_right": "unsure, right first", "recall_at_1": "R@1", "recall_at_5": "R@5"}


@dataclass(frozen=True)
class Manual:
    """A documentation folder, as manuals.toml has it."""

    about: str
    language: str
    generator: str
    licence: str
    source: str
    commit: str
    #: The folder in the repository, and paths that are left out.
    folder: str
    without: tuple[str, ...] = ()

    def copy_to(self, place: Path, checkout: Path) -> None:
        """Copies the folder from a checkout, below its path there: ids begin with it."""
        for path in (self.folder, *self.without):
            if not (checkout / path).is_dir():
                raise SystemExit(f"error: {checkout / path}: no such folder; check out {self.source} at {self.commit}")
        shutil.copytree(checkout / self.folder, place / self.folder)
        for path in self.without:
            shutil.rmtree(place / path)


def main() -> None:
    """Measures and prints."""
    arguments = read_arguments()
    rows = {}
    for name, manual in read_manuals(arguments.manuals, arguments.only).items():
        rows[name] = measure(arguments, name, manual)
        print(f"{name} measured", flush=True)
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    whole = {name: kinds["all"] for name, kinds in rows.items()}
    print("\n" + as_table(whole | {"mean": macro_mean(list(whole.values()))}))
    kinds = {kind: [row[kind] for row in rows.values() if kind in row] for row in rows.values() for kind in row}
    print("\n" + as_table({kind: macro_mean(found) for kind, found in kinds.items() if kind != "all"}))


def read_arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkouts", type=Path, metavar="CHECKOUTS", help="the folder of checkouts")
    parser.add_argument("--faqt", type=Path, required=True, metavar="BINARY", help="the command line to ask")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="ask these manuals only")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the shares into this file")
    parser.add_argument("--manuals", type=Path, default=MANUALS, metavar="FOLDER", help="the folder of questions")
    return parser.parse_args()


def read_manuals(folder: Path, names: list[str] | None) -> dict[str, Manual]:
    """Reads manuals.toml, all of it or the manuals of `names`."""
    rows = tomllib.loads((folder / "manuals.toml").read_text(encoding="utf-8"))
    missing = set(names or []) - set(rows)
    if missing:
        raise SystemExit(f"error: no manual {', '.join(sorted(missing))} in {folder / 'manuals.toml'}")
    return {name: Manual(**row) for name, row in rows.items() if not names or name in names}


def measure(arguments: argparse.Namespace, name: str, manual: Manual) -> dict[str, dict]:
    """Asks a manual; returns the shares of all its questions, and of those of each kind."""
    lines = (arguments.manuals / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    kinds: dict[str, list[Question]] = {"all": []}
    for row in map(json.loads, lines):
        question = Question(row["query"], tuple(row["expect"]))
        for kind in ("all", row["kind"]):
            kinds.setdefault(kind, []).append(question)
    with tempfile.TemporaryDirectory() as work:
        content = Path(work) / name
        manual.copy_to(content, arguments.checkouts / name)
        # The pack stays in the cache from one kind to the next.
        return {kind: shares(faqt_command.evaluate(arguments.faqt, content, asked, Path(work)), asked) for kind, asked in kinds.items()}


def shares(measured: faqt_command.Measured, asked: list[Question]) -> dict[str, float | None]:
    """Returns the columns of the table."""
    covered, not_covered = (measured.measures[part] or {} for part in ("covered", "not_covered"))
    count = sum(1 for question in asked if question.expect)
    others = len(asked) - count
    wrong = covered.get("answered_wrongly", 0.0) * count + not_covered.get("answered", 0.0) * others
    answered = (1.0 - covered.get("unsure", 0.0) - covered.get("refused", 0.0)) * count
    right = answered - covered.get("answered_wrongly", 0.0) * count
    first = covered.get("recall_at_1")
    return {
        "right": (right + (1.0 - not_covered.get("answered", 0.0)) * others) / len(asked),
        "wrong": wrong / len(asked),
        "unsure_right": first and (first * count - right) / len(asked),
        "recall_at_1": first,
        "recall_at_5": covered.get("recall_at_5"),
    }


def macro_mean(rows: list[dict]) -> dict[str, float | None]:
    """Returns the means over manuals."""
    return {column: mean([row[column] for row in rows]) for column in COLUMNS}


def as_table(rows: dict[str, dict]) -> str:
    """Formats the shares, one row a name."""
    return table(["", *COLUMNS.values()], [[name, *(share(row[column]) for column in COLUMNS)] for name, row in rows.items()])


if __name__ == "__main__":
    main()
