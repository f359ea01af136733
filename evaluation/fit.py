#!/usr/bin/env python3
"""Fits confidence: the probability that the first hit is right, from the features that `features.py` gathered.

    evaluation/fit.py CACHE [-o FILE] [--terms evaluation/terms.toml] [--without NAME …]

Prints leave-one-set-out figures and the cost of thresholds; writes the coefficients, rounded to 4 decimal places.
"""

import argparse
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import logistic  # first, because it sets the number of threads before numpy starts
import numpy as np
from measures import area_under_roc, calibration_error, mean
from table import share, table
from terms import columns, read_terms

#: Decimal places of coefficients: enough for confidence, few enough to be equal on all machines.
PLACES = 4
THRESHOLDS = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]


@dataclass(frozen=True)
class Gathered:
    """The first hits of one set: a row for each question that has one."""

    name: str
    #: SHA-256 of the questions and the content, by what they are of.
    hashes: dict[str, str]
    #: SHA-256 of the file of features.
    hash: str
    variants: np.ndarray
    is_covered: np.ndarray
    is_right: np.ndarray
    is_exact: np.ndarray
    features: dict[str, np.ndarray]
    #: The number of questions by variant and by whether they are covered, those without a hit included.
    asked: dict[tuple[str, bool], int]


@dataclass(frozen=True)
class Fold:
    """One set, with its terms and its confidences by a fit to all sets and by one to the others."""

    data: Gathered
    inside: np.ndarray
    outside: np.ndarray


def main() -> None:
    """Fits, prints and writes."""
    arguments = read_arguments()
    sets = read_gathered(arguments.cache, arguments.without)
    terms = read_terms(arguments.terms, list(sets[0].features))
    matrices = [columns(terms, data.features) for data in sets]
    coefficients = np.round(fit(sets, matrices, arguments.penalty), PLACES) + 0.0
    folds = leave_one_out(sets, matrices, coefficients, arguments.penalty)
    fitted = as_lines(["intercept", *terms], coefficients)
    left_out = leave_one_out_table(folds)
    print(f"{fitted}\n\nleave one set out:\n{left_out}\n")
    print(f"thresholds, each set by the fit to the others, macro mean:\n{threshold_table(folds, arguments.lead_min)}")
    if arguments.output:
        comment = header(arguments, sets, left_out)
        arguments.output.write_text(f"{comment}\n{fitted}\n", encoding="utf-8")


def read_arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cache", type=Path, metavar="CACHE", help="the folder that features.py wrote into")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write the coefficients into this file")
    parser.add_argument("--terms", type=Path, metavar="FILE", help="make these terms of the features")
    parser.add_argument("--without", nargs="+", default=[], metavar="NAME", help="leave these sets out altogether")
    parser.add_argument("--penalty", type=float, default=1e-3, help="the L2 penalty [default: 0.001]")
    parser.add_argument("--lead-min", type=float, default=0.05, help="the feature `lead` of an answer [default: 0.05]")
    return parser.parse_args()


def read_gathered(cache: Path, without: list[str]) -> list[Gathered]:
    """Reads the features of all sets, in the order of their names."""
    sets = [read_set(file) for file in sorted(cache.glob("*.jsonl")) if file.stem not in without]
    if len(sets) < 2:
        raise SystemExit(f"error: {cache}: features of two sets at least are needed")
    for data in sets:
        if list(data.features) != list(sets[0].features):
            raise SystemExit(f"error: {data.name} and {sets[0].name} have other features: gather both again")
    return sets


def read_set(file: Path) -> Gathered:
    """Reads the features of one set."""
    text = file.read_text(encoding="utf-8")
    head, *rows = [json.loads(line) for line in text.splitlines()]
    asked: dict[tuple[str, bool], int] = {}
    for row in rows:
        kind = (row["variant"], row["is_covered"])
        asked[kind] = asked.get(kind, 0) + 1
    hits = [row for row in rows if row["features"]]
    names = sorted({name for row in hits for name in row["features"]})
    flag = lambda name: np.array([row[name] for row in hits], dtype=bool)
    return Gathered(
        name=head["set"],
        hashes={"queries": head["queries_sha256"], "content": head["content_sha256"]},
        hash=hashlib.sha256(text.encode()).hexdigest(),
        variants=np.array([row["variant"] for row in hits]),
        is_covered=flag("is_covered"),
        is_right=flag("is_right"),
        is_exact=flag("is_exact"),
        features={name: np.array([row["features"][name] for row in hits], dtype=float) for name in names},
        asked=asked,
    )


def fit(sets: list[Gathered], matrices: list[np.ndarray], penalty: float) -> np.ndarray:
    """Fits all rows but exact phrasings, which need no confidence; the rows of each set weigh 1 together."""
    used = [~data.is_exact for data in sets]
    target = np.concatenate([data.is_right[use] for data, use in zip(sets, used)]).astype(float)
    weights = np.concatenate([np.full(use.sum(), 1.0 / use.sum()) for use in used])
    return logistic.fit(np.concatenate([m[use] for m, use in zip(matrices, used)]), target, weights, penalty)


