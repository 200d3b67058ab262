"""What a list source has said of a watch over time: when it turned, and how often it said so since.

`Testimony` is what the rules ask; `Word` is the part of it that is stored, complete only beside its
source's list, which every good poll renews.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from monitor.screening.entry import Entry
from monitor.screening.witness import Verdict
from monitor.screening.words.message import Text


@dataclass(frozen=True, slots=True)
class SourceList:
    """One list of one source, as last looked at."""

    source: str
    list: str
    accepted_sha256: str | None = None
    as_of: str | None = None
    rows: int = 0
    good_polls: int = 0
    last_good_at: datetime | None = None
    url: str | None = None
    held: bool = False
    held_sha256: str | None = None
    held_reasons: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Testimony:
    """One list source's word on a watch, over time."""

    source: str
    verdict: Verdict
    turned_at: datetime
    """When the source first gave this verdict, without another between."""
    turned_poll: int
    good_polls: int
    """Good polls that gave it since, the first included."""
    definite: Verdict | None
    """The last verdict that was not `unknown`."""
    definite_poll: int
    """The poll in which that last differed from the one before it."""
    first: bool
    """No other definite verdict of this source came before."""
    last_good_at: datetime
    as_of: str | None = None
    snapshot: str | None = None
    url: str | None = None
    matched: tuple[Entry, ...] = ()

    def as_of_date(self) -> date:
        """The day the source's text speaks of."""
        return date.fromisoformat(self.as_of[:10]) if self.as_of else self.turned_at.date()


@dataclass(frozen=True, slots=True)
class StoredTestimony:
    """A testimony as stored."""

    watch: str
    list: str
    source: str
    verdict: Verdict
    turned_at: datetime
    turned_poll: int
    turned_good: int
    """The list's count of good polls at the turn."""
    definite: Verdict | None
    definite_poll: int
    first: bool
    matched: tuple[Entry, ...] = field(default=())

    @classmethod
    def begun(
        cls,
        watch: str,
        looked: SourceList,
        verdict: Verdict,
        rows: tuple[Entry, ...],
        *,
        at: datetime,
        poll: int,
    ) -> "StoredTestimony":
        """A source's first word on a watch, said in this poll of its list."""
        return cls(
            watch=watch,
            list=looked.list,
            source=looked.source,
            verdict=verdict,
            turned_at=at,
            turned_poll=poll,
            turned_good=looked.good_polls,
            definite=None if verdict is Verdict.UNKNOWN else verdict,
            definite_poll=poll,
            first=True,
            matched=rows,
        )

    def following(self, old: "StoredTestimony | None") -> "StoredTestimony":
        """This word, where `old` was the one before: what did not turn keeps its time.

        `unknown` between two equal verdicts is no turn: a row that could not be read for a day
        neither went nor came back.
        """
        if old is not None and old.verdict is self.verdict:
            return replace(old, matched=self.matched)
        if old is None or old.definite is None:
            return self
        if self.verdict in {Verdict.UNKNOWN, old.definite}:
            return replace(
                self, definite=old.definite, definite_poll=old.definite_poll, first=old.first
            )
        return replace(self, first=False)

    def beside(self, looked: SourceList) -> Testimony:
        """The testimony, with what its source's list renews at every good poll."""
        return Testimony(
            source=self.source,
            verdict=self.verdict,
            turned_at=self.turned_at,
            turned_poll=self.turned_poll,
            good_polls=looked.good_polls - self.turned_good + 1,
            definite=self.definite,
            definite_poll=self.definite_poll,
            first=self.first,
            last_good_at=looked.last_good_at or self.turned_at,
            as_of=looked.as_of,
            snapshot=looked.accepted_sha256,
            url=looked.url,
            matched=self.matched,
        )
