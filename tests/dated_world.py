"""A world with dated versions, and a monitor over it whose clock is moved by hand."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from monitor.poll import Checked, check
from monitor.screening.event import Event
from monitor.service import Service
from monitor.status.status import Status, statuses
from tests.installed import CANARY, WATCH, Clock, asking, opened, write
from tests.upstream.parties import INSTITUTE
from tests.upstream.server import Upstream
from tests.upstream.wire import Request

REMOVED = date(2023, 11, 17)


def write_config(
    folder: Path,
    up: Upstream,
    *,
    sources: Sequence[str] = ("csl", "ecfr"),
    watches: Sequence[str] = (INSTITUTE,),
    max_shrink: float = 0.2,
) -> Path:
    """A config folder for this world; the first watch is `mps-ifs`, others are `w1` and so on."""
    bounds = {"min_entries": {"EL": 10}, "max_shrink": max_shrink, "canaries": [CANARY]}
    write(folder, "sources.yaml", asking(up, sources, timeout="10s", bounds=bounds))
    named = [
        {**(WATCH if name == INSTITUTE else {"name": name}), "id": f"w{at}" if at else "mps-ifs"}
        for at, name in enumerate(watches)
    ]
    write(folder, "watchlist.yaml", {"watches": named})
    return folder


@dataclass
class Monitor:
    """The monitor as a test speaks to it."""

    service: Service
    clock: Clock
    rounds: list[Checked] = field(default_factory=list)

    def looks(self, only: str | None = None) -> list[Event]:
        """One round; its events."""
        self.rounds.append(check(self.service, only))
        return list(self.rounds[-1].events)

    def waits(self, **by: float) -> None:
        """The clock moves on."""
        self.clock.goes(**by)

    def moves_to(self, moment: datetime) -> None:
        """The clock stands at this moment."""
        self.clock.now = moment

    def status(self, watch: str = "mps-ifs") -> Status:
        """The STATUS of a watch."""
        with self.service.ledger.reading() as reading:
            found = statuses(self.service, reading, self.service.clock())
        return next(one for one in found if one.watch == watch)

    def spans(self, watch: str = "mps-ifs") -> list[tuple[str | None, str | None]]:
        """The history of a watch, without citations."""
        return [(stay["from"], stay["to"]) for stay in self.status(watch).history]


@contextmanager
def monitor_over(folder: Path, data: Path, now: datetime) -> Iterator[Monitor]:
    """The monitor with this configuration and this data folder; opened again, it goes on."""
    clock = Clock(now)
    with opened(folder, {"MONITOR_DATA_DIR": str(data)}, clock) as service:
        yield Monitor(service, clock)


def at(day: date, hour: int = 15) -> datetime:
    """A moment of a day, UTC."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def versions_asked(up: Upstream) -> list[Request]:
    """The full texts of dated versions that were asked for."""
    return [one for one in up.asked("ecfr", "/full/") if one.value("appendix") is not None]


def idle_versions(up: Upstream, count: int, *, first: date = date(2017, 2, 1)) -> None:
    """So many versions in the books, some weeks apart, that change nothing by themselves."""
    for number in range(count):
        day = first + timedelta(days=21 * number)
        if day < up.ecfr.newest:
            up.ecfr.amended_without_change(day)


def names(events: Sequence[Event]) -> list[str]:
    """The kinds of the events, in order."""
    return [event.kind.value for event in events]
