"""Questions and their results."""

import dataclasses
from typing import Any, Callable

import pytest

import faqt


def test_a_question_is_answered(kb: faqt.KnowledgeBase) -> None:
    found = kb.ask("how do I reset the lamp")
    assert found.outcome == "answered"
    assert found.answer is not None
    assert found.answer.answer == "Hold the button for ten seconds."
    assert found.answer.keywords == ("lamp",)
    assert found.hits[0].entry == found.answer
    assert 0 < found.hits[0].confidence <= 1


def test_what_nothing_covers_has_no_answer(kb: faqt.KnowledgeBase) -> None:
    found = kb.ask("how much is a kilo of rice")
    assert found.outcome == "not_covered"
    assert found.answer is None and not found.is_answered


def test_options_narrow_a_search(kb: faqt.KnowledgeBase) -> None:
    assert [hit.entry.id for hit in kb.search("lamp loud", limit=1).hits] == ["2-loud#is-it-loud"]
    assert {hit.entry.id for hit in kb.search("lamp loud", section="the lamp").hits} == {"2-loud#is-it-loud"}
    assert kb.search("lamp", language="zh").hits == ()
    assert [hit.entry.id for hit in kb.search("lamp", kinds=["question"], ids={"RESET"}).hits] == ["reset"]
    question = "how is the lamp reset"
    assert kb.search(question, answered_min=0.0).outcome == "answered"
    assert kb.search(question, answered_min=1.0).outcome == "unsure"
    assert kb.search("lamp", kinds=("procedure",)).hits == kb.search("lamp", ids=[]).hits == ()
    with pytest.raises(ValueError, match="^there is no kind `recipe`$"):
        kb.search("lamp", kinds=["recipe"])
    for value in ("reset", b"reset", 3, [3]):
        with pytest.raises(TypeError, match="^ids must be "):
            kb.search("lamp", ids=value)  # type: ignore[arg-type]
    assert kb.search("lamp").why is None
    assert kb.search("lamp", explain=True).why is not None
    assert len(kb.search("lamp", limit=2**64 - 1).hits) == 2


def test_what_is_returned_changes_no_decision(kb: faqt.KnowledgeBase) -> None:
    for question in ("how do I reset the lamp", "lamp", "how much is a kilo of rice"):
        whole = kb.search(question, limit=100)
        for limit, offset in ((0, 0), (1, 0), (1, 1), (5, 2**64 - 1)):
            part = kb.search(question, limit=limit, offset=offset)
            assert (part.outcome, part.confidence, part.corrections) == (
                whole.outcome,
                whole.confidence,
                whole.corrections,
            )
            assert part.hits == whole.hits[min(offset, 100) :][:limit]
            assert part.answer == (whole.answer if limit > 0 and offset == 0 else None)
            assert part.is_answered == whole.is_answered


@pytest.mark.parametrize("question", ["", "\0", "*", "ICP: (", "备案", "\ud800 reset", "a" * 100_000])
def test_no_question_is_an_error(kb: faqt.KnowledgeBase, question: str) -> None:
    assert kb.ask(question).outcome in ("answered", "unsure", "not_covered")


TAKES_TEXT: list[tuple[str, Callable[[faqt.KnowledgeBase, Any], object]]] = [
    ("question", lambda kb, value: kb.ask(value)),
    ("query", lambda kb, value: kb.search(value)),
    ("section", lambda kb, value: kb.search("lamp", section=value)),
    ("language", lambda kb, value: kb.search("lamp", language=value)),
    ("term", lambda kb, value: kb.keyword(value)),
    ("id", lambda kb, value: kb.entry(value)),
    ("help_id", lambda kb, value: kb.help(value)),
    ("typed", lambda kb, value: kb.complete(value)),
    ("typed", lambda kb, value: kb.complete_id(value)),
    ("id", lambda kb, value: kb.nearest_ids(value)),
    ("section", lambda kb, value: kb.count(section=value)),
    ("language", lambda kb, value: kb.count(language=value)),
    ("query", lambda kb, value: kb.passage(value, kb.entries()[0], lambda _: True)),
    ("name", lambda _, value: faqt.KnowledgeBase.from_files({"a.md": "# A?\n\nB.\n"}, name=value)),
    ("markdown", lambda _, value: faqt.html(value)),
    ("entry_href", lambda _, value: faqt.html("x", entry_href=value)),
    ("id_prefix", lambda _, value: faqt.html("x", id_prefix=value)),
    ("images", lambda _, value: faqt.html("x", images=value)),
    ("markdown", lambda _, value: faqt.text(value)),
    ("markdown", lambda _, value: faqt.plain(value)),
]
OPTIONAL = ("section", "language", "entry_href")


@pytest.mark.parametrize("name, call", TAKES_TEXT)
def test_what_is_no_text_is_a_type_error(
    kb: faqt.KnowledgeBase, name: str, call: Callable[[faqt.KnowledgeBase, Any], object]
) -> None:
    for value in (None, b"lamp", 3, ["lamp"]):
        if value is None and name in OPTIONAL:
            call(kb, value)
            continue
        with pytest.raises(TypeError, match=f"^{name} must be str, not {type(value).__name__}$"):
            call(kb, value)
    if name != "images":
        call(kb, "\ud800")


