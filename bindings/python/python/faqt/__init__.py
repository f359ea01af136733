"""An FAQ that answers offline.

It opens a pack or a folder of Markdown and answers questions in a reader's own words:

    import faqt

    with faqt.KnowledgeBase.open("help.faqt") as kb:
        found = kb.ask("how do I reset the lamp")
        if found.answer:
            print(faqt.text(found.answer.answer))

A question is text, never query syntax, and no question is an error. Any number of threads may use one knowledge base at
once, and no search holds the interpreter lock.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from os import PathLike
from types import TracebackType
from typing import Any, Callable, Iterable, Mapping, Optional, Type, Union

from . import _native, evaluation
from ._arguments import as_count, as_files, as_optional_text, as_optional_texts, as_query_file, as_text, as_wishes
from ._data import (
    Completion,
    Correction,
    Credit,
    Edition,
    Entry,
    Findings,
    Hit,
    Manifest,
    Passage,
    Related,
    Section,
    made,
)
from ._native import FaqtError

__all__ = [
    "Completion",
    "Correction",
    "Credit",
    "Edition",
    "Entry",
    "FaqtError",
    "Findings",
    "Hit",
    "KnowledgeBase",
    "Manifest",
    "Passage",
    "Related",
    "Section",
    "evaluation",
    "html",
    "plain",
    "text",
]


class KnowledgeBase:
    """All the entries of one content folder, ready to search.

    :meth:`open`, :meth:`from_bytes`, :meth:`from_folder`, :meth:`from_files` and :meth:`from_markdown` open it;
    :meth:`close` and the end of a ``with`` block close it. Every method raises :class:`FaqtError` if the knowledge base is
    closed or damaged.
    """

    def __init__(self, native: _native.KnowledgeBase) -> None:
        self._native = native

    @classmethod
    def open(cls, path: Union[str, PathLike[str]]) -> KnowledgeBase:
        """Opens the pack in a file, which is mapped into memory: replace the file by renaming, never in place.

        Raises:
            FaqtError: the file cannot be read, is not a pack of this version, or is damaged.
        """
        return cls(_native.KnowledgeBase.open(path))

    @classmethod
    def from_bytes(cls, pack: bytes) -> KnowledgeBase:
        """Opens a copy of the pack in memory.

        Raises:
            FaqtError: the bytes are not a pack of this version, or are damaged.
        """
        return cls(_native.KnowledgeBase.from_bytes(pack))

    @classmethod
    def from_folder(cls, path: Union[str, PathLike[str]]) -> KnowledgeBase:
        """Builds a pack of the sound entries of a folder of Markdown in memory, and opens it.

        Raises:
            FaqtError: the folder cannot be read, or holds no entry.
        """
        return cls(_native.KnowledgeBase.from_folder(path))

    @classmethod
    def from_files(cls, files: Mapping[str, str], *, name: str = "faq") -> KnowledgeBase:
        """Builds a pack of the sound entries of files in memory, and opens it; no file system is touched.

        Args:
            files: the texts by their paths, with ``/`` between the parts of a path; ``faqt.toml`` has the settings.
            name: the name of the knowledge base, unless the settings have another.

        Raises:
            FaqtError: the settings cannot be read, or the files hold no entry.
        """
        return cls(_native.KnowledgeBase.from_files(as_text("name", name), as_files(files)))

    @classmethod
    def from_markdown(cls, text: str) -> KnowledgeBase:
        """Builds a pack of the sound entries of one text of Markdown, and opens it; the text is read as ``faq.md``.

        Raises:
            FaqtError: the text holds no entry.
        """
        return cls(_native.KnowledgeBase.from_markdown(as_text("text", text)))

    def close(self) -> None:
        """Closes the knowledge base. Running calls of other threads finish normally."""
        self._native.close()

    def __enter__(self) -> KnowledgeBase:
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return self.manifest.entries

    def __bool__(self) -> bool:
        return True

    def attach_encoder(self, path: Union[str, PathLike[str]]) -> bool:
        """Compares questions by the model file at ``path`` from now on; the first that is attached counts.

        The file is one of ``faqt model import``, whose path ``faqt model list --format json`` has.

        Returns:
            True if questions are compared; False for a pack without sentence vectors.

        Raises:
            FaqtError: the file is no model, or another than the pack was built with.
        """
        state = json.loads(self._native.attach_encoder(path))
        if state["state"] == "unusable":
            raise FaqtError(state["reason"])
        return bool(state["state"] == "ready")

    @property
    def manifest(self) -> Manifest:
        """The manifest of the pack."""
        return made(Manifest, json.loads(self._native.manifest()))

    def ask(self, question: str) -> Findings:
        """Answers a question in a reader's own words."""
        return self.search(as_text("question", question))

    def search(
        self,
        query: str,
        *,
        limit: int = 5,
        offset: int = 0,
        section: Optional[str] = None,
        language: Optional[str] = None,
        kinds: Optional[Iterable[str]] = None,
        ids: Optional[Iterable[str]] = None,
        answered_min: Optional[float] = None,
        explain: bool = False,
        languages: Optional[Iterable[str]] = None,
        locale: Optional[str] = None,
        version: Optional[str] = None,
    ) -> Findings:
        """Searches with options.

        Args:
            query: the question.
            limit: the maximum number of hits; like ``offset``, it changes nothing else.
            offset: the number of hits to skip.
            section: a title, or the titles from the outermost section with ``" › "`` between them; limits the search to
                entries in this section and below it.
            language: a BCP 47 tag; limits the search to entries in this language. ``zh`` also finds entries in
                ``zh-TW``, and ``zh-TW`` also entries in ``zh``.
            kinds: limits the search to entries of these kinds, ``question`` or ``procedure``; an empty list admits none.
            ids: limits the search to entries with these ids, former ids included; an empty list admits none.
            answered_min: the confidence, from 0 to 1, from which on the first hit is the answer; without it, the knowledge
                base decides.
            explain: sets ``why`` to the contribution of each word to the best entry.
            languages: the languages that the reader wants, the most wanted first. Entries that have an edition in one of them
                are searched first, and all if these do not answer; a hit in another language has ``fallback``.
            locale: the language of the reader's system; it decides where neither ``languages`` nor the question does.
            version: the version that the reader has, such as ``2.4``; a hit for others has ``applies`` false, and is not the
                answer.
        """
        section, language = as_optional_text("section", section), as_optional_text("language", language)
        limit, offset = as_count("limit", limit), as_count("offset", offset)
        kinds, ids = as_optional_texts("kinds", kinds), as_optional_texts("ids", ids)
        found = self._native.search(
            as_text("query", query),
            limit,
            offset,
            section,
            language,
            kinds,
            ids,
            answered_min,
            explain,
            as_wishes(languages, locale, version),
        )
        return made(Findings, json.loads(found))

    def passage(self, query: str, entry: Entry, fits: Callable[[str], bool]) -> Passage:
        """Returns the passage of an entry's answer that holds the words of a query best.

        The passage is the whole answer if ``fits`` is true for that. Else it is a part for which ``fits`` is true: a
        block of the answer with its heading and the blocks behind it; or the best block alone, which may not fit.

        Args:
            query: the question.
            entry: the entry, such as that of a hit.
            fits: a function that returns true for Markdown that is short enough; an exception in it is raised here.
        """
        if not isinstance(entry, Entry):
            raise TypeError(f"entry must be Entry, not {type(entry).__name__}")
        written = as_text("entry", json.dumps(asdict(entry), ensure_ascii=False))
        chosen = json.loads(self._native.passage(as_text("query", query), written, fits))
        # The native function counts bytes.
        answer = as_text("answer", entry.answer).encode("utf-8")

        def in_characters(place: dict[str, int]) -> slice:
            return slice(*(len(answer[:at].decode("utf-8")) for at in (place["start"], place["end"])))

        matches = tuple(in_characters(place) for place in chosen["matches"])
        return made(Passage, {**chosen, "range": in_characters(chosen["range"]), "matches": matches})

    def keyword(self, term: str) -> list[Entry]:
        """Returns the entries with a term as keyword, id or help id; the match is exact except for case and width."""
        return [made(Entry, entry) for entry in json.loads(self._native.keyword(as_text("term", term)))]

    def entry(self, id: str) -> Optional[Entry]:
        """Returns the entry that has this id, or had it before a redirect."""
        return _entry(self._native.entry(as_text("id", id)))

    def edition(
        self,
        id: str,
        *,
        languages: Optional[Iterable[str]] = None,
        locale: Optional[str] = None,
        version: Optional[str] = None,
    ) -> Optional[Edition]:
        """Returns the entry that :meth:`entry` finds, in the edition for a reader with these options of :meth:`search`."""
        found = json.loads(self._native.edition(as_text("id", id), as_wishes(languages, locale, version)))
        return None if found is None else made(Edition, found)

    def help(self, help_id: str) -> Optional[Entry]:
        """Returns the entry with this help id, ignoring case, or that had it before a redirect."""
        return _entry(self._native.help(as_text("help_id", help_id)))

    def complete(self, typed: str, limit: int = 5) -> list[Completion]:
        """Returns questions that complete the typed prefix, the best first, for search as you type."""
        completions = json.loads(self._native.complete(as_text("typed", typed), as_count("limit", limit)))
        return [made(Completion, one) for one in completions]

    def complete_id(self, typed: str, limit: int = 5) -> list[str]:
        """Returns the ids that begin with the typed prefix, sorted."""
        ids: list[str] = json.loads(self._native.complete_id(as_text("typed", typed), as_count("limit", limit)))
        return ids

    def nearest_ids(self, id: str, limit: int = 3) -> list[str]:
        """Returns the ids nearest to an unknown id."""
        ids: list[str] = json.loads(self._native.nearest_ids(as_text("id", id), as_count("limit", limit)))
        return ids

    def count(
        self,
        *,
        section: Optional[str] = None,
        language: Optional[str] = None,
        kinds: Optional[Iterable[str]] = None,
        ids: Optional[Iterable[str]] = None,
    ) -> int:
        """Returns the number of entries that :meth:`search` admits with these options; ``len`` counts all."""
        section, language = as_optional_text("section", section), as_optional_text("language", language)
        kinds, ids = as_optional_texts("kinds", kinds), as_optional_texts("ids", ids)
        number: int = json.loads(self._native.count(section, language, kinds, ids))
        return number

    def entries(self) -> list[Entry]:
        """Returns all entries in the order of the table of contents."""
        return [made(Entry, entry) for entry in json.loads(self._native.entries())]

    def sections(self) -> list[Section]:
        """Returns the table of contents: each section that holds entries, with their ids."""
        return [made(Section, section) for section in json.loads(self._native.sections())]

    def evaluate(self, queries: Union[str, Iterable[Union[evaluation.Query, Mapping[str, Any]]]]) -> evaluation.Report:
        """Asks questions with known entries and measures the answers.

        Args:
            queries: the text of a query file, a JSON object a line with ``query`` and ``expect``; or an iterable of
                such dicts or of :class:`faqt.evaluation.Query`.

        Raises:
            ValueError: a line is no such object; the message names it.
        """
        return made(evaluation.Report, json.loads(self._native.evaluate(as_query_file(queries))))

    def log_record(
        self,
        question: str,
        findings: Findings,
        *,
        event: str = "asked",
        entry: Optional[str] = None,
        day: str = "",
        program: str = "",
    ) -> str:
        """Returns the record of a question as a line for a log that ``faqt gaps`` reads. Nothing is written.

        Secrets in the question are masked. Append the line by one write to a file that was opened for appending.

        Args:
            question: the question.
            findings: what it found.
            event: ``asked``, or later ``opened``, ``helped`` or ``not_helped``.
            entry: the id of the entry that a later event is of.
            day: the day, such as ``2026-11-27``.
            program: the program that asked, with its version.

        Raises:
            ValueError: there is no such event.
        """
        facts = {
            "question": as_text("question", question),
            "outcome": str(findings.outcome),
            "confidence": findings.confidence,
            "entries": [entry] if entry is not None else [hit.entry.id for hit in findings.hits],
            "event": event,
            "day": day,
            "program": program,
        }
        return self._native.log_record(json.dumps(facts))


