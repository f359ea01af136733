"""Evaluation sets: a folder each, with content/*.md and queries.jsonl.

A set is read as faqt reads it: the question and aliases of the front matter are phrasings, the rest is the answer.
"""

import json
import re
from dataclasses import dataclass


@dataclass
class Entry:
    """One entry of a set."""

    id: str
    phrasings: list
    answer: str

    @property
    def text(self):
        return "\n".join([*self.phrasings, self.answer])


@dataclass
class EvaluationSet:
    """Entries and the questions asked of them, each with the positions of the entries expected."""

    name: str
    folder: object
    entries: list
    questions: list
    expected: list


def read_all(folder, names=None):
    """Every set of a folder, or those named."""
    folders = sorted(path.parent for path in folder.glob("*/queries.jsonl"))
    return [read(path) for path in folders if names is None or path.name in names]


def read(folder):
    """One set."""
    entries = [read_entry(path) for path in sorted((folder / "content").glob("**/*.md"))]
    positions = {entry.id: position for position, entry in enumerate(entries)}
    lines = [json.loads(line) for line in (folder / "queries.jsonl").read_text("utf-8").splitlines() if line.strip()]
    asked = [(line["query"], {positions[id] for id in line["expect"] if id in positions}) for line in lines]
    asked = [(question, expected) for question, expected in asked if expected]
    return EvaluationSet(folder.name, folder, entries, [q for q, _ in asked], [e for _, e in asked])


def read_entry(path):
    """One Markdown file with front matter."""
    _, front_matter, answer = path.read_text("utf-8").split("---\n", 2)
    fields = {"aliases": []}
    for line in front_matter.splitlines():
        if line.lstrip().startswith("- "):
            fields["aliases"].append(unquote(line.lstrip()[2:]))
        elif ":" in line:
            name, value = line.split(":", 1)
            if value.strip():
                fields[name.strip()] = unquote(value)
    return Entry(fields["id"], [fields["question"], *fields["aliases"]], answer.strip())


def unquote(value):
    """A scalar of the front matter."""
    value = value.strip()
    return json.loads(value) if value.startswith('"') else value


def fold(text):
    """A text without case, marks and runs of spaces: two texts that fold alike count as the same."""
    return re.sub(r"\W+", " ", text.lower()).strip()


def folded_texts(folder):
    """Every phrasing and question below a folder of sets, folded. Questions that no entry answers are included."""
    folded = set()
    for one in read_all(folder):
        folded.update(fold(phrasing) for entry in one.entries for phrasing in entry.phrasings)
    for path in folder.glob("*/*.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            if line.strip():
                folded.add(fold(json.loads(line)["query"]))
    return folded
