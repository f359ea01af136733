"""The program of the README."""

import re
from pathlib import Path

import pytest

README = Path(__file__).parents[1] / "README.md"


def test_the_program_of_the_readme_answers(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    program = re.search(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert program is not None
    monkeypatch.chdir(README.parents[1] / "c" / "tests")
    exec(program[1], {})
    assert capsys.readouterr().out == "Hold the button for ten seconds.\n\n"
