"""The first use case: look at a source, judge what came, and write it all in one transaction.

`poll` takes one source; `judge_time` judges what time alone has changed; `check` does every enabled
source once, in order, and then the time. Nothing is sent here: `deliver` does that.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.errors import SourceFault, UsageError
from monitor.history.learn import first_states
from monitor.judging import acts
from monitor.judging.bodies import keep
from monitor.judging.list_look import Outcome, judge_look
from monitor.judging.register_look import REGISTER, judge_register
from monitor.judging.round import Round, settle
from monitor.judging.source_failure import tell_failure
from monitor.ledger.records import Key, Poll, Snapshot, SourceMemory
from monitor.screening.event import Event
from monitor.screening.witness import WASHINGTON, is_fresh
from monitor.service import Parts
from monitor.sources.source import Looked, Memory, Validators


@dataclass(frozen=True, slots=True)
class Polled:
    """One poll as it is told, with the events it came to."""

    poll: Poll
    events: tuple[Event, ...]
    retry_after: float | None = None
    """Seconds for which the host asked not to be asked again."""


def poll(parts: Parts, source: str, *, awaiting: frozenset[str] = frozenset()) -> Polled:
    """Look at one source and judge what came; first states are told with their past.

    `awaiting` names the sources about to be polled in the same run: a first state waits for them.
    """
    look = poll_list if source in parts.list_sources else poll_acts
    polled = look(parts, source, awaiting=awaiting)
    one = polled.poll
    first = first_states(parts, one.id, source, one.outcome, awaiting=awaiting)
    return replace(polled, events=(*polled.events, *first))


def poll_list(parts: Parts, source: str, *, awaiting: frozenset[str] = frozenset()) -> Polled:
    """Look at one list source and judge what came."""
    now = parts.clock()
    # A host once ahead of the calendar must not make every later answer look like an old copy.
    latest = (now + timedelta(days=1)).date().isoformat()
    with parts.ledger.reading() as reading:
        said = [one.as_of for one in reading.source_lists(source).values() if one.as_of]
        days = [day for day in said if day[:10] <= latest]
        memory = _memory(parts, reading.memory(source), max(days, default=None))
    try:
        looked = parts.list_sources[source].look(memory)
    except SourceFault as fault:
        return _failed(parts, source, fault, now)
    stored, refusal = 0, None
    if looked.reading is not None and looked.sha256 is not None:
        stored, refusal = keep(parts, looked.sha256, looked.body)
    with parts.ledger.judging() as tx:
        round_ = Round(tx, parts, now, tx.add_poll(source, now, "accepted"), awaiting)
        outcome = judge_look(round_, source, looked)
        if looked.reading is not None:
            snapshot = _snapshot(source, looked, outcome, stored, now)
            tx.keep_snapshot(replace(snapshot, kept=refusal is None))
        if refusal is not None:
            _ask_again(round_, source, outcome, refusal)
        polled = _close(round_, source, looked.url, outcome, now)
    return Polled(polled, tuple(round_.events))


def poll_acts(parts: Parts, source: str, *, awaiting: frozenset[str] = frozenset()) -> Polled:
    """Look at the Federal Register: what one part of it brings is judged though another fails."""
    if parts.register is None:
        raise UsageError(f"source “{source}” is disabled in sources.yaml")
    with parts.ledger.reading() as reading:
        memory, known = reading.memory(REGISTER), reading.known_acts()
    now = parts.clock()
    last_good = memory.last_good_at.date() if memory.last_good_at else None
    since, today = acts.window(last_good, now.date()), now.astimezone(WASHINGTON).date()
    found = acts.look(parts.register, known, since, today)
    acts.keep_texts(parts, found)
    with parts.ledger.judging() as tx:
        round_ = Round(tx, parts, now, tx.add_poll(REGISTER, now, "accepted"), awaiting)
        touched = acts.record(round_, found) | acts.judge_again(round_)
        settle(round_, [*touched, *tx.open_keys()])
        outcome = judge_register(round_, found, memory)
        polled = _close(round_, REGISTER, None, outcome, now)
    waits = [fault.retry_after for fault in found.faults if fault.retry_after]
    return Polled(polled, tuple(round_.events), max(waits, default=None))


def judge_time(parts: Parts, *, silence: bool = True) -> tuple[Event, ...]:
    """Judge what time alone has changed: effective dates that have come, and silence if asked."""
    now = parts.clock()
    with parts.ledger.judging() as tx:
        round_ = Round(tx, parts, now, tx.newest_poll(), check_stale=silence)
        settle(round_, _due_for_time(round_))
    return tuple(round_.events)


def _due_for_time(round_: Round) -> set[Key]:
    """Watches that time can change: the open ones, and all of a list that went stale."""
    parts, lists = round_.parts, round_.tx.source_lists()
    stale = set()
    for list_ in parts.followed:
        goods = [
            looked.last_good_at
            for source in parts.carriers(list_)
            if (looked := lists.get((source, list_))) and looked.last_good_at
        ]
        if not is_fresh(goods, round_.now, parts.stale_limit(list_)):
            stale.add(list_)
    gone_quiet = {
        (watch.id, list_) for watch in parts.watches for list_ in watch.lists if list_ in stale
    }
    return {*round_.tx.open_keys(), *gone_quiet}


def _memory(parts: Parts, known: SourceMemory, as_of: str | None) -> Memory:
    given = known.validators
    validators = Validators(given.get("url") or "", given.get("etag"), given.get("last_modified"))
    lists = frozenset(parts.judged(known.source))
    return Memory(known.accepted_sha256, validators, lists, as_of)


def _failed(parts: Parts, source: str, fault: SourceFault, now: datetime) -> Polled:
    with parts.ledger.judging() as tx:
        round_ = Round(tx, parts, now, tx.add_poll(source, now, "failed"))
        tell_failure(round_, source, fault.reason, at_once=fault.at_once, unreached=fault.unreached)
        outcome = Outcome("failed", [fault.reason])
        polled = _close(round_, source, fault.url, outcome, now)
    return Polled(polled, tuple(round_.events), fault.retry_after)


def _ask_again(round_: Round, source: str, outcome: Outcome, refusal: str) -> None:
    """The bytes are not kept: the next look must bring them again, whole."""
    round_.tx.remember(source, accepted_sha256=None, validators={})
    outcome.reasons.append(refusal)


def _close(round_: Round, source: str, url: str | None, outcome: Outcome, now: datetime) -> Poll:
    good = {"last_good_at": now} if outcome.outcome in {"accepted", "unchanged"} else {}
    round_.tx.remember(
        source,
        last_poll_at=now,
        last_outcome=outcome.outcome,
        last_reasons=outcome.reasons,
        **good,
    )
    return round_.tx.close_poll(
        round_.poll,
        outcome=outcome.outcome,
        reasons=outcome.reasons,
        snapshot=outcome.snapshot,
        entries=outcome.entries,
        as_of=outcome.as_of,
        url=url,
    )


def _snapshot(
    source: str, looked: Looked, outcome: Outcome, stored: int, now: datetime
) -> Snapshot:
    return Snapshot(
        sha256=looked.sha256 or "",
        source=source,
        url=looked.url,
        media=looked.media,
        size=len(looked.body),
        stored_size=stored,
        as_of=looked.as_of,
        first_seen_at=now,
        last_seen_at=now,
        status=outcome.outcome,
        reasons=tuple(outcome.reasons),
        counts=looked.reading.counts if looked.reading else {},
    )
