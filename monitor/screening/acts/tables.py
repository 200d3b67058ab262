"""Tables as raw Federal Register text draws them, columns side by side, put back into cells.

Holds the layout rules of the Government Publishing Office's text tables: dashed rules around head
and body, at least two blanks between columns, and lines that go on a cell set in by one. Refuses
nothing: what does not look like that is left as it stands.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from monitor.screening.acts.letters import spelled

CELL = "\ue000"
"""Stands before each cell in the flat text (a private character, taken out of what comes in)."""
ROW = "\ue001"
"""Stands before each row, where rows are known."""

_RULE = re.compile(r"^[ \t]*-{40,}[ \t]*$", re.MULTILINE)
_STARS = re.compile(r"^[\s*]+$")
_GAP = re.compile(r"\S {2,}\S")
_WITHIN = re.compile(r" {8,}\S(?!.*\S {2,}\S)")
"""A line of one cell that is taller than all beside it."""
_WIDEST = 400
"""Characters of a line; the office prints tables eighty wide."""
_LONGEST_HEAD = 2_000
"""Characters of the heads of a table's columns."""
_LEADERS = re.compile(r"\.{3,}")


def has_drawn(text: str) -> bool:
    """Whether a text draws any table; one with tags for its cells draws none."""
    return any(map(_is_drawn, _RULE.split(text)[1:-1]))


def columns_to_cells(text: str) -> str:
    """The text with the body of every drawn table rewritten row by row, cell by cell."""
    first, *pieces = _RULE.split(text)
    last = pieces.pop() if pieces else ""
    drawn = list[str]()
    head = ""
    for piece in pieces:
        drawn.append(_cells(piece, head) if _is_drawn(piece) else piece)
        head = piece if len(piece) < _LONGEST_HEAD else ""
    return "\n".join([first, *drawn, last])


def _is_drawn(piece: str) -> bool:
    """Whether what stands between two rules has columns: gaps, or lines that begin far in."""
    lines = [line for line in piece.splitlines() if line.strip() and not _STARS.match(line)]
    if any(len(line) > _WIDEST for line in lines):
        return False
    gaps = sum(_GAP.search(line) is not None for line in lines)
    within = sum(_WITHIN.match(line) is not None for line in lines)
    return len(lines) > 1 and gaps > 0 and (gaps + within) * 3 >= len(lines)


def _cells(piece: str, head: str) -> str:
    lines = _lines(piece)
    body = [line for line in lines if line.strip() and not _STARS.match(line)]
    body, columns = _aligned(body, head)
    said = [ROW + " * * * "] if len(body) < len(lines) else []
    # below a heading printed before, a table has nothing in its first column
    unheaded = len(_columns(_lines(head))) - len(columns) == 1
    cells = [_cells_of([line[start:end] for line in body]) for start, end in columns]
    for row in _rows(cells, begun_by=1 if unheaded else 2):
        said += [ROW, *([CELL] if unheaded else []), *(CELL + cell for cell in row)]
    return "\n" + " ".join(said) + " " + ROW + "\n"


def _rows(columns: Sequence[Mapping[int, str]], begun_by: int) -> list[list[str]]:
    """The cells row by row, each column's by the line they begin on.

    A row begins where a cell of its first columns does, a country or an entity; what begins beside
    neither, a second citation, goes on with its column's cell.
    """
    begins = sorted({line for cells in columns[:begun_by] for line in cells} or {0})
    rows = [[""] * len(columns) for _ in begins]
    for at, cells in enumerate(columns):
        for line, cell in cells.items():
            row = rows[max(bisect_right(begins, line) - 1, 0)]
            row[at] = f"{row[at]}\n{cell}" if row[at] else cell
    return rows


Columns = list[tuple[int, int]]


def _lines(piece: str) -> list[str]:
    return [line.expandtabs().rstrip() for line in _LEADERS.sub(_blank, piece).splitlines()]


def _aligned(lines: list[str], head: str) -> tuple[list[str], Columns]:
    """The lines as their columns stand, and these: set before letters got names, or after.

    Of both ways the one with as many columns as the table has heads is right: a line out of
    place closes a gap, or makes a column of its own.
    """
    short = [spelled(line) for line in lines]
    if short == lines:
        return lines, _columns(lines)
    ways = ((lines, _columns(lines)), (short, _columns(short)))
    heads = len(_columns(_lines(head)))
    return min(ways, key=lambda way: abs(len(way[1]) - heads))


def _blank(leaders: re.Match[str]) -> str:
    """As many blanks: what stands behind must stay in its column."""
    return " " * len(leaders[0])


def _columns(lines: list[str]) -> Columns:
    """Where each column starts and ends: parted by two places that are blank in every line."""
    width = max((len(line) for line in lines), default=0)
    used = [any(len(line) > at and line[at] != " " for line in lines) for at in range(width)]
    starts = [at for at in range(width) if used[at] and (at < 2 or not any(used[at - 2 : at]))]
    if used[:2] == [True, True]:
        starts = [at for at in starts if at != 1]
    return list(zip(starts, [*starts, width][1:], strict=True))


def _cells_of(strip: list[str]) -> dict[int, str]:
    """One column's cells by the line they begin on.

    A line at the column's edge begins a cell, a line set in goes on with it.
    """
    cells, begun = dict[int, list[str]](), 0
    for at, line in enumerate(strip):
        if not line.strip():
            continue
        if line[0] != " " or not cells:
            begun = at
        cells.setdefault(begun, []).append(line.strip())
    return {at: "\n".join(cell) for at, cell in cells.items()}
