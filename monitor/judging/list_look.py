"""What a good look at a list source comes to, inside the transaction of its poll.

Plausible lists become the source's entries, with their changes; every watch's verdict follows; what
turned is assessed. Implausible lists are held: kept, told, never judged and never a baseline.
"""

from collections import defaultdict
from collections.abc import Sequence

from monitor.judging.accept import Telling, accept_list, good_look
from monitor.judging.acts import judge_again
from monitor.judging.bodies import snapshot_of
from monitor.judging.decide import Judging, PollResult, decide
from monitor.judging.list_memory import Kept
from monitor.judging.quarantine import (
    OtherLists,
    doubts_of,
    explain_losses,
    missing_watches,
)
from monitor.judging.source_failure import tell_failure
from monitor.ledger.records import Key, SourceMemory
from monitor.screening.change import Change
from monitor.screening.entry import ENTITY_LIST, Reading
from monitor.screening.plausibility import Doubt, held
from monitor.screening.source_health import (
    after_detour,
    after_doubts,
    after_good,
    after_remarks,
    doubts_settled,
)
from monitor.screening.standstill import (
    after_current,
    after_date,
    after_older,
    older_copy,
    standstill,
)
from monitor.screening.text_age import clock_set_back
from monitor.screening.witness import PollOutcome
from monitor.screening.words.message import say
from monitor.sources.source import Fetched


def judge_look(judging: Judging, source: str, looked: Fetched, kept: Kept) -> PollResult:
    """Judges a good look, and records its snapshot."""
    outcome = judge_reading(judging, source, looked)
    if looked.reading is not None and looked.sha256 is not None:
        judging.tx.keep_snapshot(
            snapshot_of(
                judging,
                source,
                looked.sha256,
                looked.body,
                media=looked.media,
                url=looked.url,
                stored_size=kept.size,
                as_of=looked.as_of,
                status=outcome.outcome.value,
                reasons=outcome.reasons,
                counts=looked.reading.counts,
                kept=kept.refusal is None,
            )
        )
    if kept.refusal is not None:
        # The bytes are not kept: the next look must bring them again, whole.
        judging.tx.remember(source, accepted_sha256=None, validators={})
        outcome.reasons.append(kept.refusal)
    if kept.damaged is not None:
        reason = say(
            "the file of snapshot {snapshot} was damaged; the list was fetched anew",
            snapshot=kept.damaged,
        )
        tell_failure(judging, source, reason, at_once=True, unreached=False)
        outcome.outcome, outcome.reasons = PollOutcome.FAILED, [reason, *outcome.reasons]
    return outcome


def judge_reading(
    judging: Judging, source: str, looked: Fetched, *, accept: bool = False
) -> PollResult:
    """Judges what was read. With `accept`, a person vouches for it and no doubt holds it back."""
    memory = judging.tx.memory(source)
    telling = Telling(memory.health, judging)
    if not accept:
        urgent = [(fault.url or "", fault.reason) for fault in looked.faults if fault.at_once]
        telling.add(after_detour(telling.health, source, urgent, looked.url, judging.now))
    if looked.older:
        outcome = _passed_over(judging, source, looked, memory, telling)
    elif looked.reading is None:
        telling.health = doubts_settled(telling.health, (), ())
        outcome = _unchanged(judging, source, looked, memory)
    else:
        outcome = _changed(judging, source, looked, looked.reading, memory, telling, accept=accept)
    if outcome.outcome.good and outcome.proves:
        telling.health = after_current(telling.health)
        telling.add(after_good(telling.health, source, judging.now))
    if outcome.outcome.good:
        newest = _newest(judging, source)
        telling.add(after_date(telling.health, source, newest, judging.now, memory.last_good_at))
        outcome.reasons += filter(None, [standstill(telling.health, source)])
    outcome.reasons += [
        say("{url}: {reason}", url=fault.url, reason=fault.reason) for fault in looked.faults
    ]
    judging.tx.remember(source, health=telling.health)
    return outcome


def _unchanged(judging: Judging, source: str, looked: Fetched, memory: SourceMemory) -> PollResult:
    """The same body as the one accepted last: every list of it is good once more."""
    lists = judging.tx.source_lists(source)
    for (_, list_), one in lists.items():
        if one.accepted_sha256 is not None:
            renewed = {"as_of": looked.as_of} if looked.as_of else {}
            good_look(judging, source, list_, held=False, **renewed)
    _decide_open(judging, source)
    if looked.sha256 is not None:
        judging.tx.remember(source, validators=_plain(looked))
    entity_list = lists.get((source, ENTITY_LIST))
    return PollResult(
        PollOutcome.UNCHANGED,
        snapshot=memory.accepted_sha256,
        entries=entity_list.rows if entity_list else None,
        as_of=looked.as_of or (entity_list.as_of if entity_list else None),
    )


