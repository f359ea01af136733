"""The programs of the comparison: set-up, building from the same entries, and one question each."""

import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import time

THREADS = min(os.cpu_count() or 1, 8)

# Up to ROUNDS_MAX_SIZE entries, the programs are built in turn, ROUNDS times each: the first build after the entries
# were written waits for the disk.
ROUNDS, ROUNDS_MAX_SIZE = 5, 100_000

# Above this number of entries, a build that asks for every entry takes too long.
CHECKED_MAX = 100_000

SQLITE_SCHEMA = """
create virtual table entries using fts5(id unindexed, question, aliases, keywords, answer, detail=column);
pragma journal_mode = off;
pragma synchronous = off;
.mode ascii
.separator "\\t" "\\n"
.import {file} entries
insert into entries(entries) values ('optimize');
"""

XAPIAN_SCRIPT = "id : field unique=Q boolean=Q\ntext : indexnopos field\n"

TANTIVY_FIELD = {"type": "text", "options": {"indexing": {"record": "freq", "tokenizer": "default"}, "stored": True}}


class Tools:
    """The paths of the programs; those of the workspace and the empty program are compiled first."""

    def __init__(self, root, work, without=()):
        self.root, self.work = root, work
        cargo = ["cargo", "build", "--release", "--locked", "--quiet"]
        for words in (["-p", "faqt-cli"], ["-p", "faqt-benches"]):
            subprocess.run(cargo + words, check=True, cwd=root)
        host = re.search(r"host: (\S+)", self.output("rustc", "-vV")).group(1)
        built = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", root / "target")) / host / "release"
        self.faqt, self.generate, self.latency = (built / name for name in ("faqt", "faqt-generate", "faqt-latency"))
        source = work / "empty.rs"
        source.write_text("fn main() {}\n")
        self.empty = work / "empty"
        subprocess.run(["rustc", "-O", "-o", self.empty, source], check=True)
        bare = root / "benches" / "bare-tantivy" / "Cargo.toml"
        subprocess.run(["cargo", "build", "--release", "--quiet", "--manifest-path", bare, "--target-dir", work / "bare"],
                       check=True, cwd=root)
        # Copied as by an installer: a copied file is mapped in larger pieces than a file that a linker wrote.
        programs = work / "programs"
        programs.mkdir(exist_ok=True)
        copied = lambda file: pathlib.Path(shutil.copy(file, programs))  # noqa: E731
        self.faqt, self.empty = copied(self.faqt), copied(self.empty)
        self.bare = copied(work / "bare" / host / "release" / "bare-tantivy")
        path = os.pathsep.join([str(work / "installed" / "bin"), os.environ.get("PATH", "")])
        wanted = lambda name: None if name in without else found(name, path)  # noqa: E731
        self.sqlite, self.ripgrep, self.tantivy = wanted("sqlite3"), wanted("rg"), wanted("tantivy")
        self.scriptindex = wanted("scriptindex")
        self.quest = wanted("quest") if self.scriptindex else None

    @staticmethod
    def output(*words):
        return subprocess.run(list(map(str, words)), capture_output=True, text=True, check=True).stdout


def found(name, path):
    program = shutil.which(name, path=path)
    if program is None:
        print(f"{name} is not there and is left out; benches/run --install brings it", file=sys.stderr)
    return program


def quoted(command):
    return shlex.join(map(str, command))


def words_of(question):
    return re.findall(r"\w+", question.lower())


def faqt(tools, size, data, question):
    return [tools.faqt, *([] if size == 14 else ["--kb", data / "kb.faqt"]), *question.split()]


def one_shot(tools, size, data, question):
    """Returns the command by which each program answers one question."""
    words = words_of(question)
    commands = {"empty": [tools.empty], "faqt": faqt(tools, size, data, question)}
    commands["bare tantivy"] = [tools.bare, "ask", data / "bare", *words]
    if tools.sqlite:
        match = " OR ".join(f'"{word}"' for word in words)
        select = f"select question, answer from entries where entries match '{match}' order by rank limit 5"
        commands["sqlite3 FTS5"] = [tools.sqlite, "-batch", "-readonly", data / "fts5.db", select]
    if tools.quest:
        commands["Xapian quest"] = [tools.quest, "-d", data / "xapian", "-m", "5", "-o", "or", " ".join(words)]
    if tools.ripgrep:
        markdown = tools.root / "content" if size == 14 else data / "documents"
        commands["ripgrep"] = [tools.ripgrep, "-i", "-w", "--count", "|".join(words), markdown]
    return commands


