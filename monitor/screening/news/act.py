"""A document with everybody whom it names, as news: since when it counts, and who asks for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from monitor.screening.acts.act_party import ActParty
from monitor.screening.acts.document import Document
from monitor.screening.follow import Follow
from monitor.screening.names import name_key
from monitor.screening.witness import WASHINGTON, Stage

NEWS_FOR = timedelta(days=60)
"""An act, or a source's text, accounts for a change for so long before it; the lists follow within
days. An act that was read so much later than its day is told all the same."""


@dataclass(frozen=True)
class NewsAct:
    """A document with everybody whom it names."""

    document: Document
    parties: tuple[ActParty, ...]
    effective_on: str | None
    """Of the whole rule; None where it is not certain."""
    seen_at: datetime
    snapshot: str | None
    historic: bool = False
    """Looked up to explain the past, not come upon as news."""
    borne: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By a party's name_key, the names that its rows bear or bore."""

    def published(self, today: date) -> bool:
        """Whether it is in print, and its publication date has come in Washington."""
        day = self.document.publication_date
        printed = self.document.stage is Stage.DOCUMENT and day is not None
        return printed and date.fromisoformat(day or "") <= today

    def day_of(self, party: ActParty) -> date | None:
        """From which day on it is law in print what is done to a party."""
        given = party.effective_on or self.effective_on
        days = [date.fromisoformat(day) for day in (given, self.document.publication_date) if day]
        return max(days, default=None)

    def stands(self) -> bool:
        return self.document.stage is not Stage.WITHDRAWN

    def since(self) -> str:
        """The ISO day from which on a list can follow it."""
        days = [self.document.filed_at, self.document.publication_date, self.seen_at.isoformat()]
        return min(day[:10] for day in days if day)

    def until(self) -> date | None:
        """The last day on which something of it comes into force."""
        days = [day for party in self.parties if (day := self.day_of(party))]
        return max(days, default=None)


def recent(acts: Sequence[NewsAct], now: datetime) -> list[NewsAct]:
    """The acts that can still be news: on inspection, in force lately or to be, or read lately."""
    since = now - NEWS_FOR
    return [
        act
        for act in acts
        if act.seen_at >= since
        or act.document.stage is Stage.INSPECTION
        or (last := act.until()) is None
        or last >= since.astimezone(WASHINGTON).date()
    ]


def met(act: NewsAct, follow: Follow) -> tuple[ActParty, ...]:
    """The parties of an act that a follow asks for, in the order of the text."""
    return tuple(
        party
        for party in act.parties
        if follow.meets(
            party.list,
            party.kind,
            party.country,
            (party.name, *act.borne.get(name_key(party.name), ())),
            _aliases(party.instruction),
        )
    )


def _aliases(instruction: str) -> str:
    """The words of an instruction in which aliases stand; an address has no say on a name."""
    return instruction.partition("a.k.a.")[2]
