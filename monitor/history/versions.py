"""The codified list as it stood on past dates: asked for one by one, and believed only with reason.

A dated version is read once and held against its neighbors: one that lost more rows than an
operator holds possible is believed only if the version after it has lost them too. A version that
cannot be had or believed is a value with its reason; a host that does not answer is a SourceFault.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from monitor.errors import SourceFault
from monitor.screening.entry import ENTITY_LIST, Entry, Reading
from monitor.screening.witness import Source
from monitor.screening.words.message import say
from monitor.service import Service
from monitor.sources.ecfr.client import FIRST_DATE, Ecfr
from monitor.sources.ecfr.table import appendix_of, read
from monitor.sources.source import digest


@dataclass(frozen=True, slots=True)
class Version:
    """A dated version that is believed."""

    on: date
    sha256: str
    reading: Reading
    list: str = ENTITY_LIST

    @property
    def rows(self) -> int:
        """Rows of its table."""
        return self.reading.counts[self.list]

    @property
    def entries(self) -> dict[str, Entry]:
        """Its entries, by digest."""
        return {entry.digest(): entry for entry in self.reading.entries[self.list]}


@dataclass(frozen=True, slots=True)
class Unread:
    """A dated version from which nothing can be learned."""

    on: date
    reason: str
    sha256: str | None = None


@dataclass(slots=True)
class Dated:
    """The dated versions up to the text accepted last."""

    ecfr: Ecfr
    days: Sequence[date]
    """The dates to ask for, ascending; the last is that of the accepted text."""
    max_shrink: float
    counts: dict[date, int] = field(default_factory=dict)
    """Rows of the versions believed so far, the accepted text's included."""
    list: str = ENTITY_LIST
    _ahead: tuple[date, Version | Unread] | None = None

    def read(self, day: date) -> Version | Unread:
        """The version of a date. Raises SourceFault where the host does not answer as it should."""
        found = self._ask(day)
        if isinstance(found, Unread):
            return found
        doubt = self._doubt(found)
        if doubt is not None:
            return Unread(day, doubt, found.sha256)
        self.counts[day] = found.rows
        return found

    def _ask(self, day: date) -> Version | Unread:
        if self._ahead is not None and self._ahead[0] == day:
            return self._ahead[1]
        try:
            found, cut = self._asked(day)
            # A text cut on its way comes as a 200; only one that comes so again is the host's own.
            return self._asked(day)[0] if cut else found
        except SourceFault as fault:
            # A date the versioner has no text for says nothing of the other dates.
            if fault.status == 404:
                return Unread(day, fault.reason)
            raise

    def _asked(self, day: date) -> tuple[Version | Unread, bool]:
        """One answer, and whether it may have been cut. Raises SourceFault where none came."""
        body = self.ecfr.full(day, appendix_of(self.list)).body
        try:
            return Version(day, digest(body), read(body, self.list), self.list), False
        except SourceFault as fault:
            return Unread(day, fault.reason, digest(body)), not fault.at_once

    def _doubt(self, found: Version) -> str | None:
        """Why the version cannot be believed: rows lost that the next one still has."""
        before = max((day for day in self.counts if day < found.on), default=None)
        least = 0.0 if before is None else self.counts[before] * (1 - self.max_shrink)
        accepted = self.counts.get(found.on)
        if accepted is not None:
            least = max(least, accepted * (1 - self.max_shrink))
        if found.rows >= least:
            return None
        after = self._rows_after(found.on) if accepted is None else accepted
        if after is not None and after < least:
            return None
        return say(
            "it has {rows} rows, and the version before or after it {least:.0f} or more",
            rows=found.rows,
            least=least,
        )

    def _rows_after(self, day: date) -> int | None:
        """Rows of the next version; None where that cannot be read."""
        later = next((one for one in self.days if one > day), None)
        if later is None:
            return None
        if later in self.counts:
            return self.counts[later]
        self._ahead = (later, self._ask(later))
        ahead = self._ahead[1]
        return ahead.rows if isinstance(ahead, Version) else None


@dataclass(frozen=True, slots=True)
class Accepted:
    """The text of the codified list that was accepted last."""

    on: date
    rows: int


def accepted(service: Service, list_: str = ENTITY_LIST) -> Accepted | None:
    """The accepted text, if there is one that says of which date it is."""
    with service.ledger.reading() as reading:
        known = reading.source_lists(Source.ECFR).get((Source.ECFR, list_))
    if known is None or known.as_of is None or known.accepted_sha256 is None:
        return None
    return Accepted(date.fromisoformat(known.as_of[:10]), known.rows)


def dated(
    service: Service,
    ecfr: Ecfr,
    last: Accepted,
    counts: Mapping[date, int],
    list_: str = ENTITY_LIST,
) -> Dated:
    """Every date to ask for. Raises SourceFault where the versions cannot be listed."""
    listed = ecfr.version_dates(appendix=appendix_of(list_))
    days = sorted({last.on, *(day for day in listed if FIRST_DATE <= day <= last.on)})
    believed = {**counts, last.on: last.rows}
    return Dated(ecfr, days, service.bounds[Source.ECFR].max_shrink, believed, list_)
