"""The programs of the README."""

import re
from pathlib import Path

import pytest

README = Path(__file__).parents[1] / "README.md"


def test_the_programs_of_the_readme_answer(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    programs = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    monkeypatch.chdir(README.parents[1] / "c" / "tests")
    names: dict[str, object] = {}
    told = []
    for program in programs:
        exec(program, names)
        told.append(capsys.readouterr().out)
    assert told == [
        "Hold the button for ten seconds.\n\n",
        "It hums while it cools.\n100% found, 100% refused\n",
    ]
