#!/usr/bin/env python3
"""Fits confidence: the probability that the first hit is right, from the features that `features.py` gathered.

    evaluation/fit.py WORDS MEANING SENTENCES CROSS_LINGUAL [-o index/src/search/coefficients.rs]

Sets with `is_fitted = false` in sets.toml are left out. WORDS has the features by a command line without vectors (`cargo
build --no-default-features`), MEANING those by one with them, SENTENCES those by one with a sentence encoder. CROSS_LINGUAL
has those by an encoder of many languages, of the sets with `is_cross_lingual = true`, which count there alone. Each gives a
fit of its own. Prints leave-one-set-out figures and the cost of thresholds; writes the coefficients, rounded to 4 decimal
places.
"""

import argparse
import json
from dataclasses import dataclass, replace
from pathlib import Path

import logistic  # first, because it sets the number of threads before numpy starts
import numpy as np
from described_sets import read_described
from measures import area_under_roc, calibration_error, mean
from table import share, table

#: Decimal places of coefficients: enough for confidence, few enough to be equal on all machines.
PLACES = 4
THRESHOLDS = [0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8, 0.9]
#: The share of questions that are covered, to which the rows of a set are weighted. Readers ask mostly what their manual
#: has, and half of the rows are near misses: of 420 questions written for built-in and for public documentation without
#: looking at the entries, 79 % are covered.
COVERED_SHARE = 0.75


@dataclass(frozen=True)
class Gathered:
    """The first hits of one set: a row for each question that has one."""

    name: str
    #: SHA-256 of the questions and the content, by what they are of.
    hashes: dict[str, str]
    variants: np.ndarray
    is_covered: np.ndarray
    #: What may be fitted, by name.
    targets: dict[str, np.ndarray]
    #: What is fitted.
    target: np.ndarray
    is_exact: np.ndarray
    lacks_deciding_word: np.ndarray
    features: dict[str, np.ndarray]
    #: The number of questions by variant and by whether they are covered, those without a hit included.
    asked: dict[tuple[str, bool], int]


@dataclass(frozen=True)
class Fold:
    """One set, with its terms and its confidences by a fit to all sets and by one to the others."""

    data: Gathered
    inside: np.ndarray
    outside: np.ndarray


#: The targets: what a row must be, the features that do not count, and the words for both.
TARGETS = {
    "ANSWERS": ("is_right", [], "the first hit answers"),
    # These say which of the first hits answers, not if one does.
    "COVERED": ("is_among_first", ["root_lead", "sentence_nearest", "share"], "one of the first five hits answers"),
}


def main() -> None:
    """Fits all, prints and writes."""
    arguments = read_arguments()
    folders = [arguments.words, arguments.meaning, arguments.sentences, arguments.cross_lingual]
    gathered = [read_gathered(folder, sets_without(compared), compared) for folder, compared in zip(folders, COMPARED)]
    parts = []
    for target in TARGETS:
        for compared, sets in zip(COMPARED, gathered):
            parts.append(part_of(arguments, target, compared, sets))
        fields = "\n".join(f"    {compared}: {target}_BY_{compared.upper()}," for compared in COMPARED)
        parts.append(f"/// The log odds that {TARGETS[target][2]}.\npub(super) const {target}: Fitted = Fitted {{\n{fields}\n}};\n")
    if arguments.output:
        arguments.output.write_text("\n".join([HEADER, *parts]), encoding="utf-8")


#: What hits are compared by, each with the words for it.
COMPARED = {
    "words": "where no vectors are compared",
    "meaning": "where vectors of word pieces are compared",
    "sentences": "where sentence vectors are compared",
    "cross_lingual": "where no entry is in the question's language",
}
#: The features that count across languages. Words that two languages share are names: how many there are is a matter of the set, and
#: so is how near a question and an entry are. How far the first hit is ahead of the others says more, of the first five, too.
CROSS_LINGUAL = {"ANSWERS": ["root_lead", "sentence", "sentence_nearest", "share"], "COVERED": ["sentence", "share"]}

