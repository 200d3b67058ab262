"""What a good look at a list source comes to, inside the transaction of its poll.

Plausible lists become the source's entries, with their changes; every watch's verdict follows; what
turned is assessed. Implausible lists are held: kept, told, never judged and never a baseline.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.judging.quarantine import standing, told_apart
from monitor.judging.round import Round, settle
from monitor.judging.verdicts import verdicts
from monitor.ledger.codec import from_json, to_json
from monitor.ledger.records import Key, SourceMemory
from monitor.screening.change import Change, differences
from monitor.screening.entry import ENTITY_LIST, Reading
from monitor.screening.names import NameIndex
from monitor.screening.plausibility import Accepted, Doubt, doubts, held, placed
from monitor.screening.source_health import (
    Health,
    Told,
    after_detour,
    after_doubts,
    after_good,
    after_reformat,
    after_remarks,
    doubts_settled,
)
from monitor.screening.watch import WatchIndex
from monitor.service import Parts
from monitor.sources.source import Looked


@dataclass(slots=True)
class Outcome:
    """What a poll is told to have come to."""

    outcome: str
    reasons: list[str] = field(default_factory=list)
    snapshot: str | None = None
    entries: int | None = None
    as_of: str | None = None


def judge_look(round_: Round, source: str, looked: Looked, *, accept: bool = False) -> Outcome:
    """Judges a good look. With `accept`, a person vouches for it and no doubt holds it back."""
    memory = round_.tx.memory(source)
    telling = _Telling(from_json(memory.health, Health), round_)
    if not accept:
        urgent = [(fault.url or "", fault.reason) for fault in looked.faults if fault.at_once]
        telling.add(after_detour(telling.health, source, urgent, looked.url, round_.now))
    if looked.reading is None:
        telling.health = doubts_settled(telling.health, (), ())
        outcome = _unchanged(round_, source, looked, memory)
    else:
        outcome = _changed(round_, source, looked, looked.reading, memory, telling, accept=accept)
    if outcome.outcome != "quarantined":
        telling.add(after_good(telling.health, source, round_.now))
    outcome.reasons += [f"{fault.url}: {fault.reason}" for fault in looked.faults]
    round_.tx.remember(source, health=telling.health)
    return outcome


@dataclass(slots=True)
class _Telling:
    """Carries a source's health through the steps of one poll and emits what is news."""

    health: Health
    round_: Round

    def add(self, told: Told) -> None:
        self.health = told.health
        self.round_.emit(told.events)


def _unchanged(round_: Round, source: str, looked: Looked, memory: SourceMemory) -> Outcome:
    """The same body as the one accepted last: every list of it is good once more."""
    lists = round_.tx.source_lists(source)
    for (_, list_), one in lists.items():
        if one.accepted_sha256 is not None:
            renewed = {"as_of": looked.as_of} if looked.as_of else {}
            _good_look(round_, source, list_, held=False, **renewed)
    _settle_open(round_, source)
    if looked.sha256 is not None:
        round_.tx.remember(source, validators=_plain(looked))
    entity_list = lists.get((source, ENTITY_LIST))
    return Outcome(
        "unchanged",
        snapshot=memory.accepted_sha256,
        entries=entity_list.rows if entity_list else None,
        as_of=looked.as_of or (entity_list.as_of if entity_list else None),
    )


def _good_look(round_: Round, source: str, list_: str, **fields: object) -> None:
    before = round_.tx.source_lists(source).get((source, list_))
    if before and before.last_good_at and before.last_good_at > round_.now:
        round_.tx.set_back(source, list_, round_.now)
    round_.tx.set_source_list(
        source,
        list_,
        good_polls=(before.good_polls if before else 0) + 1,
        last_good_at=round_.now,
        **fields,
    )


def _settle_open(round_: Round, source: str) -> None:
    """Time has passed for what is pending."""
    judged = set(round_.parts.judged(source))
    settle(round_, [key for key in round_.tx.open_keys() if key[1] in judged])


def _changed(
    round_: Round,
    source: str,
    looked: Looked,
    reading: Reading,
    memory: SourceMemory,
    telling: _Telling,
    *,
    accept: bool,
) -> Outcome:
    """A whole document, new or come again: judge what of it can be believed."""
    judged, sha = round_.parts.judged(source), looked.sha256 or ""
    found, released = ((), ()) if accept else _doubts(round_, source, reading, memory, judged)
    hold = held(found, judged)
    touched: dict[Key, list[Change]] = defaultdict(list)
    for list_ in judged:
        if list_ in hold:
            reasons = [doubt.reason for doubt in found if doubt.list in {None, list_}]
            round_.tx.set_source_list(
                source, list_, held=True, held_sha256=sha, held_reasons=reasons
            )
        else:
            changes = _accept_list(round_, source, list_, looked, reading, telling)
            for key, some in changes.items():
                touched[key] += some
    _remember_body(round_, source, looked, reading, found, hold, memory)
    telling.health = doubts_settled(telling.health, found, hold)
    if found:
        missing = _missing(round_.parts, reading, hold)
        losses = told_apart(round_, source, reading, hold)
        telling.add(after_doubts(telling.health, source, found, round_.now, sha, missing, losses))
    else:
        telling.add(after_remarks(telling.health, source, reading.remarks, round_.now, sha))
    open_ = [key for key in round_.tx.open_keys() if key[1] in judged]
    settle(round_, [*touched, *open_], changes=touched, source=source)
    return Outcome(
        "quarantined" if found else "accepted",
        reasons=[*(doubt.reason for doubt in found), *released, *reading.remarks[:10]],
        snapshot=sha,
        entries=reading.counts.get(ENTITY_LIST, sum(map(len, reading.entries.values()))),
        as_of=looked.as_of,
    )


