"""Tests of the scripts on a lamp's manual, in English and Chinese.

    FAQT=target/debug/faqt python3 -m unittest discover evaluation/tests

Without `FAQT`, tests that ask the command line are skipped.
"""

import hashlib
import json
import shutil
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
SCRIPTS = HERE.parent
SETS = HERE / "sets"
FAQT = os.environ.get("FAQT")
sys.path.insert(0, str(SCRIPTS))

import ablate
import convert
import described_sets
import fts5
import manuals
import measures
import question_sets
import variants


def run(script: str, *arguments: str | Path) -> str:
    """Runs a script and returns its output."""
    command = [sys.executable, SCRIPTS / script, *arguments]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def made_up_features(folder: Path) -> None:
    """Writes features of three sets, whose values are hashes."""
    for name in ("one", "two", "three"):
        rows = [{"set": name, "queries_sha256": "1" * 64, "content_sha256": "2" * 64}]
        for number in range(60):
            digest = hashlib.sha256(f"{name} {number}".encode()).digest()
            score, rarity, noise, lead = (byte / 255 for byte in digest[:4])
            is_right = score - 0.5 * rarity + 0.6 * noise > 0.6
            rows.append({
                "variant": ("whole", "half-a", "half-b")[number % 3],
                "is_covered": is_right or number % 2 == 0,
                "is_right": is_right,
                "is_among_first": is_right or number % 4 == 0,
                "is_exact": number % 10 == 0,
                "lacks_deciding_word": False,
                "has_meaning": True,
                "has_sentence": number % 3 != 1,
                "is_cross_lingual": False,
                "confidence": score,
                "features": {"constant": 1.0, "max_idf": rarity, "root_lead": lead, "score": score, "sentence": noise} if number % 15 else {},
            })
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def copied(cache: Path, folder: Path, flag: str) -> Path:
    """Copies features into a new folder, with a flag set that is not."""
    folder.mkdir()
    for file in cache.glob("*.jsonl"):
        text = file.read_text(encoding="utf-8").replace(f'"{flag}": false', f'"{flag}": true')
        (folder / file.name).write_text(text, encoding="utf-8")
    return folder


class Measures(unittest.TestCase):
    def test_the_area_is_the_share_of_pairs_in_order(self):
        self.assertEqual(measures.area_under_roc([0.9, 0.8], [0.1, 0.2]), 1.0)
        self.assertEqual(measures.area_under_roc([0.5], [0.5]), 0.5)
        self.assertEqual(measures.area_under_roc([0.3, 0.9], [0.5]), 0.5)
        self.assertIsNone(measures.area_under_roc([], [0.5]))

    def test_the_calibration_error_is_the_mean_gap_of_bins(self):
        self.assertEqual(measures.calibration_error([0.75] * 4, [True, True, True, False]), 0.0)
        self.assertAlmostEqual(measures.calibration_error([0.05, 0.05, 1.0, 1.0], [False] * 2 + [True, False]), 0.275)


class Fts5(unittest.TestCase):
    def test_an_entry_is_found_by_any_of_its_words(self):
        with tempfile.TemporaryDirectory() as name:
            content = Path(name) / "content"
            content.mkdir()
            for entry, question in (("a", "How do I reset the lamp?"), ("b", "Is it loud?"), ("c", "Is the lamp heavy?")):
                (content / f"{entry}.md").write_text(f'---\nid: {entry}\nquestion: "{question}"\n---\n\nAn answer.\n')
            asked = [("resetting a lamp", "a"), ("loud", "b"), ("lamp, so \"heavy\"?", "c"), ("?", "a"), ("zeppelin", "b")]
            lines = [question_sets.Question(text, (entry,)).line for text, entry in asked]
            (Path(name) / "queries.jsonl").write_text("\n".join(lines))
            self.assertAlmostEqual(fts5.reciprocal_rank(question_sets.QuestionSet("lamp", Path(name))), 3 / 5)


