"""A post office for tests of delivery: a real ledger, real channels, a clock that can be moved.

It knows no source and no judgement: events are put in as a poll would, and `delivers` does what
`check` and the scheduler do with them.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from monitor.deliver import Delivery, deliver
from monitor.ledger import migrate
from monitor.ledger.bodies import Bodies
from monitor.ledger.engine import open_engine
from monitor.ledger.ledger import Ledger
from monitor.ledger.records import Notification
from monitor.notify.channels import Channel, Link, Named, WebhookTarget, open_channels
from monitor.screening.event import Event, Kind
from monitor.screening.words.event_text import utc
from monitor.service import Service
from tests.databases import DATABASES
from tests.installed import SECRET
from tests.notify.events import REMOVED

START = datetime(2023, 11, 17, 14, 0, tzinfo=UTC)


def hook(url: str, id_: str = "legal", *kinds: str) -> WebhookTarget:
    """A webhook on loopback."""
    return WebhookTarget(id=id_, url=url, secrets=(SECRET,), kinds=kinds)


def opened(
    *hooks: WebhookTarget, urls: Sequence[str] = (), timeout: float = 5.0
) -> tuple[Channel, ...]:
    """Channels as the configuration opens them."""
    return open_channels(
        None,
        "apprise.yaml",
        urls,
        hooks,
        Link(None),
        Named(frozenset({"mps-ifs"})),
        timeout=timeout,
    )


@dataclass
class Post:
    """One process at the outbox."""

    service: Service
    now: datetime = START
    told: int = field(default=0)

    def tells(self, kind: Kind = Kind.REMOVAL_CONFIRMED, watch: str | None = "mps-ifs") -> Event:
        """An event is decided, and queued for every channel that wants it."""
        self.told += 1
        event = replace(
            REMOVED, kind=kind, watch=watch, id=f"ev_{self.told:032}", at=utc(self.now),
            list="EL" if watch else None,
        )  # fmt: skip
        with self.service.ledger.judging() as tx:
            tx.add_event(event, poll=None, at=self.now)
            wanting = [channel.id for channel in self.service.told_of(event)]
            tx.add_notifications(event.id, wanting, self.now)
        return event

    def delivers(self) -> list[Delivery]:
        return deliver(self.service)

    def passes(self, **span: float) -> None:
        self.now += timedelta(**span)

    def lives(self, *, hours: float, every: float = 5.0) -> list[Delivery]:
        """Time goes by, in steps of so many minutes, and what is due is sent."""
        done: list[Delivery] = []
        for _ in range(int(hours * 60 / every)):
            self.passes(minutes=every)
            done += self.delivers()
        return done

    def has(self, *channels: Channel) -> None:
        """Other channels from now on, as after a restart."""
        self.service = replace(self.service, channels=channels)

    def letters(self, *statuses: str) -> list[Notification]:
        """Notifications, oldest first."""
        with self.service.ledger.reading() as reading:
            return reading.notifications(statuses=statuses, limit=10_000)[::-1]

    def kinds(self) -> list[str]:
        """Every event of the ledger, oldest first."""
        with self.service.ledger.reading() as reading:
            return [event.event.kind.value for event in reading.events(limit=None)][::-1]


@contextmanager
def post_office(
    folder: Path, *channels: Channel, now: datetime = START, url: str | None = None
) -> Iterator[Post]:
    """A process with a ledger in the folder, shared with every other of the same folder."""
    engine = open_engine(url or DATABASES.url(folder))
    migrate.upgrade(engine)
    ledger = Ledger(engine, Bodies(folder / "snapshots"))
    service = Service(
        clock=lambda: post.now, ledger=ledger, list_sources={}, register=None, bounds={},
        stale_after={}, watches=(), channels=channels, enabled=frozenset(), owner=uuid4().hex,
        real_clock=lambda: datetime.now(UTC),
    )  # fmt: skip
    post = Post(service, now)
    try:
        yield post
    finally:
        ledger.close()
