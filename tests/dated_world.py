"""A world with dated versions, and a monitor over it whose clock is moved by hand."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from monitor import wiring
from monitor.poll import Checked, check
from monitor.screening.event import Event
from monitor.service import Parts
from monitor.settings import load
from monitor.status.status import Status, statuses
from tests.upstream.parties import INSTITUTE, INSTITUTE_ALIASES
from tests.upstream.server import Upstream
from tests.upstream.wire import Request

CANARY = "Bharat Electronics Limited (BEL)"
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
    folder.mkdir(parents=True, exist_ok=True)
    lists = (
        f"    min_entries: {{EL: 10}}\n    max_shrink: {max_shrink}\n    canaries: ['{CANARY}']\n"
    )
    parts = {
        "csl": f"  csl:\n    enabled: true\n    urls: ['{up.csl_url}']\n{lists}",
        "ecfr": f"  ecfr:\n    enabled: true\n    base_url: {up.base_url}\n{lists}",
        "federal_register": (
            f"  federal_register:\n    enabled: true\n    base_url: {up.base_url}\n"
        ),
    }
    text = "user_agent: entity-list-monitor tests\ncontact: someone@example.org\nsources:\n"
    for source in sources:
        text += parts[source] + "    min_interval: 0s\n    timeout: 10s\n"
    (folder / "sources.yaml").write_text(text, encoding="utf-8")
    (folder / "watchlist.yaml").write_text(_watchlist(watches), encoding="utf-8")
    return folder


def _watchlist(watches: Sequence[str]) -> str:
    text = "watches:\n"
    for at, name in enumerate(watches):
        text += f'  - id: {"mps-ifs" if at == 0 else f"w{at}"}\n    name: "{name}"\n'
        if name == INSTITUTE:
            text += "    aliases:\n" + "".join(f'      - "{a}"\n' for a in INSTITUTE_ALIASES)
    return text


@dataclass
class Monitor:
    """The monitor as a test speaks to it."""

    parts: Parts
    times: list[datetime]
    rounds: list[Checked] = field(default_factory=list)

    def looks(self, only: str | None = None) -> list[Event]:
        """One round; its events."""
        self.rounds.append(check(self.parts, only))
        return list(self.rounds[-1].events)

    def waits(self, **by: float) -> None:
        """The clock moves on."""
        self.times[0] += timedelta(**by)

    def moves_to(self, moment: datetime) -> None:
        """The clock stands at this moment."""
        self.times[0] = moment

    def status(self, watch: str = "mps-ifs") -> Status:
        """The STATUS of a watch."""
        with self.parts.ledger.reading() as reading:
            found = statuses(self.parts, reading, self.parts.clock())
        return next(one for one in found if one.watch == watch)

    def spans(self, watch: str = "mps-ifs") -> list[tuple[str | None, str | None]]:
        """The history of a watch, without citations."""
        return [(one["from"], one["to"]) for one in self.status(watch).history]


@contextmanager
def monitor_over(folder: Path, data: Path, now: datetime) -> Iterator[Monitor]:
    """The monitor with this configuration and this data folder; opened again, it goes on."""
    times = [now]
    settings = load(folder, {"MONITOR_DATA_DIR": str(data)})
    with wiring.build(settings, lambda: times[0]) as parts:
        yield Monitor(parts, times)


def at(day: date, hour: int = 15) -> datetime:
    """A moment of a day, UTC."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def versions_asked(up: Upstream) -> list[Request]:
    """The full texts of dated versions that were asked for."""
    return up.asked("ecfr", "/full/")


def idle_versions(up: Upstream, count: int, *, first: date = date(2017, 2, 1)) -> None:
    """So many versions in the books, some weeks apart, that change nothing by themselves."""
    for number in range(count):
        day = first + timedelta(days=21 * number)
        if day < up.ecfr.newest:
            up.ecfr.amended_without_change(day)


def names(events: Sequence[Event]) -> list[str]:
    """The kinds of the events, in order."""
    return [event.kind.value for event in events]
