"""What the eCFR's answer for the whole of part 744 comes to, beside the Entity List's own text.

It is asked for once an issue of the title, and judged in a transaction of its own after the Entity
List's: whatever is wrong with it, the Entity List is judged as ever, and its lists are what they
were when they were read last. A list that nobody watches is read and kept, and troubles nobody.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from monitor.errors import SourceFault
from monitor.judging.accept import Telling, accept_list, good_look
from monitor.judging.acts import judge_again
from monitor.judging.bodies import snapshot_of
from monitor.judging.decide import Judging, PollResult, decide
from monitor.judging.part_memory import ISSUE, PartLook
from monitor.judging.quarantine import OtherLists, doubts_of, explain_losses, missing_watches
from monitor.judging.rules import judge_texts_of_rules
from monitor.ledger.records import Key, Poll, SourceMemory
from monitor.screening.change import Change
from monitor.screening.entry import PART_LISTS, Reading
from monitor.screening.plausibility import Bounds, Doubt
from monitor.screening.source_health import (
    HealthStep,
    after_doubts,
    after_failure,
    after_good,
    after_remarks,
    doubts_settled,
)
from monitor.screening.witness import WHOLE_PART, PollOutcome, Source
from monitor.screening.words.labels import list_name
from monitor.screening.words.message import joined, say
from monitor.sources.ecfr.part import PartAnswer
from monitor.sources.ecfr.provisions import read_provisions


def judge_part(judging: Judging, looked: PartLook) -> PollResult:
    """Judges what came; `reasons` are for the poll of the eCFR that this look belongs to."""
    if looked.unmoved:
        outcome = _unmoved(judging, looked)
    elif looked.fault is not None:
        outcome = _failed(judging, looked, looked.fault)
    elif looked.answer is not None:
        outcome = judge_answer(judging, looked.answer, looked.memory)
    else:
        # It was asked for lately, and did not serve: what was said then stands.
        last = looked.memory.last_outcome or PollOutcome.UNCHANGED
        return PollResult(last, [*looked.memory.last_reasons])
    if looked.refusal is not None:
        outcome = replace(
            outcome, outcome=PollOutcome.FAILED, reasons=[*outcome.reasons, looked.refusal]
        )
    if looked.due:
        served = outcome.outcome.good
        judging.tx.remember(
            WHOLE_PART,
            last_poll_at=judging.now,
            last_outcome=outcome.outcome,
            last_reasons=tuple(outcome.reasons),
            validators={ISSUE: looked.issue if served else None},
            **({"last_good_at": judging.now} if served else {}),
        )
    return outcome


def _unmoved(judging: Judging, looked: PartLook) -> PollResult:
    """Every list that was accepted is good once more."""
    lists = judging.tx.source_lists(Source.ECFR)
    for list_ in PART_LISTS:
        known = lists.get((Source.ECFR, list_))
        if known is not None and known.accepted_sha256 is not None:
            good_look(judging, Source.ECFR, list_, held=False, as_of=looked.as_of)
    if looked.due:
        telling = _telling(judging, looked.memory)
        telling.add(_by_ecfr(after_good(telling.health, WHOLE_PART, judging.now)))
        judging.tx.remember(WHOLE_PART, health=telling.health)
    _decide(judging, {})
    return PollResult(PollOutcome.UNCHANGED)


def _failed(judging: Judging, looked: PartLook, fault: SourceFault) -> PollResult:
    """Nothing came: the lists are what they were, and grow stale."""
    lists = joined(" and the ", map(list_name, PART_LISTS))
    reason = say("the {lists} were not read: {reason}", lists=lists, reason=fault.reason)
    telling = _telling(judging, looked.memory)
    _add_failure(telling, reason, unreached=fault.unreached)
    judging.tx.remember(WHOLE_PART, health=telling.health)
    return PollResult(PollOutcome.FAILED, [reason])


@dataclass(slots=True)
class _Judged:
    """What the lists of one answer came to, one after the other."""

    touched: dict[Key, list[Change]] = field(default_factory=lambda: defaultdict(list))
    reasons: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    doubts: list[Doubt] = field(default_factory=list)


def judge_answer(
    judging: Judging, answer: PartAnswer, memory: SourceMemory, *, accept: bool = False
) -> PollResult:
    """Judges each list of an answer. With `accept`, a person vouches for it."""
    telling, judged = _telling(judging, memory), _Judged(counts=dict(memory.counts))
    judged.reasons += [
        say("the {list}: {reason}", list=list_name(one), reason=why)
        for one, why in answer.unread.items()
    ]
    for list_, reading in answer.readings.items():
        _judge_list(judging, answer, list_, reading, telling, judged, accept=accept)
    outcome = PollOutcome.FAILED if judged.held or answer.unread else PollOutcome.ACCEPTED
    if judged.held & judging.service.followed:
        outcome = PollOutcome.QUARANTINED
    elif answer.unread:
        _add_failure(telling, "; ".join(judged.reasons))
    elif not judged.held:
        telling.add(_by_ecfr(after_good(telling.health, WHOLE_PART, judging.now)))
    telling.health = doubts_settled(telling.health, judged.doubts, judged.held)
    served = outcome.good
    judging.tx.remember(
        WHOLE_PART,
        health=telling.health,
        counts=judged.counts,
        last_outcome=outcome,
        last_reasons=tuple(judged.reasons),
        known_sha256=answer.sha256,
        accepted_sha256=answer.sha256 if served else None,
    )
    judging.tx.keep_snapshot(
        snapshot_of(
            judging, Source.ECFR, answer.sha256, answer.body, media="xml", url=answer.url,
            as_of=answer.as_of, reasons=judged.reasons,
            status=_status(answer, judged),
            counts={list_: reading.counts[list_] for list_, reading in answer.readings.items()},
        )
    )  # fmt: skip
    _judge_rules(judging, answer, judged, whole=served)
    _decide(judging, judged.touched)
    return PollResult(outcome, judged.reasons, answer.sha256)


def _judge_rules(judging: Judging, answer: PartAnswer, judged: _Judged, *, whole: bool) -> None:
    """The provisions beside the lists; in an answer that is in doubt nothing is missed.

    Where no list could be read, the body may be anything: only the lists' reader bounds it.
    """
    if not answer.readings:
        return
    try:
        part = read_provisions(answer.body)
    except SourceFault as fault:
        judged.reasons.append(say("the rules: {reason}", reason=fault.reason))
        return
    part = replace(part, whole=part.whole and whole)
    judge_texts_of_rules(judging, part, answer.as_of, answer.sha256, answer.url)


def _judge_list(
    judging: Judging,
    answer: PartAnswer,
    list_: str,
    reading: Reading,
    telling: Telling,
    judged: _Judged,
    *,
    accept: bool,
) -> None:
    """One list: its rows become the source's own, unless they cannot be believed."""
    others = OtherLists(judging, Source.ECFR, reading)
    bounds, accepted = _bounds(judging, list_), {list_: judged.counts.get(list_, 0)}
    found, released = ((), ()) if accept else doubts_of(others, bounds, accepted, (list_,))
    judged.reasons += [*(doubt.reason for doubt in found), *released, *reading.remarks[:10]]
    own = replace(telling, silent=list_ not in judging.service.followed)
    if found:
        judged.held.add(list_)
        judged.doubts += found
        judging.tx.set_source_list(
            Source.ECFR,
            list_,
            held=True,
            held_sha256=answer.sha256,
            held_reasons=tuple(doubt.reason for doubt in found),
        )
        missing, losses = missing_watches(others, [list_]), explain_losses(others, [list_])
        own.add(
            after_doubts(
                own.health, Source.ECFR, found, judging.now, answer.sha256, missing, losses
            )
        )
    else:
        changes = accept_list(judging, Source.ECFR, list_, answer, reading, own)
        for key, some in changes.items():
            judged.touched[key] += some
        judged.counts[list_] = reading.counts[list_]
        own.add(after_remarks(own.health, Source.ECFR, reading.remarks, judging.now, answer.sha256))
    telling.health = own.health


