"""Judging watches inside a transaction: load what is known, assess, store, queue what is told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.ledger.history import Past
from monitor.ledger.records import Key, SourceList, Watched
from monitor.ledger.write.transaction import Writing
from monitor.screening.change import Change
from monitor.screening.decide.assess import assess
from monitor.screening.decide.history import explained
from monitor.screening.decide.rules import Case
from monitor.screening.entry import ENTITY_LIST
from monitor.screening.event import Event
from monitor.screening.state import Span, WatchState
from monitor.screening.witness import WASHINGTON, Act, Look, Verdict
from monitor.service import Parts
from monitor.sources.ecfr.source import NAME


@dataclass(slots=True)
class Round:
    """One transaction's judging: its place in time, and the events it has come to."""

    tx: Writing
    parts: Parts
    now: datetime
    poll: int
    awaiting: frozenset[str] = frozenset()
    check_stale: bool = False
    events: list[Event] = field(default_factory=list)

    def emit(self, events: Iterable[Event]) -> None:
        """Writes events and their notifications; one told before is not told again."""
        fresh = self.tx.add_events(list(events), poll=self.poll or None, at=self.now)
        wanted = [
            (event.id, channel.id)
            for event in fresh
            for channel in self.parts.channels
            if channel.wants(event)
        ]
        self.tx.notify(wanted, self.now)
        self.events += fresh


def settle(
    round_: Round,
    keys: Iterable[Key],
    *,
    changes: Mapping[Key, Sequence[Change]] | None = None,
    source: str | None = None,
) -> None:
    """Judges these watches with all that is known of them.

    `changes`: of their own rows, in the snapshot of `source` that is being judged.
    """
    wanted = sorted(set(keys))
    if not wanted:
        return
    tx, lists = round_.tx, round_.tx.source_lists()
    watched, words, acts = tx.watched_of(wanted), tx.words_on(wanted), tx.acts_on(wanted)
    pasts = tx.history().of(one.names for one in watched.values() if one.state.state is None)
    decided: list[tuple[Watched, bool]] = []
    told: list[Event] = []
    looks = {list_: _look(round_, list_) for list_ in {list_ for _, list_ in wanted}}
    for key in wanted:
        watch, one = round_.parts.watch(key[0]), watched.get(key)
        if watch is None or one is None:
            continue
        case = Case(
            watch=watch,
            list_code=key[1],
            testimonies={
                word.source: word.beside(lists.get((word.source, key[1]), _unseen(word.source)))
                for word in words.get(key, ())
            },
            acts=acts.get(key, ()),
            look=replace(
                looks[key[1]],
                watched_since=one.watched_since,
                awaiting=round_.awaiting | _awaits_past(round_, one, lists, pasts),
            ),
            changes=(changes or {}).get(key, ()),
            changed_source=source,
            past=_past(round_, one, pasts, acts.get(key, ())),
        )
        judgement = assess(one.state, case)
        if judgement.state != one.state:
            decided.append((replace(one, state=judgement.state), _open(judgement.state, case)))
        told += judgement.events
    tx.set_watched(decided)
    round_.emit(told)


def _awaits_past(
    round_: Round, one: Watched, lists: Mapping[Key, SourceList], pasts: Mapping[str, Past]
) -> frozenset[str]:
    """The eCFR, where a first state waits: its past can be asked for, and nobody has tried."""
    text = lists.get((NAME, ENTITY_LIST))
    waits = (
        one.state.state is None
        and one.state.list == ENTITY_LIST
        and one.names not in pasts
        and text is not None
        and text.accepted_sha256 is not None
        and text.as_of is not None
        and round_.parts.has_dated_versions
    )
    return frozenset({NAME}) if waits else frozenset()


def _past(
    round_: Round, one: Watched, pasts: Mapping[str, Past], acts: Sequence[Act]
) -> tuple[Span, ...]:
    """The times on the list before a first state."""
    known = pasts.get(one.names)
    if known is None or one.state.list != ENTITY_LIST:
        return ()
    return explained(known.spans or (), acts, round_.now.astimezone(WASHINGTON).date())


def _look(round_: Round, list_: str) -> Look:
    return Look(
        now=round_.now,
        poll=round_.poll,
        sources=round_.parts.carriers(list_),
        stale_after=round_.parts.stale_limit(list_),
        check_stale=round_.check_stale,
    )


def _unseen(source: str) -> SourceList:
    return SourceList(source, "")


def _open(state: WatchState, case: Case) -> bool:
    """Whether time alone or the next poll can change it: such watches are judged at every look."""
    agrees = Verdict.LISTED if state.state == "listed" else Verdict.ABSENT
    differ = any(word.definite is not agrees for word in case.words())
    return state.state is None or state.pending is not None or state.stale or differ
