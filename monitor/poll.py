"""Look at a source, judge what came, and write it all in one transaction.

`check` asks every enabled source once, in order; `poll` asks one; `judge_time` judges what time
alone has changed. Nothing is sent here: `deliver` does that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from monitor.errors import LedgerError, SourceFault, UsageError
from monitor.history.learn import first_states
from monitor.judging import acts, docket
from monitor.judging.act_news import judge_acts_as_news
from monitor.judging.decide import Judging, PollResult, decide
from monitor.judging.list_look import judge_look
from monitor.judging.list_memory import keep_body, memory_of
from monitor.judging.list_news import tell_list_news
from monitor.judging.lost_store import notice_lost_store
from monitor.judging.part_look import judge_part, with_part
from monitor.judging.part_memory import ask_part
from monitor.judging.register_look import judge_register
from monitor.judging.rules import (
    judge_acts_on_rules,
    judge_texts_of_rules,
    provisions_in,
    tell_rules,
)
from monitor.judging.source_failure import tell_failure, tell_waiting
from monitor.judging.time import due_for_time
from monitor.judging.watchlist import follow
from monitor.ledger.marker import Mark
from monitor.ledger.records import Poll
from monitor.screening.event import Event
from monitor.screening.names.kept import forget_overrun
from monitor.screening.register import ask_since
from monitor.screening.witness import ASKED_IN_ORDER, PollOutcome, Source
from monitor.service import Service
from monitor.sources.faults import surprise
from monitor.sources.source import Fetched
from monitor.upkeep.reminders import remind


@dataclass(frozen=True, slots=True)
class Polled:
    """A finished poll and its events."""

    poll: Poll
    events: tuple[Event, ...]
    retry_after: float | None = None
    """Seconds for which the host asked not to be asked again."""
    pause: float = 0.0
    """Seconds for which nothing that is missing would be asked for."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One round over the enabled sources."""

    polls: tuple[Poll, ...]
    events: tuple[Event, ...]

    @property
    def all_good(self) -> bool:
        """Whether no source failed and none was quarantined."""
        return all(PollOutcome(one.outcome).good for one in self.polls)


def check(service: Service, only: str | None = None) -> Checked:
    """Polls every enabled source once, or only one of them, and judges the time.

    Raises UsageError where the one is unknown or disabled.
    """
    names = asked(service, only)
    service.heartbeat.begins()
    events = [*notice_lost_store(service)]
    if service.in_force is None:
        events += follow(service, awaiting=_lists(service, names)).events
    polls: list[Poll] = []
    for at, name in enumerate(names):
        polled = poll(service, name, awaiting=_lists(service, names[at + 1 :]))
        polls.append(polled.poll)
        events += polled.events
    events += judge_time(service)
    remind(service)
    checked = Checked(tuple(polls), tuple(events))
    service.heartbeat.ends(good=checked.all_good)
    return checked


def asked(service: Service, only: str | None) -> list[str]:
    """The sources of a round, in order. Raises UsageError for an unknown or disabled one."""
    if only is None:
        return [name for name in ASKED_IN_ORDER if name in service.enabled]
    if only not in ASKED_IN_ORDER:
        known = ", ".join(sorted(ASKED_IN_ORDER))
        raise UsageError(f"unknown source “{only}”; the sources are {known}")
    if only not in service.enabled:
        raise UsageError(f"source “{only}” is disabled in sources.yaml")
    return [only]


def poll(service: Service, source: str, *, awaiting: frozenset[str] = frozenset()) -> Polled:
    """Looks at one source and judges what came; first states are told with their past.

    `awaiting` names the sources about to be polled in the same run: a first state waits for them.
    """
    look = _poll_list if source in service.list_sources else _poll_acts
    try:
        polled = look(service, source, awaiting)
    except (LedgerError, UsageError):
        raise
    except Exception as error:  # noqa: BLE001 - one source must not silence the others
        polled = _failed(service, source, surprise(error))
    service.ledger.marker.write(Mark(polled.poll.id, polled.poll.at))
    one, first = polled.poll, tuple[Event, ...]()
    try:
        first = first_states(service, one.id, source, PollOutcome(one.outcome), awaiting=awaiting)
    except (LedgerError, UsageError):
        raise
    except Exception as error:  # noqa: BLE001 - likewise
        lost = _failed(service, source, surprise(error))
        polled = replace(lost, events=(*polled.events, *lost.events))
    forget_overrun()
    return replace(polled, events=(*polled.events, *first))


