"""One transaction that judges watches: loads what is known, asks `screening.decide`, stores it."""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.errors import MonitorError, WatchlistChangedError
from monitor.ledger.history import Past
from monitor.ledger.records import Key, Poll, Watched
from monitor.ledger.write.transaction import Writing
from monitor.screening.cases import told_of
from monitor.screening.change import Change
from monitor.screening.decide.assess import assess
from monitor.screening.decide.history import explained
from monitor.screening.decide.matches import each_asked
from monitor.screening.decide.rules import Facts, stays_open
from monitor.screening.decide.testimony import SourceList, StoredTestimony
from monitor.screening.entry import ENTITY_LIST
from monitor.screening.event import Event, Kind
from monitor.screening.full_text import naming
from monitor.screening.lost_store import in_baseline
from monitor.screening.state import LISTED, Span
from monitor.screening.watch import Watch
from monitor.screening.witness import (
    WASHINGTON,
    Act,
    Circumstances,
    PollOutcome,
    Source,
    Verdict,
)
from monitor.screening.words.case_text import many_matches
from monitor.screening.words.message import joined, say
from monitor.service import Service

log = logging.getLogger("monitor.judging")


AT_ONCE = 1_000
"""Events that are held before they are written: fifty thousand first states are 250 MB."""


@dataclass(slots=True)
class PollResult:
    """What is recorded of a poll."""

    outcome: PollOutcome
    reasons: list[str] = field(default_factory=list)
    snapshot: str | None = None
    entries: int | None = None
    as_of: str | None = None
    proves: bool = True
    """Whether it says what the source says now; an older copy does not."""


@dataclass(slots=True)
class Judging:
    """One transaction: its place in time, the poll it belongs to, and the events decided in it."""

    tx: Writing
    service: Service
    now: datetime
    poll: int
    awaiting: frozenset[str] = frozenset()
    check_stale: bool = False
    together: bool = False
    """Whether the possible matches reach each channel as one message."""
    brought: Collection[Key] = ()
    """Watches of an import: their cases are told beside their first states."""
    taken_up: Collection[Key] = ()
    """Watches that are new, or judged by other names than before."""
    events: list[Event] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    """What could not be judged beside the watches, in sentences for the poll's record."""

    def __post_init__(self) -> None:
        """Raises WatchlistChangedError where the service's watch list is no longer in force.

        What is judged by an old one would leave a watch that came meanwhile behind its list.
        """
        in_force = self.service.in_force
        if in_force is not None and in_force != self.tx.watchlist_digest():
            raise WatchlistChangedError

    def emit(self, events: Iterable[Event]) -> None:
        """Writes events and their notifications; one told before is not told again."""
        told = list(events)
        if any(event.kind is Kind.BASELINE for event in told):
            lost = self.tx.lost_store()
            told = [in_baseline(event, lost, self.now) for event in told]
        fresh = self.tx.add_events(told, poll=self.poll or None, at=self.now)
        self.events += (event.in_english() for event in fresh)
        pairs: list[tuple[str, str]] = []
        by_channel: dict[str, list[Event]] = {}
        for event in fresh:
            for channel in self.service.told_of(event):
                by_channel.setdefault(channel.id, []).append(event)
        for channel_id, some in by_channel.items():
            wanted = self._as_one(some) if self.together else some
            pairs += [(event.id, channel_id) for event in wanted]
        place = {event.id: at for at, event in enumerate(fresh)}
        pairs.sort(key=lambda pair: place.get(pair[0], len(place)))
        self.tx.notify(pairs, self.now)

    def _as_one(self, wanted: Sequence[Event]) -> list[Event]:
        """What a channel wants to be told, with one event in place of many possible matches."""
        matches = [event for event in wanted if event.kind is Kind.POSSIBLE_MATCH]
        if len(matches) < 2:
            return list(wanted)
        one = many_matches(matches, self.now)
        # Another channel may have been told the same.
        self.events += self.tx.add_events([one], poll=self.poll or None, at=self.now)
        return [*(event for event in wanted if event.kind is not Kind.POSSIBLE_MATCH), one]

    @contextmanager
    def beside_watches(self) -> Iterator[None]:
        """For news of whole lists and rules: a defect in it is said and hinders no watch.

        Else an odd day in an act that concerns nobody here would hold back a removal.
        """
        try:
            yield
        except MonitorError:
            raise
        except Exception as error:
            log.exception("news of whole lists or of rules could not be judged")
            kind = joined(": ", (type(error).__name__, " ".join(str(error).split())[:200]))
            self.defects.append(
                say("news of whole lists or of rules could not be judged: {kind}", kind=kind)
            )

    def close(self, source: str, outcome: PollResult, *, url: str | None = None) -> Poll:
        """Ends the poll: what the source is remembered by, and the poll's own record."""
        reasons = [*outcome.reasons, *self.defects]
        good = {"last_good_at": self.now} if outcome.outcome.good and outcome.proves else {}
        self.tx.remember(
            source,
            last_poll_at=self.now,
            last_outcome=outcome.outcome,
            last_reasons=reasons,
            **good,
        )
        return self.tx.close_poll(
            self.poll,
            outcome=outcome.outcome,
            reasons=reasons,
            snapshot=outcome.snapshot,
            entries=outcome.entries,
            as_of=outcome.as_of,
            url=url,
        )


