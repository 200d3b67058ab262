"""Tables and lines for people: color on a terminal, the same plain text wherever else it goes.

Color never says what a word does not. Away from a terminal a row is one line whatever its length,
so that what reads it finds the same text at any width. What upstreams wrote is cleaned here of all
that could steer a terminal.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import typer
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from monitor.cli.context import LONGEST
from monitor.notify.clean import one_line

GAP = 2
"""Blanks between two columns."""
_UNBROKEN = 35
"""Letters up to which a cell is kept on one line; an event's id has as many."""
_BROKEN = 16
"""Letters that a line of a longer cell has at least."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, and the style it has where there is color."""

    text: str
    style: str = ""


Row = Sequence[Cell | str | None]


def heading(text: str) -> None:
    """A line over what follows."""
    line(text, "bold")


def line(text: str = "", style: str = "") -> None:
    """A line; on a terminal it breaks at words."""
    console = _console()
    console.print(Text(one_line(text, LONGEST), style=style), soft_wrap=not console.is_terminal)


def items(texts: Sequence[str]) -> None:
    """Sentences below each other, set in; on a terminal they break at words."""
    console = _console()
    if not console.is_terminal:
        for text in texts:
            typer.echo(f"  {one_line(text, LONGEST)}")
        return
    grid = Table.grid(padding=(0, GAP, 0, 0))
    for text in texts:
        grid.add_row("", Text(one_line(text, LONGEST), overflow="fold"))
    console.print(grid)


def table(head: Sequence[str], rows: Sequence[Row]) -> None:
    """A table; columns in which no row says anything are left out.

    On a terminal too narrow for it each row becomes some lines of its own.
    """
    cells = [[_cell(one) for one in row] for row in rows]
    said = [at for at in range(len(head)) if any(row[at].text for row in cells)]
    if not said:
        return
    names = [head[at] for at in said]
    kept = [[row[at] for at in said] for row in cells]
    console = _console()
    if console.is_terminal:
        fits = _least(kept) <= console.width
        console.print(_drawn(names, kept) if fits else _stacked(names, kept))
    else:
        _plain(names, kept)


def _cell(given: Cell | str | None) -> Cell:
    cell = given if isinstance(given, Cell) else Cell(given or "")
    return Cell(one_line(cell.text), cell.style)


def _drawn(names: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Table:
    """As a terminal shows it: long texts break within their column."""
    drawn = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, header_style="bold")
    for at, name in enumerate(names):
        drawn.add_column(name, overflow="fold", no_wrap=_longest(rows, at) <= _UNBROKEN)
    for row in rows:
        drawn.add_row(*(Text(cell.text, style=cell.style) for cell in row))
    return drawn


def _stacked(names: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Table:
    """As a narrow terminal shows it: each cell beside its column's name, row after row."""
    grid = Table.grid(padding=(0, GAP, 0, 0))
    for at, row in enumerate(rows):
        if at:
            grid.add_row()
        for name, cell in zip(names, row, strict=True):
            if cell.text:
                grid.add_row(Text(name, style="bold"), Text(cell.text, cell.style, overflow="fold"))
    return grid


def _least(rows: Sequence[Sequence[Cell]]) -> int:
    """The narrowest terminal on which a table with these rows loses nothing."""
    longest = [_longest(rows, at) for at in range(len(rows[0]) if rows else 0)]
    return sum(GAP + (one if one <= _UNBROKEN else _BROKEN) for one in longest)


def _longest(rows: Sequence[Sequence[Cell]], at: int) -> int:
    return max((cell_len(row[at].text) for row in rows), default=0)


def _plain(names: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """As a file gets it: the columns of this table under each other, nothing cut or broken."""
    texts = [list(names), *([cell.text for cell in row] for row in rows)]
    widths = [max(cell_len(row[at]) for row in texts) for at in range(len(names))]
    for row in texts:
        padded = (
            text + " " * (width - cell_len(text))
            for text, width in zip(row, widths, strict=True)
        )  # fmt: skip
        typer.echo((" " * GAP).join(padded).rstrip())


def _console() -> Console:
    # Names are what upstreams wrote: neither marks of style nor smileys.
    return Console(markup=False, emoji=False, highlight=False)
