"""Gathers sentences from every source, without those that an evaluation set holds."""

import random
import re

import fetch
import readers
from sets import fold

WORDS_MIN, WORDS_MAX, CHARACTERS_MAX = 3, 32, 220
SEED = 3


def gather(downloads, left_out=frozenset()):
    """Sentences of all sources in random order, each once. Prints how many each source gave."""
    seen, gathered = set(left_out), []
    for source in fetch.catalogue()["source"]:
        found = list(read(source, downloads, seen))
        random.Random(SEED).shuffle(found)
        # A prefix of one order: raising at_most keeps the sentences that are already encoded.
        chosen = found[: source["at_most"]]
        print(f"{source['name']}: {len(chosen):,} of {len(found):,} sentences", flush=True)
        gathered += chosen
    random.Random(SEED).shuffle(gathered)
    return gathered


def read(source, downloads, seen):
    """Fit sentences of one source that were not seen."""
    reader = getattr(readers, source["reader"])
    for name, data in fetch.members(fetch.fetch(source, downloads), source["files"]):
        for text in reader(name, data):
            text = re.sub(r"\s+", " ", text).strip()
            folded = fold(text)
            if is_fit(text) and folded not in seen:
                seen.add(folded)
                yield text


def is_fit(text):
    """Whether a text looks like a sentence or a request in English."""
    is_short = len(text) <= CHARACTERS_MAX and WORDS_MIN <= len(text.split()) <= WORDS_MAX
    return is_short and text.isascii() and len(re.findall("[A-Za-z]{2,}", text)) >= WORDS_MIN - 1
