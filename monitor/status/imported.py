"""What the lists say of the lines of watchlist.csv at once, before any look that follows.

By the rules that watches are bound and asked about by, over the lists as last accepted. What nobody
has read is said so, and is never "nothing near".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from monitor.ledger.read import Reading
from monitor.ledger.records import Key, Watched
from monitor.screening.cases import (
    Case,
    Decision,
    Likely,
    at_addresses,
    is_address_entry,
    near_rows,
    seen_again,
)
from monitor.screening.entry import Entry
from monitor.screening.parties import ListParties, Party, PartyRow
from monitor.screening.watch import Watch, names_digest
from monitor.screening.witness import LIST_SOURCES
from monitor.status.search import foreign_script


class LineResult(StrEnum):
    """What a list says of a line."""

    LISTED = "listed"
    POSSIBLE = "possible match"
    DIFFERENT = "decided different"
    NOTHING = "nothing near"
    SAME_ONLY = "no such name"
    """The watch does not ask about near names."""
    SCRIPT = "not comparable"
    """Its names are in a script that no list is written in."""
    UNREAD = "not read yet"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file on one list."""

    line: int
    watch: Watch
    list: str
    outcome: LineResult
    entry: Entry | None = None
    """The row that it is, or the likest."""
    score: float | None = None
    reasons: tuple[str, ...] = ()
    more: int = 0
    """Further rows that it is, or may be."""


def read_lines(reading: Reading, lines: Iterable[tuple[int, Watch]]) -> list[Line]:
    """What the lists say of these lines, in the order of the file."""
    lists: dict[str, _List] = {}
    found = []
    for number, watch in lines:
        for list_ in watch.lists:
            if list_ not in lists:
                lists[list_] = _List(reading, list_)
            found.append(lists[list_].line(number, watch))
    return found


def last_read(reading: Reading, lists: Iterable[str]) -> dict[str, dict[str, str]]:
    """Of each list, the sources that it was read from, with the days of their last good looks."""
    wanted = set(lists)
    days: dict[str, dict[str, str]] = {list_: {} for list_ in sorted(wanted)}
    for (source, list_), known in reading.source_lists().items():
        if list_ in wanted and known.accepted_sha256 and known.last_good_at:
            days[list_][source] = known.last_good_at.date().isoformat()
    return days


class _List:
    """One list as the ledger has it."""

    def __init__(self, reading: Reading, list_: str) -> None:
        self._list = list_
        known = reading.source_lists()
        carriers = [source for source in LIST_SOURCES if (source, list_) in known]
        self._rows = [row for source in carriers for row in reading.party_rows(source, list_)]
        self._adopted = reading.adopted(list_)
        self._bound = reading.bound(list_)
        self._known: dict[Key, Watched] = reading.watched()
        self._cases = reading.cases_of_list(list_)

    @cached_property
    def _parties(self) -> ListParties:
        return ListParties(self._rows)

    @cached_property
    def _by_party(self) -> Mapping[Party, PartyRow]:
        return self._parties.rows()

    @cached_property
    def _addresses(self) -> list[PartyRow]:
        return [row for row in self._by_party.values() if is_address_entry(row.entry)]

    def line(self, number: int, watch: Watch) -> Line:
        """What the list says of a line."""
        if not self._rows:
            return Line(number, watch, self._list, LineResult.UNREAD)
        names = watch.names_with(self._adopted.get((watch.id, self._list), ()))
        own = self._own(watch, names)
        if own:
            return Line(
                number, watch, self._list, LineResult.LISTED, own[0].entry, more=len(own) - 1
            )
        if all(foreign_script(name) for name in names):
            return Line(number, watch, self._list, LineResult.SCRIPT)
        likely = self._likely(watch, names)
        asked = [one for one in likely if not self._is_decided(watch, one)]
        if not likely:
            nothing = LineResult.SAME_ONLY if watch.near == "off" else LineResult.NOTHING
            return Line(number, watch, self._list, nothing)
        best, outcome = (asked or likely)[0], LineResult.POSSIBLE if asked else LineResult.DIFFERENT
        return Line(
            number, watch, self._list, outcome, best.row.entry, best.score, best.reasons,
            len(asked or likely) - 1,
        )  # fmt: skip

    def _own(self, watch: Watch, names: Sequence[str]) -> list[PartyRow]:
        """The rows of the parties that the watch is bound to, or will be."""
        known = self._known.get((watch.id, self._list))
        if known is not None and known.names == names_digest(watch):
            bound = self._bound.get(watch.id, ())
        else:
            bound = tuple(self._parties.bound(watch.id, names))
        rows = (self._by_party.get(one.party) for one in bound)
        return [row for row in rows if row is not None]

    def _likely(self, watch: Watch, names: Sequence[str]) -> list[Likely]:
        if watch.near == "off":
            return []
        near = near_rows(watch, names, self._parties.names, self._by_party)
        return [*near, *at_addresses(watch, self._addresses)]

    def _is_decided(self, watch: Watch, likely: Likely) -> bool:
        """Whether a person has said that this is somebody else, and nothing is new."""
        return any(
            case.decision is Decision.DIFFERENT and not _asks_again(case, watch, likely)
            for case in self._cases.get(watch.id, ())
            if case.party == likely.row.party
        )


def _asks_again(case: Case, watch: Watch, likely: Likely) -> bool:
    return seen_again(case, watch, likely, case.first_seen_at).open
