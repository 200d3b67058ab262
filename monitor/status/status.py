"""The STATUS of every watch, made from the ledger and the clock. Changes nothing.

Freshness is that of the moment of asking: a state that no source has confirmed for too long is
`unknown` even before the event that says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from monitor.ledger.engine import CHUNK
from monitor.ledger.read import Reading
from monitor.ledger.records import Key, SourceMemory, Watched
from monitor.screening.cases import Case
from monitor.screening.decide.matches import asks
from monitor.screening.decide.rules import Facts, find_act
from monitor.screening.decide.testimony import SourceList, StoredTestimony
from monitor.screening.entry import ENTITY_LIST, PART_LISTS, Entry
from monitor.screening.full_text import naming
from monitor.screening.rules.register import Rule
from monitor.screening.scope import Scope
from monitor.screening.standstill import older_copy, standstill
from monitor.screening.state import POSSIBLE_MATCH, UNKNOWN, WatchState
from monitor.screening.watch import Watch
from monitor.screening.witness import (
    WHOLE_PART,
    Act,
    Circumstances,
    PollOutcome,
    Source,
    Verdict,
    is_fresh,
)
from monitor.screening.words.event_text import as_numbered, utc
from monitor.screening.words.labels import OUTCOMES, duration, source_name
from monitor.screening.words.message import capitalized, joined, say
from monitor.screening.words.rule_text import bearing
from monitor.screening.words.status_text import reasons
from monitor.status.cases import PublicCase, public_case
from monitor.status.rules import rules_now
from monitor.status.summary import asked_about


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One source's part in a STATUS."""

    source: str
    verdict: str | None
    as_of: str | None
    checked_at: str | None
    last_good_at: str | None
    outcome: PollOutcome | None
    snapshot: str | None
    entries: int | None
    matched: tuple[Entry, ...]
    error: str | None


@dataclass(frozen=True, slots=True)
class LastEvent:
    """The newest event of a watch."""

    id: str
    kind: str
    at: str


@dataclass(frozen=True, slots=True)
class Announced:
    """The act that is announced and not yet in force."""

    document_number: str
    url: str | None
    effective_on: str | None
    publication_date: str | None


@dataclass(frozen=True, slots=True)
class Status:
    """The STATUS of one watch on one list; its fields are the public shape."""

    watch: str
    name: str
    list: str
    state: str
    pending: str | None
    last_known_state: str | None
    since: str | None
    citation: str | None
    document_number: str | None
    document_url: str | None
    checked_at: str | None
    fresh: bool
    stale_after: str
    reasons: tuple[str, ...]
    sources: tuple[SourceStatus, ...]
    history: tuple[dict[str, str | None], ...]
    last_event: LastEvent | None
    announced: Announced | None = None
    cases: tuple[PublicCase, ...] = ()
    """What waits for a person, the likeliest first."""
    rules: tuple[str, ...] = ()
    """Ids of the rules that bear on it."""


def statuses(
    scope: Scope, reading: Reading, now: datetime, watches: Sequence[Watch] | None = None
) -> list[Status]:
    """One STATUS for each watch and list, in the order of the configuration."""
    asked = scope.watches if watches is None else watches
    # Of many it is quicker to read all than to name each.
    named = [watch.id for watch in asked] if watches is not None and len(asked) <= CHUNK else []
    view = _View(
        scope=scope,
        now=now,
        watched=reading.watched(*named),
        words=_by_key(reading.words(*named)),
        lists=reading.source_lists(),
        memories=reading.memories(),
        acts=reading.acts_by_key(*named),
        cases=asked_about(reading.cases(open_=True, watches=named, limit=None)),
        dead=reading.dead_letters(),
        pasts=reading.history().remarks(),
        rules=rules_now(reading, now),
        notes={list_: reading.notes(list_) for list_ in scope.followed},
    )
    return [view.status(watch, list_) for watch in asked for list_ in watch.lists]


