"""The meaning layer over one set: what it adds to the lexical score of each entry.

Added is g * (C + F): C is the best cosine over an entry's phrasings, F the cosine to the first 200 pieces of the whole
entry. Pieces weigh by their idf among the entries, the mean vector of the set is taken off, and g is less in large
sets.
"""

import math

import numpy as np
from scipy.sparse import csr_matrix

ENTRY_PIECES_MAX = 200


def unit(vectors):
    """Rows scaled to length 1."""
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def counts(rows_of_texts, width, weights=None):
    """A sparse matrix with a line a text: how often each row occurs, times its weight."""
    starts = np.cumsum([0] + [len(rows) for rows in rows_of_texts])
    columns = np.concatenate([np.asarray(rows, np.int64) for rows in rows_of_texts])
    values = np.ones(len(columns), np.float32) if weights is None else weights[columns]
    return csr_matrix((values, columns, starts), shape=(len(rows_of_texts), width))


class Layer:
    """The texts of one set as weighted counts of rows; a table of vectors turns them into scores."""

    def __init__(self, one_set, vocabulary):
        entries, width = one_set.entries, len(vocabulary)
        whole = [vocabulary.rows(entry.text) for entry in entries]
        phrasings = [vocabulary.rows(phrasing) for entry in entries for phrasing in entry.phrasings]
        questions = [vocabulary.rows(question) for question in one_set.questions]
        idf = inverse_document_frequency(whole, width)
        self.first_phrasing = np.cumsum([0] + [len(entry.phrasings) for entry in entries])[:-1]
        self.phrasings = counts(phrasings, width, idf)
        self.entries = counts([rows[:ENTRY_PIECES_MAX] for rows in whole], width, idf)
        self.questions = counts(questions, width, idf)
        first_chinese = len(vocabulary.pieces)
        chinese = [sum(row >= first_chinese for row in rows) * 2 > len(rows) for rows in questions]
        self.is_chinese = np.array(chinese)[:, None]
        self.gain = min(1.0, (math.log(150) / math.log(max(len(entries), 2))) ** 2)

    def added(self, table, chinese_mean):
        """One line a question, one column an entry."""
        phrasings, entries, questions = (
            unit(texts @ table) for texts in (self.phrasings, self.entries, self.questions)
        )
        best = self._cosines(questions, phrasings, chinese_mean)
        best = np.maximum.reduceat(best, self.first_phrasing, axis=1)
        return self.gain * (best + self._cosines(questions, entries, chinese_mean))

    def _cosines(self, questions, texts, chinese_mean):
        mean = texts.mean(0)
        centred = questions - np.where(self.is_chinese, chinese_mean, mean)
        return unit(centred) @ unit(texts - mean).T


def inverse_document_frequency(whole, width):
    """1 for a row that no entry has, near 0 for one that all have."""
    size = len(whole)
    found_in = np.zeros(width)
    for rows in whole:
        found_in[list(set(rows))] += 1
    return (np.log(1 + (size - found_in + 0.5) / (found_in + 0.5)) / np.log(1 + size)).astype(np.float32)
