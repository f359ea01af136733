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
from os import PathLike
from types import TracebackType
from typing import Any, Iterable, Optional, Type, Union

from . import _native
from ._data import Completion, Correction, Credit, Entry, Findings, Hit, Manifest, Related, Section, made
from ._native import FaqtError

_COUNT_MAX = 2**31 - 1

__all__ = [
    "Completion",
    "Correction",
    "Credit",
    "Entry",
    "FaqtError",
    "Findings",
    "Hit",
    "KnowledgeBase",
    "Manifest",
    "Related",
    "Section",
    "html",
    "plain",
    "text",
]


class KnowledgeBase:
    """All the entries of one content folder, ready to search.

    :meth:`open`, :meth:`from_bytes` and :meth:`from_folder` open it; :meth:`close` and the end of a ``with`` block
    close it. Every method raises :class:`FaqtError` if the knowledge base is closed or damaged.
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

    @property
    def manifest(self) -> Manifest:
        """The manifest of the pack."""
        return made(Manifest, json.loads(self._native.manifest()))

    def ask(self, question: str) -> Findings:
        """Answers a question in a reader's own words."""
        return self.search(_text("question", question))

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
        """
        section, language = _optional_text("section", section), _optional_text("language", language)
        limit, offset = _count("limit", limit), _count("offset", offset)
        kinds, ids = _optional_texts("kinds", kinds), _optional_texts("ids", ids)
        found = self._native.search(
            _text("query", query), limit, offset, section, language, kinds, ids, answered_min, explain
        )
        return made(Findings, json.loads(found))

    def keyword(self, term: str) -> list[Entry]:
        """Returns the entries with a term as keyword, id or help id; the match is exact except for case and width."""
        return [made(Entry, entry) for entry in json.loads(self._native.keyword(_text("term", term)))]

    def entry(self, id: str) -> Optional[Entry]:
        """Returns the entry that has this id, or had it before a redirect."""
        return _entry(self._native.entry(_text("id", id)))

    def help(self, help_id: str) -> Optional[Entry]:
        """Returns the entry with this help id, ignoring case, or that had it before a redirect."""
        return _entry(self._native.help(_text("help_id", help_id)))

    def complete(self, typed: str, limit: int = 5) -> list[Completion]:
        """Returns questions that complete the typed prefix, the best first, for search as you type."""
        completions = json.loads(self._native.complete(_text("typed", typed), _count("limit", limit)))
        return [made(Completion, one) for one in completions]

    def complete_id(self, typed: str, limit: int = 5) -> list[str]:
        """Returns the ids that begin with the typed prefix, sorted."""
        ids: list[str] = json.loads(self._native.complete_id(_text("typed", typed), _count("limit", limit)))
        return ids

    def nearest_ids(self, id: str, limit: int = 3) -> list[str]:
        """Returns the ids nearest to an unknown id."""
        ids: list[str] = json.loads(self._native.nearest_ids(_text("id", id), _count("limit", limit)))
        return ids

    def entries(self) -> list[Entry]:
        """Returns all entries in the order of the table of contents."""
        return [made(Entry, entry) for entry in json.loads(self._native.entries())]

    def sections(self) -> list[Section]:
        """Returns the table of contents: each section that holds entries, with their ids."""
        return [made(Section, section) for section in json.loads(self._native.sections())]


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
    href, prefix = _optional_text("entry_href", entry_href), _text("id_prefix", id_prefix)
    # The native function takes a byte, and HTML has 6 heading levels.
    offset = min(_count("heading_offset", heading_offset), 6)
    return _native.html(_text("markdown", markdown), href, offset, prefix, _text("images", images))


def text(markdown: str, *, width: int = 80, styled: bool = False, hyperlinks: bool = False) -> str:
    """Lays Markdown out in lines.

    Args:
        markdown: an answer.
        width: the width in columns.
        styled: styles text with ANSI escape sequences.
        hyperlinks: writes links as OSC 8 hyperlinks, if ``styled``.
    """
    return _native.text(_text("markdown", markdown), _count("width", width), styled, hyperlinks)


def plain(markdown: str) -> str:
    """Returns the words of Markdown, a line for each paragraph, item, row and line of code."""
    return _native.plain(_text("markdown", markdown))


def _entry(answer: str) -> Optional[Entry]:
    data: Optional[dict[str, Any]] = json.loads(answer)
    return made(Entry, data) if data is not None else None


def _text(name: str, text: str) -> str:
    """Replaces lone surrogates, by which Python represents undecodable input and which UTF-8 cannot encode."""
    if not isinstance(text, str):
        raise TypeError(f"{name} must be str, not {type(text).__name__}")
    return text.encode("utf-8", "replace").decode("utf-8")


def _optional_text(name: str, text: Optional[str]) -> Optional[str]:
    return None if text is None else _text(name, text)


def _optional_texts(name: str, texts: Optional[Iterable[str]]) -> Optional[list[str]]:
    if texts is None:
        return None
    if isinstance(texts, str) or not isinstance(texts, Iterable):
        raise TypeError(f"{name} must be an iterable of str, not {type(texts).__name__}")
    return [_text(name, text) for text in texts]


def _count(name: str, count: int) -> int:
    """Checks a count and limits it to 2**31 - 1, which fits every platform."""
    if not isinstance(count, int) or isinstance(count, bool):
        raise TypeError(f"{name} must be int, not {type(count).__name__}")
    if count < 0:
        raise ValueError(f"{name} must not be negative: {count}")
    return min(count, _COUNT_MAX)
