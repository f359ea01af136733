"""Gathers sentences from every source, without those that an evaluation set holds."""

import random
import re

import fetch
import readers
from sets import fold

WORDS_MIN, WORDS_MAX, CHARACTERS_MAX = 3, 32, 220
SEED = 3


def gather(downloads, left_out=frozenset()):
    """Sentences of all sources in random order, each once. Prints how many each source gave.

    Sentences are left out after the drawing, so that the others are the same whatever sets are named.
    """
    seen, gathered = set(), []
    for source in fetch.catalogue()["source"]:
        found = list(read(source, downloads, seen))
        # A prefix of one order: raising at_most keeps the sentences that are already encoded.
        random.Random(SEED).shuffle(found)
        chosen = [text for text in found[: source["at_most"]] if fold(text) not in left_out]
        print(f"{source['name']}: {len(chosen):,} of {len(found):,} sentences", flush=True)
        gathered += chosen
    random.Random(SEED).shuffle(gathered)
    return gathered


def read(source, downloads, seen):
    """Fit sentences of one source that were not seen."""
    for text in texts(source, downloads):
        text = re.sub(r"\s+", " ", text).strip()
        folded = fold(text)
        if is_fit(text) and folded not in seen:
            seen.add(folded)
            yield text


def texts(source, downloads):
    """Every line of one source."""
    reader = getattr(readers, source["reader"])
    members = fetch.members(fetch.fetch(source, downloads), source["files"])
    return (text for name, data in members for text in reader(name, data))


def is_fit(text):
    """Whether a text looks like a sentence or a request in English."""
    is_short = len(text) <= CHARACTERS_MAX and WORDS_MIN <= len(text.split()) <= WORDS_MAX
    return is_short and text.isascii() and len(re.findall("[A-Za-z]{2,}", text)) >= WORDS_MIN - 1
