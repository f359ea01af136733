"""A knowledge base to ask: the same folder as the C program's."""

from pathlib import Path
from typing import Iterator

import pytest

import faqt

CONTENT = Path(__file__).parents[2] / "c" / "tests" / "help"


@pytest.fixture
def kb() -> Iterator[faqt.KnowledgeBase]:
    with faqt.KnowledgeBase.from_folder(CONTENT) as opened:
        yield opened
