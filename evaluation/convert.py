#!/usr/bin/env python3
"""Converts a public set from its public form into a folder of entries and questions.

    evaluation/convert.py NAME SOURCE SETS

SOURCE is a checkout of the repository that sets.toml names for the set. Writes SETS/NAME.
"""

import argparse
import csv
import json
import random
import re
import shutil
import xml.etree.ElementTree as xml
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from described_sets import DescribedSet, read_described
from question_sets import Question, write_questions

#: Seed by which the aliases of a topic are drawn from its examples, and their number.
ALIASES_SEED, ALIASES = 7, 5
#: Seed by which questions are drawn.
QUESTIONS_SEED = 11


@dataclass(frozen=True)
class Entry:
    """An entry to write."""

    question: str
    answer: str
    aliases: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Asked:
    """A question and the numbers of the entries that answer it, or none."""

    text: str
    entries: tuple[int, ...]


@dataclass(frozen=True)
class Public:
    """Entries and questions as the public form has them."""

    entries: list[Entry]
    asked: list[Asked]


def main() -> None:
    """Converts one set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", choices=sorted(CONVERTERS), metavar="NAME", help=", ".join(sorted(CONVERTERS)))
    parser.add_argument("source", type=Path, metavar="SOURCE", help="a checkout of the set's repository")
    parser.add_argument("sets", type=Path, metavar="SETS", help="the folder of sets to write into")
    arguments = parser.parse_args()
    described = read_described()[arguments.name]
    files = [arguments.source / file for file in described.files]
    write(described, CONVERTERS[arguments.name](files), arguments.sets / arguments.name)


def topics_of_csv(files: list[Path]) -> Public:
    """Reads banking77 and HINT3: two tables of a text and its topic, the second to ask from."""
    train, test = ([tuple(row)[:2] for row in list(csv.reader(file.open(encoding="utf-8")))[1:]] for file in files)
    return topics(train, test)


def topics_of_clinc150(files: list[Path]) -> Public:
    """Reads clinc150: `train` and `test` with topics, `oos_test` without."""
    data = json.loads(files[0].read_text(encoding="utf-8"))
    return topics(data["train"], data["test"] + data["oos_test"])


def topics_of_telecom(files: list[Path]) -> Public:
    """Reads the telecom set: JSON lines with all questions of a topic, and JSON lines of a question and its topic."""
    rows, test = ([json.loads(line) for line in file.open(encoding="utf-8") if line.strip()] for file in files)
    train = [(text, row["target"]) for row in rows for text in row["questions"]]
    return topics(train, test)


def topics(train: Iterable, test: Iterable) -> Public:
    """Makes an entry of each topic of `train`, with some of its examples as aliases, in the order of their names."""
    examples: dict[str, list[str]] = {}
    for text, topic in train:
        examples.setdefault(topic, []).append(single_spaced(text))
    numbers = {topic: number for number, topic in enumerate(sorted(examples))}
    entries = [Entry(title(topic), title(topic), drawn(examples[topic])) for topic in numbers]
    of_topic = lambda topic: (numbers[topic],) if topic in numbers else ()
    return Public(entries, [Asked(single_spaced(text), of_topic(topic)) for text, topic in test])


def title(topic: str) -> str:
    """Returns the name of a topic as a question: `activate_my_card` becomes `Activate my card`."""
    return topic.replace("_", " ").capitalize() if topic.isascii() else topic


def drawn(examples: list[str]) -> list[str]:
    """Returns the aliases of a topic."""
    distinct = list(dict.fromkeys(examples))
    random.Random(ALIASES_SEED).shuffle(distinct)
    return distinct[:ALIASES]


def squad(files: list[Path]) -> Public:
    """Reads the form of SQuAD: an entry for each paragraph, under the title of its article."""
    entries, asked = [], []
    for file in files:
        for article in json.loads(file.read_text(encoding="utf-8"))["data"]:
            for paragraph in article["paragraphs"]:
                asked += [Asked(single_spaced(row["question"]), (len(entries),)) for row in paragraph["qas"]]
                entries.append(Entry(article["title"], paragraph["context"].strip()))
    return Public(entries, asked)


def stackfaq(files: list[Path]) -> Public:
    """Reads StackFAQ: threads of Stack Exchange with answers and with rephrasings by others."""
    entries, asked = [], []
    for thread in xml.parse(files[0]).getroot().findall("qapair"):
        texts = {name: [single_spaced(found.text or "") for found in thread.findall(name)]
                 for name in ("rephr", "question", "answer")}
        asked += [Asked(text, (len(entries),)) for text in texts["rephr"]]
        entries.append(Entry(texts["question"][0], "\n\n".join(texts["answer"])))
    return Public(entries, asked)


def dtc_faq(files: list[Path]) -> Public:
    """Reads the FAQ of the Zoomcamps: documents with ids, and a table of questions made for them."""
    documents = {}
    for document in json.loads(files[0].read_text(encoding="utf-8")):
        documents.setdefault(document["id"], document)
    numbers = {document: number for number, document in enumerate(documents)}
    rows = list(csv.DictReader(files[1].open(encoding="utf-8")))
    asked = [Asked(single_spaced(row["question"]), (numbers[row["document"]],)) for row in rows]
    entries = [Entry(single_spaced(document["question"]), document["text"].strip()) for document in documents.values()]
    return Public(entries, asked)


def cookbook_docs(files: list[Path]) -> Public:
    """Reads the documentation of the cookbook: its sections with their addresses, and questions to one or more of them."""
    sections, rows = (json.loads(file.read_text(encoding="utf-8")) for file in files)
    numbers = {section["chunk_link"]: number for number, section in enumerate(sections)}
    entries = [Entry(section["chunk_heading"] or "Untitled", section["text"].strip()) for section in sections]
    covering = lambda row: tuple(numbers[link] for link in row["correct_chunks"] if link in numbers)
    return Public(entries, [Asked(single_spaced(row["question"]), covering(row)) for row in rows])


def squad_across(files: list[Path]) -> Public:
    """Reads paragraphs in the language of the first file, and each of their questions in the language of one of the others."""
    public, *others = (squad([file]) for file in files)
    chance = random.Random(QUESTIONS_SEED)
    asked = [chance.choice(translations) for translations in zip(*(other.asked for other in others), strict=True)]
    return Public(public.entries, asked)


def intents_across(files: list[Path]) -> Public:
    """Reads the sentences to a voice assistant: topics in the language of the first folder, asked in those of the others."""
    folder, *others = files
    examples = lambda topic: [(text, name_of_topic(topic)) for text in sentences_of(topic)]
    train = [row for topic in sorted(folder.glob("[!_]*.yaml")) for row in examples(topic)]
    asked = [row for other in others for topic in sorted(other.glob("[!_]*.yaml")) for row in sorted(set(examples(topic)))[:EACH]]
    known = {topic for _, topic in train}
    return topics(train, [row for row in asked if row[1] in known])


#: The most questions to a topic in each language.
EACH = 10


def sentences_of(topic: Path) -> list[str]:
    """Returns the sentences of one of the assistant's test files."""
    tests = yaml.safe_load(topic.read_text(encoding="utf-8"))["tests"]
    return [single_spaced(str(text)) for test in tests for text in test["sentences"]]


