#!/usr/bin/env python3
"""Measures search and its confidence over a folder of sets.

    evaluation/report.py --faqt target/*/release/faqt SETS [--only NAME …] [--misspelt] [--json FILE] [--compare OLD.json]
"""

import argparse
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import faqt_command
from faqt_command import FirstHit, Measured
from measures import area_under_roc, calibration_error, mean
from question_sets import Question, QuestionSet, read_sets
from table import share, table
from variants import halves, misspelt

#: The columns of the first table, over covered questions; README.md says what each measures.
RETRIEVAL = {
    "mrr_at_10": "MRR@10",
    "recall_at_1": "R@1",
    "recall_at_5": "R@5",
    "recall_at_10": "R@10",
    "answered": "answered",
    "right_of_answered": "right of answered",
    "wrong": "wrong",
    "unsure": "unsure",
    "refused": "refused",
}
#: The columns of the second table, over covered and uncovered questions.
CONFIDENCE = {
    "roc_right": "AUC right",
    "roc_given": "AUC given",
    "answered_given": "answered given",
    "roc_removed": "AUC removed",
    "answered_removed": "answered removed",
    "calibration": "ECE",
    "calibration_removed": "ECE removed",
}
COLUMNS = [*RETRIEVAL, *CONFIDENCE]


def main() -> None:
    """Measures, prints the tables, and writes or compares the figures."""
    arguments = read_arguments()
    report = {"sets": {}, "mean": {}}
    for source in read_sets(arguments.sets, arguments.only):
        with tempfile.TemporaryDirectory() as work:
            asked = misspelt if arguments.misspelt else lambda question: question
            report["sets"][source.name] = measure(arguments.faqt, source, Path(work), asked)
    report["mean"] = macro_mean(report["sets"])
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    print(as_tables(report))
    if arguments.compare:
        old = json.loads(arguments.compare.read_text(encoding="utf-8"))
        print(f"\ndifferences from {arguments.compare}:\n{as_tables(difference(report, old), sign=True)}")


def read_arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", type=Path, metavar="SETS", help="the folder of sets")
    parser.add_argument("--faqt", type=Path, required=True, metavar="BINARY", help="the command line to measure")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="measure these sets only")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures into this file, too")
    parser.add_argument("--misspelt", action="store_true", help="ask each question with one slip in a word")
    parser.add_argument("--compare", type=Path, metavar="OLD", help="print the differences from these figures")
    return parser.parse_args()


def measure(faqt: Path, source: QuestionSet, work: Path, asked: Callable[[Question], Question]) -> dict:
    """Returns the figures of one set, whose questions are asked as `asked` makes them."""
    covered, not_covered = [asked(known) for known in source.covered], [asked(known) for known in source.not_covered]
    whole = faqt_command.evaluate(faqt, source.content, covered + not_covered, work)
    removed = []
    for half in halves(source):
        half.write_content(work / half.name)
        removed.append(faqt_command.evaluate(faqt, work / half.name, [asked(known) for known in half.questions()], work))
    return of_whole(whole) | of_halves(removed) | {"queries": len(covered), "not_covered": len(not_covered)}


def of_whole(whole: Measured) -> dict:
    """Returns the figures with all entries."""
    covered, hits = whole.measures["covered"], whole.first_hits
    answered = 1.0 - covered["unsure"] - covered["refused"]
    wrong = covered["answered_wrongly"]
    asked = [hit for hit in hits if hit.is_covered]
    return {
        "mrr_at_10": covered["mrr_at_10"],
        "recall_at_1": covered["recall_at_1"],
        "recall_at_5": covered["recall_at_5"],
        "recall_at_10": covered["recall_at_10"],
        "answered": answered,
        "right_of_answered": (answered - wrong) / answered if answered > 0.0 else None,
        "wrong": wrong,
        "unsure": covered["unsure"],
        "refused": covered["refused"],
        "roc_given": covered_roc(hits),
        "answered_given": (whole.measures["not_covered"] or {}).get("answered"),
        "roc_right": area_under_roc(
            [hit.confidence for hit in asked if hit.is_right], [hit.confidence for hit in asked if not hit.is_right]
        ),
        "calibration": calibration(hits),
    }


def of_halves(halves: list[Measured]) -> dict:
    """Returns the figures over both halves: near misses beside covered questions."""
    hits = [hit for half in halves for hit in half.first_hits]
    counts = [half.measures["not_covered"] for half in halves if half.measures["not_covered"]]
    queries = sum(count["queries"] for count in counts)
    answered = sum(count["answered"] * count["queries"] for count in counts)
    return {
        "roc_removed": covered_roc(hits),
        "answered_removed": answered / queries if queries else None,
        "calibration_removed": calibration(hits),
    }


def covered_roc(hits: list[FirstHit]) -> float | None:
    """Returns the area under the ROC curve of covered questions against others."""
    return area_under_roc(
        [hit.covered for hit in hits if hit.is_covered], [hit.covered for hit in hits if not hit.is_covered]
    )


def calibration(hits: list[FirstHit]) -> float | None:
    """Returns the expected calibration error of confidence as the probability of a right first hit."""
    return calibration_error([hit.confidence for hit in hits], [hit.is_right for hit in hits])


def macro_mean(sets: dict) -> dict:
    """Returns the means over sets, each of which counts alike."""
    return {column: mean([figures[column] for figures in sets.values()]) for column in COLUMNS}


def difference(new: dict, old: dict) -> dict:
    """Returns new figures minus old ones, over the sets that both have."""
    common = [name for name in new["sets"] if name in old["sets"]]
    pairs = {name: (new["sets"][name], old["sets"][name]) for name in common}
    sets = {name: {column: minus(a.get(column), b.get(column)) for column in COLUMNS} for name, (a, b) in pairs.items()}
    return {"sets": sets, "mean": macro_mean(sets)}


def minus(a: float | None, b: float | None) -> float | None:
    """Returns the difference of two figures, if both are there."""
    return None if a is None or b is None else a - b


def as_tables(report: dict, sign: bool = False) -> str:
    """Lays the figures out as two tables."""
    figures = {**report["sets"], "mean": report["mean"]}
    tables = []
    for columns in (RETRIEVAL, CONFIDENCE):
        rows = [[name, *(share(row[column], sign) for column in columns)] for name, row in figures.items()]
        tables.append(table(["set", *columns.values()], rows))
    return "\n\n".join(tables)


if __name__ == "__main__":
    main()
