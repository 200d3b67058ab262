"""A channel that really sends, and says in its first line that the story is a replay."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.notify.channels import Channel, Receipt
from monitor.notify.digest import Digest
from monitor.screening.event import Event


@dataclass(slots=True)
class Rehearsed:
    """One of the configured channels, for the time of a replay."""

    id: str
    """The channel's own."""
    channel: Channel
    scenario: str
    takes_files: bool = False
    """What is replayed has no evidence."""

    @property
    def longest(self) -> float:
        """As the channel does."""
        return self.channel.longest

    def wants(self, event: Event, tags: Collection[str] = ()) -> bool:
        """As the channel does."""
        return self.channel.wants(event, tags)

    def send(
        self,
        event: Event,
        *,
        at: datetime,
        case: str | None,
        note: str = "",
        report: str | None = None,
    ) -> Receipt:
        """Sends the event marked; its id is another, so that no receiver takes it for the real."""
        mark = f"Replay of {self.scenario}, not news"
        marked = replace(
            event,
            id=f"{event.id}_replay",
            title=f"{mark}: {event.title}",
            summary=f"{mark}. {event.summary}",
        )
        return self.channel.send(marked, at=at, case=case, note=note, report=report)

    def wants_digest(self) -> bool:
        """Never: a replay has no days to sum up."""
        return False

    def send_digest(self, digest: Digest, *, at: datetime) -> Receipt:
        """As the channel does."""
        return self.channel.send_digest(digest, at=at)

    def send_test(self, *, at: datetime) -> Receipt:
        """As the channel does."""
        return self.channel.send_test(at=at)
