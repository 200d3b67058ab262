"""Cases as readers see them: CASE of the public contract."""

from dataclasses import dataclass

from monitor.screening.cases import Case
from monitor.screening.entry import Entry
from monitor.screening.words.event_text import as_numbered, utc


@dataclass(frozen=True, slots=True)
class PublicCase:
    """What may be a watch's party; the fields are the public shape."""

    id: str
    watch: str
    list: str
    entry: Entry | None
    act: str | None
    score: float
    reasons: tuple[str, ...]
    strength: str
    first_seen_at: str
    decision: str | None
    decided_by: str | None
    decided_at: str | None
    note: str | None


def public_case(case: Case) -> PublicCase:
    """The CASE."""
    return PublicCase(
        id=case.id,
        watch=case.watch,
        list=case.list,
        entry=case.entry,
        act=as_numbered(case.act),
        score=round(case.score, 3),
        reasons=case.reasons,
        strength=case.strength,
        first_seen_at=utc(case.first_seen_at),
        decision=case.decision.value if case.decision else None,
        decided_by=case.decided_by,
        decided_at=utc(case.decided_at) if case.decided_at else None,
        note=case.note,
    )
