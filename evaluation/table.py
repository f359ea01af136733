"""Plain tables for a terminal."""

from collections.abc import Sequence


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Aligns `rows` below `columns`: the first column to the left, the others to the right."""
    lines = [list(columns), *(list(row) for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(columns))]
    return "\n".join(
        "  ".join(cell.rjust(width) if at else cell.ljust(width) for at, (cell, width) in enumerate(zip(line, widths)))
        .rstrip()
        for line in lines
    )


def share(value: float | None, sign: bool = False) -> str:
    """Formats a number from -1 to 1 with three digits: `.835`; a missing one as a dash."""
    if value is None:
        return "–"
    text = f"{value:{'+' if sign else ''}.3f}"
    return text.replace("0.", ".", 1) if abs(value) < 0.9995 else text
