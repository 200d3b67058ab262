"""A store that came up empty or older than it was: what could be missed, in words."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.screening.event import Event, Kind, event_id
from monitor.screening.words.event_text import utc
from monitor.screening.words.labels import minute
from monitor.screening.words.message import Message, say, sentences

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
    def gap(self) -> Message:
        """Between when and when something may have been missed."""
        if self.newest:
            return say(
                "The database is older than before: this installation had polls up to {until}. "
                "Whatever joined or left a list since {since} may already have been announced, or "
                "was missed and will not be announced",
                until=minute(self.until),
                since=minute(self.newest),
            )
        return say(
            "The database is empty: this installation had polls up to {until}. Whatever joined or "
            "left a list may already have been announced, or was missed and will not be announced",
            until=minute(self.until),
        )


def told(lost: LostStore) -> Event:
    """One event for operations; told once of each loss."""
    cause = ("store", str(lost.poll), utc(lost.until), utc(lost.newest) if lost.newest else "")
    return Event(
        id=event_id(Kind.FORMAT_CHANGED, None, None, cause),
        kind=Kind.FORMAT_CHANGED,
        watch=None,
        list=None,
        at=utc(lost.found_at),
        title=say("The database is older than before: changes may have been missed")
        if lost.newest
        else say("The database is empty: changes may have been missed"),
        summary=say(
            "{gap}. If it was replaced or restored on purpose, compare the status pages with "
            "the last alerts; otherwise stop the service and restore the newest backup "
            "(docs/backup.md).",
            gap=lost.gap,
        ),
        review=True,
    )


def in_baseline(event: Event, lost: LostStore | None, now: datetime) -> Event:
    """A first state that was told because the store was lost says so."""
    if event.kind is not Kind.BASELINE or lost is None or lost.newest is not None:
        return event
    if now - lost.found_at >= FOR_SO_LONG:
        return event
    return replace(
        event, summary=sentences(event.summary, say("{gap}.", gap=lost.gap)), review=True
    )
