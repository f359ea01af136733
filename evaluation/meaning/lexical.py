"""Lexical scores of one set: a line a question, a column an entry.

With a faqt binary the scores are those of its search, so that the layer is measured on what it is added to. Without one
they are BM25 over phrasings and answers, which stands some .05 lower.
"""

import json
import math
import re
import subprocess
from collections import Counter

import numpy as np


def faqt_scores(one_set, binary):
    """Scores of faqt search; an entry that it does not list has 0."""
    positions = {entry.id: position for position, entry in enumerate(one_set.entries)}
    scores = np.zeros((len(one_set.questions), len(one_set.entries)), np.float32)
    search = [binary, "search", "--kb", one_set.folder / "content", "--format", "json", "--limit", "1000", "--why"]
    for line, question in enumerate(one_set.questions):
        found = json.loads(subprocess.run([*search, "--", question], capture_output=True, check=False).stdout)
        if found["answer"]:
            scores[line, positions[found["answer"]["id"]]] = found["why"]["score"]
        for hit in found["candidates"]:
            scores[line, positions[hit["id"]]] = hit["score"]
    return scores


def bm25_scores(one_set, k1=1.2, b=0.75):
    """BM25 of the whole entry, plus that of its best phrasing."""
    entries = [words(entry.text) for entry in one_set.entries]
    phrasings = [words(phrasing) for entry in one_set.entries for phrasing in entry.phrasings]
    owner = [number for number, entry in enumerate(one_set.entries) for _ in entry.phrasings]
    whole = bm25(entries, one_set.questions, k1, b)
    best = np.zeros_like(whole)
    for column, scores in zip(owner, bm25(phrasings, one_set.questions, k1, b).T):
        best[:, column] = np.maximum(best[:, column], scores)
    return whole + best


def bm25(texts, questions, k1, b):
    """Okapi BM25 of every text for every question."""
    lengths = np.array([max(len(text), 1) for text in texts], np.float32)
    norms = k1 * (1 - b + b * lengths / lengths.mean())
    postings = {}
    for number, text in enumerate(texts):
        for word, count in Counter(text).items():
            postings.setdefault(word, []).append((number, count))
    scores = np.zeros((len(questions), len(texts)), np.float32)
    for line, question in enumerate(questions):
        for word in set(words(question)) & postings.keys():
            found = postings[word]
            idf = math.log(1 + (len(texts) - len(found) + 0.5) / (len(found) + 0.5))
            for number, count in found:
                scores[line, number] += idf * count * (k1 + 1) / (count + norms[number])
    return scores


def words(text):
    """Lower-case words without a plural s; each Chinese or Japanese character stands alone."""
    found = re.findall(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+", text.lower())
    return [word[:-1] if len(word) > 3 and word.endswith("s") else word for word in found]
