#!/usr/bin/env python3
"""Measures the full-text search that PostgreSQL and ClickHouse have of their own, on the texts of a knowledge base.

    pip install psycopg[binary]
    cluster/recipes/fulltext.py --faqt target/release/faqt --kb help.faqt keywords.jsonl spoken.jsonl

Each file of questions has JSON lines with `query` and `expect`, as those of `faqt eval`; the first 200 of each are asked. For
1 and 16 clients the median and the 99th percentile of the time of a question are printed, and the mean reciprocal rank of what
is expected among the first 10. Each question is asked once before it is timed.

PostgreSQL: a `tsvector` of question and answer with a GIN index, ranked by `ts_rank_cd`; all words (`websearch_to_tsquery`),
and any of them. ClickHouse has no ranking: entries are ordered by the number of the question's words that they hold. Version
18.16 has neither `hasToken` nor an index of tokens, and searches an array of them. With `--chdb` a Python that has `chdb` (PyPI) runs
that of today, in one process that answers one question at a time.
"""

import argparse
import concurrent.futures
import csv
import http.client
import json
import pathlib
import re
import shutil
import statistics
import subprocess
import tempfile
import threading
import time

import servers

CLIENTS = [1, 16]
# The first hits that are asked for.
FIRST = 10


def texts_of(faqt, kb, folder):
    """Returns id, question and answer of each entry."""
    subprocess.run([faqt, "export", "--to", "sql", "--kb", kb, folder / "rows"], check=True, capture_output=True)
    csv.field_size_limit(1 << 30)
    for part in sorted((folder / "rows").glob("entries-*.csv")):
        with open(part, newline="") as rows:
            for row in csv.DictReader(rows):
                entry = json.loads(row["json"])
                yield entry["id"], entry["question"], entry["answer"]
    shutil.rmtree(folder / "rows")


class PostgresSearch:
    """PostgreSQL with a `tsvector`."""

    ASKED = {
        "all words": "websearch_to_tsquery('english', %s)",
        "any word": "replace(plainto_tsquery('english', %s)::text, '&', '|')::tsquery",
    }

    clients = CLIENTS

    def __init__(self, folder):
        self.server, self.own = servers.Postgres(folder / "postgres"), threading.local()

    def connection(self):
        import psycopg

        if not hasattr(self.own, "connection"):
            self.own.connection = psycopg.connect(self.server.url().split("?")[0], autocommit=True)
        return self.own.connection

    def load(self, texts):
        cursor = self.connection().cursor()
        cursor.execute("create table texts (id text, question text, answer text)")
        with cursor.copy("copy texts from stdin") as copy:
            for row in texts:
                copy.write_row(row)
        cursor.execute(
            "alter table texts add words tsvector generated always as (setweight(to_tsvector('english', question), 'A') "
            "|| to_tsvector('english', answer)) stored")
        cursor.execute("create index on texts using gin (words)")
        cursor.execute("analyze texts")

    def size(self):
        return self.connection().execute("select pg_total_relation_size('texts')").fetchone()[0]

    def ask(self, how, question):
        rows = self.connection().execute(
            f"select id from texts, (select {self.ASKED[how]} as asked) as question where words @@ asked "
            f"order by ts_rank_cd(words, asked) desc, id limit {FIRST}", [question])
        return [id for id, in rows]


class ClickHouseSearch:
    """ClickHouse with the tokens of texts: in an array, or in an index where it has one."""

    ASKED = {"words held": None}

    def __init__(self, port, user, clients):
        self.port, self.user, self.clients, self.own = port, user, clients, threading.local()

    def send(self, sql, rows=None):
        """Runs a statement, and returns its answer as JSON lines."""
        if not hasattr(self.own, "connection"):
            self.own.connection = http.client.HTTPConnection("127.0.0.1", self.port)
        path, body = f"/?{self.user}", sql.encode()
        if rows is not None:
            body += b"\n" + rows
        self.own.connection.request("POST", path, body)
        answer = self.own.connection.getresponse()
        text = answer.read().decode()
        if answer.status != 200:
            raise SystemExit(text)
        return text

    def numbers(self, sql):
        return [int(number) for number in self.send(f"{sql} format TSV").split()]

    def load(self, texts):
        self.has_token = self.numbers("select count() from system.functions where name = 'hasTokenCaseInsensitive'") == [1]
        if self.has_token:
            own = "index words lower(text) type tokenbf_v1(8192, 3, 0) granularity 1"
        else:
            own = "words Array(String) materialized alphaTokens(lower(text))"
        self.send(f"create table texts (id String, text String, {own}) engine = MergeTree() order by id "
                  "settings index_granularity = 1024")
        batch = []
        for id, question, answer in texts:
            batch.append(json.dumps({"id": id, "text": f"{question}\n{answer}"}))
            if len(batch) == 50_000:
                self.send("insert into texts (id, text) format JSONEachRow", "\n".join(batch).encode())
                batch = []
        if batch:
            self.send("insert into texts (id, text) format JSONEachRow", "\n".join(batch).encode())
        self.send("optimize table texts final")

    def size(self):
        return self.numbers("select sum(bytes_on_disk) from system.parts where active and table = 'texts'")[0]

    def ask(self, _, question):
        words = sorted(set(re.findall("[a-z]+", question.lower())))
        if not words:
            return []
        holds = "hasToken(lower(text), '{}')" if self.has_token else "has(words, '{}')"
        held = [holds.format(word) for word in words]
        sql = f"select id from texts where {' or '.join(held)} order by {' + '.join(held)} desc, id limit {FIRST} format TSV"
        return self.send(sql).split()