def _by_key(words: Iterable[StoredTestimony]) -> dict[Key, list[StoredTestimony]]:
    found: dict[Key, list[StoredTestimony]] = defaultdict(list)
    for word in words:
        found[word.watch, word.list].append(word)
    return found


@dataclass(frozen=True, slots=True)
class _View:
    scope: Scope
    now: datetime
    watched: dict[Key, Watched]
    words: dict[Key, list[StoredTestimony]]
    lists: dict[Key, SourceList]
    memories: dict[str, SourceMemory]
    acts: dict[Key, list[Act]]
    cases: dict[Key, list[Case]]
    dead: dict[str | None, list[str]]
    """By watch, the channels to which an alert of it could not be delivered."""
    pasts: dict[str, tuple[str, ...]]
    """By the digest of a party's names, what of its past could not be read."""
    rules: tuple[Rule, ...]
    notes: Mapping[str, tuple[str, ...]]
    """By list, the editors' notes below the law's text of it."""

    def status(self, watch: Watch, list_: str) -> Status:
        key = (watch.id, list_)
        known = self.watched.get(key)
        state = known.state if known else WatchState(watch=watch.id, list=list_)
        facts = self._facts(watch, list_, known)
        looks = [word.last_good_at for word in facts.words()]
        limit = self.scope.stale_limit(list_)
        fresh = is_fresh(looks, self.now, limit)
        return Status(
            watch=watch.id,
            name=watch.called,
            list=list_,
            state=_told(state) if fresh and not asks(state, facts) else UNKNOWN,
            pending=POSSIBLE_MATCH if asks(state, facts) else state.pending,
            last_known_state=None if state.unclear else state.state,
            since=state.since,
            citation=state.citation,
            document_number=as_numbered(state.document_number),
            document_url=state.document_url,
            checked_at=_time(max(looks, default=None)),
            fresh=fresh,
            stale_after=duration(limit),
            reasons=(
                *reasons(state, facts, fresh=fresh),
                *filter(None, [bearing(self.rules, list_, state.state)]),
                *self._troubles(watch.id, list_),
                *self._part_troubles(list_),
                *(self.pasts.get(known.names, ()) if known and list_ == ENTITY_LIST else ()),
            ),
            sources=tuple(self._sources(list_, facts)),
            history=tuple(
                {
                    "from": span.since,
                    "to": span.to,
                    "citation": span.citation,
                    "to_citation": span.to_citation,
                }
                for span in state.history
            ),
            last_event=_last_event(state),
            announced=_announced(state, facts),
            cases=tuple(public_case(case) for case in facts.cases),
            rules=tuple(rule.id for rule in self.rules if list_ in rule.lists),
        )

    def _facts(self, watch: Watch, list_: str, known: Watched | None) -> Facts:
        key = (watch.id, list_)
        unclear = any(word.verdict is Verdict.UNKNOWN for word in self.words.get(key, ()))
        return Facts(
            watch=watch,
            list_code=list_,
            testimonies={
                word.source: word.beside(self.lists[word.source, list_])
                for word in self.words.get(key, ())
                if (word.source, list_) in self.lists
            },
            acts=self.acts.get(key, ()),
            cases=self.cases.get(key, ()),
            notes=naming(self.notes.get(list_, ()), watch.names) if unclear else (),
            look=Circumstances(
                now=self.now,
                poll=0,
                sources=self.scope.carriers(list_),
                stale_after=self.scope.stale_limit(list_),
                watched_since=known.watched_since if known else None,
                held=self._held(list_),
            ),
        )

    def _held(self, list_: str) -> frozenset[str]:
        """The sources with a newer snapshot of this list in quarantine."""
        looks = (self.lists.get((source, list_)) for source in self.scope.carriers(list_))
        return frozenset(look.source for look in looks if look is not None and look.held)

    def _sources(self, list_: str, facts: Facts) -> Iterable[SourceStatus]:
        for source in facts.look.sources:
            memory, looked = self.memories.get(source), self.lists.get((source, list_))
            word = facts.word(source)
            yield SourceStatus(
                source=source,
                verdict=word.verdict.value if word else UNKNOWN,
                as_of=looked.as_of if looked else None,
                checked_at=_time(memory.last_poll_at if memory else None),
                last_good_at=_time(looked.last_good_at if looked else None),
                outcome=memory.last_outcome if memory else None,
                snapshot=looked.accepted_sha256 if looked else None,
                entries=looked.rows if looked and looked.accepted_sha256 else None,
                matched=word.matched if word else (),
                error=_error(memory),
            )
        if Source.FEDERAL_REGISTER in self.scope.enabled:
            memory = self.memories.get(Source.FEDERAL_REGISTER)
            yield SourceStatus(
                source=Source.FEDERAL_REGISTER,
                verdict=None,
                as_of=None,
                checked_at=_time(memory.last_poll_at if memory else None),
                last_good_at=_time(memory.last_good_at if memory else None),
                outcome=memory.last_outcome if memory else None,
                snapshot=memory.accepted_sha256 if memory else None,
                entries=None,
                matched=(),
                error=_error(memory),
            )

    def _troubles(self, watch: str, list_: str) -> Iterable[str]:
        """Troubles of sources and channels that a reader must know of."""
        for channel in self.dead.get(watch, ()):
            yield say(
                "An alert could not be delivered to {channel} and was given up.", channel=channel
            )
        for source in (*self.scope.carriers(list_), *self._register()):
            memory, looked = self.memories.get(source), self.lists.get((source, list_))
            if looked is not None and looked.held:
                yield say(
                    "A newer snapshot of {source} is quarantined: {reasons}.",
                    source=source_name(source),
                    reasons=joined("; ", looked.held_reasons),
                )
            if memory is not None and memory.last_outcome is PollOutcome.FAILED:
                yield say(
                    "The last poll of {source} failed: {reasons}.",
                    source=source_name(source),
                    reasons=joined("; ", memory.last_reasons),
                )
            if memory is not None:
                yield from _behind(memory, looked)

    def _part_troubles(self, list_: str) -> Iterable[str]:
        """Why the answer that holds a list beside the Entity List did not serve."""
        memory = self.memories.get(WHOLE_PART)
        carried = list_ in PART_LISTS and Source.ECFR in self.scope.carriers(list_)
        if carried and memory is not None and memory.last_outcome is PollOutcome.FAILED:
            yield say(
                "In the last answer for part 744, {reasons}.",
                reasons=joined("; ", memory.last_reasons),
            )

    def _register(self) -> tuple[str, ...]:
        return (Source.FEDERAL_REGISTER,) if Source.FEDERAL_REGISTER in self.scope.enabled else ()


