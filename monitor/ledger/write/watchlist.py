"""The watch list in force, inside a judging transaction."""

from collections.abc import Sequence

from sqlmodel import Session

from monitor.ledger.json import to_json
from monitor.ledger.tables import FactRow
from monitor.ledger.watchlist import BROKEN, DIGEST, LIST, digest_of
from monitor.screening.watch import Watch
from monitor.screening.watch_files import BrokenFiles


class WatchlistWriting:
    _session: Session

    def set_watchlist(self, watches: Sequence[Watch]) -> str:
        """From now on these are watched, by every replica; the digest. The files are sound."""
        digest = digest_of(watches)
        row = self._session.get(FactRow, DIGEST)
        if row is None or row.value != digest:
            self._session.merge(FactRow(name=LIST, value=to_json(watches)))
            self._session.merge(FactRow(name=DIGEST, value=digest))
        if (broken := self._session.get(FactRow, BROKEN)) is not None:
            self._session.delete(broken)
        self._session.flush()
        return digest

    def set_broken_files(self, broken: BrokenFiles) -> None:
        self._session.merge(FactRow(name=BROKEN, value=to_json(broken)))
        self._session.flush()
