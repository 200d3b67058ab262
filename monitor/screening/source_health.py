"""The health of a source, told aloud and once: failing, recovered, held back, reformatted.

Where no source gives any answer it is told once for all of them, and none is blamed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.screening.event import Event, Kind, Witness, event_id
from monitor.screening.plausibility import Doubt
from monitor.screening.words.event_text import SOURCE_NAMES, list_name, source_name, utc

FAILS_FROM = 3
"""Failed polls in a row from which a source is told to be failing."""
RECOVERS_FROM = 2
"""Good polls in a row from which it is told to have recovered."""


@dataclass(frozen=True, slots=True)
class Health:
    """What is remembered of a source's or a URL's troubles."""

    failures: int = 0
    goods: int = 0
    told: bool = False
    urls: tuple[str, ...] = ()
    """URLs told to be failing while another served."""
    doubts: tuple[str, ...] = ()
    """Doubts told, until the list is accepted again."""
    remarks: tuple[str, ...] = ()
    last_event: str | None = None
    unreached: bool = False
    """The last poll got no answer at all."""
    cut_off: str | None = None
    """Id of the event that told of every source at once, while this one has not recovered."""


@dataclass(frozen=True, slots=True)
class Told:
    """A source's health after a poll, and what of it is news."""

    health: Health
    events: tuple[Event, ...] = ()


def after_failure(
    health: Health,
    source: str,
    reason: str,
    now: datetime,
    *,
    at_once: bool,
    unreached: bool = False,
    others: Sequence[Health] = (),
) -> Told:
    """One more failed poll. `others`: the health of every other enabled source.

    Where no source gives any answer our own line is the suspect, and none of them is blamed.
    """
    failures = health.failures + 1
    health = replace(health, failures=failures, goods=0, unreached=unreached)
    if unreached and others and all(other.unreached for other in others):
        return _cut_off(health, source, reason, now, others)
    if (health.told and not health.cut_off) or not (at_once or failures >= FAILS_FROM):
        return Told(health)
    title = f"{source_name(source)} is failing"
    row = f" {failures} polls in a row." if failures > 1 else ""
    summary = f"{reason}.{row} What was last known is kept; nothing is taken for a removal."
    health = replace(health, told=True, cut_off=None)
    return _told(health, Kind.SOURCE_FAILING, source, now, title, summary, (reason,))


def _cut_off(
    health: Health, source: str, reason: str, now: datetime, others: Sequence[Health]
) -> Told:
    """Nobody answers: one message for all of them, and one when they are back."""
    known = next((one.cut_off for one in (health, *others) if one.cut_off), None)
    if known is not None:
        return Told(replace(health, told=True, cut_off=known))
    if max(one.failures for one in (health, *others)) < FAILS_FROM:
        return Told(health)
    event = Event(
        id=event_id(Kind.SOURCE_FAILING, None, None, ("line", utc(now), health.last_event)),
        kind=Kind.SOURCE_FAILING,
        watch=None,
        list=None,
        at=utc(now),
        title="No source can be reached: is this machine's own line down?",
        summary=(
            f"None of the {len(others) + 1} sources gave any answer; of {SOURCE_NAMES[source]} the "
            f"last poll says: {reason}. What was last known is kept; nothing is taken for a "
            "removal, and nothing can be told until a source answers."
        ),
    )
    health = replace(health, told=True, cut_off=event.id, last_event=event.id)
    return Told(health, (event,))


def _reached_again(health: Health, now: datetime) -> Told:
    """Each source comes back by itself; the id is one, so that it is told once."""
    event = Event(
        id=event_id(Kind.SOURCE_RECOVERED, None, None, ("line", health.cut_off)),
        kind=Kind.SOURCE_RECOVERED,
        watch=None,
        list=None,
        at=utc(now),
        title="The sources can be reached again",
        summary=f"{health.goods} good polls in a row. A source that stays away is told by itself.",
    )
    return Told(replace(health, told=False, cut_off=None, last_event=event.id), (event,))


def after_good(health: Health, source: str, now: datetime) -> Told:
    """One more poll that brought the whole document (accepted or unchanged)."""
    goods = health.goods + 1
    health = replace(health, failures=0, goods=goods, unreached=False)
    if not health.told or goods < RECOVERS_FROM:
        return Told(health)
    if health.cut_off is not None:
        return _reached_again(health, now)
    title = f"{source_name(source)} has recovered"
    summary = f"{goods} good polls in a row."
    return _told(
        replace(health, told=False), Kind.SOURCE_RECOVERED, source, now, title, summary, ()
    )


