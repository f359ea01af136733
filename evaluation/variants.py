"""Variants of a set: copies with fewer entries, in which some questions are no longer covered, copies with titles, and
misspelt questions.

A hash of its id decides about an entry. So a variant depends on neither the order of files nor a random seed.
"""

import hashlib
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from question_sets import Question, QuestionSet

#: Sizes of small knowledge bases, each with the number of samples of that size.
CUTS = {14: 6, 100: 2, 1000: 1}
#: The least ratio of a set's entries to the entries of a cut.
CUT_RATIO_MIN = 1.25
#: Titles have so many of the words of a question: those that fewest entries hold, but more than one.
TITLE_WORDS = 2
#: The least ratio of all words to those of questions and aliases in a set that is given titles: elsewhere, nothing but
#: them says what an entry is about.
TITLED_RATIO_MIN = 3


@dataclass(frozen=True)
class Variant:
    """A set with some of its entries."""

    name: str
    source: QuestionSet
    kept: tuple[str, ...]
    #: True if questions are shortened to titles, as the pages of a manual have them, and there are no aliases.
    is_titled: bool = False

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
            target = folder / files[entry].name
            if self.is_titled:
                target.write_text(titled(self.source, files[entry]), encoding="utf-8")
            else:
                shutil.copyfile(files[entry], target)
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


def titles(source: QuestionSet) -> list[Variant]:
    """Returns three variants with titles, one with all entries and both halves, if the answers of a set are long."""
    if not has_long_answers(source):
        return []
    whole = Variant("titles", source, tuple(source.entries), is_titled=True)
    return [whole, *(replace(half, name=f"titles-{half.name}", is_titled=True) for half in halves(source))]


def has_long_answers(source: QuestionSet) -> bool:
    """Tells whether most words of a set's entries stand in answers."""
    texts = [file.read_text(encoding="utf-8") for file in source.entries.values()]
    phrasings = sum(len(words(FRONT_MATTER.match(text)[0])) for text in texts)
    return sum(len(words(text)) for text in texts) >= TITLED_RATIO_MIN * phrasings


def titled(source: QuestionSet, file: Path) -> str:
    """Returns an entry with its question shortened to a title, and without its aliases."""
    text = file.read_text(encoding="utf-8")
    entries = entries_by_word(source)
    line = re.search(r"^question: *(.*)$", text, re.MULTILINE)
    question = json.loads(line[1]) if line[1].startswith('"') else line[1]
    distinct = sorted(set(words(question)), key=lambda word: (entries[word], word))
    shared = [word for word in distinct if entries[word] > 1]
    kept = set((shared or distinct)[:TITLE_WORDS])
    title = " ".join(dict.fromkeys(word for word in words(question) if word in kept)) or question
    front, rest = text[: FRONT_MATTER.match(text).end()], text[FRONT_MATTER.match(text).end() :]
    front = re.sub(r"^aliases:\n(?:  - .*\n)*", "", front, flags=re.MULTILINE)
    return front.replace(line[0], f"question: {json.dumps(title, ensure_ascii=False)}") + rest


@cache
def entries_by_word(source: QuestionSet) -> Counter:
    """Counts the entries that hold a word."""
    counts: Counter = Counter()
    for file in source.entries.values():
        counts.update(set(words(file.read_text(encoding="utf-8"))))
    return counts


FRONT_MATTER = re.compile(r"---\n(?:.*\n)*?---\n")


def words(text: str) -> list[str]:
    """Lists the words of a text, small."""
    return re.findall(r"[^\W\d_][\w.-]*\w", text.casefold())


def misspelt(question: Question) -> Question:
    """Returns a question with a slip in one of its words of at least five Latin letters, if it has any.

    A hash of the question chooses the word, the letter and the slip: swapped with the next, left out, doubled, or replaced
    by the letter before or behind it in the alphabet. The first and the last letter of the word stay.
    """
    long_words = list(re.finditer(r"[A-Za-z]{5,}", question.text))
    if not long_words:
        return question
    digest = hashlib.sha256(f"misspelt\0{question.text}".encode()).digest()
    word = long_words[digest[0] % len(long_words)]
    letters = word[0]
    at = 1 + digest[1] % (len(letters) - 3)
    neighbour = chr(ord(letters[at]) + (1 if letters[at] in "Aa" or digest[2] % 2 and letters[at] not in "Zz" else -1))
    middle = [
        letters[at + 1] + letters[at] + letters[at + 2 :],
        letters[at + 1 :],
        letters[at] + letters[at:],
        neighbour + letters[at + 1 :],
    ][digest[3] % 4]
    text = question.text[: word.start()] + letters[:at] + middle + question.text[word.end() :]
    return replace(question, text=text)


def by_hash(items: list, text, salt: str) -> list:
    """Sorts `items` by the hash of their `text` and `salt`."""
    return sorted(items, key=lambda item: hashlib.sha256(f"{salt}\0{text(item)}".encode()).digest())
