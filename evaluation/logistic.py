"""Logistic regression with sample weights and an L2 penalty, by Newton's method (IRLS).

The same rows give the same bytes on one machine: BLAS runs on one thread, and rows are added in their order.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

STEPS_MAX = 100
STEP_MIN = 1e-10


def fit(terms: np.ndarray, target: np.ndarray, weights: np.ndarray, penalty: float) -> np.ndarray:
    """Returns the intercept and the coefficients of the columns of `terms`.

    Minimises the mean weighted log loss plus `penalty` / 2 times the squared coefficients of standardised columns. The
    intercept is not penalised. A column that is constant gets the coefficient 0.
    """
    shares = weights / weights.sum()
    means = shares @ terms
    deviations = np.sqrt(shares @ (terms - means) ** 2)
    scales = np.where(deviations > 1e-9, deviations, np.inf)
    columns = np.column_stack([np.ones(len(terms)), (terms - means) / scales])
    penalties = np.full(columns.shape[1], penalty)
    penalties[0] = 0.0
    # A constant column has a zero row in the Hessian, which its penalty makes regular.
    penalties[1:][~np.isfinite(scales)] = 1.0
    standardised = newton(columns, target, shares, penalties)
    coefficients = standardised[1:] / scales
    return np.concatenate([[standardised[0] - coefficients @ means], coefficients])


def newton(columns: np.ndarray, target: np.ndarray, shares: np.ndarray, penalties: np.ndarray) -> np.ndarray:
    """Returns the minimum of the penalised log loss."""
    coefficients = np.zeros(columns.shape[1])
    for _ in range(STEPS_MAX):
        probability = sigmoid(columns @ coefficients)
        gradient = columns.T @ (shares * (probability - target)) + penalties * coefficients
        curvature = shares * probability * (1.0 - probability)
        hessian = (columns * curvature[:, None]).T @ columns + np.diag(penalties)
        step = np.linalg.solve(hessian, gradient)
        coefficients = coefficients - step
        if np.abs(step).max() < STEP_MIN:
            return coefficients
    raise SystemExit("error: the regression does not converge; give a larger --penalty")


def predict(coefficients: np.ndarray, terms: np.ndarray) -> np.ndarray:
    """Returns the probabilities of the rows of `terms`."""
    return sigmoid(coefficients[0] + terms @ coefficients[1:])


def sigmoid(log_odds: np.ndarray) -> np.ndarray:
    """Returns the logistic function."""
    return 1.0 / (1.0 + np.exp(-np.clip(log_odds, -500.0, 500.0)))


def log_loss(probability: np.ndarray, target: np.ndarray, weights: np.ndarray) -> float:
    """Returns the weighted mean log loss."""
    held = np.clip(probability, 1e-12, 1.0 - 1e-12)
    return float(-np.average(target * np.log(held) + (1.0 - target) * np.log(1.0 - held), weights=weights))
