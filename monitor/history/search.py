"""Searching the dated versions for the stays of some parties, with few requests.

Which version to read next is `sources.ecfr_history`'s to say; here it is read, kept, and counted.
One version read serves every party. A search that stops says why and goes on where it stopped.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from monitor.errors import SourceFault
from monitor.history.bisect import Course, Sighting, course, next_date
from monitor.history.versions import Accepted, Dated, Unread, Version, dated
from monitor.ledger.history import Past, VersionSeen
from monitor.screening.decide.history import Mark, stays
from monitor.screening.entry import ENTITY_LIST, Reading
from monitor.screening.full_text import ListText
from monitor.screening.parties import ListParties, PartyRow
from monitor.screening.watch import Watch
from monitor.screening.words.message import say
from monitor.service import Service
from monitor.sources.ecfr.client import Ecfr

AT_MOST = 40
"""Versions read in one go: under a minute at one request a second."""
BLIND_FIRST = 16
"""So many versions are looked at where nothing is known, for every party first …"""
BLIND = 40
"""… and then so many. A stay too short to be met by these is left to the backfill, and told."""
MOST_UNREAD = 3
"""After so many dates without a believable text the rest waits for the next poll."""


@dataclass(slots=True)
class Search:
    """One attempt for the parties `watches`, by the digest of their names."""

    service: Service
    ecfr: Ecfr
    last: Accepted
    watches: Mapping[str, Watch]
    marks: dict[str, dict[date, Mark]] = field(default_factory=dict)
    before: Mapping[str, Past] = field(default_factory=dict)
    unread: dict[date, Unread] = field(default_factory=dict)
    asked: int = 0
    stopped: str | None = None

    def learned(self) -> list[Past]:
        """What is known of each party after it; nothing new where the versions cannot be had."""
        with self.service.ledger.reading() as reading:
            pasts = reading.history()
            self.marks = pasts.marks(self.watches)
            self.before, counts = pasts.of(self.watches), pasts.counts()
        days: tuple[date, ...] = ()
        try:
            versions = dated(self.service, self.ecfr, self.last, counts)
            days = tuple(versions.days)
            self._read(versions, days)
        except SourceFault as fault:
            self.stopped = fault.reason
        return [self._past(party, self._open(days)) for party in self.watches]

    def _read(self, versions: Dated, days: Sequence[date]) -> None:
        for blind in (BLIND_FIRST, BLIND):
            for party in self.watches:
                while (day := self._next(party, self._open(days), blind)) is not None:
                    if self.asked >= AT_MOST or len(self.unread) >= MOST_UNREAD:
                        return
                    self._keep(versions.read(day))

    def _next(self, party: str, days: Sequence[date], blind: int) -> date | None:
        marks = self.marks[party]
        starts = {mark.start for mark in marks.values() if mark.start is not None}
        hints = sorted(date.fromisoformat(start) for start in starts)
        return next_date(days, _sightings(marks), limit=blind, hints=hints)

    def _open(self, days: Sequence[date]) -> list[date]:
        """The dates that can be read, as far as is known."""
        return [day for day in days if day not in self.unread]

    def _keep(self, found: Version | Unread) -> None:
        self.asked += 1
        now = self.service.clock()
        if isinstance(found, Unread):
            self.unread[found.on] = found
            seen = VersionSeen(found.on, found.sha256, 0, found.reason, now)
            marks: dict[str, Mark] = {}
        else:
            seen = VersionSeen(found.on, found.sha256, found.rows, None, now)
            marks = marks_in(found.reading, self.watches)
        for party, mark in marks.items():
            self.marks[party][found.on] = mark
        with self.service.ledger.judging() as tx:
            tx.history().add_version(seen, marks)

    def _past(self, party: str, days: Sequence[date]) -> Past:
        now, remarks = self.service.clock(), unusable(self.unread.values())
        if self.stopped is not None:
            remarks.append(
                say("The eCFR's dated versions could not be read: {stopped}.", stopped=self.stopped)
            )
        proven = past_of(party, days, self.marks[party], now)
        if proven is None:
            old = self.before.get(party)
            remarks.append(say("Its past is not read to the end yet."))
            return Past(party, old.spans if old else None, tuple(remarks), done=False, at=now)
        return replace(
            proven, remarks=(*remarks, *proven.remarks), done=proven.done and not remarks
        )


def marks_in(reading: Reading, watches: Mapping[str, Watch]) -> dict[str, Mark]:
    """What one version says of each party.

    A party that no row names but the text holds apart from all of them is present, its citations
    unknown.
    """
    rows = reading.entries[ENTITY_LIST]
    parties = ListParties(PartyRow(row, at) for at, row in enumerate(rows))
    text = ListText(reading.text or "", rows)
    found: dict[str, Mark] = {}
    for party, watch in watches.items():
        own = [rows[one.party] for one in parties.bound(watch.id, watch.names)]
        if own:
            cited = tuple(dict.fromkeys(citation for row in own for citation in row.citations))
            start = min((row.start_date for row in own if row.start_date), default=None)
            found[party] = Mark(present=True, cited=cited, start=start)
        else:
            found[party] = Mark(any(text.holds_apart(name) for name in watch.names))
    return found


def past_of(
    party: str, days: Sequence[date], marks: Mapping[date, Mark], at: datetime
) -> Past | None:
    """The stays that the marks prove over these dates, and what could still hide between.

    None where a change is not dated to the version yet.
    """
    among = frozenset(days)
    seen = {day: mark for day, mark in marks.items() if day in among}
    sightings = _sightings(seen)
    if not seen or next_date(days, sightings, limit=BLIND_FIRST) is not None:
        return None
    proven = course(days, sightings)
    done = next_date(days, sightings, limit=BLIND) is None
    return Past(party, stays(proven.changes, seen), tuple(_gaps(proven, len(days))), done, at)


def unusable(unread: Iterable[Unread]) -> list[str]:
    """The versions that could not be used, in words."""
    return [
        say("The eCFR's version of {on} could not be used: {reason}.", on=one.on, reason=one.reason)
        for one in unread
    ]


def _sightings(marks: Mapping[date, Mark]) -> dict[date, Sighting]:
    return {
        day: Sighting(mark.present, None if mark.cited is None else frozenset(mark.cited))
        for day, mark in marks.items()
    }


def _gaps(proven: Course, versions: int) -> list[str]:
    """What was not looked at, in one sentence."""
    missing = sum(gap.versions for gap in proven.gaps)
    if not missing:
        return []
    first, last = proven.gaps[0].after, proven.gaps[-1].before
    said = say(
        "{missing} of the eCFR's {versions} dated versions, between {first} and "
        "{last}, were not searched for its past; `entity-monitor backfill` reads "
        "them all.",
        missing=missing,
        versions=versions,
        first=first,
        last=last,
    )
    return [said]
