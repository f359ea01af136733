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


def test_a_damaged_pack_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "half.faqt"
    file.write_bytes(b"faqt" * 100)
    with pytest.raises(faqt.FaqtError, match="half.faqt"):
        faqt.KnowledgeBase.open(str(file))


def test_what_is_closed_answers_no_more(kb: faqt.KnowledgeBase) -> None:
    with kb as same:
        assert same is kb
    for call in (lambda: kb.ask("lamp"), kb.entries, kb.sections, lambda: kb.manifest):
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
