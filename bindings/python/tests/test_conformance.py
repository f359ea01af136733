"""The conformance questions, which every face of faqt answers alike."""

import json
import math
from pathlib import Path

import faqt

ROOT = Path(__file__).parents[3]
FOLDERS = {"built-in": ROOT / "content", "second": ROOT / "tests/conformance/router"}


def four_digits(confidence: float) -> float:
    """Rounds half up, as the other faces do. `round(0.93695, 4)` is 0.9369, because 0.93695 is not exact."""
    return math.floor(confidence * 10_000 + 0.5) / 10_000


def test_every_question_is_answered_as_by_the_library() -> None:
    opened = {name: faqt.KnowledgeBase.from_folder(folder) for name, folder in FOLDERS.items()}
    lines = (ROOT / "tests/conformance/questions.jsonl").read_text("utf-8").splitlines()
    assert len(lines) >= 200
    differences = []
    for expected in map(json.loads, lines):
        found = opened[expected["kb"]].ask(expected["query"])
        answered = {
            "kb": expected["kb"],
            "query": expected["query"],
            "outcome": found.outcome,
            "confidence": four_digits(found.confidence),
            "hits": [hit.entry.id for hit in found.hits],
        }
        if answered != expected:
            differences.append((expected, answered))
    assert differences == []
