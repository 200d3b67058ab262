"""A watch over time, told poll by poll: the builder that the tests of the rules speak through.

It keeps the testimonies as the ledger does, by the rules of `decide.testimony`, and hands `assess`
one facts after the other. It judges nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from monitor.screening.change import Change
from monitor.screening.decide.assess import assess
from monitor.screening.decide.rules import Facts, stays_open
from monitor.screening.decide.testimony import SourceList, StoredTestimony, Testimony
from monitor.screening.entry import Entry
from monitor.screening.event import Event
from monitor.screening.state import Span, WatchState
from monitor.screening.watch import Watch
from monitor.screening.witness import Act, Circumstances, Effect, Stage, Verdict

INSTITUTE = Watch("mps-ifs", "Institute of Forensic Science", ("Identification Center",))
MONDAY = datetime(2023, 11, 13, 15, 0, tzinfo=UTC)
"""Ten in the morning in Washington."""
SOURCES = ("ecfr", "csl")


def row(source: str = "csl", country: str = "CN", **said: Any) -> Entry:
    """The watch's entry as a source publishes it."""
    plain = Entry(
        list="EL",
        name=INSTITUTE.name,
        addresses=("No. 18 West Road",),
        country=country,
        citations=("85 FR 34505",),
        start_date="2020-06-05",
        source=source,
    )
    return replace(plain, **said)


def act(
    effect: str = "removes",
    *,
    number: str = "2023-25557",
    published: str | None = "2023-11-17",
    effective: str | None = "2023-11-16",
    inspection: bool = False,
    withdrawn: bool = False,
    places: Sequence[str] = ("CN",),
    **more: Any,
) -> Act:
    """A Federal Register document that does something to the watch."""
    stage = Stage.WITHDRAWN if withdrawn else Stage.INSPECTION if inspection else Stage.DOCUMENT
    plain = Act(
        number=number,
        stage=stage,
        effect=Effect(effect),
        list="EL",
        destinations=tuple(places),
        publication_date=published,
        effective_on=effective,
        citation=None if inspection else "88 FR 80131",
        url="https://www.federalregister.gov/d/2023-25557",
        quote="b. By removing the entry for it",
        seen_at=MONDAY,
    )
    return replace(plain, **more)


