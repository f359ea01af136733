#!/usr/bin/env python3
"""Writes a table of `faqt-meaning` from trained arrays; needs numpy and xxhash.

    table.py pieces en128 vocab.txt meaning/english.table
    table.py words zh128 zh_words.txt zh_mean.npy meaning/chinese/chinese.table

`NAME_i4.npy` holds 64 bytes a row, the even column in the low 4 bits; `NAME_scale.npy` holds one f16 a row. A value is
(4 bits - 8) * scale. Line n of the vocabulary names row n. Rust's `meaning/src/table.rs` describes the output, and
`Table::verify` checks it. The same input gives the same bytes.
"""

import pathlib
import struct
import sys

import numpy
import xxhash

MAGIC = b"\x89FAQTM\r\n"
VERSION = 1
DIMENSIONS = 128
KINDS = {"pieces": 1, "words": 2}
CONTINUES = "##"
# Between 1 and 2 pieces a bucket, so that a word that is not in the table costs few comparisons.
BUCKET_BITS = 14


def bucket(line):
    """The bucket of a line: FNV-1a of 32 bits, then multiplicative hashing."""
    value = 0x811C9DC5
    for byte in line.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return (value * 0x9E3779B1 & 0xFFFFFFFF) >> (32 - BUCKET_BITS)


def record(row, line, kind):
    """A piece as it stands in its bucket."""
    continues = kind == "pieces" and line.startswith(CONTINUES) and line != CONTINUES
    piece = line.removeprefix(CONTINUES).encode() if continues else line.encode()
    if not 1 <= len(piece) <= 127:
        sys.exit(f"row {row}: {line!r} has {len(piece)} bytes")
    return struct.pack("<I", row | len(piece) << 24 | continues << 31) + piece, len(piece)


def halves(values):
    """Rows with dimension k in the low and dimension 64 + k in the high 4 bits of byte k."""
    nibbles = numpy.empty((len(values), DIMENSIONS), numpy.uint8)
    nibbles[:, 0::2], nibbles[:, 1::2] = values & 15, values >> 4
    if nibbles.min() < 1:
        sys.exit("a value of -8 has no opposite")
    return nibbles[:, : DIMENSIONS // 2] | nibbles[:, DIMENSIONS // 2 :] << 4


def table(kind, name, vocabulary, mean):
    values, scales = numpy.load(f"{name}_i4.npy"), numpy.load(f"{name}_scale.npy").astype("<f2")
    lines = pathlib.Path(vocabulary).read_text(encoding="utf-8").removesuffix("\n").split("\n")
    if values.shape != (len(lines), DIMENSIONS // 2) or scales.shape != (len(lines),) or len(set(lines)) != len(lines):
        sys.exit(f"{vocabulary}: {len(lines)} lines for {values.shape} values and {scales.shape} scales")

    buckets, longest = [b""] * (1 << BUCKET_BITS), 0
    for row, line in enumerate(lines):
        piece, length = record(row, line, kind)
        buckets[bucket(line)] += piece
        longest = max(longest, length)
    ends = numpy.cumsum([0] + [len(each) for each in buckets]).astype("<u4")

    rows = numpy.concatenate([scales.view(numpy.uint8).reshape(-1, 2), halves(values)], axis=1)
    head = [VERSION, KINDS[kind], DIMENSIONS, len(lines), longest, BUCKET_BITS, int(ends[-1])]
    body = struct.pack("<7I", *head) + ends.tobytes() + b"".join(buckets)
    if mean is not None:
        body += numpy.load(mean).astype("<f4").tobytes()
    body += rows.astype(numpy.uint8).tobytes()
    return MAGIC + xxhash.xxh3_128(body).intdigest().to_bytes(16, "little") + body


def main():
    match sys.argv[1:]:
        case ["pieces", name, vocabulary, output]:
            mean = None
        case ["words", name, vocabulary, mean, output]:
            pass
        case _:
            sys.exit(__doc__)
    pathlib.Path(output).write_bytes(table(sys.argv[1], name, vocabulary, mean))


main()
