"""Measures of a knowledge base."""

import json
from typing import Any

import pytest

import faqt
from faqt.evaluation import Query, Report

QUERIES = [
    Query("how do I reset the lamp", ("RESET",)),
    Query("is it loud", ("reset",)),
    Query("how much is a kilo of rice"),
]


def test_answers_and_refusals_are_measured(kb: faqt.KnowledgeBase) -> None:
    report = kb.evaluate(QUERIES)
    assert report.covered is not None and report.not_covered is not None
    assert (report.covered.queries, report.covered.recall_at_1, report.covered.answered_wrongly) == (2, 0.5, 0.5)
    assert (report.not_covered.queries, report.not_covered.answered) == (1, 0)
    assert report.area_under_roc == 1
    assert [threshold.answered_min for threshold in report.thresholds] == [one / 10 for one in range(1, 10)]
    assert report.thresholds[0].answered_rightly == 0.5
    (miss,) = report.misses
    assert (miss.line, miss.query, miss.expect, miss.rank) == (2, "is it loud", ("reset",), None)
    assert miss.before[0].id == "2-loud#is-it-loud"


def test_queries_are_a_file_or_objects(kb: faqt.KnowledgeBase) -> None:
    lines = [{"query": query.text, "expect": list(query.expect), "note": "kept"} for query in QUERIES]
    report = kb.evaluate(QUERIES)
    assert kb.evaluate(lines) == kb.evaluate(iter(lines)) == kb.evaluate([QUERIES[0], *lines[1:]]) == report
    assert kb.evaluate("\n".join(map(json.dumps, lines))) == report
    assert kb.evaluate("\n" + "\n\n".join(map(json.dumps, lines))).misses[0].line == 4
    assert kb.evaluate([Query("a\nb \ud800\u2028", ["reset"])]).covered is not None  # type: ignore[arg-type]


def test_no_query_gives_no_measure(kb: faqt.KnowledgeBase) -> None:
    empty: list[Any] = ["", [], iter(())]
    for queries in empty:
        report = kb.evaluate(queries)
        assert (report.covered, report.not_covered, report.area_under_roc, report.misses) == (None, None, None, ())
        assert {threshold.answered_rightly for threshold in report.thresholds} == {None}


def test_what_is_no_query_is_an_error(kb: faqt.KnowledgeBase) -> None:
    wrong_lines: list[tuple[Any, str]] = [
        ("[]", "^line 1: not an object$"),
        ('{"query": "a", "expect": []}\n{"query": "a"}', "^line 2: missing field `expect`$"),
        ([QUERIES[0], {"query": "a", "expect": "reset"}], "^line 2: invalid type"),
    ]
    for queries, message in wrong_lines:
        with pytest.raises(ValueError, match=message):
            kb.evaluate(queries)
    wrong_types: list[tuple[Any, str]] = [
        (None, "^queries must be str or an iterable of Query or dict, not NoneType$"),
        ({"query": "a"}, "^queries must be str or an iterable of Query or dict, not dict$"),
        (b"{}", "^a query must be Query or dict, not int$"),
        (["a"], "^a query must be Query or dict, not str$"),
        ([Query("a", "reset")], "^expect must be an iterable of str, not str$"),  # type: ignore[arg-type]
        ([Query(3)], "^text must be str, not int$"),  # type: ignore[arg-type]
        ([{"query": "a", "expect": {"reset"}}], "not JSON serializable"),
    ]
    for queries, message in wrong_types:
        with pytest.raises(TypeError, match=message):
            kb.evaluate(queries)


def test_the_report_has_all_that_the_library_measures(kb: faqt.KnowledgeBase) -> None:
    lines = "\n".join(json.dumps({"query": query.text, "expect": query.expect}) for query in QUERIES)
    measured, report = json.loads(kb._native.evaluate(lines)), kb.evaluate(lines)
    assert set(measured) == set(vars(report)) == set(vars(Report()))
    for name in ("covered", "not_covered"):
        assert set(measured[name]) == set(vars(getattr(report, name)))
    for name in ("thresholds", "misses"):
        assert set(measured[name][0]) == set(vars(getattr(report, name)[0]))
