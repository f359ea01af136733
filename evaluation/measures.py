"""Measures of confidence over lists of numbers."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

#: Bins of equal width for the calibration error.
BINS = 10


def area_under_roc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """Returns the probability that a positive has a higher value than a negative; ties count half."""
    if not positive or not negative:
        return None
    ordered = sorted(negative)
    won = sum(bisect_left(ordered, value) + bisect_right(ordered, value) for value in positive)
    return won / (2 * len(positive) * len(negative))


def calibration_error(
    confidences: Sequence[float], is_right: Sequence[bool], weights: Sequence[float] | None = None
) -> float | None:
    """Returns the expected calibration error over 10 bins of equal width (Naeini et al. 2015).

    In each bin, the mean confidence and the share of right hits differ. Their differences are weighted by the bin's size.
    """
    if not confidences:
        return None
    gaps = [0.0] * BINS
    weights = [1.0] * len(confidences) if weights is None else weights
    for confidence, right, weight in zip(confidences, is_right, weights, strict=True):
        gaps[min(int(confidence * BINS), BINS - 1)] += weight * (confidence - right)
    return sum(map(abs, gaps)) / sum(weights)


def mean(values: Sequence[float | None]) -> float | None:
    """Returns the mean of the values that are there."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
