"""A knowledge base to ask, from the folder of the C program."""

from pathlib import Path
from typing import Iterator

import pytest

import faqt

CONTENT = Path(__file__).parents[2] / "c" / "tests" / "help"


@pytest.fixture
def kb() -> Iterator[faqt.KnowledgeBase]:
    with faqt.KnowledgeBase.from_folder(CONTENT) as opened:
        yield opened