def judge_time(service: Service, *, silence: bool = True) -> tuple[Event, ...]:
    """Judges what time alone has changed: effective dates that have come, and silence if asked."""
    with service.ledger.judging() as tx:
        judging = Judging(tx, service, service.clock(), tx.newest_poll(), check_stale=silence)
        decide(judging, due_for_time(judging))
        with judging.beside_watches():
            tell_rules(judging)
            tell_list_news(judging)
        tell_waiting(judging)
    return tuple(judging.events)


def _poll_list(service: Service, source: str, awaiting: frozenset[str]) -> Polled:
    now = service.clock()
    try:
        looked = service.list_sources[source].look(memory_of(service, source, now))
    except SourceFault as fault:
        return _failed(service, source, fault)
    kept = keep_body(service, source, looked)
    codified = source == Source.ECFR and not looked.older
    provisions = provisions_in(service, looked) if codified else None
    with service.ledger.judging() as tx:
        judging = Judging(tx, service, now, tx.add_poll(source, now, ""), awaiting)
        outcome = judge_look(judging, source, looked, kept)
        if provisions is not None and outcome.outcome.good:
            sha, as_of = looked.sha256 or "", looked.as_of or ""
            judge_texts_of_rules(judging, provisions, as_of, sha, looked.url)
        closed = judging.close(source, outcome, url=looked.url)
    polled = Polled(closed, tuple(judging.events))
    return _with_part(service, polled, looked, awaiting) if codified else polled


def _with_part(
    service: Service, polled: Polled, looked: Fetched, awaiting: frozenset[str]
) -> Polled:
    """The rest of part 744, apart: nothing that is wrong with it can harm the Entity List."""
    if service.part is None or looked.as_of is None:
        return polled
    now, told = service.clock(), tuple[Event, ...]()
    try:
        part = ask_part(service, looked, now)
        with service.ledger.judging() as tx:
            judging = Judging(tx, service, now, polled.poll.id, awaiting)
            outcome = judge_part(judging, part)
        told = tuple(judging.events)
    except LedgerError:
        raise
    except Exception as error:  # noqa: BLE001 - the Entity List is judged, and stays so
        outcome = PollResult(PollOutcome.FAILED, [surprise(error).reason])
    closed = polled.poll
    if outcome.reasons:
        with service.ledger.judging() as tx:
            closed = with_part(Judging(tx, service, now, closed.id), closed, outcome)
    return replace(polled, poll=closed, events=(*polled.events, *told))


def _poll_acts(service: Service, source: str, awaiting: frozenset[str]) -> Polled:
    """What one part of the Federal Register brings is judged though another fails."""
    if service.register is None:
        raise UsageError(f"source “{source}” is disabled in sources.yaml")
    now = service.clock()
    with service.ledger.reading() as reading:
        memory, known = reading.memory(Source.FEDERAL_REGISTER), reading.known_acts()
    since = ask_since(memory.last_good_at, now)
    found = docket.look(service.register, known, since, now, service.ledger.bodies)
    docket.keep_texts(service, found)
    with service.ledger.judging() as tx:
        judging = Judging(tx, service, now, tx.add_poll(Source.FEDERAL_REGISTER, now, ""), awaiting)
        touched = acts.record(judging, found) | acts.judge_again(judging)
        decide(judging, [*touched, *tx.open_keys()])
        with judging.beside_watches():
            judge_acts_on_rules(judging, found)
            judge_acts_as_news(judging, found)
            tell_list_news(judging)
        closed = judging.close(Source.FEDERAL_REGISTER, judge_register(judging, found, memory))
    waits = [fault.retry_after for fault in found.faults if fault.retry_after]
    pause = min(found.pauses, default=timedelta())
    only_texts = len(found.pauses) == len(found.faults)
    return Polled(
        closed,
        tuple(judging.events),
        max(waits, default=None),
        pause.total_seconds() if only_texts else 0.0,
    )


def _failed(service: Service, source: str, fault: SourceFault) -> Polled:
    now = service.clock()
    with service.ledger.judging() as tx:
        judging = Judging(tx, service, now, tx.add_poll(source, now, ""))
        tell_failure(
            judging,
            source,
            fault.reason,
            at_once=fault.at_once,
            unreached=fault.unreached,
            retry_after=fault.retry_after,
        )
        closed = judging.close(
            source, PollResult(PollOutcome.FAILED, [fault.reason]), url=fault.url
        )
    return Polled(closed, tuple(judging.events), fault.retry_after)


def _lists(service: Service, names: Sequence[str]) -> frozenset[str]:
    return frozenset(name for name in names if name in service.list_sources)
