"""The instructions of a cold question by function, counted by callgrind: the same on any machine, even a busy one."""

import re
import subprocess

# The first pattern that matches a function's name, else its file, gives its group.
GROUPS = [
    ("arguments (clap)", r"clap|Arguments|arguments|lexopt|strsim"),
    ("JSON (serde_json)", r"serde"),
    ("Markdown and layout", r"pulldown_cmark|render|unicode_width|linebreak|unicode_linebreak|faqt::output|anstyle|anstream"),
    ("dictionary (fst)", r"fst|termdict|automaton|levenshtein"),
    ("index (tantivy)", r"tantivy|bitpacking|ownedbytes|common::|measure_time"),
    ("unpacking entries (lz4)", r"lz4|zstd"),
    ("checksums (xxh3)", r"xxh|twox"),
    ("pack", r"faqt::pack"),
    ("search", r"faqt::search|faqt::pack::phrasings"),
    ("analysis", r"faqt::text|frostem|unicode_normalization|Snowball"),
    ("knowledge base", r"faqt::"),
    ("memory (allocator)", r"malloc|calloc|realloc|cfree|^free|_int_free|_int_malloc|alloc::|unlink_chunk|sysmalloc"),
    ("copying, comparing", r"mem(cpy|move|set|cmp|chr)|str(len|cmp|chr)|bcmp"),
    ("start and end of the process", r"_dl_|libc_start|_IO|__libc|init_cacheinfo|cpu_features|tunable|_start|exit|relocate"),
]


def count(tools, command):
    """Returns the instructions of a command in total and by group, and the functions with the most."""
    out = tools.work / "callgrind.out"
    words = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", *map(str, command)]
    subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    functions = self_costs(tools.output("callgrind_annotate", "--threshold=100", out))
    groups = {}
    for cost, name in functions:
        group = next((group for group, pattern in GROUPS if re.search(pattern, name)), "other")
        groups[group] = groups.get(group, 0) + cost
    top = [{"instructions": cost, "function": short(name)} for cost, name in functions[:15]]
    return {
        "total": sum(cost for cost, _ in functions),
        "groups": dict(sorted(groups.items(), key=lambda item: -item[1])),
        "functions": top,
    }


def self_costs(annotated):
    """Parses the lines of callgrind_annotate of the form `12,345 (6.7%)  file:function [object]`."""
    found = []
    for line in annotated.splitlines():
        match = re.match(r"\s*([\d,]+) \(\s*[\d.]+%\)\s+\S*?:(.*?)(?: \[.*\])?$", line)
        if match:
            found.append((int(match.group(1).replace(",", "")), match.group(2)))
    return found


def short(name):
    return re.sub(r"::h[0-9a-f]{16}$", "", name)[:90]
