"""Measures of a knowledge base: the queries and the report of :meth:`faqt.KnowledgeBase.evaluate`.

Retrieval is measured by the mean reciprocal rank of the first expected entry, recall, and normalised discounted
cumulative gain. Refusal is measured by the area under the ROC curve.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

__all__ = ["Covered", "Miss", "NotCovered", "Query", "Report", "Standing", "Threshold"]


@dataclass(frozen=True)
class Query:
    """A question and the entries that answer it."""

    text: str
    """The question; a line of a query file calls it ``query``."""
    expect: tuple[str, ...] = ()
    """The ids of the entries that answer it; empty if the knowledge base does not cover it."""


@dataclass(frozen=True)
class Covered:
    """Measures over covered questions; all but the count are shares from 0 to 1."""

    queries: int
    """The number of questions."""
    mrr_at_10: float
    """The mean of 1 / rank of the first expected entry, 0 beyond rank 10."""
    recall_at_1: float
    """The share of questions with an expected entry first."""
    recall_at_5: float
    """The share of questions with an expected entry among the first 5."""
    recall_at_10: float
    """The share of questions with an expected entry among the first 10."""
    ndcg_at_10: float
    """The normalised discounted cumulative gain of the first 10."""
    answered_wrongly: float
    """The share that was answered with an entry that is not expected."""
    unsure: float
    """The share whose outcome was unsure."""
    refused: float
    """The share that was said not to be covered."""


@dataclass(frozen=True)
class NotCovered:
    """Measures over uncovered questions; all but the count are shares from 0 to 1."""

    queries: int
    """The number of questions."""
    answered: float
    """The share that was answered."""
    unsure: float
    """The share whose outcome was unsure."""
    refused: float
    """The share that was said not to be covered."""


@dataclass(frozen=True)
class Threshold:
    """The shares of questions that are answered if an answer needs a confidence, from 0 to 1."""

    answered_min: float
    """The least confidence of an answer."""
    answered_rightly: Optional[float] = None
    """The share of covered questions that are answered with an expected entry; ``None`` without covered questions."""
    answered_wrongly: Optional[float] = None
    """The share of covered questions that are answered with another; ``None`` without covered questions."""
    answered_not_covered: Optional[float] = None
    """The share of uncovered questions that are answered; ``None`` without uncovered questions."""


@dataclass(frozen=True)
class Standing:
    """A ranked entry."""

    id: str
    """The id of the entry."""
    score: float
    """Its score."""


@dataclass(frozen=True)
class Miss:
    """A question that failed."""

    line: int
    """The line of the question in its file, or its place among the queries, counted from 1."""
    query: str
    """The question."""
    expect: tuple[str, ...]
    """The entries that answer it; empty if none does."""
    rank: Optional[int]
    """The rank of the first expected entry, counted from 1; ``None`` beyond rank 10."""
    confidence: float
    """The confidence of the first hit."""
    before: tuple[Standing, ...]
    """The entries ranked before it, at most 3."""


@dataclass(frozen=True)
class Report:
    """The measures over all questions."""

    covered: Optional[Covered] = None
    """Measures over the covered questions; ``None`` without any."""
    not_covered: Optional[NotCovered] = None
    """Measures over the uncovered questions; ``None`` without any."""
    area_under_roc: Optional[float] = None
    """The probability that ``Findings.covered`` is higher for a covered question than for an uncovered one; ``None``
    unless there are both."""
    thresholds: tuple[Threshold, ...] = ()
    """The cost of each confidence that an answer may be asked to have, in ascending order."""
    misses: tuple[Miss, ...] = ()
    """Covered questions whose first hit is not expected, and uncovered questions that were answered."""
