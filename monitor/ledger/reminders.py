"""Reading what reminders and digests are made of: unacknowledged events, looks over a time."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, case, cast, func, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from monitor.ledger.records import StoredEvent
from monitor.ledger.rows import event_of
from monitor.ledger.tables import CaseRow, EventRow, FactRow, NotificationRow, PollRow
from monitor.screening.event import LISTINGS, REMOVALS, Kind
from monitor.screening.witness import PollOutcome

REMINDER = "reminder:"
"""Begins the note of a reminder; its number follows."""
DIGEST = "digest"
"""The note of a digest."""
REMINDED = (
    Kind.REMOVAL_ANNOUNCED, Kind.REMOVAL_CONFIRMED, Kind.LISTING_ANNOUNCED, Kind.LISTING_CONFIRMED,
    Kind.POSSIBLE_MATCH,
)  # fmt: skip
"""What a person should take note of; a suspicion settles by itself."""
_LAST_WORDS = (REMOVALS | LISTINGS) - {Kind.REMOVAL_SUSPECTED, Kind.LISTING_SUSPECTED}


@dataclass(frozen=True, slots=True)
class Looks:
    """How often a source was asked over a time, and how often well."""

    source: str
    polls: int
    good: int
    last_good_at: datetime | None


class Reminders:
    def __init__(self, session: Session) -> None:
        self._session = session

    def to_remind(self, told_before: datetime) -> list[StoredEvent]:
        """Events to be told again: unacknowledged, the last word of their watch, last told before.

        An announcement that was called off or came true is no longer the last word, and a possible
        match that was decided waits for nobody.
        """
        later = aliased(EventRow)
        superseded = (
            select(later.seq)
            .where(
                later.watch == EventRow.watch,
                later.list == EventRow.list,
                col(later.seq) > col(EventRow.seq),
                col(later.kind).in_([kind.value for kind in _LAST_WORDS]),
            )
            .exists()
        )
        query = (
            select(EventRow)
            .where(
                col(EventRow.kind).in_([kind.value for kind in REMINDED]),
                col(EventRow.acknowledged_at).is_(None),
                func.coalesce(EventRow.reminded_at, EventRow.at) <= told_before,
                ~superseded,
            )
            .order_by(col(EventRow.seq))
        )
        rows = list(self._session.exec(query))
        return [event_of(row) for row in rows if self._still_waits(row)]

    def _still_waits(self, row: EventRow) -> bool:
        """Whether a possible match is undecided, and was told by this very event.

        Many that are told together wait for as long as one of them does.
        """
        event = row.body
        if event.kind is not Kind.POSSIBLE_MATCH:
            return True
        told = select(NotificationRow.id).where(NotificationRow.event == event.id).limit(1)
        if self._session.exec(told).first() is None:
            return False
        waiting = select(CaseRow.id).where(col(CaseRow.open).is_(True))
        if event.case is not None:
            waiting = waiting.where(CaseRow.id == event.case)
        else:
            waiting = waiting.where(col(CaseRow.first_seen_at) <= row.at)
        return self._session.exec(waiting.limit(1)).first() is not None

    def channels_told(self, event: str) -> set[str]:
        """Channels that a notification of the event was ever queued for."""
        query = select(NotificationRow.channel).where(NotificationRow.event == event)
        return set(self._session.exec(query))

    def next_reminder(self, event: str) -> int:
        """The number of an event's next reminder; the first is 1."""
        number = cast(func.substr(NotificationRow.note, len(REMINDER) + 1), Integer)
        query = select(func.max(number)).where(
            NotificationRow.event == event, col(NotificationRow.note).startswith(REMINDER)
        )
        return (self._session.exec(query).one() or 0) + 1

    def channels_waiting(self, event: str) -> set[str]:
        """Channels that have yet to be told the event, or to be reminded of it."""
        query = select(NotificationRow.channel).where(
            NotificationRow.event == event, NotificationRow.status == "pending"
        )
        return set(self._session.exec(query))

    def note_reminder(self, event: str, at: datetime) -> None:
        self._session.execute(
            update(EventRow).where(col(EventRow.id) == event).values(reminded_at=at)
        )

    def looks(self, since: datetime, until: datetime) -> list[Looks]:
        """How often each source was asked after `since`, up to `until`."""
        good = col(PollRow.outcome).in_([outcome for outcome in PollOutcome if outcome.good])
        query = (
            select(
                PollRow.source,
                func.count(),
                func.sum(case((good, 1), else_=0)),
                func.max(case((good, PollRow.at), else_=None)),
            )
            .where(PollRow.at > since, PollRow.at <= until)
            .group_by(col(PollRow.source))
            .order_by(col(PollRow.source))
        )
        return [Looks(*row) for row in self._session.exec(query)]

    def events(self, since: datetime, until: datetime) -> list[StoredEvent]:
        """What happened after `since`, up to `until`, oldest first."""
        query = (
            select(EventRow)
            .where(EventRow.at > since, EventRow.at <= until, EventRow.kind != Kind.BASELINE.value)
            .order_by(col(EventRow.seq))
        )
        return [event_of(row) for row in self._session.exec(query)]

    def set_fact(self, name: str, value: str) -> None:
        self._session.merge(FactRow(name=name, value=value))
        self._session.flush()