def html(
    markdown: str,
    *,
    entry_href: Optional[str] = None,
    heading_offset: int = 0,
    id_prefix: str = "",
    images: str = "link",
) -> str:
    """Renders Markdown as a sanitised HTML fragment.

    Args:
        markdown: an answer.
        entry_href: the prefix of ids in links to entries, such as ``/help/``; without it, links are text.
        heading_offset: the number of levels by which headings are lowered.
        id_prefix: the prefix of footnote ids, unique for each answer on a page.
        images: ``describe``, ``link`` or ``load``.
    """
    href, prefix = as_optional_text("entry_href", entry_href), as_text("id_prefix", id_prefix)
    # The native function takes a byte, and HTML has 6 heading levels.
    offset = min(as_count("heading_offset", heading_offset), 6)
    return _native.html(as_text("markdown", markdown), href, offset, prefix, as_text("images", images))


def text(markdown: str, *, width: int = 80, styled: bool = False, hyperlinks: bool = False) -> str:
    """Lays Markdown out in lines.

    Args:
        markdown: an answer.
        width: the width in columns.
        styled: styles text with ANSI escape sequences.
        hyperlinks: writes links as OSC 8 hyperlinks, if ``styled``.
    """
    return _native.text(as_text("markdown", markdown), as_count("width", width), styled, hyperlinks)


def plain(markdown: str) -> str:
    """Returns the words of Markdown, a line for each paragraph, item, row and line of code."""
    return _native.plain(as_text("markdown", markdown))


def _entry(answer: str) -> Optional[Entry]:
    data: Optional[dict[str, Any]] = json.loads(answer)
    return made(Entry, data) if data is not None else None
