"""What `status`, `history` and `search` print for people.

On a terminal there is color, and text breaks at words. Anywhere else a row is one line whatever its
length, the same at any width. Color never says what a word does not. Text from upstream is cleaned
here of everything that could steer a terminal.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import typer
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from monitor.cli.context import LONGEST
from monitor.screening.event import Event
from monitor.screening.state import POSSIBLE_MATCH
from monitor.screening.witness import Act, PollOutcome
from monitor.screening.words.event_text import document
from monitor.screening.words.labels import EFFECTS, PENDING, STATES, VERDICTS, list_name
from monitor.screening.words.sanitize import one_line
from monitor.status.search import Found
from monitor.status.status import SourceStatus, Status

_UNBROKEN = 35
"""Letters up to which a column is not broken; an event's id has as many."""
_WIDE = 100_000
"""Columns of an output that is no terminal."""
_STATE_STYLES = {"listed": "bold blue", "not_listed": "bold green", "unknown": "bold red"}
_OUTCOME_STYLES = {PollOutcome.FAILED: "red", PollOutcome.QUARANTINED: "yellow"}


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    style: str = ""


Row = Sequence[Cell | str | None]


def line(text: str = "", style: str = "") -> None:
    _print(Text(one_line(text, LONGEST), style))


def items(texts: Sequence[str]) -> None:
    """Sentences below each other, indented."""
    for text in texts:
        _print(Padding(Text(one_line(text, LONGEST), overflow="fold"), (0, 0, 0, 2), expand=False))


def table(head: Sequence[str], rows: Sequence[Row]) -> None:
    """A table; columns that are empty in every row are left out.

    On a terminal too narrow for it each row becomes some lines of its own.
    """
    texts = [[_text(cell) for cell in row] for row in rows]
    used = [at for at in range(len(head)) if any(row[at] for row in texts)]
    if not used:
        return
    drawn = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for at in used:
        longest = max(row[at].cell_len for row in texts)
        drawn.add_column(Text(head[at]), overflow="fold", no_wrap=longest <= _UNBROKEN)
    for row in texts:
        drawn.add_row(*(row[at] for at in used))
    console = Console()
    wide = console.options.update_width(_WIDE)
    if console.is_terminal and console.measure(drawn, options=wide).minimum > console.width:
        drawn = Table.grid(padding=(0, 2, 0, 0))
        for row in texts:
            for at in used:
                drawn.add_row(Text(head[at], "bold"), row[at])
            drawn.add_row()
    _print(drawn)


def _text(given: Cell | str | None) -> Text:
    cell = given if isinstance(given, Cell) else Cell(given or "")
    return Text(one_line(cell.text), cell.style, overflow="fold")


def _print(drawn: RenderableType) -> None:
    # Names are upstream text: neither style markup nor emoji.
    console = Console(markup=False, emoji=False, highlight=False)
    if console.is_terminal:
        console.print(drawn)
        return
    console.width = _WIDE
    with console.capture() as captured:
        console.print(drawn)
    for printed in captured.get().splitlines():
        typer.echo(printed.rstrip())


# -- status, history, search ----------------------------------------------------------------------


def print_statuses(found: Sequence[Status], *, witnesses: bool) -> None:
    """Every state in a table, then each with its reasons.

    `witnesses` adds what each source says.
    """
    table(
        ("Watch", "List", "State", "Since", "By", "Last read (UTC)"),
        [
            (one.watch, one.list, state(one), one.since, one.citation,
             _time(one.checked_at, "never"))
            for one in found
        ],
    )  # fmt: skip
    for one in found:
        line()
        line(f"{one.watch} on the {list_name(one.list)}", "bold")
        items(one.reasons)
        if witnesses:
            line()
            _print_sources(one.sources)


def state(status: Status) -> Cell:
    """The state in words, with what is pending, or what was last known of an unknown one."""
    words, style = STATES[status.state], _STATE_STYLES[status.state]
    if status.state == "unknown":
        last = f" (was {STATES[status.last_known_state]})" if status.last_known_state else ""
        doubt = f", {PENDING[status.pending]}" if status.pending == POSSIBLE_MATCH else ""
        return Cell(words + doubt + last, style)
    if status.pending is not None:
        return Cell(f"{words}, {PENDING[status.pending]}", "bold yellow")
    return Cell(words, style)


def _print_sources(sources: Iterable[SourceStatus]) -> None:
    table(
        (
            "Source",
            "Says",
            "Text as of (UTC)",
            "Last read (UTC)",
            "Last poll (UTC)",
            "Rows",
            "Error",
        ),
        [
            (
                source.source,
                VERDICTS[source.verdict] if source.verdict else "read for acts",
                _time(source.as_of),
                _time(source.last_good_at, "never"),
                _outcome(source),
                f"{source.entries:,}" if source.entries is not None else "",
                Cell(source.error or "", "red"),
            )
            for source in sources
        ],
    )


def _outcome(source: SourceStatus) -> Cell:
    at = f"{_time(source.checked_at)} " if source.checked_at else ""
    style = _OUTCOME_STYLES.get(source.outcome, "") if source.outcome else ""
    return Cell(at + (source.outcome or "never polled"), style)


def print_history(status: Status, acts: Sequence[Act], events: Sequence[Event]) -> None:
    """When the party was listed, then its acts and events in the order of time.

    `events` come newest first.
    """
    line(f"{status.name} ({status.watch}) on the {list_name(status.list)}", "bold")
    items(status.reasons[:1])
    line()
    if status.history:
        spans = [(span["from"] or "not known", span["citation"], span["to"] or "now",
                  span["to_citation"]) for span in status.history]  # fmt: skip
        table(("Listed from", "By", "To", "By"), spans)
    else:
        known = status.last_known_state is not None
        line("Never listed as far as known." if known else "Nothing known yet.")
    rows = [(_dated(act), (_dated(act), "act", f"{document(act)} {EFFECTS[act.effect.value]}",
                           act.number)) for act in acts]  # fmt: skip
    rows += [(event.at, (_time(event.at), event.kind.value, event.title, event.id))
             for event in reversed(events)]  # fmt: skip
    if rows:
        line()
        table(
            ("Date (UTC)", "Kind", "Summary", "Id"),
            [row for _, row in sorted(rows, key=lambda row: row[0])],
        )
    rules = [f"{document(act)}: {act.url}" for act in acts if act.url]
    if rules:
        line()
        items(rules)


def _dated(act: Act) -> str:
    legal = act.legal_date()
    return legal.isoformat() if legal else ""


def print_found(found: Sequence[Found], remark: str | None = None) -> None:
    """`remark`: what to know of the search as it was asked."""
    if not found:
        line("No entry on the list resembles that name.")
    if remark:
        line(remark)
    if not found:
        return
    table(
        ("Similarity", "Name", "Country", "Since", "Why"),
        [
            (
                Cell(f"{one.score:.0f}", "bold green" if one.score == 100 else ""),
                one.entry.name,
                one.entry.country,
                one.entry.start_date,
                one.reason,
            )
            for one in found
        ],
    )
    line()
    line("Similarity compares names, in percent; only 100 is the same name.")


def _time(text: str | None, none: str = "") -> str:
    """An RFC 3339 time in UTC to the minute; a date stays a date."""
    if text is None:
        return none
    return f"{text[:10]} {text[11:16]}" if text.endswith("Z") else text