def _passed_over(
    judging: Judging, source: str, looked: Fetched, memory: SourceMemory, telling: "Telling"
) -> PollResult:
    """A copy older than the text accepted last: it changes nothing and makes nothing fresh."""
    as_of, newest = looked.as_of or "", _newest(judging, source)
    quietly = clock_set_back(memory.last_good_at, judging.now)
    told = after_older(telling.health, source, as_of, newest, judging.now, quietly=quietly)
    telling.add(told)
    entity_list = judging.tx.source_lists(source).get((source, ENTITY_LIST))
    return PollResult(
        PollOutcome.UNCHANGED,
        reasons=[older_copy(source, as_of, newest)],
        snapshot=memory.accepted_sha256,
        entries=entity_list.rows if entity_list else None,
        as_of=looked.as_of,
        proves=False,
    )


def _newest(judging: Judging, source: str) -> str | None:
    """The date of the newest text accepted of any list."""
    lists = judging.tx.source_lists(source).values()
    return max((one.as_of for one in lists if one.as_of), default=None)


def _decide_open(judging: Judging, source: str) -> None:
    """Time has passed for what is pending."""
    judged = set(judging.service.judged(source))
    decide(judging, [key for key in judging.tx.open_keys() if key[1] in judged])


def _changed(
    judging: Judging,
    source: str,
    looked: Fetched,
    reading: Reading,
    memory: SourceMemory,
    telling: Telling,
    *,
    accept: bool,
) -> PollResult:
    """A whole document, new or come again: judge what of it can be believed."""
    judged, sha = judging.service.judged(source), looked.sha256 or ""
    others = OtherLists(judging, source, reading)
    bounds = judging.service.bounds[source]
    found, released = ((), ()) if accept else doubts_of(others, bounds, memory.counts, judged)
    hold = held(found, judged)
    touched: dict[Key, list[Change]] = defaultdict(list)
    for list_ in judged:
        if list_ in hold:
            reasons = [doubt.reason for doubt in found if doubt.list in {None, list_}]
            judging.tx.set_source_list(
                source, list_, held=True, held_sha256=sha, held_reasons=reasons
            )
        else:
            changes = accept_list(judging, source, list_, looked, reading, telling)
            for key, some in changes.items():
                touched[key] += some
    _remember_body(judging, source, looked, reading, found, hold, memory)
    telling.health = doubts_settled(telling.health, found, hold)
    if found:
        missing = missing_watches(others, hold)
        losses = explain_losses(others, hold)
        telling.add(after_doubts(telling.health, source, found, judging.now, sha, missing, losses))
    else:
        telling.add(after_remarks(telling.health, source, reading.remarks, judging.now, sha))
    # A party's names may have changed with its rows: the acts that name it by them are its own.
    named = judge_again(judging) if touched else set[Key]()
    open_ = [key for key in judging.tx.open_keys() if key[1] in judged]
    decide(judging, [*touched, *named, *open_], changes=touched, source=source)
    return PollResult(
        PollOutcome.QUARANTINED if found else PollOutcome.ACCEPTED,
        reasons=[*(doubt.reason for doubt in found), *released, *reading.remarks[:10]],
        snapshot=sha,
        entries=reading.counts.get(ENTITY_LIST, sum(map(len, reading.entries.values()))),
        as_of=looked.as_of,
    )


def _remember_body(
    judging: Judging,
    source: str,
    looked: Fetched,
    reading: Reading,
    found: Sequence[Doubt],
    hold: frozenset[str],
    memory: SourceMemory,
) -> None:
    """What the next look is held against. A held list keeps its old count."""
    counts = {list_: count for list_, count in reading.counts.items() if list_ not in hold}
    kept = {list_: count for list_, count in memory.counts.items() if list_ in hold}
    whole_held = any(doubt.list is None for doubt in found)
    judging.tx.remember(
        source,
        known_sha256=looked.sha256,
        counts=memory.counts if whole_held else {**counts, **kept},
        **(
            {}
            if whole_held
            else {
                "accepted_sha256": None if found else looked.sha256,
                "validators": {} if found else _plain(looked),
            }
        ),
    )


def _plain(looked: Fetched) -> dict[str, str | None]:
    given = looked.validators
    return {"url": given.url, "etag": given.etag, "last_modified": given.last_modified}