class Sets(unittest.TestCase):
    def test_a_question_is_covered_in_one_half(self):
        for source in question_sets.read_sets(SETS):
            one, other = variants.halves(source)
            self.assertEqual(sorted(one.kept + other.kept), list(source.entries))
            covered = [{question.text for question in half.questions() if question.expect} for half in (one, other)]
            self.assertEqual(covered[0] | covered[1], {question.text for question in source.covered})
            both = [question.text for question in source.covered if len(question.expect) > 1]
            self.assertLessEqual(covered[0] & covered[1], set(both))

    def test_the_hash_of_content_covers_names_and_bytes(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            hashes = []
            for file, text in (("a.md", "bc"), ("ab.md", "c"), ("a.md", "b"), ("b/a.md", "b")):
                (folder / file).parent.mkdir(exist_ok=True)
                (folder / file).write_text(text)
                hashes.append(question_sets.hash_content(folder))
            self.assertEqual(len(set(hashes)), 4)

    def test_titles_are_the_two_words_that_fewest_others_have(self):
        with tempfile.TemporaryDirectory() as name:
            content = Path(name) / "content"
            content.mkdir()
            for number, question in enumerate(["How do I reset the lamp?", "Where is the lamp's timer set?", "Is it loud?"]):
                answer = "Hold the button of the timer for long, and reset how it is."
                front = f'---\nid: e{number}\nquestion: "{question}"\naliases:\n  - "x"\nlang: en\n---\n'
                (content / f"{number}.md").write_text(f"{front}\n{answer}\n{answer}\n")
            (Path(name) / "queries.jsonl").write_text("")
            source = question_sets.QuestionSet("lamp", Path(name))
            whole, *titled_halves = variants.titles(source)
            self.assertEqual([half.kept for half in titled_halves], [half.kept for half in variants.halves(source)])
            whole.write_content(Path(name) / "titled")
            first = (Path(name) / "titled" / "0.md").read_text()
        self.assertEqual(first, f'---\nid: e0\nquestion: "how lamp"\nlang: en\n---\n\n{answer}\n{answer}\n')

    def test_a_misspelt_question_has_one_slip_inside_a_long_word(self):
        text = "how do I connect the lantern to a power supply"
        questions = [question_sets.Question(f"{text} {number}", ("a",)) for number in range(200)]
        misspelt = [variants.misspelt(question) for question in questions]
        self.assertEqual(misspelt, [variants.misspelt(question) for question in questions])
        changed = {word for known in misspelt for word in known.text.split() if word not in text and not word.isdigit()}
        for long_word in ("connect", "lantern", "power", "supply"):
            slips = {word for word in changed if word[0] == long_word[0] and word[-1] == long_word[-1]}
            self.assertGreater(len(slips), 5, long_word)
            self.assertEqual({len(word) - len(long_word) for word in slips}, {-1, 0, 1}, long_word)
            changed -= slips
        self.assertEqual(changed, set())
        short = question_sets.Question("is it loud", ("a",))
        self.assertEqual(variants.misspelt(short), short)

    def test_a_set_of_short_answers_gets_no_titles(self):
        self.assertEqual([variants.titles(source) for source in question_sets.read_sets(SETS)], [[], []])

    def test_the_table_of_the_readme_is_that_of_the_descriptions(self):
        self.assertIn(described_sets.as_markdown(), (SCRIPTS / "README.md").read_text(encoding="utf-8"))

    def test_questions_that_are_phrasings_are_not_asked(self):
        entries = [convert.Entry("Reset", "Hold the button.", ["factory state"])]
        asked = [convert.Asked(text, (0,)) for text in ("Factory state!", "how", "How?", "  ?")]
        self.assertEqual(convert.questions(asked, entries, 9), [question_sets.Question("how", ("e00000",))])


class Fit(unittest.TestCase):
    def test_coefficients_are_the_same_to_the_bit(self):
        with tempfile.TemporaryDirectory() as name:
            made_up_features(Path(name))
            cross_lingual = copied(Path(name), Path(name) / "cross-lingual", "is_cross_lingual")
            run("fit.py", name, name, name, cross_lingual, "-o", Path(name) / "coefficients.rs")
            fitted = (Path(name) / "coefficients.rs").read_text(encoding="utf-8")
        self.assertEqual(fitted, (HERE / "coefficients.rs").read_text(encoding="utf-8"))

    def test_a_constant_feature_gets_no_weight(self):
        self.assertIn("\n    constant: 0.0000,\n", (HERE / "coefficients.rs").read_text(encoding="utf-8"))


class Ablations(unittest.TestCase):
    def test_each_changes_one_place_of_the_sources(self):
        rows = ablate.read_ablations()
        self.assertEqual(len({row.name for row in rows}), len(rows))
        for row in rows:
            self.assertNotEqual(row.changed(ablate.REPOSITORY), "")


@unittest.skipUnless(FAQT, "FAQT names no command line")
class CommandLine(unittest.TestCase):
    def test_a_report_counts_each_question_once(self):
        with tempfile.TemporaryDirectory() as name:
            file = Path(name) / "report.json"
            run("report.py", SETS, "--faqt", FAQT, "--json", file)
            report = json.loads(file.read_text(encoding="utf-8"))
            same = run("report.py", SETS, "--faqt", FAQT, "--compare", file).split("differences")[1]
        for figures in report["sets"].values():
            self.assertEqual((figures["queries"], figures["not_covered"]), (12, 3))
            self.assertAlmostEqual(figures["answered"] + figures["unsure"] + figures["refused"], 1.0)
            self.assertGreater(figures["mrr_at_10"], 0.9)
        self.assertNotRegex(same, r"[+-]\S*[1-9]")

    def test_a_manual_is_asked_without_what_is_left_out(self):
        with tempfile.TemporaryDirectory() as place:
            checkouts, asked, file = (Path(place) / name for name in ("checkouts", "asked", "shares.json"))
            shutil.copytree(SETS / "lamp" / "content", checkouts / "lamp" / "docs" / "manual")
            (checkouts / "lamp" / "docs" / "news").mkdir()
            (checkouts / "lamp" / "docs" / "news" / "reset.md").write_text("# Lamp reset\n\nThe news.\n", encoding="utf-8")
            asked.mkdir()
            described = dict.fromkeys(("about", "language", "generator", "licence", "source", "commit"), "-")
            rows = [f'{name} = "{value}"' for name, value in described.items()]
            rows += ['folder = "docs"', 'without = ["docs/news"]']
            (asked / "manuals.toml").write_text("\n".join(["[lamp]", *rows]), encoding="utf-8")
            questions = question_sets.read_questions(SETS / "lamp" / "queries.jsonl")
            others = question_sets.read_questions(SETS / "lamp" / "not-covered.jsonl")
            kinds = [*(("spoken", question) for question in questions), *(("near", question) for question in others)]
            lines = [json.dumps(json.loads(question.line) | {"kind": kind}) for kind, question in kinds]
            (asked / "lamp.jsonl").write_text("\n".join(lines), encoding="utf-8")
            run("manuals.py", checkouts, "--faqt", FAQT, "--manuals", asked, "--json", file)
            shares = json.loads(file.read_text(encoding="utf-8"))["lamp"]
        self.assertGreater(shares["spoken"]["recall_at_1"], 0.9)
        self.assertIsNone(shares["near"]["recall_at_1"])
        sums = {kind: len(questions) * shares["spoken"][kind] + len(others) * shares["near"][kind] for kind in ("right", "wrong")}
        for kind, total in sums.items():
            self.assertAlmostEqual(shares["all"][kind], total / (len(questions) + len(others)))

    def test_each_question_to_a_manual_has_a_kind(self):
        described = manuals.read_manuals(manuals.MANUALS, None)
        files = sorted(file.stem for file in manuals.MANUALS.glob("*.jsonl"))
        self.assertEqual(files, sorted(described))
        for name in files:
            rows = [json.loads(line) for line in (manuals.MANUALS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
            self.assertEqual(len({row["query"] for row in rows}), len(rows), name)
            for row in rows:
                self.assertEqual(bool(row["expect"]), row["kind"] in ("spoken", "terms", "keywords", "typo"), row["query"])

    def test_a_fit_to_gathered_features_is_the_same_to_the_bit(self):
        with tempfile.TemporaryDirectory() as name:
            fitted = []
            for cache in (Path(name) / "a", Path(name) / "b"):
                run("features.py", SETS, cache, "--faqt", FAQT)
                # A fit with vectors needs two sets whose entries have some, and one with sentence vectors a model.
                shutil.copyfile(cache / "lamp.jsonl", cache / "other.jsonl")
                sentences = copied(cache, cache / "sentences", "has_sentence")
                cross_lingual = copied(sentences, cache / "cross-lingual", "is_cross_lingual")
                run("fit.py", cache, cache, sentences, cross_lingual, "-o", cache / "coefficients.rs")
                fitted.append((cache / "coefficients.rs").read_bytes())
        self.assertEqual(fitted[0], fitted[1])


if __name__ == "__main__":
    unittest.main()
