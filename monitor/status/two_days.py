"""A list on two days held against each other: who came, who went, whose entry reads otherwise.

Both days are read in one source's text, the law's own where it knows them, as two sources write one
party differently and follow an act at different times.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.errors import UsageError
from monitor.ledger.read import Reading
from monitor.ledger.records import ListChange
from monitor.screening.change import Change, ChangeKind, compare
from monitor.screening.entry import display_key
from monitor.screening.names import name_key
from monitor.screening.words.message import say
from monitor.status.search import known_by


@dataclass(frozen=True, slots=True)
class Differs:
    """One entry that came, went or was amended, and the change that the act is known by."""

    change: Change
    by: ListChange | None


@dataclass(frozen=True, slots=True)
class TwoDays:
    """What differs between two days."""

    source: str
    first: str
    last: str | None
    """None for the list as it was read last."""
    sizes: tuple[int, int]
    """Rows on each of the days."""
    differs: Mapping[ChangeKind, tuple[Differs, ...]]
    reformatted: tuple[str, ...]
    """Fields that are written differently in very many rows: no amendments."""


def two_days(reading: Reading, list_: str, first: str, last: str | None) -> TwoDays:
    """The list of two days. Raises UsageError where one of them is not known."""
    if last is not None and last < first:
        raise UsageError(say("{last} is before {first}", last=last, first=first))
    later = known_by(reading, list_, last)
    both = [source for source in known_by(reading, list_, first) if source in later]
    if not both:
        raise UsageError(
            say(
                "no source is known to have had a text both on {first} and on {last}",
                first=first,
                last=last or say("today"),
            )
        )
    source = both[0]
    before, after = (reading.entries(source, list_, day) for day in (first, last))
    found = compare(before, after)
    moves = _latest(reading.moves(source, list_, first, last))
    differs = {
        kind: tuple(
            Differs(change, moves.get((kind.value, name_key(change.entries[-1].name))))
            for change in sorted(found.changes, key=lambda one: display_key(one.entries[-1]))
            if change.kind is kind
        )
        for kind in ChangeKind
    }
    sizes = len(before), len(after)
    return TwoDays(source, first, last, sizes, differs, found.reformatted)


def _latest(changes: list[ListChange]) -> dict[tuple[str, str], ListChange]:
    """The last addition and the last removal of each name."""
    found: dict[tuple[str, str], ListChange] = {}
    for change in changes:
        entry = change.after or change.before
        if entry is not None:
            found[change.kind, name_key(entry.name)] = change
    return found
