"""An act on rules: what a Federal Register document does to them, from which day, until which."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from monitor.screening.rules.provision import in_order
from monitor.screening.witness import WASHINGTON, Stage

FOUND_WITHIN = timedelta(days=30)
"""So long after its day an act from inspection is looked for in print."""


class Does(StrEnum):
    """What an act does to a provision."""

    REVISES = "revises"
    ADDS = "adds"
    REMOVES = "removes"
    STAYS = "stays"
    PROLONGS = "prolongs"
    REINSTATES = "reinstates"
    UNCLEAR = "unclear"
    """It concerns a rule, and a person must read how."""


ON_STAYS = frozenset({Does.STAYS, Does.PROLONGS, Does.REINSTATES})


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that an act does."""

    does: Does
    places: tuple[str, ...]
    """Ids of provisions."""
    effective_on: str | None = None
    """ISO date; None where the document gives none that is certain."""
    until: str | None = None
    """Last day of a stay, ISO; None for a stay without end, and for all that is no stay."""
    quote: str = ""
    certain: bool = True


@dataclass(frozen=True, slots=True)
class RuleAct:
    """A document with what it does to rules."""

    number: str
    """Empty where only the codified text tells of it."""
    title: str
    citation: str | None
    url: str | None
    stage: Stage
    publication_date: str | None
    filed_at: str | None
    deeds: tuple[Deed, ...]
    seen_at: datetime | None = None
    """When this service first saw it; None for what it was born with or reads in the code."""
    snapshot: str | None = None

    @property
    def places(self) -> tuple[str, ...]:
        return in_order(place for deed in self.deeds for place in deed.places)

    @property
    def certain(self) -> bool:
        return all(deed.certain and self.day_of(deed) is not None for deed in self.deeds)

    def known(self, now: datetime) -> bool:
        """Whether it was there to be read by then: nothing later than `now` is told."""
        if self.stage is Stage.WITHDRAWN:
            return True
        if self.filed_at and datetime.fromisoformat(self.filed_at) <= now:
            return True
        if self.seen_at is not None and self.seen_at <= now:
            return True
        return self.published(now.astimezone(WASHINGTON).date())

    def published(self, today: date) -> bool:
        """Whether it is in print, and its publication date has come in Washington."""
        return (
            self.stage is Stage.DOCUMENT
            and self.publication_date is not None
            and date.fromisoformat(self.publication_date) <= today
        )

    def lost(self, today: date) -> bool:
        """Whether it was to be printed long ago, and has not been found in print."""
        due = self.publication_date
        return (
            self.stage is Stage.INSPECTION
            and due is not None
            and today - date.fromisoformat(due) > FOUND_WITHIN
        )

    def day_of(self, deed: Deed) -> date | None:
        """From which day a deed counts: its effective date, else the day of publication."""
        given = deed.effective_on or self.publication_date
        return date.fromisoformat(given) if given else None

    def days(self) -> tuple[date, ...]:
        """The days on which it does something, ascending."""
        return tuple(sorted({day for deed in self.deeds if (day := self.day_of(deed))}))

    def first_published(self, day: date) -> date:
        """The day on which a deed of that day is law in print: not before its publication."""
        if self.publication_date is None:
            return day
        return max(day, date.fromisoformat(self.publication_date))

    def pending(self, today: date) -> bool:
        """Whether nothing of it is law in print yet."""
        days = self.days()
        return not self.published(today) or not days or days[0] > today
