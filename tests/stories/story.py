"""A story told to the service: days of an upstream, in one process and without a socket.

`at` goes to a moment, looking on the way as often as the story says; what is done within happens
upstream; then the service looks. Times without a zone are Washington's. `told` is what came of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from monitor.judging.vouch import accept
from monitor.poll import Checked, check
from monitor.screening.event import Event
from monitor.screening.witness import WASHINGTON
from monitor.service import Service
from monitor.status.status import Status, statuses
from tests.installed import CANARY, WATCH
from tests.upstream.in_process import SOURCES, in_process
from tests.upstream.parties import institute, institute_in_csl
from tests.upstream.rules import rule
from tests.worlds import World

_LONG_AGO = date(2017, 1, 3)
_IDLE = timedelta(days=14)


def washington(said: str) -> datetime:
    """A time as Washington's clocks show it, or with a zone of its own; in UTC."""
    moment = datetime.fromisoformat(said)
    return (moment if moment.tzinfo else moment.replace(tzinfo=WASHINGTON)).astimezone(UTC)


@dataclass
class Story(World):
    """A world that is told of by the hour."""

    every: timedelta | None = None
    """How often the service looks between two moments of the story; only at them, where None."""
    events: list[Event] = field(default_factory=list)
    last: Checked = field(default_factory=lambda: Checked((), ()))
    """What the last look came to."""
    idle_rule: date | None = None
    """Day of the newest rule of no interest; one comes every two weeks."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.https = in_process(self.up)

    def begins(
        self,
        at: str,
        *,
        every: float | None = None,
        entries: int = 100,
        others: int = 5,
        institute_listed: bool = True,
        sources: tuple[str, ...] = SOURCES,
        watches: tuple[dict[str, object], ...] = (WATCH,),
        urls: tuple[str, ...] = (),
    ) -> None:
        """A furnished upstream, a service with bounds as an operator has them, and a first look.

        `every`: hours between looks.
        """
        self.every = timedelta(hours=every) if every else None
        self.moves_to(washington(at))
        self.up.is_furnished(entries, institute_listed=False, others=others)
        if institute_listed:
            self.up.lists(institute(), on=_LONG_AGO, csl_form=institute_in_csl())
        bounds: dict[str, object] = {
            "min_entries": {"EL": entries // 2}, "max_shrink": 0.03, "canaries": [CANARY],
        }  # fmt: skip
        self.watches(*watches)
        self.asks(*sources, urls=urls, csl=bounds, ecfr=bounds)
        self.tells()
        self.looks()

    @contextmanager
    def at(self, when: str, only: str | None = None) -> Iterator[None]:
        """A moment of the story; the service looks at its end, at one source or at all."""
        moment = washington(when)
        while self.every is not None and self.now + self.every < moment:
            self.moves_to(self.now + self.every)
            self.looks()
        self.moves_to(moment)
        yield
        self.looks(only)

    def ends_at(self, when: str) -> None:
        """Nothing more happens upstream until then."""
        with self.at(when):
            pass

    def later(self, only: str | None = None, **span: float) -> list[str]:
        """So much later the service looks; the kinds that are told."""
        self.moves_to(self.now + timedelta(**span))
        return [event.kind.value for event in self.looks(only).events]

    def looks(self, only: str | None = None) -> Checked:
        """One round, now."""
        self.last = check(self.running, only)
        self.events += self.last.events
        return self.last

    def vouches(self, source: str) -> None:
        """A person accepts what is held of a source."""
        with self.running.ledger.reading() as reading:
            held = {value.held_sha256 for value in reading.source_lists(source).values()}
        (sha,) = held - {None}
        assert sha is not None
        self.events += accept(self.running, sha, "somebody")

    @property
    def running(self) -> Service:
        """The service of the one process."""
        if self._service is None:
            self._service = self._open.enter_context(self.service())
        return self._service

    @property
    def today(self) -> date:
        """The newest business day of the eCFR."""
        return self.up.ecfr.newest

    @property
    def told(self) -> list[str]:
        """Every event: when by Washington's clocks, its kind, and whom or what it is about."""
        return [f"{_local(event.at)} {event.kind.value} {_subject(event)}" for event in self.events]

    def event(self, kind: str, number: int = 0) -> Event:
        """The first event of a kind, or the one of this number."""
        return [event for event in self.events if event.kind.value == kind][number]

    def says(self, kind: str, number: int = 0) -> str:
        """What it says."""
        event = self.event(kind, number)
        return f"{event.title} {event.summary}"

    def status(self, watch: str = "mps-ifs") -> Status:
        """How a watch stands now."""
        with self.running.ledger.reading() as reading:
            found = statuses(self.running, reading, self.now)
        return next(one for one in found if one.watch == watch)

    def moves_to(self, moment: datetime) -> None:
        """The clock stands there, the hosts are as they are by then, and nobody looks."""
        self.now = moment
        day = moment.astimezone(WASHINGTON).date()
        built = moment.replace(minute=15, second=0, microsecond=0)
        self.up.csl.is_rebuilt(built if built <= moment else built - timedelta(hours=1))
        # Saturday's and Sunday's newest date is that of Friday.
        self.up.ecfr.moves_to(day - timedelta(days=max(0, day.weekday() - 4)))
        if self.idle_rule is None or day - self.idle_rule >= _IDLE:
            self.idle_rule = day
            self.up.publishes(
                rule(
                    f"{day.year}-{90_000 + day.timetuple().tm_yday}",
                    title="Revisions to Paperwork",
                    instructions=("Section 744.1 is amended by revising the first sentence.",),
                    publication=day,
                    citation=f"{day.year - 1935} FR {30_000 + day.timetuple().tm_yday}",
                )
            )


def _local(at: str) -> str:
    return f"{washington(at).astimezone(WASHINGTON):%m-%d %H:%M}"


def _subject(event: Event) -> str:
    """The watch, else the source that it is about."""
    sources = [witness.source for witness in event.witnesses]
    return event.watch or (sources[0] if sources else "everything")
