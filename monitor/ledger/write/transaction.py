"""One judging transaction: everything of one poll is written here, or nothing of it.

Reads in it see what no other judge can change meanwhile. Nothing is sent inside it. What it can
write stands in one module an idea: sources, entries, watches, acts, events.
"""

from sqlmodel import Session

from monitor.ledger.entry_history import Backlog
from monitor.ledger.held import Held
from monitor.ledger.outbox import Outbox
from monitor.ledger.history import Pasts
from monitor.ledger.write.acts import ActsWriting
from monitor.ledger.write.entries import EntriesWriting
from monitor.ledger.write.events import EventsWriting
from monitor.ledger.write.sources import SourcesWriting
from monitor.ledger.write.watches import WatchesWriting


class Writing(SourcesWriting, EntriesWriting, WatchesWriting, ActsWriting, EventsWriting):
    """What the use cases may write, and read while they write."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._held = Held(session)

    def finish(self) -> None:
        """Writes what is held back to the end of the transaction."""
        self._held.write()

    def outbox(self) -> Outbox:
        """The notifications, in this transaction."""
        return Outbox(self._session)

    def backlog(self, source: str, list_: str) -> Backlog:
        """How long the entries of a list stood before the first poll, in this transaction."""
        return Backlog(self._session, source, list_)

    def pasts(self) -> Pasts:
        """What is known of the past, in this transaction."""
        return Pasts(self._session)