@dataclass
class Story:
    """One watch on the Entity List, from its first poll on."""

    sources: tuple[str, ...] = SOURCES
    now: datetime = MONDAY
    state: WatchState = field(default_factory=lambda: WatchState("mps-ifs", "EL"))
    acts: list[Act] = field(default_factory=list)
    past: tuple[Span, ...] = ()
    rows: tuple[Entry, ...] = field(default_factory=lambda: (row(),))
    """How the watch stands on a list that lists it."""
    stale_after: timedelta = timedelta(days=4)
    events: list[Event] = field(default_factory=list)
    """Every event so far."""
    _words: dict[str, StoredTestimony] = field(default_factory=dict)
    _lists: dict[str, SourceList] = field(default_factory=dict)
    _poll: int = 0

    @classmethod
    def listed(cls, *sources: str, now: datetime = MONDAY, **more: object) -> "Story":
        """All sources list it, and its baseline has been told."""
        return cls._begun("listed", sources, now, more)

    @classmethod
    def not_listed(cls, *sources: str, now: datetime = MONDAY, **more: object) -> "Story":
        """No source lists it, and its baseline has been told."""
        return cls._begun("absent", sources, now, more)

    @classmethod
    def _begun(
        cls, verdict: str, sources: tuple[str, ...], now: datetime, more: dict[str, object]
    ) -> "Story":
        story = cls(sources=sources or SOURCES, now=now, **more)  # type: ignore[arg-type]
        assert story.polls(*((source, verdict) for source in story.sources)) == ["baseline"]
        return story

    # -- what happens

    def polls(
        self,
        *said: tuple[str, str],
        after: float = 0.0,
        changes: Iterable[Change] = (),
        as_of: date | None = None,
    ) -> list[str]:
        """So many hours later these sources are polled, in this order; the kinds of the events."""
        self.now += timedelta(hours=after)
        kinds: list[str] = []
        for at, (source, verdict) in enumerate(said):
            self._poll += 1
            self._say(source, Verdict(verdict), as_of)
            awaiting = frozenset(name for name, _ in said[at + 1 :])
            kinds += self._judged(awaiting=awaiting, changes=tuple(changes), source=source)
        return kinds

    def csl(self, verdict: str, *, after: float = 1.0) -> list[str]:
        """An hour later the CSL is polled."""
        return self.polls(("csl", verdict), after=after)

    def ecfr(self, verdict: str, *, after: float = 1.0) -> list[str]:
        """An hour later the eCFR is polled."""
        return self.polls(("ecfr", verdict), after=after)

    def amended(self, *changes: Change, source: str = "csl", after: float = 1.0) -> list[str]:
        """A poll brings changes of the watch's own rows, and it stays listed."""
        return self.polls((source, "listed"), after=after, changes=changes)

    def finds(self, *acts: Act, after: float = 0.0) -> list[str]:
        """The Federal Register is polled: these acts are known, each in its newest form."""
        self.now += timedelta(hours=after)
        self._poll += 1
        fresh = {one.number for one in acts}
        self.acts = [one for one in self.acts if one.number not in fresh]
        self.acts += [replace(one, seen_at=self.now, seen_poll=self._poll) for one in acts]
        return self._judged()

    def waits(self, **span: float) -> list[str]:
        """Time goes by; what it alone has changed is judged."""
        self.now += timedelta(**span)
        return self._judged(check_stale=True)

    def until(self, moment: datetime) -> list[str]:
        """The same, up to a moment."""
        self.now = moment
        return self._judged(check_stale=True)

    # -- what is known

    @property
    def is_open(self) -> bool:
        """Whether the next look judges it whatever that look brings."""
        return stays_open(self.state, self._facts())

    @property
    def kinds(self) -> list[str]:
        return [event.kind.value for event in self.events]

    @property
    def last(self) -> Event:
        return self.events[-1]

    @property
    def testimonies(self) -> dict[str, Testimony]:
        """What each source says, by source."""
        return {source: word.beside(self._lists[source]) for source, word in self._words.items()}

    def _say(self, source: str, verdict: Verdict, as_of: date | None) -> None:
        before = self._lists.get(source, SourceList(source, "EL"))
        looked = replace(
            before,
            good_polls=before.good_polls + 1,
            last_good_at=self.now,
            accepted_sha256=f"{source}-{self._poll}",
            as_of=(as_of or self.now.date()).isoformat(),
        )
        rows = self.rows if verdict is Verdict.LISTED else ()
        own = tuple(replace(one, source=source) for one in rows)
        word = StoredTestimony.begun("mps-ifs", looked, verdict, own, at=self.now, poll=self._poll)
        self._lists[source] = looked
        self._words[source] = word.following(self._words.get(source))

    def _judged(
        self,
        *,
        awaiting: frozenset[str] = frozenset(),
        changes: tuple[Change, ...] = (),
        source: str | None = None,
        check_stale: bool = False,
    ) -> list[str]:
        facts = self._facts(awaiting, changes, source, check_stale=check_stale)
        judgement = assess(self.state, facts)
        self.state = judgement.state
        self.events += judgement.events
        assert len({event.id for event in self.events}) == len(self.events), "an id came twice"
        return [event.kind.value for event in judgement.events]

    def _facts(
        self,
        awaiting: frozenset[str] = frozenset(),
        changes: tuple[Change, ...] = (),
        source: str | None = None,
        *,
        check_stale: bool = False,
    ) -> Facts:
        look = Circumstances(
            now=self.now,
            poll=self._poll,
            sources=self.sources,
            awaiting=awaiting,
            stale_after=self.stale_after.total_seconds(),
            watched_since=MONDAY,
            check_stale=check_stale,
        )
        return Facts(INSTITUTE, "EL", self.testimonies, self.acts, look, changes, source, self.past)
