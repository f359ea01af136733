#!/usr/bin/env python3
"""Writes index/src/log/rules.tsv from the configuration of gitleaks: .ci/secret_rules.py gitleaks.toml COMMIT > FILE"""

import sys
import tomllib

HEAD = """\
# Rules of gitleaks (https://github.com/gitleaks/gitleaks, config/gitleaks.toml at {commit}), by which secrets in questions are
# masked. One a line: id, keywords (a text without all of them holds no secret of this kind), least entropy in bits a character
# (0 for any), number of the capture group that holds the secret (0 for the first that matched), regular expression.
# Written by .ci/secret_rules.py. Rules for names of files are left out.
#
# MIT License, Copyright (c) 2019 Zachary Rice
#
# Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
# files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
# modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software
# is furnished to do so, subject to the following conditions: The above copyright notice and this permission notice shall be
# included in all copies or substantial portions of the Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY
# KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
# NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY,
# WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR
# OTHER DEALINGS IN THE SOFTWARE.
"""


def main() -> None:
    path, commit = sys.argv[1:]
    with open(path, "rb") as file:
        rules = tomllib.load(file)["rules"]
    sys.stdout.write(HEAD.format(commit=commit))
    for rule in rules:
        if "path" in rule or "regex" not in rule:
            continue
        fields = (
            rule["id"],
            ",".join(keyword.lower() for keyword in rule["keywords"]),
            f"{rule.get('entropy', 0):g}",
            str(rule.get("secretGroup", 0)),
            rule["regex"],
        )
        assert not any("\t" in field or "\n" in field for field in fields), rule["id"]
        print("\t".join(fields))


main()