def decide(
    judging: Judging,
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
    tx, lists = judging.tx, judging.tx.source_lists()
    watched, words, acts = tx.watched_of(wanted), tx.words_on(wanted), tx.acts_on(wanted)
    cases = tx.cases_on(wanted)
    pasts = tx.history().of(value.names for value in watched.values() if value.state.state is None)
    decided: list[tuple[Watched, bool]] = []
    told, matches = list[Event](), list[Event]()
    looks = {list_: _look(judging, list_) for list_ in {list_ for _, list_ in wanted}}
    for key in wanted:
        watch, one = judging.service.watch(key[0]), watched.get(key)
        if watch is None or one is None:
            continue
        facts = Facts(
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
                awaiting=judging.awaiting | _awaits_past(judging, one, lists, pasts),
            ),
            changes=(changes or {}).get(key, ()),
            changed_source=source,
            past=_past(judging, one, pasts, acts.get(key, ())),
            cases=cases.get(key, ()),
            notes=_notes(judging, watch, key[1], words.get(key, ())),
        )
        judgement = assess(one.state, facts)
        if key in judging.brought and judgement.state.state != LISTED:
            judgement = each_asked(judgement, facts)
        if judgement.state != one.state:
            decided.append(
                (replace(one, state=judgement.state), stays_open(judgement.state, facts))
            )
        for event in judgement.events:
            as_one = judging.together and event.kind is Kind.POSSIBLE_MATCH
            (matches if as_one else told).append(event)
        if len(told) >= AT_ONCE:
            judging.emit(told)
            told = []
        tx.set_cases(told_of(facts.cases, judgement.events))
    tx.set_watched(decided)
    judging.emit([*told, *matches])


def _notes(
    judging: Judging, watch: Watch, list_: str, words: Sequence[StoredTestimony]
) -> tuple[str, ...]:
    """The editors' notes that name a watch of which a text says no more."""
    if all(word.verdict is not Verdict.UNKNOWN for word in words):
        return ()
    return naming(judging.tx.notes(list_), watch.names)


def _awaits_past(
    judging: Judging, watched: Watched, lists: Mapping[Key, SourceList], pasts: Mapping[str, Past]
) -> frozenset[str]:
    """The eCFR, where a first state waits: its past can be asked for, and nobody has tried."""
    text = lists.get((Source.ECFR, ENTITY_LIST))
    waits = (
        watched.state.state is None
        and watched.state.list == ENTITY_LIST
        and watched.names not in pasts
        and text is not None
        and text.accepted_sha256 is not None
        and text.as_of is not None
        and judging.service.versions is not None
    )
    return frozenset({Source.ECFR}) if waits else frozenset()


def _past(
    judging: Judging, watched: Watched, pasts: Mapping[str, Past], acts: Sequence[Act]
) -> tuple[Span, ...]:
    """The times on the list before a first state."""
    known = pasts.get(watched.names)
    if known is None or watched.state.list != ENTITY_LIST:
        return ()
    return explained(known.spans or (), acts, judging.now.astimezone(WASHINGTON).date())


def _look(judging: Judging, list_: str) -> Circumstances:
    return Circumstances(
        now=judging.now,
        poll=judging.poll,
        sources=judging.service.carriers(list_),
        stale_after=judging.service.stale_limit(list_),
        check_stale=judging.check_stale,
    )


def _unseen(source: str) -> SourceList:
    return SourceList(source, "")