def _told(state: WatchState) -> str:
    return UNKNOWN if state.state is None or state.unclear else state.state


def _behind(memory: SourceMemory, looked: SourceList | None) -> Iterable[str]:
    """What a source's own dates tell against it."""
    if stands := standstill(memory.health, memory.source):
        yield say("{clause}.", clause=capitalized(stands))
    if memory.health.older is not None:
        newest = looked.as_of if looked else None
        older = older_copy(memory.source, memory.health.older, newest)
        yield say("{clause}.", clause=capitalized(older))


def _error(memory: SourceMemory | None) -> str | None:
    if memory is None or memory.last_outcome is None or memory.last_outcome.good:
        return None
    return joined("; ", memory.last_reasons) or OUTCOMES[memory.last_outcome]


def _announced(state: WatchState, facts: Facts) -> Announced | None:
    act = find_act(facts, state.announced)
    if act is None:
        return None
    number = as_numbered(act.number) or ""
    return Announced(number, act.url, act.effective_on, act.publication_date)


def _last_event(state: WatchState) -> LastEvent | None:
    if state.last_event is None or state.last_kind is None or state.last_event_at is None:
        return None
    return LastEvent(state.last_event, state.last_kind, utc(state.last_event_at))


def _time(moment: datetime | None) -> str | None:
    return utc(moment.astimezone(UTC)) if moment else None
