"""Records of questions, for a program that keeps a log of them."""

import json

import pytest

import faqt


def test_a_record_is_one_line_with_secrets_masked(kb: faqt.KnowledgeBase) -> None:
    question = "reset the lamp of ann@example.org"
    findings = kb.ask(question)
    line = kb.log_record(question, findings, day="2026-11-27", program="lamp 1.2")
    record = json.loads(line)
    assert line.endswith("\n") and line.count("\n") == 1
    assert record["question"] == "reset the lamp of [email]"
    assert (record["event"], record["day"], record["program"]) == ("asked", "2026-11-27", "lamp 1.2")
    assert record["entries"][0] == findings.hits[0].entry.id
    assert (record["outcome"], len(record["pack"])) == (findings.outcome, 16)


def test_later_events_name_their_entry(kb: faqt.KnowledgeBase) -> None:
    record = json.loads(kb.log_record("lamp", kb.ask("lamp"), event="helped", entry="reset"))
    assert (record["event"], record["entries"]) == ("helped", ["reset"])
    with pytest.raises(ValueError, match="there is no event `sung`"):
        kb.log_record("lamp", kb.ask("lamp"), event="sung")
