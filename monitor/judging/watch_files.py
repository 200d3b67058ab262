"""The watch list of a running service: its files read again, and what other replicas took up.

The ledger holds the watch list in force. Whichever replica sees its files change takes them up
there, and all the others follow the ledger, whatever their own files still say: were two lists
judged by at once, each would forget the watches of the other.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from monitor.errors import ConfigError
from monitor.judging.watchlist import follow, tell_broken_files
from monitor.ledger.watchlist import digest_of
from monitor.screening.follow import Follow
from monitor.screening.watch import Watch
from monitor.service import Service
from monitor.settings import WatchFiles

log = logging.getLogger("monitor.judging.watch_files")


@dataclass(frozen=True, slots=True)
class TakenUp:
    """A service with the watch list that is now in force."""

    service: Service
    fresh: bool = False
    """Whether watches were taken up that have yet to be told."""


@dataclass(slots=True)
class FollowedFiles:
    files: WatchFiles
    read: Callable[[], tuple[Sequence[Watch], Sequence[Follow]]]
    """Who is watched, and what followed, by the files as they are. Raises ConfigError."""
    _unread: bool = False
    """Whether a change was seen and has not been taken up."""

    def look(self, service: Service, awaiting: frozenset[str]) -> TakenUp:
        """The service by the watch list in force, after the files, if they changed, were read."""
        current = _in_force(service)
        self._unread = self.files.changed() or self._unread
        taken = TakenUp(current)
        if self._unread:
            try:
                watches, follows = self.read()
                taken = take_up(replace(current, watches=watches, follows=follows), awaiting)
            except ConfigError as error:
                problems = [str(problem) for problem in error.problems]
                log.error("the watch files cannot be used: %s", "; ".join(problems))  # noqa: TRY400 - expected, and told
                tell_broken_files(current, problems)
            self._unread = False
        return taken


def take_up(service: Service, awaiting: frozenset[str]) -> TakenUp:
    """Puts the service's watch list in force, for every replica."""
    judging = follow(replace(service, in_force=None), awaiting=awaiting)
    pinned = replace(service, in_force=digest_of(service.watches, service.follows))
    return TakenUp(pinned, bool(judging.taken_up))


def _in_force(service: Service) -> Service:
    with service.ledger.reading() as reading:
        digest = reading.watchlist_digest()
        if digest is None or digest == service.in_force:
            return service
        return replace(
            service,
            watches=reading.watchlist(),
            follows=reading.follows(),
            in_force=digest,
        )
