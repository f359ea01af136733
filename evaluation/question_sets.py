"""Question sets: folders with entries and the questions that they answer.

A set is a folder with `content/`, one Markdown file an entry with `id:` in its front matter, and `queries.jsonl`, one
`{"query": "...", "expect": ["id", ...]}` a line. `not-covered.jsonl` may hold questions that no entry answers.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Question:
    """A question with the ids of the entries that answer it; none if no entry does."""

    text: str
    expect: tuple[str, ...]

    @property
    def line(self) -> str:
        """The line of a query file."""
        return json.dumps({"query": self.text, "expect": list(self.expect)}, ensure_ascii=False)


@dataclass(frozen=True)
class QuestionSet:
    """A folder of entries and questions."""

    name: str
    folder: Path

    @property
    def content(self) -> Path:
        """The folder of entries."""
        return self.folder / "content"

    @property
    def covered(self) -> list[Question]:
        """The questions of `queries.jsonl`."""
        return read_questions(self.folder / "queries.jsonl")

    @property
    def not_covered(self) -> list[Question]:
        """The questions of `not-covered.jsonl`, if the set has one."""
        file = self.folder / "not-covered.jsonl"
        return read_questions(file) if file.exists() else []

    @property
    def entries(self) -> dict[str, Path]:
        """The files of the entries by their ids, in the order of the ids."""
        files = {entry_id(file): file for file in content_files(self.content)}
        return dict(sorted(files.items()))


def read_sets(folder: Path, names: list[str] | None = None) -> list[QuestionSet]:
    """Lists the sets below `folder` in the order of their names, or those of `names`."""
    found = sorted(file.parent.name for file in folder.glob("*/queries.jsonl"))
    missing = set(names or []) - set(found)
    if missing or not found:
        raise SystemExit(f"error: no set {', '.join(sorted(missing)) or 'at all'} in {folder}")
    return [QuestionSet(name, folder / name) for name in found if not names or name in names]


def read_questions(file: Path) -> list[Question]:
    """Reads a query file."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Question(row["query"], tuple(row["expect"])) for row in rows]


def write_questions(file: Path, questions: list[Question]) -> None:
    """Writes a query file."""
    file.write_text("".join(question.line + "\n" for question in questions), encoding="utf-8")


def content_files(content: Path) -> list[Path]:
    """Lists the files of a content folder in the order of their paths."""
    files = [file for file in content.rglob("*") if file.is_file()]
    return sorted(files, key=lambda file: file.relative_to(content).as_posix().encode())


def entry_id(file: Path) -> str:
    """Returns the id in the front matter of an entry."""
    found = re.match(r"---\n(?:.*\n)*?id: *(\S+) *\n", file.read_text(encoding="utf-8"))
    if not found:
        raise SystemExit(f"error: {file}: no `id:` in the front matter")
    return found[1].strip("\"'")


def hash_file(file: Path) -> str:
    """Returns the SHA-256 of a file; nothing, if it is not there."""
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else ""


def hash_content(content: Path) -> str:
    """Returns the SHA-256 over all files of a folder in the order of their paths.

    Each file adds its path from the folder, a zero byte, its length in decimal digits, a zero byte, and its bytes.
    """
    total = hashlib.sha256()
    for file in content_files(content):
        data = file.read_bytes()
        total.update(f"{file.relative_to(content).as_posix()}\0{len(data)}\0".encode())
        total.update(data)
    return total.hexdigest()
