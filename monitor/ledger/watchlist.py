"""The watch list in force: what the replicas of one database share, whoever read it from files."""

from collections.abc import Sequence
from hashlib import sha256

from sqlmodel import Session

from monitor.ledger.json import from_json, json_bytes
from monitor.ledger.tables import FactRow
from monitor.screening.watch import Watch
from monitor.screening.watch_files import BrokenFiles

LIST, DIGEST, BROKEN = "watchlist", "watchlist digest", "watch files broken"


def digest_of(watches: Sequence[Watch]) -> str:
    """A digest of all that is said of the watches."""
    return sha256(json_bytes(watches)).hexdigest()


class WatchlistReading:
    _session: Session

    def watchlist_digest(self) -> str | None:
        """The digest of the watch list in force; None before the first."""
        row = self._session.get(FactRow, DIGEST)
        return row.value if row else None

    def watchlist(self) -> tuple[Watch, ...]:
        """The watch list in force."""
        row = self._session.get(FactRow, LIST)
        return from_json(row.value, tuple[Watch, ...]) if row else ()

    def broken_files(self) -> BrokenFiles | None:
        """Watch files that were changed and cannot be used, until they are mended."""
        row = self._session.get(FactRow, BROKEN)
        return from_json(row.value, BrokenFiles) if row else None
