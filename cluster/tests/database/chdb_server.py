"""Answers the HTTP interface of ClickHouse by chdb, which is today's ClickHouse in one process.

    python chdb_server.py PORT FOLDER

The package chdb (PyPI) must be installed. Users, passwords and settings are ignored.
"""

import http.server
import os
import re
import sys
import tempfile
import urllib.parse

from chdb import session


def answer(clickhouse, url, body):
    """Returns the rows of a statement; that of an insert stands in the URL, and the body is its rows."""
    insert = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query).get("query")
    if not insert:
        return clickhouse.query(body.decode(), "RowBinary").bytes()
    table = re.fullmatch(r"insert into (\S+) format RowBinary", insert[0])[1]
    with tempfile.NamedTemporaryFile(suffix=".bin") as rows:
        rows.write(body)
        rows.flush()
        columns = clickhouse.query(f"describe table {table}", "TSV").bytes().decode().splitlines()
        structure = ", ".join(" ".join(column.split("\t")[:2]) for column in columns)
        clickhouse.query(f"insert into {table} select * from file('{rows.name}', 'RowBinary', '{structure}')")
    return b""


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            status, text = 200, answer(self.server.clickhouse, self.path, body)
        except Exception as error:  # Each error of the database goes back as a server would send it.
            status, text = 500, str(error).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *arguments):
        pass


def main():
    port, folder = int(sys.argv[1]), sys.argv[2]
    os.chdir(folder)
    server = http.server.HTTPServer(("127.0.0.1", port), Handler)
    server.clickhouse = session.Session(os.path.join(folder, "data"))
    server.serve_forever()


main()
