"""Watch files that cannot be used while the service runs: what is told of them."""

from dataclasses import dataclass
from datetime import datetime

from monitor.screening.event import Event, Kind, event_id
from monitor.screening.words.event_text import utc
from monitor.screening.words.message import Message, joined, say, say_many

_MOST = 3
"""Problems that a message names."""


@dataclass(frozen=True, slots=True)
class BrokenFiles:
    """Since when the watch files cannot be used, and why."""

    at: datetime
    problems: tuple[str, ...]

    @property
    def reason(self) -> Message:
        """The first problems in one sentence."""
        more = len(self.problems) - _MOST
        said = joined("; ", self.problems[:_MOST])
        if more <= 0:
            return said
        return say_many(
            more,
            "{problems} (and {count:,} more problem)",
            "{problems} (and {count:,} more problems)",
            problems=said,
        )


def told(broken: BrokenFiles) -> Event:
    """One event for operations; told once until the files are mended."""
    return Event(
        id=event_id(Kind.FORMAT_CHANGED, None, None, ("watch files", utc(broken.at))),
        kind=Kind.FORMAT_CHANGED,
        watch=None,
        list=None,
        at=utc(broken.at),
        title=say(
            "The watch list was changed and cannot be used: the last good one stays in force"
        ),
        summary=say(
            "{reason}. Nothing of the change is in effect: watches that it adds are not "
            "watched, and watches that it takes out still are. Correct the file; it is read again "
            "by itself. `entity-monitor config check` names every problem.",
            reason=broken.reason,
        ),
        review=True,
    )