def after_detour(
    health: Health, source: str, failed: Sequence[tuple[str, str]], served: str, now: datetime
) -> Told:
    """A URL that does not serve while a later one does: told once, until it serves again.

    `failed`: URL and reason, for faults a person should hear of at once.
    """
    still = tuple(url for url in health.urls if url != served)
    told = Told(replace(health, urls=still))
    for url, reason in failed:
        if url in told.health.urls:
            continue
        title = f"One address of {source_name(source)[0].lower()}{source_name(source)[1:]} fails"
        summary = f"{url}: {reason}. The next address serves: {served}"
        health = replace(told.health, urls=(*told.health.urls, url))
        more = _told(health, Kind.SOURCE_FAILING, source, now, title, summary, (url, reason))
        told = Told(more.health, (*told.events, *more.events))
    return told


def after_doubts(
    health: Health,
    source: str,
    doubts: Sequence[Doubt],
    now: datetime,
    snapshot: str,
    missing: Sequence[str] = (),
    losses: Sequence[str] = (),
) -> Told:
    """A whole document that cannot be believed: each reason is told once.

    `missing`: names of watches that the held document does not have; `losses`: sentences that tell
    an accident from a mass removal.
    """
    health = replace(health, failures=0, goods=0, unreached=False)
    codes = tuple(sorted({f"{doubt.list or '*'}:{doubt.code}" for doubt in doubts}))
    fresh = [code for code in codes if code not in health.doubts]
    health = replace(health, doubts=tuple(sorted({*health.doubts, *fresh})))
    if not fresh:
        return Told(health)
    title = f"Held back: {source_name(source)} cannot be believed"
    reasons = "; ".join(doubt.reason for doubt in doubts)
    lacks = f" In it these watches are not listed: {', '.join(missing)}." if missing else ""
    summary = (
        f"{' '.join((f'{reasons[0].upper()}{reasons[1:]}.', *losses))}{lacks} "
        f"The snapshot {snapshot} is kept and not judged "
        f"for these lists. If the change is true, release it with: "
        f"entity-monitor snapshots accept {snapshot}"
    )
    told = _told(health, Kind.SNAPSHOT_QUARANTINED, source, now, title, summary, (snapshot, *fresh))
    event = replace(told.events[0], witnesses=(Witness(source, None, snapshot=snapshot),))
    return Told(told.health, (event,))


def doubts_settled(health: Health, doubts: Sequence[Doubt], held: Iterable[str]) -> Health:
    """Lists neither held nor doubted any more: their doubts may be told anew when they come back.

    `doubts`: those of this poll; `held`: the lists that they hold back.
    """
    still = {*held, *(doubt.list or "*" for doubt in doubts)}
    kept = tuple(code for code in health.doubts if code.split(":", 1)[0] in still)
    return replace(health, doubts=kept)


def after_reformat(
    health: Health, source: str, list_: str, fields: Sequence[str], now: datetime, snapshot: str
) -> Told:
    """One field differs in very many rows: its format changed, nobody's entry did."""
    title = f"{source_name(source)}: the {list_name(list_)} is written differently"
    summary = (
        f"The field {', '.join(fields)} changed in very many rows at once. The snapshot is accepted"
        " and no amendments are told for that field."
    )
    told = _told(
        health, Kind.FORMAT_CHANGED, source, now, title, summary, (list_, *fields, snapshot)
    )
    return Told(told.health, tuple(replace(event, list=list_) for event in told.events))


def after_remarks(
    health: Health, source: str, remarks: Sequence[str], now: datetime, snapshot: str
) -> Told:
    """What was read and not understood: told once."""
    fresh = [remark for remark in remarks if remark not in health.remarks]
    if not fresh:
        return Told(health)
    health = replace(health, remarks=(*health.remarks, *fresh)[-200:])
    title = f"{source_name(source)} has text that was not understood"
    shown = "; ".join(fresh[:10])
    more = f"; and {len(fresh) - 10} more" if len(fresh) > 10 else ""
    summary = f"{shown}{more}. It is kept in the snapshot and nothing was concluded from it."
    return _told(health, Kind.FORMAT_CHANGED, source, now, title, summary, (snapshot, *fresh))


def after_silence(health: Health, source: str, said: str, now: datetime, snapshot: str) -> Told:
    """Good answers that bring nothing new for very long: told once, for they may be wrong."""
    if not said or said in health.remarks:
        return Told(health)
    health = replace(health, remarks=(*health.remarks, said)[-200:])
    title = f"{source_name(source)}: nothing new for suspiciously long"
    summary = (
        f"{said[0].upper()}{said[1:]}. Its answers come whole and may be wrong all the same: an act"
        " may have been missed. The lists are judged as always."
    )
    return _told(health, Kind.FORMAT_CHANGED, source, now, title, summary, (snapshot, said))


def _told(
    health: Health,
    kind: Kind,
    source: str,
    now: datetime,
    title: str,
    summary: str,
    cause: Sequence[str],
) -> Told:
    event = Event(
        id=event_id(kind, None, None, (source, *cause, health.last_event)),
        kind=kind,
        watch=None,
        list=None,
        at=utc(now),
        title=title,
        summary=summary,
        witnesses=(Witness(source, None, seen_at=utc(now)),),
    )
    return Told(replace(health, last_event=event.id), (event,))
