"""Whether the whole of part 744 is asked for, and what came: outside of any transaction."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from monitor.errors import SourceFault, UsageError
from monitor.judging.bodies import keep
from monitor.ledger.records import SourceMemory
from monitor.screening.witness import WHOLE_PART
from monitor.service import Service
from monitor.sources.ecfr.part import PartAnswer
from monitor.sources.source import Fetched

AGAIN_AFTER = timedelta(hours=8)
"""After an answer that did not serve: twice a day, whatever the schedule."""
ISSUE = "issue"


@dataclass(frozen=True, slots=True)
class PartLook:
    """What became of asking for the part."""

    memory: SourceMemory
    issue: str
    """The title's dates, and the Entity List's text: while both stand, the part has not moved."""
    as_of: str
    due: bool = True
    answer: PartAnswer | None = None
    fault: SourceFault | None = None
    refusal: str | None = None
    """Why the disk did not keep its body."""

    @property
    def unmoved(self) -> bool:
        """Whether the lists still say what they said when they were judged last."""
        if self.answer is not None:
            return self.answer.sha256 == self.memory.accepted_sha256
        return not self.due and self.memory.validators.get(ISSUE) == self.issue


def ask_part(service: Service, text: Fetched, now: datetime) -> PartLook:
    """Asks for the part of the day of the Entity List's text, where it has moved."""
    part, as_of = service.part, text.as_of or ""
    with service.ledger.reading() as reading:
        memory = reading.memory(WHOLE_PART)
    issue = f"{part.issue if part else ''} {text.sha256}"
    known = memory.accepted_sha256
    if known is not None and not service.ledger.bodies.is_sound(known):
        # The evidence is gone: it must be read whole, and kept.
        memory = replace(memory, accepted_sha256=None, validators={})
    asked = PartLook(memory, issue, as_of)
    if part is None or not _is_due(memory, issue, now):
        return replace(asked, due=False)
    try:
        answer = part.look(date.fromisoformat(as_of), memory.accepted_sha256)
    except SourceFault as fault:
        return replace(asked, fault=fault)
    except UsageError as lacking:
        # A tape of a story from before the part was asked for.
        return replace(asked, fault=SourceFault(str(lacking)))
    refusal = keep(service, answer.sha256, answer.body)[1] if answer.is_new else None
    return replace(asked, answer=answer, refusal=refusal)


def _is_due(memory: SourceMemory, issue: str, now: datetime) -> bool:
    if memory.validators.get(ISSUE) == issue:
        return False
    last, outcome = memory.last_poll_at, memory.last_outcome
    in_vain = outcome is not None and not outcome.good
    return not (in_vain and last is not None and timedelta() <= now - last < AGAIN_AFTER)