class Chdb:
    """The server of the tests that answers by chdb."""

    def __init__(self, python, folder):
        self.port, home = servers.free_port(), folder / "chdb"
        home.mkdir()
        program = pathlib.Path(__file__).parents[1] / "tests/database/chdb_server.py"
        self.server = servers.Server([python, str(program), str(self.port), str(home)], home, self.is_up)

    def is_up(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request("POST", "/", b"select 1")
        return connection.getresponse().status == 200

    def start(self):
        self.server.start()

    def stop(self):
        self.server.kill()


def timed(ask, questions, clients):
    """Asks each question once, by so many clients at once. Returns milliseconds and what was found."""

    def one(question):
        start = time.perf_counter()
        found = ask(question)
        return 1000 * (time.perf_counter() - start), found

    with concurrent.futures.ThreadPoolExecutor(clients) as pool:
        list(pool.map(one, questions))
        return list(pool.map(one, questions))


def reciprocal_rank(found, expected):
    return next((1 / place for place, id in enumerate(found, 1) if id in expected), 0)


def measure(name, search, texts, files, limit):
    start = time.monotonic()
    search.load(texts)
    print(f"{name}: loaded in {time.monotonic() - start:.1f} s, {search.size() / len(texts):.0f} bytes an entry")
    for file in files:
        lines = [json.loads(line) for line in pathlib.Path(file).read_text().splitlines()[:limit]]
        questions = [line["query"] for line in lines]
        for how in search.ASKED:
            for clients in search.clients:
                times, found = zip(*timed(lambda question: search.ask(how, question), questions, clients))
                ranks = [reciprocal_rank(own, line["expect"]) for own, line in zip(found, lines)]
                last = sorted(times)[(len(times) - 1) * 99 // 100]
                print(f"  {pathlib.Path(file).stem}, {how}, {clients} clients: p50 {statistics.median(times):.1f} ms, "
                      f"p99 {last:.1f} ms, MRR@{FIRST} {statistics.mean(ranks):.3f}", flush=True)


def engines(arguments, folder):
    """Returns the name, the server and the search of each engine."""
    if "postgres" in arguments.engines:
        search = PostgresSearch(folder)
        yield "PostgreSQL", search.server, search
    if "clickhouse" in arguments.engines:
        server = servers.ClickHouse(folder)
        yield "ClickHouse", server, ClickHouseSearch(server.ports[1, 1]["http"], "user=default&password=secret", CLIENTS)
    if arguments.chdb:
        server = Chdb(arguments.chdb, folder)
        yield "chdb", server, ClickHouseSearch(server.port, "", CLIENTS[:1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", nargs="+", help="files of questions")
    parser.add_argument("--faqt", default="faqt", help="the program")
    parser.add_argument("--kb", required=True, help="the knowledge base, a pack")
    parser.add_argument("--engines", nargs="*", default=["postgres", "clickhouse"], choices=["postgres", "clickhouse"])
    parser.add_argument("--chdb", help="a Python interpreter that has chdb")
    parser.add_argument("--limit", type=int, default=200, help="the number of questions")
    arguments = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="faqt-fulltext-"))
    try:
        texts = list(texts_of(arguments.faqt, arguments.kb, folder))
        for name, server, search in engines(arguments, folder):
            try:
                server.start()
                measure(name, search, texts, arguments.questions, arguments.limit)
            finally:
                server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