def leave_one_out(
    sets: list[Gathered], matrices: list[np.ndarray], coefficients: np.ndarray, penalty: float
) -> list[Fold]:
    """Returns the confidences of each set by the fit to all sets and by the fit to the others."""
    folds = []
    for at, data in enumerate(sets):
        others = fit(sets[:at] + sets[at + 1 :], matrices[:at] + matrices[at + 1 :], penalty)
        inside, outside = (logistic.predict(known, matrices[at]) for known in (coefficients, others))
        folds.append(Fold(data, inside, outside))
    return folds


def leave_one_out_table(folds: list[Fold]) -> str:
    """Lays out how well confidence tells right first hits from others, with each set in the fit and out of it."""
    rows = []
    for fold in folds:
        use = ~fold.data.is_exact
        right = fold.data.is_right[use]
        rows.append([int(use.sum()), float(right.mean()), *quality(fold.inside[use], right),
                     *quality(fold.outside[use], right)])
    rows.append(["", *(mean([row[at] for row in rows]) for at in range(1, 8))])
    names = [*(fold.data.name for fold in folds), "mean"]
    cells = [[name, str(row[0]), *map(share, row[1:])] for name, row in zip(names, rows)]
    heading = ["set", "rows", "right", "AUC in", "log loss", "ECE", "AUC out", "log loss", "ECE"]
    return table(heading, cells)


def quality(confidences: np.ndarray, right: np.ndarray) -> list[float | None]:
    """Returns the area under the ROC curve, the log loss and the expected calibration error."""
    roc = area_under_roc(confidences[right].tolist(), confidences[~right].tolist())
    loss = logistic.log_loss(confidences, right.astype(float))
    return [roc, loss, calibration_error(confidences.tolist(), right.tolist())]


def threshold_table(folds: list[Fold], lead_min: float) -> str:
    """Lays out what each threshold costs, as means over sets."""
    heading = ["threshold", "answered", "right of answered", "wrong", "answered removed", "answered given", "answered cuts"]
    rows = []
    for threshold in THRESHOLDS:
        costs = [costs_of(fold, threshold, lead_min) for fold in folds]
        rows.append([share(threshold), *(share(mean(list(column))) for column in zip(*costs))])
    return table(heading, rows)


def costs_of(fold: Fold, threshold: float, lead_min: float) -> list[float | None]:
    """Returns the shares of questions that are answered at a threshold: covered ones, then three kinds of others."""
    data = fold.data
    is_ahead = data.features["lead"] >= lead_min if "lead" in data.features else True
    answered = data.is_exact | ((fold.outside >= threshold) & is_ahead)
    whole = data.variants == "whole"
    covered = whole & data.is_covered & answered
    count, right = int(covered.sum()), int((covered & data.is_right).sum())
    asked = data.asked.get(("whole", True), 0)
    others = [share_answered(data, answered, prefix) for prefix in ("half", "whole", "cut")]
    return [part(count, asked), part(right, count), part(count - right, asked), *others]


def share_answered(data: Gathered, answered: np.ndarray, prefix: str) -> float | None:
    """Returns the share of uncovered questions that are answered in the variants whose names begin with `prefix`."""
    uncovered = np.char.startswith(data.variants, prefix) & ~data.is_covered & answered
    asked = sum(count for (name, covered), count in data.asked.items() if name.startswith(prefix) and not covered)
    return part(int(uncovered.sum()), asked)


def part(count: int, of: int) -> float | None:
    """Returns a share, if there is anything to share."""
    return count / of if of else None


def as_lines(names: list[str], coefficients: np.ndarray) -> str:
    """Writes a coefficient a line."""
    return "\n".join(f"{name} {value:.{PLACES}f}" for name, value in zip(names, coefficients))


def header(arguments: argparse.Namespace, sets: list[Gathered], left_out: str) -> str:
    """Returns the comment that says where the coefficients come from."""
    options = "".join(
        [
            " --terms evaluation/terms.toml" if arguments.terms else "",
            f" --without {' '.join(arguments.without)}" if arguments.without else "",
            f" --penalty {arguments.penalty}",
        ]
    )
    lines = [
        "Coefficients of confidence, a logistic regression. Written by evaluation/fit.py: fit again, do not edit.",
        "",
        "evaluation/features.py --faqt BINARY SETS CACHE",
        f"evaluation/fit.py CACHE{options} -o FILE",
        "",
        "SHA-256 of the questions, the content and the features of each set, first 16 digits:",
        *(
            f"{data.name} {data.hashes['queries'][:16]} {data.hashes['content'][:16]} {data.hash[:16]}"
            for data in sets
        ),
        "",
        "Each set in the fit and left out of it:",
        *left_out.splitlines(),
    ]
    return "\n".join(f"# {line}".rstrip() for line in lines)


if __name__ == "__main__":
    main()
