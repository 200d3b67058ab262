"""Where each watch stands, in two words and without its sentences. Changes nothing.

The same as a STATUS says, at a small part of its price: what pages choose from and count.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock

from monitor.ledger.read import Reading
from monitor.ledger.records import Key
from monitor.screening.cases import Case
from monitor.screening.decide.matches import lies_over
from monitor.screening.scope import Scope
from monitor.screening.state import POSSIBLE_MATCH, UNKNOWN
from monitor.screening.watch import Watch
from monitor.screening.witness import is_fresh

QUICK = 0.1
"""Seconds up to which all summaries are made whenever they are asked for."""
RESTS = 10.0
"""Others are kept for so many times as long as they took."""


@dataclass(frozen=True, slots=True)
class WatchSummary:
    """State and pending state of one watch on one list, as of a moment."""

    watch: Watch
    list: str
    state: str
    pending: str | None
    fresh: bool
    """Whether a source of the list was read well so lately that the state can be told."""

    @property
    def needs_a_look(self) -> bool:
        """Whether it cannot be told, or something is announced or suspected."""
        return self.state == UNKNOWN or self.pending is not None


def watch_summaries(scope: Scope, reading: Reading, now: datetime) -> list[WatchSummary]:
    """Every watch on every list, in the order of the configuration."""
    states = {(one.watch, one.list): one for one in reading.decided_states()}
    fresh = {
        list_: reading.heard(list_, sources)
        for list_, sources in _recent(scope, reading, now).items()
    }
    waiting = asked_about(reading.cases(open_=True, limit=None))

    def summary(watch: Watch, list_: str) -> WatchSummary:
        key = watch.id, list_
        known, known_of = states.get(key), watch.id in fresh[list_]
        if known is None:
            return WatchSummary(watch, list_, UNKNOWN, None, known_of)
        if key in waiting and lies_over(known, waiting[key]):
            return WatchSummary(watch, list_, UNKNOWN, POSSIBLE_MATCH, known_of)
        state = known.state if known_of and not known.unclear else None
        return WatchSummary(watch, list_, state or UNKNOWN, known.pending, known_of)

    return [summary(watch, list_) for watch in scope.watches for list_ in watch.lists]


class Summaries:
    """The summaries of all watches, made once for readers who come one after the other.

    With few watches they are made anew for each; where that takes long they rest ten times as long.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._made: list[WatchSummary] = []
        self._of: Sequence[Watch] | None = None
        self._at = datetime.min.replace(tzinfo=UTC)
        self._rest = 0.0
        self._making = Lock()

    def of(self, scope: Scope, reading: Reading, now: datetime) -> Sequence[WatchSummary]:
        with self._making:
            begun = self._clock()
            rested = 0 <= (begun - self._at).total_seconds() < self._rest
            if not rested or self._of is not scope.watches:
                self._made = watch_summaries(scope, reading, now)
                self._of, self._at = scope.watches, begun
                cost = (self._clock() - begun).total_seconds()
                self._rest = cost * RESTS if cost > QUICK else 0.0
            return self._made


def asked_about(cases: Iterable[Case]) -> dict[Key, list[Case]]:
    """Cases by watch and list, the likeliest first."""
    found: dict[Key, list[Case]] = defaultdict(list)
    for case in sorted(cases, key=lambda one: (-one.score, one.id)):
        found[case.watch, case.list].append(case)
    return found


def _recent(scope: Scope, reading: Reading, now: datetime) -> dict[str, tuple[str, ...]]:
    """By list, the sources that were read well so lately that the list can be told by them."""
    looks = {key: one.last_good_at for key, one in reading.source_lists().items()}
    found = {}
    for list_ in scope.followed:
        limit = scope.stale_limit(list_)
        good = {source: looks.get((source, list_)) for source in scope.carriers(list_)}
        found[list_] = tuple(
            source for source, at in good.items() if at is not None and is_fresh((at,), now, limit)
        )
    return found
