"""Trains the English table: a vector for each word piece, so that their sum points where the teacher does.

A piece starts from the teacher's vector of that piece alone, times a weight that falls with its frequency. Adam then
lowers 1 - cosine to the first principal components of the teacher's centred vectors, plus the Kullback-Leibler
divergence of the similarities within a batch. A rotation to the principal axes of the result keeps 128 dimensions.
"""

from dataclasses import dataclass

import numpy as np
from layer import counts, unit
from scipy.sparse import csr_matrix

PIECES_MAX = 64
SPECIAL_PIECES = 999
DIMENSIONS = 128
AXES_SAMPLE = 20_000


@dataclass
class Options:
    """Settings of a training run."""

    components: int = 128
    epochs: int = 5
    batch: int = 512
    rate: float = 3e-3
    divergence: float = 0.3
    temperature: float = 0.05
    frequency: float = 1e-3
    seed: int = 0


def principal_axes(vectors, dimensions):
    """Axes of most variance, a column each."""
    _, axes = np.linalg.eigh(np.cov(vectors.T))
    return axes[:, ::-1][:, :dimensions].astype(np.float32)


def first_table(piece_vectors, axes, sentences, frequency):
    """Vectors of the pieces alone in the teacher's axes, times frequency / (frequency + share of all pieces)."""
    table = np.zeros((len(piece_vectors), axes.shape[1]), np.float32)
    known = np.abs(piece_vectors).sum(1) > 0
    table[known] = (piece_vectors[known] - piece_vectors[known].mean(0)) @ axes
    occurrences = np.asarray(sentences.sum(0)).ravel() + 1
    share = occurrences / occurrences.sum()
    return (table * (frequency / (frequency + share))[:, None]).astype(np.float32)


class Adam:
    """Adam over the rows that a batch touches; the other rows keep their moments."""

    def __init__(self, table, options, steps):
        self.table, self.options, self.steps = table, options, steps
        self.first, self.second, self.step = np.zeros_like(table), np.zeros_like(table), 0

    def update(self, rows, gradient):
        self.step += 1
        warm, left = min(1, self.step / 50), max(0.05, 1 - self.step / self.steps)
        self.first[rows] = 0.9 * self.first[rows] + 0.1 * gradient
        self.second[rows] = 0.99 * self.second[rows] + 0.01 * gradient * gradient
        first = self.first[rows] / (1 - 0.9**self.step)
        second = self.second[rows] / (1 - 0.99**self.step)
        self.table[rows] -= self.options.rate * warm * left * first / (np.sqrt(second) + 1e-8)


def train(rows_of_texts, teacher_vectors, piece_vectors, options):
    """The table, a row a piece and 128 columns."""
    sentences = counts([rows[:PIECES_MAX] for rows in rows_of_texts], len(piece_vectors))
    teacher_vectors = unit(unit(teacher_vectors) - unit(teacher_vectors).mean(0))
    axes = principal_axes(teacher_vectors, options.components)
    targets = unit(teacher_vectors @ axes)
    table = first_table(piece_vectors, axes, sentences, options.frequency)
    batches = len(targets) // options.batch
    adam = Adam(table, options, options.epochs * batches)
    chance = np.random.default_rng(options.seed)
    for epoch in range(options.epochs):
        order, losses = chance.permutation(len(targets)), []
        for number in range(batches):
            batch = np.sort(order[number * options.batch : (number + 1) * options.batch])
            losses.append(learn(adam, sentences[batch], targets[batch], teacher_vectors[batch], options))
        print(f"epoch {epoch + 1}: mean cosine to the teacher {1 - np.mean(losses):.4f}", flush=True)
    return adam.table @ rotation(unit(sentences[:AXES_SAMPLE] @ adam.table))


def learn(adam, sentences, targets, teacher_vectors, options):
    """One step; returns the mean of 1 - cosine before it."""
    rows, columns = np.unique(sentences.indices, return_inverse=True)
    local = csr_matrix((sentences.data, columns, sentences.indptr), shape=(len(targets), len(rows)))
    sums = local @ adam.table[rows]
    lengths = np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6)
    units = sums / lengths
    gradient = -targets / len(targets)
    if options.divergence:
        difference = similarities(units, options) - similarities(teacher_vectors, options)
        difference *= options.divergence / len(targets)
        gradient += (difference + difference.T) @ units
    gradient = (gradient - units * (units * gradient).sum(1, keepdims=True)) / lengths
    adam.update(rows, local.T @ gradient)
    return 1 - (units * targets).sum(1).mean()


def similarities(units, options):
    """Softmax of the cosines of each text to the others of its batch."""
    scores = units @ units.T / options.temperature
    np.fill_diagonal(scores, -1e9)
    scores = np.exp(scores - scores.max(1, keepdims=True))
    return scores / scores.sum(1, keepdims=True)


def rotation(units):
    """Principal axes of sentence vectors, the mean left in."""
    _, axes = np.linalg.eigh(units.T @ units)
    return axes[:, ::-1][:, :DIMENSIONS].copy()
