"""The terms of a regression: features as they are, or what a file of terms makes of them.

A file of terms names each term with one of these:

    name = "feature"                                 the feature as it is
    name = { log = "feature", offset = 0.05 }        ln(offset + feature)
    name = { product = ["feature", "+feature"] }     the product; `+` counts a negative feature as 0
"""

import tomllib
from pathlib import Path

import numpy as np


def read_terms(file: Path | None, features: list[str]) -> dict[str, str | dict]:
    """Reads a file of terms. Without one, and for features that it does not name, each feature is a term."""
    described = tomllib.loads(file.read_text(encoding="utf-8")) if file else {}
    unused = described.pop("unused", [])
    named = {name for term in described.values() for name in features_of(term)} | set(unused)
    unknown = sorted(named - set(features))
    if unknown:
        raise SystemExit(f"error: {file}: no feature {', '.join(unknown)}")
    return described | {name: name for name in features if name not in named}


def features_of(term: str | dict) -> list[str]:
    """Lists the features that a term is made of."""
    if isinstance(term, str):
        return [term]
    return [term["log"]] if "log" in term else [name.lstrip("+") for name in term["product"]]


def columns(terms: dict[str, str | dict], features: dict[str, np.ndarray]) -> np.ndarray:
    """Returns a matrix with a column for each term."""
    return np.column_stack([column(term, features) for term in terms.values()])


def column(term: str | dict, features: dict[str, np.ndarray]) -> np.ndarray:
    """Returns the values of one term."""
    if isinstance(term, str):
        return features[term]
    if "log" in term:
        return np.log(term.get("offset", 0.0) + features[term["log"]])
    product = 1.0
    for name in term["product"]:
        values = features[name.lstrip("+")]
        product = product * (np.maximum(values, 0.0) if name.startswith("+") else values)
    return product
