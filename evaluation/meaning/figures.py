"""Prints sizes and MRR@10 of a folder of tables, over a folder of evaluation sets.

    python figures.py TABLES SETS [--faqt BINARY] [--cache FOLDER]
"""

import argparse
from pathlib import Path

import lexical
import numpy as np
import quantised
import sets
from layer import Layer
from pieces import Vocabulary

DEPTH = 10
FILES = ["en128_i4.npy", "en128_scale.npy", "vocab.txt", "zh128_i4.npy", "zh128_scale.npy", "zh_words.txt", "zh_mean.npy"]


class Tables:
    """Both tables of a folder as one matrix, and the vocabulary that numbers its rows."""

    def __init__(self, folder):
        chinese_words = read_lines(folder / "zh_words.txt")
        self.vocabulary = Vocabulary(read_lines(folder / "vocab.txt"), chinese_words)
        self.vectors = np.concatenate([quantised.load(folder, "en128"), quantised.load(folder, "zh128")])
        self.chinese_mean = np.load(folder / "zh_mean.npy").astype(np.float32)


def read_lines(path):
    """Lines of a file. A piece may be any character but the line feed."""
    return path.read_text("utf-8").rstrip("\n").split("\n")


def reciprocal_ranks(scores, expected):
    """1 / rank of the first expected entry, 0 past the tenth. Equal scores keep the order of the entries."""
    ranks = []
    for line, wanted in zip(scores, expected):
        order = np.argsort(-line, kind="stable")[:DEPTH]
        hits = [rank for rank, entry in enumerate(order, 1) if entry in wanted and line[entry] > 0]
        ranks.append(1 / hits[0] if hits else 0.0)
    return np.array(ranks)


def lexical_scores(one_set, binary, cache):
    """Lexical scores, kept in a file where a cache is given."""
    kept = cache and cache / f"lexical-{'faqt' if binary else 'bm25'}-{one_set.name}.npy"
    if kept and kept.exists():
        return np.load(kept)
    scores = lexical.faqt_scores(one_set, binary) if binary else lexical.bm25_scores(one_set)
    if kept:
        np.save(kept, scores)
    return scores


def print_sizes(folder):
    """One line a file."""
    print("| file | bytes |\n|---|---:|")
    for name in FILES:
        print(f"| {name} | {(folder / name).stat().st_size:,} |")


def print_figures(folder, sets_folder, binary=None, cache=None):
    """One line a set, and the mean over the sets."""
    tables = Tables(folder)
    rows = []
    print("\n| set | lexical | with meaning |\n|---|---:|---:|")
    for one_set in sets.read_all(sets_folder):
        words = lexical_scores(one_set, binary, cache)
        added = Layer(one_set, tables.vocabulary).added(tables.vectors, tables.chinese_mean)
        # The layer may lift an entry that shares no word, so only the sum has to be above nothing.
        fused = words + added
        row = reciprocal_ranks(words, one_set.expected), reciprocal_ranks(fused - fused.min() + 1, one_set.expected)
        rows.append([ranks.mean() for ranks in row])
        print(f"| {one_set.name} | {rows[-1][0]:.4f} | {rows[-1][1]:.4f} |", flush=True)
    without, with_layer = np.mean(rows, axis=0)
    print(f"| mean | {without:.4f} | {with_layer:.4f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tables", type=Path, help="folder with en128_i4.npy and the rest")
    parser.add_argument("sets", type=Path, help="folder of evaluation sets")
    parser.add_argument("--faqt", type=Path, help="binary whose lexical scores are taken")
    parser.add_argument("--cache", type=Path, help="folder for lexical scores")
    arguments = parser.parse_args()
    print_sizes(arguments.tables)
    print_figures(arguments.tables, arguments.sets, arguments.faqt, arguments.cache)


if __name__ == "__main__":
    main()
