"""A store that came up empty or older than it was: what could be missed, in words."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.screening.event import Event, Kind, event_id
from monitor.screening.words.event_text import utc
from monitor.screening.words.labels import minute

FOR_SO_LONG = timedelta(days=1)
"""After this time a first state is that of a new watch, and no consequence of the loss."""


@dataclass(frozen=True, slots=True)
class LostStore:
    """What is known of the loss."""

    poll: int
    """Id of the newest poll that this installation had."""
    until: datetime
    """When that poll was."""
    found_at: datetime
    newest: datetime | None = None
    """The newest poll that the store still has; None where it is empty."""

    @property
    def gap(self) -> str:
        """Between when and when something may have been missed."""
        since = f" since {minute(self.newest)}" if self.newest else ""
        return (
            f"The database is {'older than before' if self.newest else 'empty'}: this installation "
            f"had polls up to {minute(self.until)}. Whatever joined or left a list{since} may "
            "already have been announced, or was missed and will not be announced"
        )


def told(lost: LostStore) -> Event:
    """One event for operations; told once of each loss."""
    how = "older than before" if lost.newest else "empty"
    cause = ("store", str(lost.poll), utc(lost.until), utc(lost.newest) if lost.newest else "")
    return Event(
        id=event_id(Kind.FORMAT_CHANGED, None, None, cause),
        kind=Kind.FORMAT_CHANGED,
        watch=None,
        list=None,
        at=utc(lost.found_at),
        title=f"The database is {how}: changes may have been missed",
        summary=(
            f"{lost.gap}. If it was replaced or restored on purpose, compare the status pages with "
            "the last alerts; otherwise stop the service and restore the newest backup "
            "(docs/backup.md)."
        ),
        review=True,
    )


def in_baseline(event: Event, lost: LostStore | None, now: datetime) -> Event:
    """A first state that was told because the store was lost says so."""
    if event.kind is not Kind.BASELINE or lost is None or lost.newest is not None:
        return event
    if now - lost.found_at >= FOR_SO_LONG:
        return event
    return replace(event, summary=f"{event.summary} {lost.gap}.", review=True)
