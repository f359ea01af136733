#!/usr/bin/env python3
"""Measures SQLite FTS5 on a folder of sets, for comparison: MRR@10 of its BM25 over whole entries.

    evaluation/fts5.py SETS [--only NAME …]

A question is the disjunction of its words, which an author without query syntax would write; the tokenizer is Porter's over
Unicode. An answer, question and aliases are one text.
"""

import argparse
import re
import sqlite3
from pathlib import Path

from measures import mean
from question_sets import Question, QuestionSet, read_sets
from table import share, table

#: The number of hits that count.
DEPTH = 10


def main() -> None:
    """Measures each set and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", type=Path, metavar="SETS", help="the folder of sets")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="measure these sets only")
    arguments = parser.parse_args()
    found = {source.name: reciprocal_rank(source) for source in read_sets(arguments.sets, arguments.only)}
    rows = [[name, share(rank)] for name, rank in [*found.items(), ("mean", mean(list(found.values())))]]
    print(table(["set", "MRR@10"], rows))


def reciprocal_rank(source: QuestionSet) -> float:
    """Returns the mean reciprocal rank of the first expected entry."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE entries USING fts5(id UNINDEXED, text, tokenize = 'porter unicode61')")
    texts = ((entry, file.read_text(encoding="utf-8")) for entry, file in source.entries.items())
    database.executemany("INSERT INTO entries VALUES (?, ?)", texts)
    return mean([rank_of(database, question) for question in source.covered])


def rank_of(database: sqlite3.Connection, question: Question) -> float:
    """Returns the reciprocal rank of the first expected entry, 0 if it is not among the first hits."""
    words = re.findall(r"\w+", question.text)
    if not words:
        return 0.0
    query = " OR ".join(f'"{word}"' for word in words)
    hits = database.execute(f"SELECT id FROM entries WHERE text MATCH ? ORDER BY rank LIMIT {DEPTH}", [query])
    ranks = (1 / rank for rank, (entry,) in enumerate(hits, 1) if entry in question.expect)
    return next(ranks, 0.0)


if __name__ == "__main__":
    main()
