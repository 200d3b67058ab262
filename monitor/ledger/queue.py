"""Which notifications wait, for whom, and which of them may go now. Changes nothing.

Of each channel and watch the oldest notification goes first, so that a story is told in its order,
until it was refused twice or is put off for longer than a minute: then those behind it go without
it. Different watches, and what concerns none, never wait for each other. Removals, listings and
notices are a story of their own, and go before all else. A channel that asked to be left alone is.

Clocks are set back. A try or a lease further in the future than any process can have written it was
written before that, and holds nothing up; what was never tried is due whatever the clock says.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, not_, or_
from sqlmodel import Session, col, select

from monitor.ledger.records import Notification
from monitor.ledger.rows import record
from monitor.ledger.tables import AttemptRow, EventRow, FactRow, NotificationRow
from monitor.screening.event import Event
from monitor.screening.witness import AHEAD

UNKNOWN_CHANNEL = "its channel is configured no more"
"""Reason of a notification that was skipped for want of its channel."""
HELD_BACK = timedelta(minutes=1)
"""For how long at most one that was refused once holds back those behind it."""
REST = "rest:"
"""Fact, with the channel's id behind it: until when it asked to be left alone."""
LONGEST_LEASE = timedelta(minutes=10)
"""No channel takes longer; a lease beyond it was written before the clock was set back."""
LONGEST_REST = timedelta(days=1)


class Queue:
    def __init__(self, session: Session) -> None:
        self._session = session

    def due(
        self, now: datetime, channel: str | None = None, *, limit: int = 200
    ) -> list[Notification]:
        """What may be sent now: removals, listings and notices first, then what was never tried.

        At most `limit`. Of one channel where it is named, and then either urgent ones or others:
        what an urgent one held back is asked for again before anything else goes.
        """
        query = (
            select(NotificationRow, _urgent())
            .outerjoin(EventRow, col(EventRow.id) == col(NotificationRow.event))
            .where(_may_go(now), col(NotificationRow.channel).not_in(self.resting(now)))
            .order_by(_urgent().desc(), col(NotificationRow.attempts), col(NotificationRow.id))
            .limit(limit)
        )
        if channel is not None:
            query = query.where(NotificationRow.channel == channel)
        found = list(self._session.exec(query))
        return [
            record(row, Notification)
            for row, urgent in found
            if channel is None or urgent == found[0][1]
        ]

    def channels_due(self, now: datetime) -> set[str]:
        query = (
            select(NotificationRow.channel)
            .outerjoin(EventRow, col(EventRow.id) == col(NotificationRow.event))
            .where(_may_go(now))
            .distinct()
        )
        return set(self._session.exec(query)) - self.resting(now)

    def resting(self, now: datetime) -> set[str]:
        """Channels that asked to be left alone until later than now."""
        query = select(FactRow).where(col(FactRow.name).startswith(REST))
        return {
            row.name.removeprefix(REST)
            for row in self._session.exec(query)
            # A rest longer than any that is granted was written before the clock was set back.
            if now < datetime.fromisoformat(row.value) <= now + LONGEST_REST
        }

    def waiting_for_others(
        self, channels: Collection[str], now: datetime
    ) -> list[tuple[Notification, Event | None]]:
        """What waits for channels that are not among these and is under way nowhere.

        The event is None for a digest.
        """
        query = (
            select(NotificationRow, EventRow)
            .outerjoin(EventRow, col(EventRow.id) == col(NotificationRow.event))
            .where(
                NotificationRow.status == "pending",
                col(NotificationRow.channel).not_in(channels),
                is_free(now),
            )
            .order_by(col(NotificationRow.id))
        )
        found: list[tuple[NotificationRow, EventRow | None]] = [*self._session.exec(query)]
        return [
            (record(row, Notification), event.body if event is not None else None)
            for row, event in found
        ]

    def come_back(self, channels: Collection[str], since: datetime) -> list[int]:
        """What was skipped for want of a channel that is among these again."""
        query = select(NotificationRow.id).where(
            NotificationRow.status == "skipped",
            NotificationRow.reason == UNKNOWN_CHANNEL,
            col(NotificationRow.channel).in_(channels),
            col(NotificationRow.created_at) > since,
        )
        return [id_ for id_ in self._session.exec(query) if id_ is not None]

    def has(self, event: str, channel: str, note: str = "") -> bool:
        """Whether an event has a notification of that sort for a channel already."""
        query = select(NotificationRow.id).where(
            NotificationRow.event == event,
            NotificationRow.channel == channel,
            NotificationRow.note == note,
        )
        return self._session.exec(query).first() is not None

    def fact(self, name: str) -> str | None:
        row = self._session.get(FactRow, name)
        return row.value if row else None


def is_free(now: datetime) -> ColumnElement[bool]:
    """Nobody has it, or its holder has died."""
    until = col(NotificationRow.lease_until)
    return or_(until.is_(None), until <= now, until > now + LONGEST_LEASE)


def is_due(now: datetime) -> ColumnElement[bool]:
    """Its time has come, or was reckoned by a clock that has since been set back."""
    last_try: Any = (
        select(AttemptRow.at)
        .where(AttemptRow.notification == col(NotificationRow.id))
        .order_by(col(AttemptRow.id).desc())
        .limit(1)
        .scalar_subquery()
    )
    return or_(
        col(NotificationRow.next_at) <= now,
        col(NotificationRow.attempts) == 0,
        last_try > now + AHEAD,
    )


def _urgent() -> ColumnElement[int]:
    kind = col(EventRow.kind)
    return case(
        (or_(kind.startswith("removal_"), kind.startswith("listing_"), kind == "notice_found"), 1),
        else_=0,
    )


def _holds_back(now: datetime) -> ColumnElement[bool]:
    """Whether those behind it wait: it was not tried yet, or is tried again at once."""
    soon = or_(col(NotificationRow.next_at) <= now + HELD_BACK, is_due(now))
    attempts = col(NotificationRow.attempts)
    return or_(attempts == 0, and_(attempts == 1, soon))


def _may_go(now: datetime) -> ColumnElement[bool]:
    """Waits, is due and free, and nothing of its channel, watch and weight goes before it."""
    # One pass over what waits, whatever its number: asking row by row would be a pass each.
    oldest: Any = (
        select(func.min(NotificationRow.id))
        .join(EventRow, col(EventRow.id) == col(NotificationRow.event))
        .where(
            NotificationRow.status == "pending",
            col(EventRow.watch).is_not(None),
            _holds_back(now),
        )
        .group_by(col(NotificationRow.channel), col(EventRow.watch), _urgent())
    )
    return and_(
        col(NotificationRow.status) == "pending",
        is_due(now),
        is_free(now),
        or_(
            col(EventRow.watch).is_(None),
            not_(_holds_back(now)),
            col(NotificationRow.id).in_(oldest),
        ),
    )
