#!/usr/bin/env python3
"""The public sets that sets.toml describes: prints their table, or compares a folder of sets with it.

    evaluation/described_sets.py [SETS]
"""

import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from question_sets import hash_content, hash_file, read_sets

DESCRIPTIONS = Path(__file__).with_name("sets.toml")


@dataclass(frozen=True)
class DescribedSet:
    """A public set, as sets.toml has it."""

    about: str
    language: str
    entries: int
    queries: int
    licence: str
    source: str
    #: SHA-256 of queries.jsonl, of not-covered.jsonl, and of the content.
    queries_sha256: str
    content_sha256: str
    not_covered_sha256: str = ""
    not_covered: int = 0
    #: The commit of the repository that was read, and the files in it.
    commit: str = ""
    files: tuple[str, ...] = ()
    #: The numbers of entries that questions are drawn from; all, if it is empty.
    asked: tuple[int, ...] = ()
    #: The numbers of entries that no question is drawn from.
    unasked: tuple[int, ...] = ()
    #: False if confidence is not fitted to the set, which then shows how it does on other sets.
    is_fitted: bool = True
    #: True if it is asked in other languages than its entries.
    is_cross_lingual: bool = False

    def asks(self, entry: int) -> bool:
        """Tells whether questions to an entry are drawn."""
        return entry not in self.unasked and (not self.asked or entry in self.asked)


def read_described() -> dict[str, DescribedSet]:
    """Reads sets.toml."""
    rows = tomllib.loads(DESCRIPTIONS.read_text(encoding="utf-8"))
    return {name: DescribedSet(**row) for name, row in rows.items()}


def as_markdown() -> str:
    """Returns the table of README.md."""
    lines = ["| set | about | language | entries | questions | not covered | licence | source |", "|" + "---|" * 8]
    for name, described in read_described().items():
        counts = f"{described.entries:,} | {described.queries:,} | {described.not_covered or '–'}"
        lines.append(
            f"| {name} | {described.about} | {described.language} | {counts} | {described.licence} | {described.source} |"
        )
    return "\n".join(lines)


def differences(folder: Path) -> list[str]:
    """Lists what differs between the sets in `folder` and their descriptions."""
    described, found = read_described(), []
    for known in read_sets(folder):
        expected = described.get(known.name)
        if expected is None:
            found.append(f"{known.name}: not described")
            continue
        pairs = {
            "content": (hash_content(known.content), expected.content_sha256),
            "queries.jsonl": (hash_file(known.folder / "queries.jsonl"), expected.queries_sha256),
            "not-covered.jsonl": (hash_file(known.folder / "not-covered.jsonl"), expected.not_covered_sha256),
        }
        found += [f"{known.name}: {part} has the hash {new}" for part, (new, old) in pairs.items() if new != old]
    return found


if __name__ == "__main__":
    if len(sys.argv) > 1:
        differing = differences(Path(sys.argv[1]))
        print("\n".join(differing) or "as described")
        raise SystemExit(bool(differing))
    print(as_markdown())
