"""The watch list in force: what the replicas of one database share, whoever read it from files."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from sqlmodel import Session, select

from monitor.ledger.json import from_json, json_bytes
from monitor.ledger.tables import FactRow, FollowRow
from monitor.screening.follow import Follow
from monitor.screening.watch import Watch
from monitor.screening.watch_files import BrokenFiles

LIST, DIGEST, BROKEN = "watchlist", "watchlist digest", "watch files broken"
FOLLOWS = "follows"


def digest_of(watches: Sequence[Watch], follows: Sequence[Follow] = ()) -> str:
    """A digest of all that is said of the watches and follows."""
    said = json_bytes(watches) + (json_bytes(follows) if follows else b"")
    return sha256(said).hexdigest()


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

    def follows(self) -> tuple[Follow, ...]:
        """The follows in force."""
        row = self._session.get(FactRow, FOLLOWS)
        return from_json(row.value, tuple[Follow, ...]) if row else ()

    def followed_since(self) -> dict[str, datetime]:
        """When each follow was set, or was given another filter."""
        return {row.id: row.set_at for row in self._session.exec(select(FollowRow))}

    def broken_files(self) -> BrokenFiles | None:
        """Watch files that were changed and cannot be used, until they are mended."""
        row = self._session.get(FactRow, BROKEN)
        return from_json(row.value, BrokenFiles) if row else None
