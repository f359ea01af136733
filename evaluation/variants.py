"""Variants of a set: copies with fewer entries, in which some questions are no longer covered.

A hash of its id decides about an entry. So a variant depends on neither the order of files nor a random seed.
"""

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from question_sets import Question, QuestionSet

#: Sizes of small knowledge bases, each with the number of samples of that size.
CUTS = {14: 6, 100: 2, 1000: 1}
#: The least ratio of a set's entries to the entries of a cut.
CUT_RATIO_MIN = 1.25


@dataclass(frozen=True)
class Variant:
    """A set with some of its entries."""

    name: str
    source: QuestionSet
    kept: tuple[str, ...]

    def questions(self) -> list[Question]:
        """The questions of the set, without the entries that are gone.

        Questions that no entry covers any more are near misses. There are at most as many as covered ones, unless half
        of the entries are there.
        """
        kept = set(self.kept)
        asked = [Question(known.text, tuple(e for e in known.expect if e in kept)) for known in self.source.covered]
        covered = [question for question in asked if question.expect]
        uncovered = [question for question in asked if not question.expect]
        if self.name.startswith("cut"):
            uncovered = by_hash(uncovered, lambda question: question.text, self.name)[: len(covered)]
        return covered + uncovered

    def write_content(self, folder: Path) -> None:
        """Copies the entries into a new folder."""
        folder.mkdir(parents=True)
        files = self.source.entries
        for entry in self.kept:
            shutil.copyfile(files[entry], folder / files[entry].name)
        settings = self.source.content / "faqt.toml"
        if settings.exists():
            shutil.copyfile(settings, folder / settings.name)


def halves(source: QuestionSet) -> list[Variant]:
    """Returns two variants: one with half of the entries, one with the others.

    Each question with one expected entry is covered in one of them and a near miss in the other.
    """
    ids = by_hash(list(source.entries), lambda entry: entry, "half")
    middle = len(ids) // 2
    return [Variant(f"half-{half}", source, tuple(sorted(kept))) for half, kept in
            (("a", ids[:middle]), ("b", ids[middle:]))]


def cuts(source: QuestionSet) -> Iterator[Variant]:
    """Yields variants of the sizes in `CUTS`, if the set has more entries than that."""
    ids = list(source.entries)
    for size, samples in CUTS.items():
        for sample in range(samples if len(ids) >= size * CUT_RATIO_MIN else 0):
            name = f"cut-{size}-{sample + 1}"
            yield Variant(name, source, tuple(sorted(by_hash(ids, lambda entry: entry, name)[:size])))


def by_hash(items: list, text, salt: str) -> list:
    """Sorts `items` by the hash of their `text` and `salt`."""
    return sorted(items, key=lambda item: hashlib.sha256(f"{salt}\0{text(item)}".encode()).digest())
