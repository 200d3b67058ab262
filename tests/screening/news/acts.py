"""Acts as news, made up for tests: one rule of November 2023 at any stage."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from monitor.screening.acts.act_party import ActParty, ActVerb
from monitor.screening.acts.document import Document, Stage
from monitor.screening.event import Event
from monitor.screening.follow import Follow
from monitor.screening.news.act import NewsAct
from monitor.screening.news.due import due

ANY = Follow("any")
CHINA, RUSSIA = Follow("china", countries=("CN",)), Follow("russia", countries=("RU",))
SET_AT = datetime(2023, 11, 10, 15, tzinfo=UTC)
SEEN = datetime(2023, 11, 16, 14, tzinfo=UTC)
DOCUMENT = Document(
    number="2023-25557", title="Entity List Removal", type="Rule", abstract="", action="", dates="",
    publication_date="2023-11-17", effective_on=None, citation=None,
    html_url="https://www.federalregister.gov/d/2023-25557", text_url=None, xml_url=None,
    filed_at="2023-11-16T08:45:00-05:00", filing_type="special", correction_of=None, cfr_parts=(),
    stage=Stage.INSPECTION,
)  # fmt: skip


def party(
    name: str, kind: ActVerb = "removed", country: str | None = "CN", *, certain: bool = True
) -> ActParty:
    return ActParty(kind, name, country, "EL", certain, f"removing “{name}”")


def filed(*parties: ActParty, effective_on: str | None = "2023-11-16") -> NewsAct:
    """The act on public inspection."""
    return NewsAct(DOCUMENT, parties, effective_on, SEEN, "ab" * 32)


def printed(*parties: ActParty, effective_on: str | None = "2023-11-16") -> NewsAct:
    """The same act as it was published."""
    document = replace(DOCUMENT, stage=Stage.DOCUMENT, citation="88 FR 80131")
    return NewsAct(document, parties, effective_on, SEEN, "cd" * 32)


def withdrawn(*parties: ActParty) -> NewsAct:
    document = replace(
        DOCUMENT, stage=Stage.WITHDRAWN, publication_date=None, filed_at=None,
        editorial_note="An agency letter requesting withdrawal was received.",
    )  # fmt: skip
    return NewsAct(document, parties, None, SEEN, "ab" * 32)


class Telling:
    """One follow over time: what it was told, each once."""

    def __init__(self, follow: Follow = CHINA, set_at: datetime = SET_AT) -> None:
        self.follow, self.set_at = follow, set_at
        self.events: dict[str, Event] = {}

    def on(self, act: NewsAct, day: str, *by_text: Event) -> list[Event]:
        """What is new of an act on a day at 14:00 UTC."""
        now = datetime.fromisoformat(f"{day}T14:00:00+00:00")
        told: Callable[[str], Event | None] = self.events.get
        found = list(due(act, self.follow, self.set_at, now, told, by_text))
        fresh = [event for event in found if event.id not in self.events]
        self.events |= {event.id: event for event in fresh}
        return fresh

    def titles(self) -> list[str]:
        return [event.title for event in self.events.values()]
