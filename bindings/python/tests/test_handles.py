"""Opening, closing, and threads."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import faqt


def test_what_cannot_be_opened_says_why(tmp_path: Path) -> None:
    with pytest.raises(faqt.FaqtError, match="cannot read .*missing.faqt"):
        faqt.KnowledgeBase.open(tmp_path / "missing.faqt")
    with pytest.raises(faqt.FaqtError, match="pack"):
        faqt.KnowledgeBase.from_bytes(b"not a pack")
    with pytest.raises(faqt.FaqtError, match="no entries"):
        faqt.KnowledgeBase.from_folder(tmp_path)


def test_markdown_in_memory_is_asked_like_a_folder() -> None:
    with faqt.KnowledgeBase.from_markdown("# Is it loud?\n\nNo.\n\n# Is it \ud800?\n\nPerhaps.\n") as kb:
        assert (len(kb), kb.manifest.name, kb.entries()[0].path) == (2, "faq", "faq.md")
        assert kb.entries()[1].question == "Is it ??"
    files = {
        "lamp/reset.md": "# How do I reset the lamp?\n\nHold the button.\n",
        "lamp/loud.md": "# Is it loud?\n\nNot after [a reset](reset.md), see [this](missing.md).\n",
        "faqt.toml": "language = \"de\"\n",
    }
    with faqt.KnowledgeBase.from_files(files, name="lamp") as kb:
        assert (kb.manifest.name, kb.manifest.language) == ("lamp", "de")
        loud = kb.entry("lamp/loud")
        assert loud is not None and loud.answer.startswith("Not after [a reset](<faqt:lamp/reset>)")


def test_markdown_without_entries_says_so() -> None:
    with pytest.raises(faqt.FaqtError, match="no entries in faq"):
        faqt.KnowledgeBase.from_markdown("")
    with pytest.raises(faqt.FaqtError, match="no entries in lamp"):
        faqt.KnowledgeBase.from_files({}, name="lamp")
    with pytest.raises(faqt.FaqtError, match="faqt.toml"):
        faqt.KnowledgeBase.from_files({"a.md": "# A?\n\nB.\n", "faqt.toml": "languages = 1\n"})
    with pytest.raises(TypeError, match="^text must be str, not bytes$"):
        faqt.KnowledgeBase.from_markdown(b"# A?")  # type: ignore[arg-type]
    for files in (None, "# A?", [("a.md", "# A?")]):
        with pytest.raises(TypeError, match=f"^files must be a mapping of paths to texts, not {type(files).__name__}$"):
            faqt.KnowledgeBase.from_files(files)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="^a path must be str, not int$"):
        faqt.KnowledgeBase.from_files({1: "# A?"})  # type: ignore[dict-item]
    with pytest.raises(TypeError, match="^the text of a.md must be str, not bytes$"):
        faqt.KnowledgeBase.from_files({"a.md": b"# A?"})  # type: ignore[dict-item]


def test_a_damaged_pack_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "half.faqt"
    file.write_bytes(b"faqt" * 100)
    with pytest.raises(faqt.FaqtError, match="half.faqt"):
        faqt.KnowledgeBase.open(str(file))


def test_what_is_closed_answers_no_more(kb: faqt.KnowledgeBase) -> None:
    with kb as same:
        assert same is kb
    calls = (lambda: kb.ask("lamp"), kb.entries, kb.sections, kb.count, lambda: kb.manifest, lambda: kb.evaluate(""))
    for call in calls:
        with pytest.raises(faqt.FaqtError, match="closed"):
            call()
    kb.close()


def test_eight_threads_get_the_answers_of_one(kb: faqt.KnowledgeBase) -> None:
    questions = ["reset the lamp", "is it loud", "resett", "rice", "lamp loud"]
    alone = [kb.ask(question) for question in questions]
    together = threading.Barrier(8)

    def ask(_: int) -> list[faqt.Findings]:
        together.wait()
        return [kb.ask(question) for _ in range(50) for question in questions]

    with ThreadPoolExecutor(8) as pool:
        for answers in pool.map(ask, range(8)):
            assert answers == alone * 50


def test_closing_does_not_disturb_those_who_still_ask() -> None:
    folder = Path(__file__).parents[2] / "c" / "tests" / "help"
    kb = faqt.KnowledgeBase.from_folder(folder)
    started = threading.Barrier(5)

    def ask(_: int) -> str:
        started.wait()
        try:
            while True:
                assert kb.ask("reset the lamp").answer is not None
        except faqt.FaqtError as error:
            return str(error)

    with ThreadPoolExecutor(4) as pool:
        running = [pool.submit(ask, thread) for thread in range(4)]
        started.wait()
        kb.close()
        assert {thread.result() for thread in running} == {"the knowledge base is closed"}


def test_an_encoder_is_attached_to_packs_that_need_one(tmp_path: Path) -> None:
    with faqt.KnowledgeBase.from_markdown("# Is it loud?\n\nNo.\n") as kb:
        assert kb.attach_encoder(tmp_path / "missing.encoder") is False
        assert kb.ask("is it loud").outcome == "answered"
    with pytest.raises(faqt.FaqtError, match="closed"):
        kb.attach_encoder(tmp_path / "missing.encoder")