def _doubts(
    round_: Round, source: str, reading: Reading, memory: SourceMemory, judged: Sequence[str]
) -> tuple[tuple[Doubt, ...], tuple[str, ...]]:
    """The doubts that stand, and what the other list source has settled."""
    bounds = round_.parts.bounds[source]
    found = doubts(reading, bounds, Accepted(memory.counts), judged)
    canaries = [one for doubt in found if (one := doubt.code.partition(":")[2])]
    homes = _homes(round_, source, canaries, judged) if canaries else {}
    return standing(round_, source, reading, placed(found, homes))


def _homes(
    round_: Round, source: str, canaries: Sequence[str], judged: Sequence[str]
) -> dict[str, list[str]]:
    """The lists on which the source's accepted snapshot had each of these names."""
    found: dict[str, list[str]] = {name: [] for name in canaries}
    for list_ in judged:
        entries = round_.tx.entries(source, list_).values()
        names = NameIndex((name, None) for entry in entries for name in entry.names)
        for canary, lists in found.items():
            if names.find(canary):
                lists.append(list_)
    return found


def _accept_list(
    round_: Round,
    source: str,
    list_: str,
    looked: Looked,
    reading: Reading,
    telling: _Telling,
) -> dict[Key, list[Change]]:
    """Makes the list the source's own, and returns the changes of the watches it touches."""
    tx, sha = round_.tx, looked.sha256 or ""
    known = tx.source_lists(source).get((source, list_))
    first = known is None or known.accepted_sha256 is None
    after = {entry.digest(): entry for entry in reading.entries.get(list_, ())}
    before = tx.digests(source, list_)
    gone = [digest for digest in before if digest not in after]
    known_before = set(before)
    come = {digest: entry for digest, entry in after.items() if digest not in known_before}
    on_date = _on_date(looked, round_.now, known.as_of if known else None)
    changes = None
    if not first:
        went = tx.entries_with(source, list_, gone)
        stays = [after[digest] for digest in before if digest in after]
        changes = differences(went, list(come.values()), stays)
    tx.publish(source, list_, gone, come, poll=round_.poll, at=round_.now, on_date=on_date)
    found = changes.changes if changes else ()
    # A row whose new name is the whole list's new form is followed, and is no news.
    news = [change for change in found if change.fields or not change.renamed]
    tx.add_changes(source, news, at=round_.now, on_date=on_date, snapshot=sha)
    if changes and changes.reformatted:
        told = after_reformat(telling.health, source, list_, changes.reformatted, round_.now, sha)
        telling.add(told)
    _good_look(
        round_,
        source,
        list_,
        accepted_sha256=sha,
        accepted_poll=round_.poll,
        as_of=looked.as_of,
        rows=reading.counts.get(list_, len(after)),
        url=looked.url,
        held=False,
        held_sha256=None,
        held_reasons=[],
    )
    return verdicts(round_, source, list_, after, found, reading.text, first=first)


def _on_date(looked: Looked, now: datetime, last: str | None) -> str:
    """The day the text speaks of; never before the one it follows."""
    day = (looked.as_of or now.date().isoformat())[:10]
    return max(day, (last or "")[:10])


def _remember_body(
    round_: Round,
    source: str,
    looked: Looked,
    reading: Reading,
    found: Sequence[Doubt],
    hold: frozenset[str],
    memory: SourceMemory,
) -> None:
    """What the next look is held against. A held list keeps its old count."""
    counts = {list_: count for list_, count in reading.counts.items() if list_ not in hold}
    kept = {list_: count for list_, count in memory.counts.items() if list_ in hold}
    whole_held = any(doubt.list is None for doubt in found)
    round_.tx.remember(
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


def _plain(looked: Looked) -> str:
    given = looked.validators
    return to_json({"url": given.url, "etag": given.etag, "last_modified": given.last_modified})


def _missing(parts: Parts, reading: Reading, hold: frozenset[str]) -> list[str]:
    """Names of the watches that a held list does not have."""
    index = WatchIndex(parts.watches)
    rows = [entry for list_ in hold for entry in reading.entries.get(list_, ())]
    there = set(index.matched(rows))
    return [
        watch.name for watch in parts.watches if watch.id not in there and hold & set(watch.lists)
    ]
