"""Where each watch stands, in two words and without its sentences. Changes nothing.

The same as a STATUS says, at a small part of its price: what pages choose from and count.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from monitor.ledger.read import Reading
from monitor.ledger.records import Key
from monitor.screening.cases import Case
from monitor.screening.decide.matches import lies_over
from monitor.screening.scope import Scope
from monitor.screening.state import POSSIBLE_MATCH, UNKNOWN
from monitor.screening.watch import Watch
from monitor.screening.witness import is_fresh


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
    states = {(one.watch, one.list): one for one in reading.states()}
    heard = reading.heard()
    sources = _recent(scope, reading, now)
    waiting = asked_about(reading.cases(open_=True, limit=None))

    def standing(watch: Watch, list_: str) -> WatchSummary:
        known = states.get((watch.id, list_))
        fresh = any((watch.id, list_, source) in heard for source in sources[list_])
        told = known is not None and fresh and not known.unclear
        state = known.state if known is not None and told else None
        pending = known.pending if known else None
        if known is not None and lies_over(known, waiting.get((watch.id, list_), ())):
            state, pending = None, POSSIBLE_MATCH
        return WatchSummary(watch, list_, state or UNKNOWN, pending, fresh)

    return [standing(watch, list_) for watch in scope.watches for list_ in watch.lists]


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
