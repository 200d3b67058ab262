"""What `status`, `history` and `search` print for people."""

from collections.abc import Iterable, Sequence

from monitor.cli.tables import Cell, heading, items, line, table
from monitor.screening.event import Event
from monitor.screening.witness import Act, Effect
from monitor.screening.words.event_text import document, list_name
from monitor.status.search import Found
from monitor.status.status import SourceStatus, Status

_STATES = {
    "listed": Cell("listed", "bold blue"),
    "not_listed": Cell("not listed", "bold green"),
    "unknown": Cell("cannot tell", "bold red"),
}
_PENDING = {
    "removal_announced": "removal announced",
    "removal_suspected": "removal suspected",
    "listing_announced": "listing announced",
    "listing_suspected": "listing suspected",
}
_VERDICTS = {"listed": "lists it", "absent": "does not list it", "unknown": "cannot be told"}
_OUTCOMES = {"failed": "red", "quarantined": "yellow"}
_EFFECTS = {
    Effect.ADDS: "adds the entry",
    Effect.REMOVES: "removes the entry",
    Effect.REVISES: "revises the entry",
    Effect.UNCLEAR: "names the party; a person should read it",
}


def tell_statuses(found: Sequence[Status], *, witnesses: bool) -> None:
    """Every state in a table, then each with its reasons.

    `witnesses` adds what each source says.
    """
    table(
        ("Watch", "List", "State", "Since", "By", "Last good look (UTC)"),
        [
            (
                one.watch,
                one.list,
                state(one),
                one.since,
                one.citation,
                _time(one.checked_at, "none"),
            )
            for one in found
        ],
    )
    for one in found:
        line()
        heading(f"{one.watch} on the {list_name(one.list)}")
        items(one.reasons)
        if witnesses:
            line()
            _tell_witnesses(one.sources)


def state(one: Status) -> Cell:
    """The state in words; what is pending beside it, what was last known where nothing is."""
    known = _STATES[one.state]
    if one.state == "unknown":
        last = f" (was {_STATES[one.last_known_state].text})" if one.last_known_state else ""
        return Cell(known.text + last, known.style)
    if one.pending is not None:
        return Cell(f"{known.text}, {_PENDING[one.pending]}", "bold yellow")
    return known


def _tell_witnesses(sources: Iterable[SourceStatus]) -> None:
    table(
        (
            "Source",
            "Says",
            "Text as of (UTC)",
            "Last good look (UTC)",
            "Last look (UTC)",
            "Rows",
            "Trouble",
        ),
        [
            (
                one.source,
                _VERDICTS[one.verdict] if one.verdict else "read for acts",
                _time(one.as_of),
                _time(one.last_good_at, "none"),
                _outcome(one),
                f"{one.entries:,}" if one.entries is not None else "",
                Cell(one.error or "", "red"),
            )
            for one in sources
        ],
    )


def _outcome(one: SourceStatus) -> Cell:
    said = one.outcome or "never polled"
    at = f"{_time(one.checked_at)} " if one.checked_at else ""
    return Cell(at + said, _OUTCOMES.get(said, ""))


def tell_history(one: Status, acts: Sequence[Act], events: Sequence[Event]) -> None:
    """When the party was listed, and in the order of time the acts and what was told.

    `events` come newest first.
    """
    heading(f"{one.name} ({one.watch}) on the {list_name(one.list)}")
    items(one.reasons[:1])
    line()
    if one.history:
        spans = [(span["from"] or "not known", span["citation"], span["to"] or "now",
                  span["to_citation"]) for span in one.history]  # fmt: skip
        table(("Listed from", "By", "To", "By"), spans)
    else:
        known = one.last_known_state is not None
        line("Never known to be listed." if known else "Nothing is known so far.")
    told = [(_dated(act), (_dated(act), "act", f"{document(act)} {_EFFECTS[act.effect]}",
                           act.number)) for act in acts]  # fmt: skip
    told += [(event.at, (_time(event.at), event.kind.value, event.title, event.id))
             for event in reversed(events)]  # fmt: skip
    if told:
        line()
        table(
            ("On (UTC)", "What", "Told", "See"),
            [row for _, row in sorted(told, key=lambda one: one[0])],
        )
    rules = [f"{document(act)}: {act.url}" for act in acts if act.url]
    if rules:
        line()
        items(rules)


def _dated(act: Act) -> str:
    legal = act.legal_date()
    return legal.isoformat() if legal else ""


def tell_found(found: Sequence[Found]) -> None:
    """What a search brought up, the nearest first."""
    if not found:
        line("Nothing on the list is near that name.")
        return
    table(
        ("Likeness", "Name", "Country", "Since", "Why"),
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
    line("Likeness is of spelling, in percent; only 100 is the same name.")


def _time(text: str | None, none: str = "") -> str:
    """An RFC 3339 time as people read it, in UTC to the minute; a date stays a date."""
    if text is None:
        return none
    return f"{text[:10]} {text[11:16]}" if text.endswith("Z") else text
