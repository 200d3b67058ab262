"""A service over lists given as rows: for tests in which what a list says matters, not how it came.

Real polling, judging and SQLite; the sources hand over readings instead of asking a host.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.ledger import migrate
from monitor.ledger.bodies import Bodies
from monitor.ledger.engine import open_engine
from monitor.ledger.ledger import Ledger
from monitor.poll import Checked, check
from monitor.screening.entry import ENTITY_LIST, Entry, Reading, UnreadRow
from monitor.screening.event import Event
from monitor.screening.plausibility import Bounds
from monitor.screening.watch import Watch
from monitor.service import Service
from monitor.sources.source import Fetched, Memory, digest
from monitor.status.status import statuses
from tests.databases import DATABASES

START = datetime(2023, 11, 8, 15, tzinfo=UTC)


@dataclass
class GivenList:
    """A source that says what it was last given."""

    name: str
    readings: dict[bytes, Reading] = field(default_factory=dict)
    body: bytes = b""
    as_of: str | None = None

    def gives(
        self,
        rows: Iterable[Entry],
        *,
        text: str | None = None,
        as_of: str | None = None,
        unread: Iterable[UnreadRow] = (),
    ) -> None:
        """From now on the list holds these rows, and the text where absence is told from it.

        `unread`: rows beside them that cannot be read.
        """
        entries = tuple(replace(row, source=self.name) for row in rows)
        lists = sorted({entry.list for entry in entries} | {ENTITY_LIST})
        by_list = {list_: tuple(row for row in entries if row.list == list_) for list_ in lists}
        counts = {one: len(some) for one, some in by_list.items()}
        self.body, self.as_of = f"{self.name} {len(self.readings)}".encode(), as_of
        self.readings[self.body] = Reading(by_list, counts, text=text, unread=tuple(unread))

    def gives_reading(self, reading: Reading) -> None:
        """From now on the list is this reading, of a real text."""
        self.body = f"{self.name} {len(self.readings)}".encode()
        self.readings[self.body] = reading

    def look(self, memory: Memory) -> Fetched:
        sha = digest(self.body)
        if sha == memory.known:
            return Fetched("given:", sha, self.body, media="xml")
        return Fetched("given:", sha, self.body, self.readings[self.body], self.as_of, "xml")

    def read(self, body: bytes, media: str, lists: frozenset[str]) -> Reading:
        return self.readings[body]


def plain_text(rows: Iterable[Entry]) -> str:
    """A text that holds the rows and nothing else."""
    return "\n".join(
        "; ".join((*row.names, *row.addresses, row.license_policy or "")) for row in rows
    )


@dataclass
class Listed:
    """Watches over the lists of one or two sources."""

    folder: Path
    watches: Sequence[Watch]
    now: datetime = START
    sources: tuple[str, ...] = ("ecfr", "csl")
    lists: dict[str, GivenList] = field(init=False)
    service: Service = field(init=False)
    events: list[Event] = field(default_factory=list)
    _open: ExitStack = field(default_factory=ExitStack)

    def __post_init__(self) -> None:
        """A ledger of its own; nothing is told to anybody."""
        self.lists = {name: GivenList(name) for name in self.sources}
        engine = open_engine(DATABASES.url(self.folder))
        migrate.upgrade(engine)
        ledger = Ledger(engine, Bodies(self.folder / "snapshots"))
        self._open.callback(ledger.close)
        self.service = Service(
            clock=lambda: self.now,
            ledger=ledger,
            list_sources=self.lists,
            register=None,
            bounds={name: Bounds(max_shrink=0.9) for name in self.sources},
            stale_after=dict.fromkeys(self.sources, 90 * 86_400.0),
            watches=tuple(self.watches),
            channels=(),
            enabled=frozenset(self.sources),
            owner="tests",
            real_clock=lambda: self.now,
        )

    def closes(self) -> None:
        self._open.close()

    def checks(self, *, after: timedelta = timedelta(hours=1)) -> Checked:
        """So much later every source is polled."""
        self.now += after
        checked = check(self.service)
        assert checked.all_good, [poll.reasons for poll in checked.polls]
        self.events += checked.events
        return checked

    def kinds(self) -> dict[str, list[str]]:
        """By watch, the kinds of its events so far, the baseline left out."""
        found: dict[str, list[str]] = {watch.id: [] for watch in self.watches}
        for event in self.events:
            if event.watch is not None and event.kind.value != "baseline":
                found[event.watch].append(event.kind.value)
        return found

    def states(self) -> Mapping[str, str]:
        """By watch, STATUS's state."""
        with self.service.ledger.reading() as reading:
            return {
                status.watch: status.state for status in statuses(self.service, reading, self.now)
            }