TAKES_COUNT: list[tuple[str, Callable[[faqt.KnowledgeBase, Any], object]]] = [
    ("limit", lambda kb, value: kb.search("lamp", limit=value)),
    ("limit", lambda kb, value: kb.complete("res", value)),
    ("limit", lambda kb, value: kb.complete_id("res", value)),
    ("limit", lambda kb, value: kb.nearest_ids("rest", value)),
    ("heading_offset", lambda _, value: faqt.html("# x", heading_offset=value)),
    ("width", lambda _, value: faqt.text("x", width=value)),
]


@pytest.mark.parametrize("name, call", TAKES_COUNT)
def test_what_is_no_count_is_an_error_and_none_is_too_large(
    kb: faqt.KnowledgeBase, name: str, call: Callable[[faqt.KnowledgeBase, Any], object]
) -> None:
    for value in (None, "3", 1.5, True):
        with pytest.raises(TypeError, match=f"^{name} must be int, not {type(value).__name__}$"):
            call(kb, value)
    with pytest.raises(ValueError, match=f"^{name} must not be negative: -1$"):
        call(kb, -1)
    for value in (0, 300, 2**64 - 1, 2**100):
        call(kb, value)


def test_misspelt_words_are_corrected(kb: faqt.KnowledgeBase) -> None:
    assert kb.ask("resett the lamp").corrections == (faqt.Correction("resett", "reset"),)


def test_entries_are_looked_up(kb: faqt.KnowledgeBase) -> None:
    reset = kb.entry("reset")
    assert reset is not None and reset.question == "How do I reset the lamp?"
    assert (reset.path, reset.line, reset.kind) == ("1-reset.md", 1, "question")
    assert kb.entry("rest") is None
    assert kb.nearest_ids("rest") == ["reset"]
    assert kb.help("e1042") == reset
    assert kb.help("E0") is None
    assert kb.keyword("LAMP") == [reset]
    assert kb.keyword("lam") == []


def test_entries_are_counted(kb: faqt.KnowledgeBase) -> None:
    assert kb.count() == len(kb) == 2
    assert kb.count(section="the lamp") == kb.count(ids={"RESET"}) == 1
    assert kb.count(kinds=["procedure"]) == kb.count(language="zh") == kb.count(ids=[]) == 0
    with pytest.raises(ValueError, match="^there is no kind `recipe`$"):
        kb.count(kinds=["recipe"])


def test_what_was_typed_is_completed(kb: faqt.KnowledgeBase) -> None:
    assert kb.complete("res")[0].id == "reset"
    assert kb.complete("res", limit=0) == []
    assert kb.complete_id("2") == ["2-loud#is-it-loud"]


def test_everything_is_listed(kb: faqt.KnowledgeBase) -> None:
    assert [entry.id for entry in kb.entries()] == ["reset", "2-loud#is-it-loud"]
    assert faqt.Section(("The lamp",), ("2-loud#is-it-loud",)) in kb.sections()
    assert len(kb) == kb.manifest.entries == 2
    assert kb.manifest.languages == ("en",)


def test_answers_cannot_be_changed(kb: faqt.KnowledgeBase) -> None:
    entry = kb.entries()[0]
    with pytest.raises(dataclasses.FrozenInstanceError):
        entry.answer = "Otherwise."  # type: ignore[misc]


def test_answers_are_shown() -> None:
    answer = "See [it](faqt:reset), <script>x</script>\x1b[31m**loud**."
    assert faqt.html(answer, entry_href="/help/") == (
        '<p>See <a href="/help/reset">it</a>, ␛[31m<strong>loud</strong>.</p>\n'
    )
    assert faqt.text(answer, width=20) == "See it, ␛[31mloud.\n"
    assert "\x1b[1mloud" in faqt.text("**loud**", styled=True)
    assert faqt.plain(answer) == "See it, ␛[31mloud."
    with pytest.raises(ValueError, match="describe, link or load"):
        faqt.html(answer, images="steal")


def test_the_edition_for_a_reader_is_shown() -> None:
    files = {
        "reset.md": "---\nid: reset\nquestion: How do I reset the lamp?\nsince: 3.0\n---\nSay reset.\n",
        "reset-2.md": "---\nid: reset\nquestion: How do I reset the lamp?\nuntil: 3.0\n---\nHold the button.\n",
        "reset.de.md": "---\nid: reset\nquestion: Wie setze ich die Lampe zurück?\nsince: 3.0\n---\nSagen Sie es.\n",
        "dim.md": "---\nquestion: Can I dim the light?\nsince: 2.4\n---\nTurn the knob.\n",
    }
    with faqt.KnowledgeBase.from_files(files, name="help") as kb:
        hit = kb.search("how do I reset the lamp", languages=["de"]).hits[0]
        assert (hit.entry.id, hit.chosen_by, hit.fallback) == ("reset@de", "languages", False)
        hit = kb.search("how do I reset the lamp", version="2.1").hits[0]
        assert (hit.entry.answer, hit.applies, hit.entry.until) == ("Hold the button.", True, "3.0")
        found = kb.search("can I dim the light", version="2.1")
        assert (found.outcome, found.version, found.hits[0].applies) == ("unsure", "2.1", False)
        edition = kb.edition("dim", languages=["de"])
        assert edition is not None and edition.fallback and edition.entry.language == "en"
        assert kb.edition("none") is None