def name_of_topic(topic: Path) -> str:
    """Returns the name of a test file in words: `light_HassTurnOn.yaml` becomes `light turn on`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", topic.stem.replace("Hass", "")).lower()


#: Seed by which pages are drawn, their number, and the least number of examples of a page.
PAGES_SEED, PAGES, EXAMPLES_MIN = 5, 400, 3


def tldr_across(files: list[Path]) -> Public:
    """Reads pages on commands: those of the first folder, asked what the pages of the others say that their commands do.

    Pages with few examples are left out: most of them name another command.
    """
    folder, *others = files
    translated = {}
    for page in sorted(folder.glob("*.md")):
        about, done = parts_of_page(page)
        translations = [other / page.name for other in others if (other / page.name).exists()]
        if translations and len(done) >= EXAMPLES_MIN:
            translated[page] = (about, translations)
    entries, asked = [], []
    for page in sorted(random.Random(PAGES_SEED).sample(list(translated), PAGES)):
        about, translations = translated[page]
        asked += [Asked(text, (len(entries),)) for found in translations for text in parts_of_page(found)[1]]
        entries.append(Entry(about, page.read_text(encoding="utf-8").split("\n\n", 2)[2]))
    return Public(entries, asked)


def parts_of_page(page: Path) -> tuple[str, list[str]]:
    """Returns what a page says about its command in a sentence, and what its examples do."""
    lines = page.read_text(encoding="utf-8").splitlines()
    about = next(line for line in lines if line.startswith(">")).lstrip("> ")
    done = [line.lstrip("- ").rstrip(":：") for line in lines if line.startswith("- ")]
    return plain(about), [plain(text) for text in done]


def plain(text: str) -> str:
    """Returns a line of a page without code marks, places to fill in and marks of mnemonics (`[c]reate`)."""
    return single_spaced(re.sub(r"\[(\w)\]", r"\1", re.sub(r"[`{}]", "", text)))


CONVERTERS = {
    "banking77": topics_of_csv,
    "clinc150": topics_of_clinc150,
    "cmrc2018": squad,
    "cookbook_docs": cookbook_docs,
    "dtc_faq": dtc_faq,
    "intents_across": intents_across,
    "jaquad": squad,
    "korquad": squad,
    "powerplay11": topics_of_csv,
    "sofmattress": topics_of_csv,
    "stackfaq": stackfaq,
    "telecom": topics_of_telecom,
    "tldr_across": tldr_across,
    "xquad_across": squad_across,
    "xquad_de": squad,
    "xquad_en": squad,
    "xquad_zh": squad,
}


def write(described: DescribedSet, public: Public, folder: Path) -> None:
    """Writes entries and questions into `folder`, which is replaced."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "content").mkdir(parents=True)
    for number, entry in enumerate(public.entries):
        text = as_markdown(entry, name(number), described.language)
        (folder / "content" / f"{name(number)}.md").write_text(text, encoding="utf-8")
    of_entries = [asked for asked in public.asked if asked.entries and all(map(described.asks, asked.entries))]
    of_none = [asked for asked in public.asked if not asked.entries]
    write_questions(folder / "queries.jsonl", questions(of_entries, public.entries, described.queries))
    if described.not_covered:
        write_questions(folder / "not-covered.jsonl", questions(of_none, public.entries, described.not_covered))
    print(f"{folder}: {len(public.entries)} entries")


