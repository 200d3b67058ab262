"""What is known and decided of one watch on one list: the memory that judgement starts from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from monitor.screening.entry import Entry

State = Literal["listed", "not_listed", "unknown"]
Pending = Literal[
    "removal_announced",
    "removal_suspected",
    "listing_announced",
    "listing_suspected",
    "possible_match",
]
LISTED = "listed"
NOT_LISTED = "not_listed"
UNKNOWN = "unknown"
POSSIBLE_MATCH = "possible_match"
"""What is pending while a case lies over the state."""


@dataclass(frozen=True, slots=True)
class Span:
    """One time on the list. ISO dates; None where not known, `to` also while it lasts."""

    since: str | None
    to: str | None = None
    citation: str | None = None
    to_citation: str | None = None


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A list source turned and nothing confirms it yet."""

    source: str
    poll: int
    at: datetime
    event: str


@dataclass(frozen=True, slots=True)
class AmendmentSeen:
    """An amendment one source brought; the other source's telling of the same is not news."""

    source: str
    marks: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class DecidedState:
    """What of a decided state says where a watch stands; `state` is None before a first verdict."""

    watch: str
    list: str
    state: str | None = None
    suspicion: Suspicion | None = None
    announced: str | None = None
    """Number of the act that is announced and not yet in force."""
    unclear: bool = False
    """Not listed by any row, while a text names the party outside of all rows: nobody can tell."""

    @property
    def pending(self) -> str | None:
        """`removal_announced`, `removal_suspected`, their listing mirror, or None."""
        if self.state is None or (self.announced is None and self.suspicion is None):
            return None
        direction = "removal" if self.state == LISTED else "listing"
        return f"{direction}_{'announced' if self.announced else 'suspected'}"


@dataclass(frozen=True, slots=True)
class WatchState(DecidedState):
    """The decided state with all that is remembered of how it came about."""

    decided_poll: int = 0
    decided_at: datetime | None = None
    since: str | None = None
    citation: str | None = None
    document_number: str | None = None
    document_url: str | None = None
    legal: bool = False
    """Whether `since` is the law's date and not the day it was first seen."""
    noticed: tuple[str, ...] = ()
    """Numbers of the acts that were told, so that none is told twice."""
    read: tuple[str, ...] = ()
    """Numbers of those that a person was asked to read; an announced one may be so later."""
    told: tuple[AmendmentSeen, ...] = ()
    lost: tuple[str, ...] = ()
    """Digests of rows of one party among several whose loss was told."""
    entry: Entry | None = None
    """The entry as now, or as last, published."""
    history: tuple[Span, ...] = ()
    stale: bool = False
    last_event: str | None = None
    last_kind: str | None = None
    last_event_at: datetime | None = None
    first_said_at: datetime | None = None
    """When the first witness of the last decision said it: lag is counted from here."""
