"""Passages of answers."""

from typing import Any

import pytest

import faqt

ANSWER = "Die Lampe läuft kühl – fast immer.\n\n## Geräusche\n\nSie brummt.[^1]\n\n## Größe\n\nKlein.\n\n[^1]: Leise."


@pytest.fixture
def lamp() -> faqt.KnowledgeBase:
    settings = "language = \"de\"\n[[pages]]\nfiles = '*'\nsplit = 'page'\n"
    return faqt.KnowledgeBase.from_files({"lampe.md": f"# Die Lampe?\n\n{ANSWER}\n", "faqt.toml": settings})


def test_the_passage_of_a_hit_holds_the_words_of_the_question(lamp: faqt.KnowledgeBase) -> None:
    entry = lamp.ask("warum brummt die Lampe").hits[0].entry
    passage = lamp.passage("warum brummt die Lampe", entry, lambda markdown: len(markdown) <= 50)
    assert entry.answer[passage.range] == "## Geräusche\n\nSie brummt.[^1]"
    assert passage.markdown == "## Geräusche\n\nSie brummt.[^1]\n\n[^1]: Leise."
    assert passage.words == ("brummt",)
    assert [entry.answer[place] for place in passage.matches] == ["brummt"]


def test_a_short_answer_is_its_own_passage(lamp: faqt.KnowledgeBase) -> None:
    entry = lamp.entries()[0]
    passage = lamp.passage("", entry, lambda _: True)
    assert (passage.range, passage.markdown, passage.words) == (slice(0, len(entry.answer)), entry.answer, ())


def test_any_entry_has_a_passage(lamp: faqt.KnowledgeBase) -> None:
    entry = faqt.Entry("a", "A?", "\ud800 b.\n\nEs brummt.", "a.md", 1, related=(faqt.Related("B", id="b"),))
    passage = lamp.passage("brummt \ud800", entry, lambda markdown: len(markdown) < 12)
    assert entry.answer[passage.range] == passage.markdown == "Es brummt."
    with pytest.raises(ValueError, match="line"):
        lamp.passage("brummt", faqt.Entry("a", "A?", "B.", "a.md", -1), lambda _: True)
    for value in (None, "a", {"id": "a"}):
        with pytest.raises(TypeError, match=f"^entry must be Entry, not {type(value).__name__}$"):
            lamp.passage("brummt", value, lambda _: True)  # type: ignore[arg-type]


def test_a_function_of_the_caller_may_ask_and_may_fail(lamp: faqt.KnowledgeBase) -> None:
    entry = lamp.entries()[0]
    asked: list[str] = []

    def fits(markdown: str) -> bool:
        asked.append(markdown)
        lamp.ask(markdown)
        return False

    def fails(markdown: str) -> bool:
        asked.append(markdown)
        raise KeyboardInterrupt

    assert lamp.passage("brummt", entry, fits).markdown.startswith("Sie brummt.")
    assert len(asked) > 1
    asked.clear()
    with pytest.raises(KeyboardInterrupt):
        lamp.passage("brummt", entry, fails)
    assert asked == [entry.answer]
    not_callable: Any = "fits"
    with pytest.raises(TypeError, match="not callable"):
        lamp.passage("brummt", entry, not_callable)
