"""The results of a knowledge base: immutable data classes."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Optional, Type, TypeVar

from .evaluation import Covered, Miss, NotCovered, Report, Standing, Threshold

T = TypeVar("T")


@dataclass(frozen=True)
class Related:
    """A procedure that an answer points to: an entry, an outside page, or both."""

    title: str
    """The title to show."""
    id: Optional[str] = None
    """The id of the entry, if the procedure is an entry."""
    url: Optional[str] = None
    """The outside address."""
    status: Optional[str] = None
    """The verification of the address: ``verified``, ``seen``, ``cited`` or ``unverified``."""


@dataclass(frozen=True)
class Entry:
    """One question with its answer, or one procedure."""

    id: str
    """The stable name of the entry."""
    question: str
    """The title as a reader would ask it."""
    answer: str
    """The answer as Markdown; a link to another entry has the destination ``faqt:ID``."""
    path: str
    """The file of the entry, relative to the content folder."""
    line: int
    """The line of the file on which the entry starts."""
    kind: str = "question"
    """``question`` or ``procedure``."""
    section: tuple[str, ...] = ()
    """The titles of the sections that contain the entry, outermost first."""
    aliases: tuple[str, ...] = ()
    """Other ways to ask the question."""
    keywords: tuple[str, ...] = ()
    """Exact terms under which the entry is filed."""
    help_ids: tuple[str, ...] = ()
    """Stable names that a program uses to point at the entry."""
    language: Optional[str] = None
    """The language, if it differs from that of the knowledge base, or the entry has several editions."""
    since: Optional[str] = None
    """The version from which on the entry is right, if the author named one."""
    until: Optional[str] = None
    """The version from which on it is not right any more."""
    related: tuple[Related, ...] = ()
    """The related procedures."""


@dataclass(frozen=True)
class Hit:
    """An entry found by a search."""

    entry: Entry
    """The entry."""
    score: float
    """Its score; comparable within one search only."""
    confidence: float
    """The confidence that the entry answers the question, from 0 to 1."""
    fallback: bool = False
    """True if the entry has no edition in a language that the reader wants."""
    applies: Optional[bool] = None
    """True if the entry is for the version that the reader has, false if it is for others; ``None`` if it is for all."""
    chosen_by: Optional[str] = None
    """The reason that this edition is shown, if there are several: ``languages``, ``question``, ``locale``, ``match`` or
    ``version``."""


@dataclass(frozen=True)
class Edition:
    """An entry in the edition that a reader gets."""

    entry: Entry
    """The entry."""
    fallback: bool = False
    """As in :class:`Hit`."""
    applies: Optional[bool] = None
    """As in :class:`Hit`."""
    chosen_by: Optional[str] = None
    """As in :class:`Hit`."""


@dataclass(frozen=True)
class Correction:
    """A word that was taken for another word."""

    typed: str
    """The word as it was typed, in lower case."""
    taken_for: str
    """The word that it was taken for."""


@dataclass(frozen=True)
class Findings:
    """The result of a search."""

    outcome: str
    """``answered``, ``unsure`` or ``not_covered``."""
    confidence: float
    """The confidence that the best entry answers the question, from 0 to 1."""
    covered: float
    """The probability that one of the first five entries answers the question, from 0 to 1."""
    hits: tuple[Hit, ...] = ()
    """The hits within ``limit`` and ``offset``, the best first."""
    offset: int = 0
    """The number of skipped hits."""
    languages: tuple[str, ...] = ()
    """The languages that the reader wants."""
    version: Optional[str] = None
    """The version that the reader has, by ``version`` or by the question."""
    corrections: tuple[Correction, ...] = ()
    """The out-of-vocabulary words and the words that they were taken for."""
    why: Optional[dict[str, Any]] = None
    """The contribution of each word to the best entry, if ``explain`` was set."""

    @property
    def answer(self) -> Optional[Entry]:
        """The entry that answers the question; ``None`` if none does, or if ``limit`` and ``offset`` leave it out."""
        is_here = self.is_answered and self.offset == 0 and len(self.hits) > 0
        return self.hits[0].entry if is_here else None

    @property
    def is_answered(self) -> bool:
        """True if the best entry answers the question, whatever ``limit`` and ``offset`` leave out."""
        return self.outcome == "answered"


@dataclass(frozen=True)
class Passage:
    """A part of an answer that holds a question's words best."""

    range: slice
    """Its place in ``Entry.answer``, in characters."""
    markdown: str
    """Its Markdown: that range, with the footnotes that stand elsewhere in the answer."""
    words: tuple[str, ...]
    """The words of the passage that meet the question's, case-folded, each once, the rarest first; in scripts without
    spaces, pairs of characters."""
    matches: tuple[slice, ...] = ()
    """The places of these words in ``Entry.answer``, in characters and in order."""


@dataclass(frozen=True)
class Completion:
    """A completion of a typed prefix."""

    text: str
    """The question or alias most similar to the typed text."""
    question: str
    """The entry's question."""
    id: str
    """The entry's id."""


@dataclass(frozen=True)
class Section:
    """A section of the table of contents."""

    path: tuple[str, ...]
    """The titles from the outermost section to this one."""
    entries: tuple[str, ...]
    """The ids of its entries, in order."""


@dataclass(frozen=True)
class Credit:
    """A page that the content draws on."""

    title: str
    """The title of the page."""
    url: str
    """Its address."""


@dataclass(frozen=True)
class Manifest:
    """The manifest of a pack."""

    name: str
    """The name of the knowledge base."""
    language: str
    """The language of entries without one, a BCP 47 tag."""
    languages: tuple[str, ...]
    """The languages of the entries, the most common first."""
    entries: int
    """The number of entries."""
    analyser: int
    """The version of the analyser that wrote the pack."""
    content_hash: str
    """A hash of the content, in hexadecimal."""
    source: Optional[Credit] = None
    """The page that the content draws on."""


_PARTS = {
    (Entry, "related"): Related,
    (Findings, "hits"): Hit,
    (Findings, "corrections"): Correction,
    (Edition, "entry"): Entry,
    (Hit, "entry"): Entry,
    (Manifest, "source"): Credit,
    (Miss, "before"): Standing,
    (Report, "covered"): Covered,
    (Report, "not_covered"): NotCovered,
    (Report, "thresholds"): Threshold,
    (Report, "misses"): Miss,
}


def made(kind: Type[T], data: dict[str, Any]) -> T:
    """Makes an object from JSON; unknown names are ignored."""
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: _value(kind, name, value) for name, value in data.items() if name in known})


def _value(kind: type, name: str, value: Any) -> Any:
    part = _PARTS.get((kind, name))
    if isinstance(value, list):
        return tuple(made(part, item) if part else item for item in value)
    return made(part, value) if part and value is not None else value