def _status(answer: PartAnswer, judged: _Judged) -> str:
    if judged.held:
        return PollOutcome.QUARANTINED
    return PollOutcome.ACCEPTED if answer.readings else "evidence"


def _add_failure(telling: Telling, reason: str, *, unreached: bool = False) -> None:
    step = after_failure(
        telling.health, WHOLE_PART, reason, telling.judging.now, at_once=False, unreached=unreached
    )
    telling.add(_by_ecfr(step))


def _by_ecfr(step: HealthStep) -> HealthStep:
    """What is told of the part is told of the eCFR, to whoever reads events by their source."""
    return replace(
        step,
        events=tuple(
            replace(event, witnesses=tuple(replace(w, source=Source.ECFR) for w in event.witnesses))
            for event in step.events
        ),
    )


def _bounds(judging: Judging, list_: str) -> Bounds:
    bounds = judging.service.bounds[Source.ECFR].of(list_)
    # What is whole and above its floor may have lost any number, where no alert hangs on it.
    return bounds if list_ in judging.service.followed else replace(bounds, max_shrink=1.0)


def _telling(judging: Judging, memory: SourceMemory) -> Telling:
    watched = judging.service.followed & set(PART_LISTS)
    return Telling(memory.health, judging, silent=not watched)


def _decide(judging: Judging, touched: Mapping[Key, list[Change]]) -> None:
    named = judge_again(judging) if touched else set[Key]()
    open_ = [key for key in judging.tx.open_keys() if key[1] in PART_LISTS]
    decide(judging, [*touched, *named, *open_], changes=touched, source=Source.ECFR)


def with_part(judging: Judging, poll: Poll, part: PollResult) -> Poll:
    """The eCFR's poll with what the part came to: only a list that is watched puts it in doubt."""
    held = part.outcome is PollOutcome.QUARANTINED and poll.outcome.good
    result = PollResult(
        part.outcome if held else poll.outcome,
        [*poll.reasons, *part.reasons],
        poll.snapshot,
        poll.entries,
        poll.as_of,
    )
    return judging.close(poll.source, result, url=poll.url)