HEADER = """//! Coefficients of confidence, a logistic regression. Written by `evaluation/fit.py`: fit again, do not edit.

use super::log_odds::{Coefficients, Fitted};
"""


def part_of(arguments: argparse.Namespace, target: str, compared: str, sets: list[Gathered]) -> str:
    """Fits one part, prints its figures and returns its Rust constant with its provenance."""
    wanted, without, words = TARGETS[target]
    sets = [replace(data, target=data.targets[wanted]) for data in sets]
    counts = lambda feature: feature in CROSS_LINGUAL[target] if compared == "cross_lingual" else feature not in without
    names = [feature for feature in sets[0].features if counts(feature)]
    matrices = [np.column_stack([data.features[feature] for feature in names]) for data in sets]
    coefficients = np.round(fit(sets, matrices, arguments.penalty), PLACES) + 0.0
    folds = leave_one_out(sets, matrices, coefficients, arguments.penalty)
    left_out = leave_one_out_table(folds)
    about = f"The log odds that {words}, {COMPARED[compared]}"
    print(f"{about}:\n{as_lines(['intercept', *names], coefficients)}\n\nleave one set out:\n{left_out}\n")
    print(f"thresholds, each set by the fit to the others, macro mean:\n{threshold_table(folds, arguments.lead_min)}\n")
    values = dict.fromkeys(["intercept", *sets[0].features], 0.0) | dict(zip(["intercept", *names], coefficients))
    fields = [f"    {field}: {value:.{PLACES}f}," for field, value in values.items()]
    comment = [f"/// {line}".rstrip() for line in header(arguments, about, sets, left_out)]
    name = f"{target}_BY_{compared.upper()}"
    return "\n".join([*comment, f"const {name}: Coefficients = Coefficients {{", *fields, "};", ""])


def read_arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("words", type=Path, metavar="WORDS", help="the folder that features.py wrote into, without vectors")
    parser.add_argument("meaning", type=Path, metavar="MEANING", help="the one that it wrote into, with vectors")
    parser.add_argument("sentences", type=Path, metavar="SENTENCES", help="the one with a sentence encoder")
    parser.add_argument("cross_lingual", type=Path, metavar="CROSS_LINGUAL", help="the one of sets asked in other languages")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write the coefficients into this file of Rust")
    parser.add_argument("--penalty", type=float, default=1e-3, help="the L2 penalty [default: 0.001]")
    parser.add_argument("--lead-min", type=float, default=0.03, help="the lead of an answer [default: 0.03]")
    return parser.parse_args()


def sets_without(compared: str) -> list[str]:
    """Lists the public sets that hits compared by this are not fitted to."""
    is_wanted = lambda described: described.is_fitted and described.is_cross_lingual == (compared == "cross_lingual")
    return [name for name, described in read_described().items() if not is_wanted(described)]


def read_gathered(cache: Path, without: list[str], compared: str | None) -> list[Gathered]:
    """Reads the features of all sets, in the order of their names, of hits that were `compared` by this, or of all."""
    sets = [read_set(file, compared) for file in sorted(cache.glob("*.jsonl")) if file.stem not in without]
    # A few words of another script are no sample of a set.
    sets = [data for data in sets if 2 * len(data.target) > sum(data.asked.values())]
    if len(sets) < 2:
        raise SystemExit(f"error: {cache}: features of two sets at least are needed")
    for data in sets:
        if list(data.features) != list(sets[0].features):
            raise SystemExit(f"error: {data.name} and {sets[0].name} have other features: gather both again")
    return sets


def read_set(file: Path, compared: str | None) -> Gathered:
    """Reads the features of one set."""
    text = file.read_text(encoding="utf-8")
    head, *rows = [json.loads(line) for line in text.splitlines()]
    asked: dict[tuple[str, bool], int] = {}
    for row in rows:
        kind = (row["variant"], row["is_covered"])
        asked[kind] = asked.get(kind, 0) + 1
    hits = [row for row in rows if row["features"] and is_compared(row, compared)]
    names = sorted({name for row in hits for name in row["features"]})
    flag = lambda name: np.array([row[name] for row in hits], dtype=bool)
    return Gathered(
        name=head["set"],
        hashes={"queries": head["queries_sha256"], "content": head["content_sha256"]},
        variants=np.array([row["variant"] for row in hits]),
        is_covered=flag("is_covered"),
        targets={name: flag(name) for name in ("is_right", "is_among_first")},
        target=flag("is_right"),
        is_exact=flag("is_exact"),
        lacks_deciding_word=flag("lacks_deciding_word"),
        features={name: np.array([row["features"][name] for row in hits], dtype=float) for name in names},
        asked=asked,
    )


