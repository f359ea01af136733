#!/usr/bin/env python3
"""Gathers the features of first hits over a folder of sets and their variants, for `fit.py`.

    evaluation/features.py --faqt target/*/release/faqt SETS CACHE [--only NAME …]

Writes CACHE/NAME.jsonl, one first hit a line. Contents of variants are kept in CACHE/content, and written once.
"""

import argparse
import dataclasses
import json
import shutil
import tempfile
from pathlib import Path

import faqt_command
from question_sets import Question, QuestionSet, hash_content, hash_file, read_sets
from variants import Variant, cuts, halves, titles


def main() -> None:
    """Gathers all sets, one file each."""
    arguments = read_arguments()
    for source in read_sets(arguments.sets, arguments.only):
        rows = gather(arguments.faqt, source, arguments.cache)
        header = {
            "set": source.name,
            "queries_sha256": hash_file(source.folder / "queries.jsonl"),
            "content_sha256": hash_content(source.content),
        }
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in [header, *rows]]
        (arguments.cache / f"{source.name}.jsonl").write_text("".join(lines), encoding="utf-8")
        print(f"{source.name}: {len(rows)} first hits", flush=True)


def read_arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", type=Path, metavar="SETS", help="the folder of sets")
    parser.add_argument("cache", type=Path, metavar="CACHE", help="the folder to write into")
    parser.add_argument("--faqt", type=Path, required=True, metavar="BINARY", help="the command line to ask")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="gather these sets only")
    return parser.parse_args()


def gather(faqt: Path, source: QuestionSet, cache: Path) -> list[dict]:
    """Returns the first hits of the whole set and of its variants, each with the variant's name."""
    content = cache / "content" / f"{source.name}-{hash_content(source.content)[:12]}"
    rows = of_content(faqt, "whole", source.content, source.covered + source.not_covered)
    for variant in [*halves(source), *cuts(source), *titles(source)]:
        folder = written(variant, content / variant.name)
        rows += of_content(faqt, variant.name, folder, variant.questions())
    return rows


def written(variant: Variant, folder: Path) -> Path:
    """Returns the folder of a variant's content, written unless it is there."""
    if not folder.exists():
        unfinished = folder.with_name(folder.name + ".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        variant.write_content(unfinished)
        unfinished.rename(folder)
    return folder


def of_content(faqt: Path, variant: str, content: Path, questions: list[Question]) -> list[dict]:
    """Returns the first hit of each question; one without a hit has no features."""
    with tempfile.TemporaryDirectory() as work:
        hits = faqt_command.evaluate(faqt, content, questions, Path(work)).first_hits
    return [{"variant": variant, **dataclasses.asdict(hit)} for hit in hits]


if __name__ == "__main__":
    main()
