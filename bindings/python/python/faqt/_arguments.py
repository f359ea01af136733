"""The arguments of calls, checked and in the form that the native functions take."""

from __future__ import annotations

import json
from typing import Any, Iterable, Mapping, Optional, Union

from .evaluation import Query

_COUNT_MAX = 2**31 - 1


def as_text(name: str, text: str) -> str:
    """Replaces lone surrogates, by which Python represents undecodable input and which UTF-8 cannot encode."""
    if not isinstance(text, str):
        raise TypeError(f"{name} must be str, not {type(text).__name__}")
    return text.encode("utf-8", "replace").decode("utf-8")


def as_optional_text(name: str, text: Optional[str]) -> Optional[str]:
    """Returns a text as :func:`as_text` does, and ``None`` unchanged."""
    return None if text is None else as_text(name, text)


def as_optional_texts(name: str, texts: Optional[Iterable[str]]) -> Optional[list[str]]:
    """Returns a list of texts, and ``None`` unchanged."""
    if texts is None:
        return None
    if isinstance(texts, str) or not isinstance(texts, Iterable):
        raise TypeError(f"{name} must be an iterable of str, not {type(texts).__name__}")
    return [as_text(name, text) for text in texts]


def as_wishes(
    languages: Optional[Iterable[str]], locale: Optional[str], version: Optional[str]
) -> tuple[list[str], Optional[str], Optional[str]]:
    """Returns what decides between the editions of an entry."""
    return (
        as_optional_texts("languages", languages) or [],
        as_optional_text("locale", locale),
        as_optional_text("version", version),
    )


def as_count(name: str, count: int) -> int:
    """Checks a count and limits it to 2**31 - 1, which fits every platform."""
    if not isinstance(count, int) or isinstance(count, bool):
        raise TypeError(f"{name} must be int, not {type(count).__name__}")
    if count < 0:
        raise ValueError(f"{name} must not be negative: {count}")
    return min(count, _COUNT_MAX)


def as_files(files: Mapping[str, str]) -> list[tuple[str, str]]:
    """Returns the paths and texts of files in order."""
    if not isinstance(files, Mapping):
        raise TypeError(f"files must be a mapping of paths to texts, not {type(files).__name__}")
    return [(as_text("a path", path), as_text(f"the text of {path}", text)) for path, text in files.items()]


def as_query_file(queries: Union[str, Iterable[Union[Query, Mapping[str, Any]]]]) -> str:
    """Returns the text of a query file, in which the n-th query is line n."""
    if isinstance(queries, str):
        return as_text("queries", queries)
    if isinstance(queries, Mapping) or not isinstance(queries, Iterable):
        raise TypeError(f"queries must be str or an iterable of Query or dict, not {type(queries).__name__}")
    return "\n".join(as_text("a query", json.dumps(_line(query), ensure_ascii=False)) for query in queries)


def _line(query: Union[Query, Mapping[str, Any]]) -> dict[str, Any]:
    if isinstance(query, Query):
        return {"query": as_text("text", query.text), "expect": as_optional_texts("expect", query.expect)}
    if isinstance(query, Mapping):
        return dict(query)
    raise TypeError(f"a query must be Query or dict, not {type(query).__name__}")