def is_compared(row: dict, compared: str) -> bool:
    """Tells whether the hit of a row was compared by this."""
    match compared:
        case "meaning":
            return row["has_meaning"]
        case "sentences":
            return row["has_sentence"] and not row["is_cross_lingual"]
        case "cross_lingual":
            return row["has_sentence"] and row["is_cross_lingual"]
    return True


def fit(sets: list[Gathered], matrices: list[np.ndarray], penalty: float) -> np.ndarray:
    """Fits all rows but exact phrasings, which need no confidence; the rows of each set weigh 1 together."""
    used = [~data.is_exact for data in sets]
    target = np.concatenate([data.target[use] for data, use in zip(sets, used)]).astype(float)
    weights = np.concatenate([weights_of(data.is_covered[use]) for data, use in zip(sets, used)])
    return logistic.fit(np.concatenate([m[use] for m, use in zip(matrices, used)]), target, weights, penalty)


def weights_of(is_covered: np.ndarray) -> np.ndarray:
    """Returns the weights of a set's rows: 1 together, of which covered questions have `COVERED_SHARE`."""
    covered, all_rows = int(is_covered.sum()), len(is_covered)
    if covered in (0, all_rows):
        return np.full(all_rows, 1.0 / max(all_rows, 1))
    return np.where(is_covered, COVERED_SHARE / covered, (1.0 - COVERED_SHARE) / (all_rows - covered))


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
        right, weights = fold.data.target[use], weights_of(fold.data.is_covered[use])
        rows.append([int(use.sum()), float(weights @ right), *quality(fold.inside[use], right, weights),
                     *quality(fold.outside[use], right, weights)])
    rows.append(["", *(mean([row[at] for row in rows]) for at in range(1, 8))])
    names = [*(fold.data.name for fold in folds), "mean"]
    cells = [[name, str(row[0]), *map(share, row[1:])] for name, row in zip(names, rows)]
    heading = ["set", "rows", "right", "AUC in", "log loss", "ECE", "AUC out", "log loss", "ECE"]
    return table(heading, cells)


def quality(confidences: np.ndarray, right: np.ndarray, weights: np.ndarray) -> list[float | None]:
    """Returns the area under the ROC curve, the log loss and the expected calibration error."""
    roc = area_under_roc(confidences[right].tolist(), confidences[~right].tolist())
    loss = logistic.log_loss(confidences, right.astype(float), weights)
    return [roc, loss, calibration_error(confidences.tolist(), right.tolist(), weights.tolist())]


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
    is_ahead = data.features["root_lead"] ** 2 >= lead_min if "root_lead" in data.features else True
    answered = data.is_exact | ((fold.outside >= threshold) & is_ahead & ~data.lacks_deciding_word)
    whole = data.variants == "whole"
    covered = whole & data.is_covered & answered
    count, right = int(covered.sum()), int((covered & data.target).sum())
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


def header(arguments: argparse.Namespace, about: str, sets: list[Gathered], left_out: str) -> list[str]:
    """Returns the lines that say where the coefficients come from."""
    return [
        f"{about}. The L2 penalty is {arguments.penalty};",
        f"covered questions are weighted to {COVERED_SHARE:.0%} of a set.",
        "",
        "The sets with the first 16 digits of the SHA-256 of their questions and of their content, then how well confidence",
        "tells right first hits from others, with each set in the fit and left out of it:",
        "",
        "```text",
        *(f"{data.name} {data.hashes['queries'][:16]} {data.hashes['content'][:16]}" for data in sets),
        "",
        *left_out.splitlines(),
        "```",
    ]


if __name__ == "__main__":
    main()
