#!/usr/bin/env python3
"""Runs knowledge bases in databases: starts servers, loads, compares every answer with that of the pack, and kills servers.

    cluster/recipes/run.py --faqt target/release/faqt clickhouse
    cluster/recipes/run.py --faqt target/release/faqt clickhouse-cluster postgres --content docs --questions FILE

Recipes: clickhouse (one server), clickhouse-cluster (two shards of two replicas and a keeper), postgres (one server),
postgres-shards (three servers that know nothing of each other), elasticsearch-imitation and opensearch-imitation (programs of the
packages noida-db and osmem-server of Python, with the Python that has them).
`--questions` takes a file with a question a line, or JSON lines with `query`, as those of `faqt eval`.
"""

import argparse
import concurrent.futures
import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time

import servers

OPTIONS = ["--format", "json"]
CLIENTS = 16


def questions_of(file):
    """Returns the questions in a file."""
    lines = pathlib.Path(file).read_text().splitlines()
    return [json.loads(line)["query"] if line.startswith("{") else line for line in lines if line.strip()]


class Recipe:
    """A knowledge base as a pack and in a database."""

    def __init__(self, arguments, folder, url):
        self.faqt, self.url, self.pack = arguments.faqt, url, arguments.content
        self.environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}
        self.questions = questions_of(arguments.questions)[: arguments.limit]

    def run(self, *words, check=True):
        ran = subprocess.run([self.faqt, *map(str, words)], capture_output=True, text=True, env=self.environment)
        if check and ran.returncode == 2:
            raise SystemExit(f"faqt {' '.join(map(str, words[:2]))}: {ran.stderr}")
        return ran

    def load(self):
        print(self.run("load", self.url, self.pack).stdout, end="")

    def asked(self, kb, question):
        return self.run("--kb", kb, *OPTIONS, "search", "--why", "--", question, check=False)

    def compare(self):
        """Ends the program unless every answer is that of the pack."""
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            both = pool.map(lambda question: (self.asked(self.pack, question), self.asked(self.url, question)), self.questions)
            other = [(question, pack, over) for question, (pack, over) in zip(self.questions, both)
                     if pack.stdout != over.stdout or pack.returncode != over.returncode]
        print(f"{len(self.questions) - len(other)} of {len(self.questions)} answers are those of the pack")
        if other:
            question, pack, over = other[0]
            raise SystemExit(f"{question!r}: {over.stderr or over.stdout}\nthe pack: {pack.stdout}")

    def under_load(self, strike):
        """Asks from many clients while `strike` happens. Returns the answers that are those of the pack, the errors, and others."""
        expected = {question: self.asked(self.pack, question).stdout for question in self.questions[:CLIENTS]}
        counts, is_over, lock = {"same": 0, "errors": 0, "others": 0}, threading.Event(), threading.Lock()

        def client(question):
            while not is_over.is_set():
                ran = self.asked(self.url, question)
                kind = "errors" if ran.returncode == 2 else "same" if ran.stdout == expected[question] else "others"
                with lock:
                    counts[kind] += 1

        threads = [threading.Thread(target=client, args=(question,)) for question in expected]
        for thread in threads:
            thread.start()
        time.sleep(2)
        strike()
        time.sleep(5)
        is_over.set()
        for thread in threads:
            thread.join()
        return counts


def expect(condition, what):
    if not condition:
        raise SystemExit(f"failed: {what}")
    print(what)


@contextlib.contextmanager
def compared(arguments, folder, started, url):
    """Starts servers, loads the knowledge base, compares all answers and gives it out. Kills the servers at the end."""
    try:
        for server in started:
            server.start()
        recipe = Recipe(arguments, folder, url)
        recipe.load()
        recipe.compare()
        yield recipe
    finally:
        for server in started:
            server.stop()


def clickhouse(arguments, folder):
    cluster = servers.ClickHouse(folder)
    with compared(arguments, folder, [cluster], cluster.url()):
        pass


def clickhouse_cluster(arguments, folder):
    cluster = servers.ClickHouse(folder, shards=2, replicas=2)
    with compared(arguments, folder, [cluster], cluster.url("&cluster=faqt&replicated=yes")) as recipe:
        counts = recipe.under_load(cluster.servers[2, 2].kill)
        expect(counts["errors"] == 0 and counts["others"] == 0, f"a replica killed under load: {counts}")
        recipe.compare()
        counts = recipe.under_load(cluster.servers[2, 1].kill)
        expect(counts["errors"] > 0 and counts["others"] == 0, f"a whole shard killed under load: {counts}")
        ran = recipe.asked(recipe.url, recipe.questions[0])
        expect(ran.returncode == 2 and not ran.stdout, f"without a shard there is an error: {ran.stderr.strip()}")


def postgres(arguments, folder):
    server = servers.Postgres(folder / "postgres")
    with compared(arguments, folder, [server], server.url()):
        pass


def postgres_shards(arguments, folder):
    cluster = [servers.Postgres(folder / f"postgres-{number}") for number in range(3)]
    others = ",".join(f"127.0.0.1:{server.port}" for server in cluster[1:])
    with compared(arguments, folder, cluster, cluster[0].url(f"&shards={others}")) as recipe:
        counts = recipe.under_load(cluster[2].stop)
        expect(counts["errors"] > 0 and counts["others"] == 0, f"a server killed under load: {counts}")


def imitated(arguments, server):
    """Compares answers, and ends with an error where the server is away."""
    with compared(arguments, server.server.folder, [server], server.url("&primaries=2")) as recipe:
        server.stop()
        ran = recipe.asked(recipe.url, recipe.questions[0])
        expect(ran.returncode == 2 and not ran.stdout, f"without the server there is an error: {ran.stderr.strip()}")


def elasticsearch_imitation(arguments, folder):
    imitated(arguments, servers.Imitation(folder / "noida", "noida_db", "noida-db", lambda port, home: [
        "start", "--only", "elasticsearch", "--elasticsearch-port", str(port), "--data-dir", str(home / "data")]))


def opensearch_imitation(arguments, folder):
    imitated(arguments, servers.Imitation(folder / "osmem", "osmem_server", "bin/osmem-server", lambda port, _: [
        "-no-stdin-watch", "-addr", f"127.0.0.1:{port}"]))


RECIPES = {
    "clickhouse": clickhouse,
    "clickhouse-cluster": clickhouse_cluster,
    "elasticsearch-imitation": elasticsearch_imitation,
    "opensearch-imitation": opensearch_imitation,
    "postgres": postgres,
    "postgres-shards": postgres_shards,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recipes", nargs="+", choices=sorted(RECIPES))
    parser.add_argument("--faqt", default="faqt", help="the program")
    parser.add_argument("--content", default="content", help="the knowledge base: a folder of Markdown, or a pack")
    parser.add_argument("--questions", default="tests/questions/covered.jsonl", help="the questions")
    parser.add_argument("--limit", type=int, default=200, help="the number of questions")
    arguments = parser.parse_args()
    for name in arguments.recipes:
        print(f"== {name}")
        folder = pathlib.Path(tempfile.mkdtemp(prefix="faqt-recipe-"))
        try:
            RECIPES[name](arguments, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
