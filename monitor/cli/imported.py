"""What the lists say of watchlist.csv, printed and written as CSV, for `config check`.

It reads the ledger as it is: nothing is polled, stored or migrated here.
"""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor import wiring
from monitor.cli.context import say
from monitor.errors import LedgerError, UsageError
from monitor.screening.words.labels import list_name
from monitor.settings import Settings
from monitor.status.imported import Line, LineResult, last_read, read_lines

_COLUMNS = (
    "line", "watch", "name", "country", "list", "result", "entry", "entry_country", "since",
    "citations", "score", "reasons", "further",
)  # fmt: skip
_ASKED = (LineResult.LISTED, LineResult.POSSIBLE, LineResult.DIFFERENT)
_TELLING = frozenset({*_ASKED, LineResult.SCRIPT, LineResult.SAME_ONLY})


@dataclass(frozen=True, slots=True)
class Compared:
    """The lines of watchlist.csv against the lists."""

    lines: list[Line]
    read: Mapping[str, Mapping[str, str]]
    """Of each list, the sources read, with the day of the last good look."""
    refusal: str | None = None
    """Why the ledger could not be asked."""

    def public(self) -> dict[str, Any]:
        """The document of `config check --json`."""
        return {
            "read": self.read,
            "refusal": self.refusal,
            "lines": [dict(zip(_COLUMNS, _cells(line), strict=True)) for line in self.lines],
        }


def compared(found: Settings) -> Compared | None:
    """What the lists say of each line; None where there is no watchlist.csv."""
    by_id = {watch.id: watch for watch in wiring.watches(found)}
    lines = [(line, by_id[id_]) for file in found.watch_files for line, id_ in file.lines]
    if not any(file.name_column for file in found.watch_files):
        return None
    unread = [
        Line(line, watch, list_, LineResult.UNREAD)
        for line, watch in lines
        for list_ in watch.lists
    ]
    try:
        with wiring.ledger_as_it_is(found) as ledger:
            if ledger is None:
                return Compared(unread, {})
            with ledger.reading() as reading:
                lists = {list_ for _, watch in lines for list_ in watch.lists}
                return Compared(read_lines(reading, lines), last_read(reading, lists))
    except LedgerError as error:
        return Compared(unread, {}, str(error))


def print_compared(found: Compared) -> None:
    """What a person has to look at as a table, and how many lines there are of each kind."""
    from monitor.cli.print import Cell, table

    if found.refusal:
        say(f"What the lists say of watchlist.csv could not be looked up: {found.refusal}")
        return
    for list_, sources in found.read.items():
        if sources:
            days = ", ".join(f"{source} of {day}" for source, day in sorted(sources.items()))
            say(f"Compared with the {list_name(list_)} as last read: {days}")
    styles = {LineResult.LISTED: "bold blue", LineResult.POSSIBLE: "bold red"}
    rows = [line for line in found.lines if line.outcome in _TELLING]
    table(
        ("Line", "Watched", "List", "Result", "Entry", "Country", "Score", "Why"),
        [
            (
                str(row.line),
                row.watch.name,
                row.list,
                Cell(row.outcome.value, styles.get(row.outcome, "")),
                _entry(row),
                row.entry.country if row.entry else "",
                _score(row),
                "; ".join(row.reasons),
            )
            for row in sorted(rows, key=lambda one: (list(LineResult).index(one.outcome), one.line))
        ],
    )
    counts = Counter(line.outcome for line in found.lines)
    said = ", ".join(f"{counts[kind]:,} {kind.value}" for kind in LineResult if counts[kind])
    say(f"watchlist.csv: {said or 'no line is watched'}")
    unread = sorted({line.list for line in found.lines if line.outcome is LineResult.UNREAD})
    for list_ in unread:
        say(
            f"The {list_name(list_)} has not been read yet: entity-monitor check reads it, and "
            "then this command says which lines are listed."
        )


def write_csv(path: Path, settings: Settings, found: Compared | None) -> int:
    """Every line of watchlist.csv, those that are not watched with the reason; how many.

    Raises UsageError where there is no watchlist.csv, or the file cannot be written.
    """
    if found is None:
        raise UsageError("there is no watchlist.csv beside watchlist.yaml")
    rows = sorted([*map(_cells, found.lines), *_skipped(settings)], key=lambda row: int(row[0]))
    try:
        # The mark at the beginning is what Excel knows UTF-8 by.
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(_COLUMNS)
            writer.writerows([_inert(cell) for cell in row] for row in rows)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error
    return len(rows)


def _cells(line: Line) -> Sequence[str]:
    entry = line.entry
    return (
        str(line.line), line.watch.id, line.watch.name, line.watch.country or "", line.list,
        line.outcome.value, entry.name if entry else "", (entry.country or "") if entry else "",
        (entry.start_date or "") if entry else "", "; ".join(entry.citations) if entry else "",
        _score(line), "; ".join(line.reasons), str(line.more or ""),
    )  # fmt: skip


def _skipped(settings: Settings) -> Iterator[Sequence[str]]:
    for file in settings.watch_files:
        for problem in file.skipped:
            reason = f"{problem.key}: {problem.message}" if problem.key else problem.message
            blank = [""] * len(_COLUMNS)
            blank[0], blank[5], blank[11] = str(problem.line or 0), "skipped", reason
            yield blank


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; names come from whoever wrote the table."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def _entry(line: Line) -> str:
    if line.entry is None:
        return ""
    return f"{line.entry.name} (and {line.more} more)" if line.more else line.entry.name


def _score(line: Line) -> str:
    return f"{line.score:.2f}" if line.score is not None else ""
