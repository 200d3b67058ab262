"""What the witnesses say of a watch on a list: list sources by verdicts, the law by acts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from monitor.screening.words.message import Text

WASHINGTON = ZoneInfo("America/New_York")
"""Where the law counts its days."""

FOLLOWS_WITHIN = timedelta(days=14)
"""The lists follow an act within this time (seen: 1 to 8 days); later they contradict it."""

AHEAD = timedelta(minutes=5)
"""By so much the clocks of two processes may differ; longer than any lease."""


class Source(StrEnum):
    """Where the service reads."""

    CSL = "csl"
    ECFR = "ecfr"
    FEDERAL_REGISTER = "federal_register"


LIST_SOURCES = (Source.ECFR, Source.CSL)
"""The sources that publish lists, the law's own text first."""
WHOLE_PART = "ecfr_part"
"""What the eCFR's answer for the whole of part 744 is remembered by; to readers it is the eCFR."""

ASKED_IN_ORDER = (Source.FEDERAL_REGISTER, *LIST_SOURCES)
"""Every source in the order of a round: the law first, so that the lists are judged by it."""


class PollOutcome(StrEnum):
    """What became of one attempt to read a source."""

    ACCEPTED = "accepted"
    UNCHANGED = "unchanged"
    QUARANTINED = "quarantined"
    FAILED = "failed"

    @property
    def good(self) -> bool:
        """Whether the source was read whole and can be believed."""
        return self in {PollOutcome.ACCEPTED, PollOutcome.UNCHANGED}


class Verdict(StrEnum):
    """What a list source now says of a watch."""

    LISTED = "listed"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class Effect(StrEnum):
    """What an act does to a party's entry."""

    REMOVES = "removes"
    ADDS = "adds"
    REVISES = "revises"
    UNCLEAR = "unclear"


class Stage(StrEnum):
    """How far an act has come: on public inspection, among the documents, or withdrawn."""

    INSPECTION = "inspection"
    DOCUMENT = "document"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Act:
    """What one Federal Register document does to one watch on one list."""

    number: str
    stage: Stage
    effect: Effect
    list: str
    destinations: tuple[str, ...] = ()
    """Countries under which a whole entry goes or comes; empty if the text names none."""
    publication_date: str | None = None
    effective_on: str | None = None
    citation: str | None = None
    url: str | None = None
    title: str = ""
    quote: str = ""
    reason: Text = ""
    review: bool = False
    """What it does was not certain."""
    undated: bool = False
    """From when on it does so was not certain."""
    seen_at: datetime | None = None
    """When this service first saw it."""
    seen_poll: int = 0
    snapshot: str | None = None
    historic: bool = False
    """Looked up to explain the past, not come upon as news."""

    @property
    def certain(self) -> bool:
        """Whether it can be the ground of a decision: what it does is certain, and from when on."""
        return not self.review and not self.undated

    def published(self, today: date) -> bool:
        """Whether the publication date has come (Washington) and the document is published."""
        return (
            self.stage is Stage.DOCUMENT
            and self.publication_date is not None
            and date.fromisoformat(self.publication_date) <= today
        )

    def unsure(self, today: date) -> bool:
        """Whether a person must read it: before it is in print its date may yet be open."""
        return self.review or (self.undated and self.published(today))

    def legal_date(self) -> date | None:
        """The effective date; the publication date where the document gives none."""
        given = self.effective_on or self.publication_date
        return date.fromisoformat(given) if given else None

    def sure_date(self) -> date | None:
        """The same where it is certain: what may be told as the law's date."""
        return None if self.undated else self.legal_date()

    def in_force(self, today: date) -> bool:
        """Published, and its effective date has come."""
        legal = self.legal_date()
        return self.published(today) and legal is not None and legal <= today

    def counts_from(self) -> date | None:
        """The later of publication and effect: from here on the lists can be expected to follow."""
        days = [date.fromisoformat(d) for d in (self.effective_on, self.publication_date) if d]
        return max(days) if days else None


def is_fresh(looks: Iterable[datetime], now: datetime, limit: float) -> bool:
    """Whether any of these good looks is no older than `limit` seconds.

    A look that lies ahead of the clock was written before the clock was set back: how long ago it
    was cannot be told.
    """
    return any(-AHEAD <= now - look <= timedelta(seconds=limit) for look in looks)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The circumstances of one judgement."""

    now: datetime
    poll: int
    """The newest poll known; decisions and turns are ordered by it and not by the clock."""
    sources: tuple[str, ...] = LIST_SOURCES
    """The enabled list sources that carry this list."""
    awaiting: frozenset[str] = frozenset()
    """List sources about to be polled in the same run: a first state waits for their word."""
    stale_after: float = 86_400.0
    """Seconds without a good look until the state cannot be told: the longest of `sources`."""
    watched_since: datetime | None = None
    check_stale: bool = False
    """Whether all polls that were due are done, so that silence can be judged."""
    source_urls: Mapping[str, str] = field(default_factory=dict)
    held: frozenset[str] = frozenset()
    """Sources whose newest text is held back; nothing is judged by it, sentences say it."""

    @property
    def today(self) -> date:
        """The Washington date."""
        return self.now.astimezone(WASHINGTON).date()