def build(tools, size, data, has_files):
    """Builds every program's index; returns seconds, processor seconds, peak memory and bytes of each."""
    text = data / "entries.jsonl"
    markdown = tools.root / "content" if size == 14 else data / "documents"
    rows = in_turn(rivals(tools, size, data, markdown, text), ROUNDS if size <= ROUNDS_MAX_SIZE else 1)
    if size != 14:
        if size <= CHECKED_MAX:
            rows["faqt"] = timed([tools.faqt, "build", markdown, "-o", data / "kb.faqt"], data / "kb.faqt")
        if has_files:
            subprocess.run([tools.generate, str(size), data, "files"], check=True)
            rows["faqt, a file an entry, unchecked"] = timed(
                [tools.faqt, "build", "--unchecked", data / "files", "-o", data / "files.faqt"], data / "files.faqt")
            shutil.rmtree(data / "files")
    if tools.sqlite:
        script = SQLITE_SCHEMA.format(file=data / "entries.tsv")
        rows["sqlite3 FTS5"] = timed([tools.sqlite, "-batch", data / "fts5.db"], data / "fts5.db", script)
    if tools.scriptindex:
        (data / "xapian.script").write_text(XAPIAN_SCRIPT)
        command = [tools.scriptindex, "--overwrite", data / "xapian", data / "xapian.script", data / "entries.records"]
        rows["Xapian scriptindex"] = timed(command, data / "xapian")
    return {"markdown_bytes": bytes_of(markdown), "json_bytes": bytes_of(text), "programs": rows}


def rivals(tools, size, data, markdown, text):
    """Returns, for each closely compared program, a function that rebuilds its index and times it."""
    def bare(threads, index):
        shutil.rmtree(index, ignore_errors=True)
        return timed([tools.bare, "index", threads, text, index], index)

    def tantivy():
        index = data / "tantivy-cli"
        tantivy_schema(index)
        return timed([tools.tantivy, "index", "-i", index, "-f", text, "-t", THREADS], index)

    pack = data / "kb.faqt"
    name, unchecked = ("faqt", []) if size == 14 else ("faqt, unchecked", ["--unchecked"])
    builders = {name: lambda: timed([tools.faqt, "build", *unchecked, markdown, "-o", pack], pack)}
    builders["bare tantivy, 1 thread"] = lambda: bare(1, data / "bare")
    if THREADS > 1:
        builders[f"bare tantivy, {THREADS} threads"] = lambda: bare(THREADS, data / "bare-threads")
    if tools.tantivy:
        builders[f"tantivy-cli, {THREADS} threads"] = tantivy
    return builders


def in_turn(builders, rounds):
    """Builds all programs in turn, `rounds` times; returns the run of median time of each."""
    runs = {name: [] for name in builders}
    for _ in range(rounds):
        for name, build_once in builders.items():
            runs[name].append(build_once())
    return {name: sorted(each, key=lambda run: run["seconds"])[rounds // 2] for name, each in runs.items()}


def tantivy_schema(index):
    shutil.rmtree(index, ignore_errors=True)
    index.mkdir()
    names = ["id", "question", "aliases", "keywords", "answer"]
    schema = [{"name": name, **TANTIVY_FIELD} for name in names]
    (index / "meta.json").write_text(json.dumps({"segments": [], "schema": schema, "opstamp": 0}))


def timed(command, written, script=""):
    """Runs a command that writes `written`; GNU time's own figures are the last line of the error stream."""
    words = ["/usr/bin/time", "-f", "%M %U %S", *map(str, command)]
    start = time.monotonic()
    done = subprocess.run(words, input=script, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    seconds = time.monotonic() - start
    peak, user, system = done.stderr.split()[-3:]
    if done.returncode != 0:
        sys.exit(f"{quoted(command)}\n{done.stderr}")
    return {"seconds": seconds, "processor_seconds": float(user) + float(system), "peak_mib": int(peak) / 1024,
            "bytes": bytes_of(written)}


def bytes_of(path):
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def export_built_in(tools, data):
    """Writes the built-in entries in the formats of the other programs."""
    listed = json.loads(tools.output(tools.faqt, "list", "--format", "json"))["contents"]
    rows, objects, records = [], [], []
    for item in listed:
        entry = json.loads(tools.output(tools.faqt, "show", item["id"], "--format", "json"))["entry"]
        aliases, keywords = "; ".join(entry.get("aliases", [])), " ".join(entry.get("keywords", []))
        parts = [entry["id"], entry["question"], aliases, keywords, " ".join(entry["answer"].split())]
        rows.append("\t".join(parts))
        objects.append(json.dumps(dict(zip(["id", "question", "aliases", "keywords", "answer"], parts))))
        records.append("id=" + parts[0] + "".join(f"\ntext={part}" for part in parts[1:]) + "\n")
    for name, lines in (("entries.tsv", rows), ("entries.jsonl", objects), ("entries.records", records)):
        (data / name).write_text("\n".join(lines) + "\n")
