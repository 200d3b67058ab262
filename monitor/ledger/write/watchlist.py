"""The watch list in force, inside a judging transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, select

from monitor.ledger.json import to_json
from monitor.ledger.tables import FactRow, FollowRow
from monitor.ledger.watchlist import BROKEN, DIGEST, FOLLOWS, LIST, digest_of
from monitor.screening.follow import Follow
from monitor.screening.watch import Watch
from monitor.screening.watch_files import BrokenFiles


class WatchlistWriting:
    _session: Session

    def set_watchlist(self, watches: Sequence[Watch], follows: Sequence[Follow] = ()) -> str:
        """From now on these are watched, by every replica; the digest. The files are sound."""
        digest = digest_of(watches, follows)
        row = self._session.get(FactRow, DIGEST)
        if row is None or row.value != digest:
            self._session.merge(FactRow(name=LIST, value=to_json(watches)))
            self._session.merge(FactRow(name=FOLLOWS, value=to_json(follows)))
            self._session.merge(FactRow(name=DIGEST, value=digest))
        if (broken := self._session.get(FactRow, BROKEN)) is not None:
            self._session.delete(broken)
        self._session.flush()
        return digest

    def set_follows(self, follows: Sequence[Follow], at: datetime) -> None:
        """What is followed from now on: a new follow, or another filter, begins `at`."""
        wanted = {follow.id: follow.asks for follow in follows}
        known = {row.id: row for row in self._session.exec(select(FollowRow))}
        for id_ in known.keys() - wanted.keys():
            self._session.delete(known[id_])
        for id_, asks in wanted.items():
            if id_ not in known or known[id_].asks != asks:
                self._session.merge(FollowRow(id=id_, asks=asks, set_at=at))
        self._session.flush()

    def set_broken_files(self, broken: BrokenFiles) -> None:
        self._session.merge(FactRow(name=BROKEN, value=to_json(broken)))
        self._session.flush()
