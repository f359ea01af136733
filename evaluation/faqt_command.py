"""The command line of faqt: measures a folder of entries, and gives the features of first hits."""

import json
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from question_sets import Question, write_questions


@dataclass(frozen=True)
class FirstHit:
    """The first hit of a question, or none: then there are no features."""

    is_covered: bool
    is_right: bool = False
    is_among_first: bool = False
    is_exact: bool = False
    lacks_deciding_word: bool = False
    has_meaning: bool = False
    has_sentence: bool = False
    is_cross_lingual: bool = False
    confidence: float = 0.0
    covered: float = 0.0
    features: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Measured:
    """The measures of `faqt eval`, and the first hit of each question in their order."""

    measures: dict
    first_hits: list[FirstHit]


def evaluate(faqt: Path, content: Path, questions: list[Question], work: Path) -> Measured:
    """Asks the entries of a folder all questions. Files, the cached pack among them, are written into `work`.

    Entries with problems are there, too: public sets have questions that are asked twice.
    """
    asked, features = work / "asked.jsonl", work / "features.jsonl"
    write_questions(asked, questions)
    command = [str(faqt), "eval", str(asked), "--kb", str(content), "--format", "json", "--features", str(features)]
    environment = os.environ | {"XDG_CACHE_HOME": str(work)}
    measures = json.loads(output(command, environment))["evaluation"]
    hits = [FirstHit(bool(question.expect)) for question in questions]
    for line in features.read_text(encoding="utf-8").splitlines():
        if line:
            row = json.loads(line)
            at = row.pop("line") - 1
            hits[at] = FirstHit(**{name: row[name] for name in FirstHit.__dataclass_fields__})
    return Measured(measures, hits)


def output(command: list[str], environment: dict[str, str] | None = None) -> str:
    """Runs a command and returns its output; a failed one ends the program with its errors."""
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)
    if done.returncode != 0:
        raise SystemExit(f"error: {' '.join(command)}: exit code {done.returncode}\n{done.stderr.strip()}")
    return done.stdout
