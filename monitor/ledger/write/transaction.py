"""One judging transaction: everything of one poll is written here, or nothing of it.

Reads in it see what no other judge can change meanwhile. Nothing is sent inside it. What it can
write stands in one module an idea: sources, entries, parties, cases, watches, acts, rules, events.
"""

from monitor.ledger.outbox import Outbox
from monitor.ledger.read import Reading
from monitor.ledger.write.acts import ActsWriting
from monitor.ledger.write.cases import CasesWriting
from monitor.ledger.write.entries import EntriesWriting
from monitor.ledger.write.events import EventsWriting
from monitor.ledger.write.parties import PartiesWriting
from monitor.ledger.write.rules import RulesWriting
from monitor.ledger.write.sources import SourcesWriting
from monitor.ledger.write.watches import WatchesWriting
from monitor.ledger.write.watchlist import WatchlistWriting


class Writing(
    Reading,
    SourcesWriting,
    EntriesWriting,
    PartiesWriting,
    CasesWriting,
    WatchesWriting,
    WatchlistWriting,
    ActsWriting,
    RulesWriting,
    EventsWriting,
):
    """What the use cases may write, and read while they write."""

    def outbox(self) -> Outbox:
        return Outbox(self._session)
