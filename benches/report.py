"""The measurements as tables and as a plot."""

import math

PANEL_WIDTH, PANEL_HEIGHT, LEFT, TOP, GAP = 380, 260, 60, 40, 150
COLOURS = {
    "faqt": "#d1242f", "empty": "#8c959f", "bare tantivy": "#0969da", "sqlite3 FTS5": "#8250df",
    "Xapian quest": "#1a7f37", "ripgrep": "#bc4c00",
}


def rounded(value):
    if isinstance(value, dict):
        return {key: rounded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [rounded(inner) for inner in value]
    return float(f"{value:.4g}") if isinstance(value, float) else value


def table(results):
    sizes = results["sizes"]
    text = ["# Results", "", "Written by `benches/run`, which says how to repeat it; the figures are in `results.json`.", "A commit with a plus had changes on top.", ""]
    for size, row in sizes.items():
        commits = ", ".join(f"{step} at {commit}" for step, commit in row["commits"].items())
        text.append(f"- {int(size):,} entries: {row['machine']}; {commits}")
    text += ["", "![How each figure grows](growth.svg)", ""]
    for kind, title in (("keywords", "three keywords"), ("spoken", "a spoken question")):
        text += cold(sizes, kind, title)
    text += latency(sizes) + build(sizes) + served(results) + pages(results)
    return "\n".join(text).rstrip() + "\n"


def cold(sizes, kind, title):
    measured = {size: row["cold"][kind] for size, row in sizes.items() if "cold" in row}
    if not measured:
        return []
    text = [f"## One cold question, the whole process: {title}", ""]
    text.append("Times an empty Rust program; beside it milliseconds, and the resident memory in MiB at its peak. Times are lower")
    text.append("quartiles of runs in turn: other programs on the machine add time and never take any away.")
    text += ["", "| entries | " + " | ".join(name for name in COLOURS if name != "empty") + " | empty |"]
    text.append("|---:|" + "---:|" * len(COLOURS))
    for size, programs in measured.items():
        cells = [cell(programs.get(name)) for name in COLOURS if name != "empty"]
        empty = programs["empty"]
        text.append(f"| {int(size):,} | " + " | ".join(cells) + f" | {empty['ms']:.2f} ms |")
    return text + [""]


def cell(program):
    if program is None:
        return ""
    return f"**{program['ratio']:.2f}** ({program['ms']:.1f} ms, {program['peak_mib']:.0f})"


def latency(sizes):
    measured = {size: row["latency"] for size, row in sizes.items() if "latency" in row}
    if not measured:
        return []
    text = ["## A question in a process that has the index open", ""]
    text.append("Median / 99th percentile in milliseconds over a thousand questions, the fastest of five times each, the two in")
    text.append("turn. Bare tantivy is a flat OR of the same words over one field, five entries fetched.")
    text += ["", "| entries | questions | faqt | bare tantivy | faqt to bare |", "|---:|---|---:|---:|---:|"]
    for size, kinds in measured.items():
        for kind, pair in kinds.items():
            ours, theirs = pair["faqt"], pair["tantivy"]
            both = [f"{one['p50']:.3f} / {one['p99']:.3f}" for one in (ours, theirs)]
            ratio = f"**{ours['p50'] / theirs['p50']:.2f}** / **{ours['p99'] / theirs['p99']:.2f}**"
            text.append(f"| {int(size):,} | {kind} | {both[0]} | {both[1]} | {ratio} |")
    return text + [""]


def build(sizes):
    measured = {size: row["build"] for size, row in sizes.items() if "build" in row}
    if not measured:
        return []
    text = ["## Building", "", "faqt reads Markdown, the others the same texts as JSON or plain lines. faqt without `--unchecked` also asks", ]
    text += ["for every entry whether it is found. faqt unchecked and the tantivys are built five times in turn up to a hundred",
             "thousand entries, each the median run. Size is what was written to what was read.", ""]
    text += ["| entries | program | entries/s | seconds | processor seconds | peak MiB | bytes an entry | of what was read |"]
    text += ["|---:|---|---:|---:|---:|---:|---:|---:|"]
    for size, row in measured.items():
        for name, one in row["programs"].items():
            read = row["markdown_bytes"] if name.startswith("faqt") else row["json_bytes"]
            text.append(
                f"| {int(size):,} | {name} | {int(size) / one['seconds']:,.0f} | {one['seconds']:.2f} | "
                f"{one['processor_seconds']:.2f} | {one['peak_mib']:.0f} | {one['bytes'] / int(size):,.0f} | "
                f"{one['bytes'] / read:.2f} |")
    return text + [""]


def served(results):
    measured = results.get("served")
    if not measured:
        return []
    text = ["## `faqt serve` under load", "", f"Written by `benches/served` at {measured['commit']}: {measured['machine']}, shared with other builds, so",
            f"compare ratios; {measured['seconds']} s a row, one row after the other. wrk asks in turn 200 questions, keywords and spoken ones, over",
            "loopback and on the same cores. An error is a time above 2 s. The last column is the rate of faqt over that of Typesense in",
            "the same run.", ""]
    text += ["| entries | server | connections | requests/s | p50 ms | p99 ms | errors | memory MB | faqt to Typesense |", "|---:|---|---:|---:|---:|---:|---:|---:|---:|"]
    rates = {(row["entries"], row["server"], row["connections"]): row["rate"] for row in measured["rows"]}
    for row in measured["rows"]:
        theirs = rates.get((row["entries"], "Typesense", row["connections"]))
        ratio = f"**{row['rate'] / theirs:.0f}**" if theirs and row["server"] == "faqt" else ""
        text.append(f"| {row['entries']:,} | {row['server']} | {row['connections']} | {row['rate']:,.0f} | {row['p50']:.1f} | {row['p99']:.1f} "
                    f"| {row['errors']} | {row['memory_mb']} | {ratio} |")
    return text + [""]


def pages(results):
    measured = results.get("pages")
    if not measured:
        return []
    text = ["## A knowledge base in a browser", "", f"Written by `benches/pages` at {measured['commit']}: {measured['machine']}, shared with other builds, so compare"]
    text += ["ratios. faqt is one HTML file with the engine and the pack, opened from `file://`, with the vectors of meaning and without.",
             "Pagefind indexes the same entries as pages and is served over loopback; its bytes are the index and the pages, and in",
             f"parentheses those that the first answer loads. First answer: from opening the address to the frame that shows it, in a new",
             f"browser, the lower quartile of {measured['runs']}. Keystroke: the list below the field for each beginning of a question, median / 99th",
             "percentile, without the pause that a page makes before it asks. Ratios are those to Pagefind.", ""]
    text += ["| entries | program | MB | first answer ms | ratio | keystroke ms | ratio |", "|---:|---|---:|---:|---:|---:|---:|"]
    names = {"faqt": "faqt", "words": "faqt, `--no-meaning`", "pagefind": "Pagefind"}
    for row in measured["rows"]:
        theirs = row["pagefind"]
        for key, name in names.items():
            one = row[key]
            size = f"{one['bytes'] / 1e6:.1f}" + (f" ({one['loaded_bytes'] / 1e6:.1f})" if "loaded_bytes" in one else "")
            ratios = [f"**{one[what] / theirs[what]:.2f}**" if one is not theirs else "" for what in ("first_ms", "keystroke_ms")]
            keys = f"{one['keystroke_ms']:.1f} / {one['keystroke_slow_ms']:.1f}"
            text.append(f"| {row['entries']:,} | {name} | {size} | {one['first_ms']:.0f} | {ratios[0]} | {keys} | {ratios[1]} |")
    return text + [""]


def instructions(results):
    text = ["# Instructions of a cold question", "", "Counted by callgrind in the whole process, by `benches/run --steps instructions`: the same on any machine,", "however busy, so that the next change can be compared. In thousands; a function inlined into another counts there.", ""]
    for size, row in results["sizes"].items():
        if "instructions" not in row:
            continue
        text += [f"## {int(size):,} entries (commit {row['commits']['instructions']})", ""]
        kinds = row["instructions"]
        names = sorted({name for one in kinds.values() for name in one["groups"]},
                       key=lambda name: -max(one["groups"].get(name, 0) for one in kinds.values()))
        text += ["| | " + " | ".join(kinds) + " |", "|---|" + "---:|" * len(kinds)]
        text.append("| **all** | " + " | ".join(f"**{one['total'] / 1e3:,.0f}**" for one in kinds.values()) + " |")
        for name in names:
            text.append(f"| {name} | " + " | ".join(f"{one['groups'].get(name, 0) / 1e3:,.0f}" for one in kinds.values()) + " |")
        for kind, one in kinds.items():
            text += ["", f"The functions that take most, {kind}:", ""]
            text += [f"- {top['instructions'] / 1e3:,.0f} `{top['function']}`" for top in one["functions"]]
        text.append("")
    return "\n".join(text).rstrip() + "\n"


def plot(results):
    """Returns panels of lines over the number of entries, both axes logarithmic."""
    sizes = {int(size): row for size, row in results["sizes"].items()}
    panels = []
    for kind, title in (("keywords", "cold, three keywords"), ("spoken", "cold, a spoken question")):
        lines = {}
        for size, row in sizes.items():
            for name, one in row.get("cold", {}).get(kind, {}).items():
                lines.setdefault(name, []).append((size, one["ms"]))
        panels.append((f"{title} (ms)", lines))
    lines = {}
    for size, row in sizes.items():
        for kind, pair in row.get("latency", {}).items():
            for name, one in (("faqt", pair["faqt"]), ("bare tantivy", pair["tantivy"])):
                for quantile in ("p50", "p99"):
                    lines.setdefault(f"{name} {kind} {quantile}", []).append((size, one[quantile]))
    panels.append(("in process (ms)", lines))
    lines = {}
    for size, row in sizes.items():
        for name, one in row.get("build", {}).get("programs", {}).items():
            if size > 14:
                lines.setdefault(name, []).append((size, one["seconds"]))
    panels.append(("building (s)", lines))
    return svg([panel for panel in panels if panel[1]])


def svg(panels):
    width = 2 * (LEFT + PANEL_WIDTH + GAP)
    height = (len(panels) + 1) // 2 * (PANEL_HEIGHT + 2 * TOP)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11">',
             f'<rect width="{width}" height="{height}" fill="white"/>']
    for at, (title, lines) in enumerate(panels):
        x, y = at % 2 * (width // 2) + LEFT, at // 2 * (PANEL_HEIGHT + 2 * TOP) + TOP
        parts += panel(x, y, title, lines)
    return "\n".join(parts) + "\n</svg>\n"


def panel(x, y, title, lines):
    points = [point for line in lines.values() for point in line]
    across = bounds([size for size, _ in points])
    up = bounds([value for _, value in points])
    at = lambda size, value: (  # noqa: E731
        x + PANEL_WIDTH * share(size, across), y + PANEL_HEIGHT * (1 - share(value, up)))
    parts = [f'<text x="{x}" y="{y - 10}" font-size="13" font-weight="bold">{title}</text>']
    for power in range(across[0], across[1] + 1):
        px, _ = at(10**power, 10 ** up[0])
        parts.append(f'<line x1="{px:.0f}" x2="{px:.0f}" y1="{y}" y2="{y + PANEL_HEIGHT}" stroke="#eaeef2"/>')
        parts.append(f'<text x="{px:.0f}" y="{y + PANEL_HEIGHT + 14}" text-anchor="middle">{10**power:,}</text>')
    for power in range(up[0], up[1] + 1):
        _, py = at(10 ** across[0], 10**power)
        parts.append(f'<line x1="{x}" x2="{x + PANEL_WIDTH}" y1="{py:.0f}" y2="{py:.0f}" stroke="#eaeef2"/>')
        parts.append(f'<text x="{x - 6}" y="{py + 4:.0f}" text-anchor="end">{10.0**power:g}</text>')
    ends = []
    for turn, (name, line) in enumerate(lines.items()):
        colour, dashes = look(name, turn)
        drawn = [at(*point) for point in sorted(line)]
        path = " ".join(f"{px:.1f},{py:.1f}" for px, py in drawn)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>')
        parts += [f'<circle cx="{px:.1f}" cy="{py:.1f}" r="2.5" fill="{colour}"/>' for px, py in drawn]
        ends.append([drawn[-1][1], name, colour, drawn[-1][0]])
    return parts + labels(ends)


def labels(ends):
    """Labels the lines at their ends, moved apart so that no label covers another."""
    parts, free = [], 0.0
    for py, name, colour, px in sorted(ends):
        py = max(py, free)
        free = py + 12
        parts.append(f'<text x="{px + 7:.0f}" y="{py + 4:.0f}" fill="{colour}">{name}</text>')
    return parts


def look(name, turn):
    known = next((program for program in COLOURS if name.startswith(program)), None)
    spare = ["#0969da", "#54aeff", "#8250df", "#1a7f37", "#bc4c00"]
    dashes = ' stroke-dasharray="5 3"' if "p99" in name or "unchecked" in name or "2 threads" in name else ""
    return COLOURS.get(known, spare[turn % len(spare)]), dashes


def bounds(values):
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def share(value, limits):
    return (math.log10(value) - limits[0]) / (limits[1] - limits[0])
