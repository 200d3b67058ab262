"""The rows of a list on a day or between two, each with the act that began and ended it.

They are the rows that a search of that day finds: the law's own text, and what only the CSL has. A
row of the CSL that the law's text covers for a time is left out for that time, so the list of any
day can be made again of the rows that stood on it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain

from monitor.errors import UsageError
from monitor.ledger.engine import chunks
from monitor.ledger.list_rows import ListRows, RowPlace, Turn, Turns
from monitor.ledger.read import Reading
from monitor.screening.entry import Entry
from monitor.screening.names import NameIndex
from monitor.screening.uncovered import Times, uncovered
from monitor.screening.witness import LIST_SOURCES, Source
from monitor.status.export.stays import Stay, Stays
from monitor.status.search import known_by

_STANDS = "9999-12-31"
"""Sorts a row that still stands behind those that ended."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days asked for, both of them included. ISO dates; None: the list as it was read last."""

    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A row of a list with the time for which it stood there."""

    entry: Entry
    begins: str
    """The first day that is known to have it."""
    ends: str | None
    """The first day without it; None while it stands."""
    began: Turn
    ended: Turn
    stay: Stay
    """The whole time of its party on the list, through every amendment."""

    @property
    def citation(self) -> str | None:
        """The act that began it; for a row that always stood there, the newest that it cites."""
        return self.began.citation or (self.entry.citations or (None,))[-1]

    def public(self) -> dict[str, object]:
        """ENTRY, and when it stood there."""
        return {
            **asdict(self.entry),
            "from": self.begins,
            "to": self.ends,
            "began": self.began.kind,
            "citation": self.citation,
            "document_number": self.began.document_number,
            "ended": self.ended.kind,
            "to_citation": self.ended.citation,
            "to_document_number": self.ended.document_number,
        }


def listed_rows(reading: Reading, list_: str, days: Days) -> Iterator[ListedRow]:
    """Every row that was on the list on one of these days, by name and then by time.

    Raises UsageError, before the first row, where one of the days is not known.
    """
    for day in dict.fromkeys((days.first, days.last)):
        known_by(reading, list_, day)
    _without_hole(reading, list_, days)
    rows = reading.list_rows(list_)
    turns = rows.turns()
    every = {source: rows.places(source) for source in LIST_SOURCES}
    followed = Stays(chain.from_iterable(every.values()), turns)
    return _made(rows, _standing(rows, every, days), turns, followed)


def gaps(reading: Reading, list_: str, days: Days) -> list[str]:
    """What is not known of the days between, in sentences: versions that could not be used."""
    coverage = reading.entry_history(Source.ECFR, list_).coverage()
    return [
        f"the list from {gap.begins} until {gap.ends} is unknown: the eCFR version was unusable "
        f"({gap.reason}); what changed in it stands under {gap.ends}"
        for gap in coverage.gaps
        if days.first is not None
        and gap.ends > days.first
        and (days.last is None or gap.begins <= days.last)
    ]


def _without_hole(reading: Reading, list_: str, days: Days) -> None:
    """Raises UsageError where a backfill has not yet come to some of the days."""
    law = reading.entry_history(Source.ECFR, list_)
    until, horizon = law.coverage().until, law.horizon()
    begun = reading.entry_history(Source.CSL, list_).first_poll()
    if until is None or horizon is None or days.first is None:
        return
    ends = min(horizon, begun or horizon)
    if until < ends and days.first < ends and (days.last is None or days.last >= until):
        raise UsageError(
            f"no text is known from {until} until {ends}; `entity-monitor backfill` goes on there"
        )


def _standing(
    rows: ListRows, every: Mapping[Source, Sequence[RowPlace]], days: Days
) -> list[tuple[RowPlace, Times]]:
    """The rows with the times at which they count, in the order of the file."""
    law = every[Source.ECFR]
    csl = [place for place in every[Source.CSL] if _asked((place.begins, place.ends), days)]
    found = [(place, (place.begins, place.ends)) for place in law]
    # Whatever days are asked for: a row's own times hang on the law's rows of all days.
    covers = NameIndex(_names(rows, law if csl else ()))
    for some in chunks(csl):
        bodies = rows.bodies(place.id for place in some)
        for place in some:
            same = (times for name in bodies[place.id].names for times in covers.find(name))
            found += [(place, left) for left in uncovered((place.begins, place.ends), same)]
    there = [one for one in found if _asked(one[1], days)]
    return sorted(there, key=lambda one: _order(*one))


def _names(rows: ListRows, places: Sequence[RowPlace]) -> Iterator[tuple[str, Times]]:
    """Every name that the law's rows bear, with the times of the row."""
    for some in chunks(places):
        bodies = rows.bodies(place.id for place in some)
        for place in some:
            for name in bodies[place.id].names:
                yield name, (place.begins, place.ends)


def _asked(times: Times, days: Days) -> bool:
    """Whether a row stood on one of the days, and on any day at all."""
    begins, ends = times
    if days.first is None:
        return ends is None
    until = ends or _STANDS
    return until > max(days.first, begins) and (days.last is None or begins <= days.last)


def _order(place: RowPlace, times: Times) -> tuple[str, ...]:
    return (place.name_key, times[0], times[1] or _STANDS, place.source, place.digest)


def _made(
    rows: ListRows, standing: Sequence[tuple[RowPlace, Times]], turns: Turns, followed: Stays
) -> Iterator[ListedRow]:
    """The rows, their bodies read some at a time."""
    for some in chunks(standing):
        bodies = rows.bodies(place.id for place, _ in some)
        for place, (begins, ends) in some:
            began = turns.began.get((place.source, begins, place.digest), Turn())
            ended = turns.ended.get((place.source, ends or "", place.digest), Turn())
            yield ListedRow(bodies[place.id], begins, ends, began, ended, followed.of(place))