def questions(asked: list[Asked], entries: list[Entry], count: int) -> list[Question]:
    """Returns `count` of the questions that are not phrasings, each once, in their order unless some are left out."""
    phrasings = {bare(phrasing) for entry in entries for phrasing in [entry.question, *entry.aliases]}
    distinct: dict[tuple[str, tuple[int, ...]], Asked] = {}
    for row in asked:
        distinct.setdefault((bare(row.text), row.entries), row)
    kept = [row for (text, _), row in distinct.items() if text and text not in phrasings]
    if len(kept) > count:
        kept = random.Random(QUESTIONS_SEED).sample(kept, count)
    return [Question(row.text, tuple(map(name, row.entries))) for row in kept]


def as_markdown(entry: Entry, entry_id: str, language: str) -> str:
    """Returns the file of an entry."""
    quoted = lambda text: json.dumps(text, ensure_ascii=False)
    lines = ["---", f"id: {entry_id}", f"question: {quoted(entry.question)}"]
    lines += ["aliases:", *(f"  - {quoted(alias)}" for alias in entry.aliases)] if entry.aliases else []
    lines += [f"lang: {language}"] if language != "en" else []
    return "\n".join([*lines, "---", "", entry.answer, ""])


def name(number: int) -> str:
    """Returns the id of an entry."""
    return f"e{number:05}"


def single_spaced(text: str) -> str:
    """Returns a text with single spaces between its words."""
    return " ".join(text.split())


def bare(text: str) -> str:
    """Returns the words of a text in small letters, which tell whether two questions are the same."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


if __name__ == "__main__":
    main()
