"""The health of a source, each change announced once: failing, recovered, quarantined, reformatted.

Where no source answers, one event covers all of them, and none is blamed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from monitor.screening.event import Event, Kind, Witness, event_id
from monitor.screening.plausibility import Doubt
from monitor.screening.unread import Unread
from monitor.screening.words.event_text import utc
from monitor.screening.words.labels import list_name, source_name, source_title
from monitor.screening.words.message import (
    Message,
    Text,
    capitalized,
    joined,
    say,
    say_many,
    sentences,
)

FAILS_FROM = 3
"""Failed polls in a row after which a source counts as failing."""
RECOVERS_FROM = 2
"""Good polls in a row after which it has recovered."""
OUTAGE = timedelta(minutes=15)
"""A host that tells us to wait makes few polls: it fails after the time that three take."""


_KEPT = say("The last known status is kept; this is not treated as a removal.")


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
    remarks: tuple[Text, ...] = ()
    last_event: str | None = None
    unreached: bool = False
    """The last poll got no answer at all."""
    cut_off: str | None = None
    """Id of the event that told of every source at once, while this one has not recovered."""
    put_off_since: datetime | None = None
    """Since when a failing host has told us to wait."""
    unread: Mapping[str, Unread] = field(default_factory=dict)
    """By list, the rows of its last accepted text that could not be read."""
    older: str | None = None
    """The date of the text that the last look brought, where it was older than one read before."""
    older_since: datetime | None = None
    """Since when no other text has come."""
    older_at: datetime | None = None
    """When such a text came last."""
    stands_at: str | None = None
    """The date of the newest text read."""
    stands_since: datetime | None = None
    """When a text of that date was first read."""
    stands_told: bool = False


@dataclass(frozen=True, slots=True)
class HealthStep:
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
    put_off: bool = False,
    others: Sequence[Health] = (),
) -> HealthStep:
    """One more failed poll. `others`: the health of every other enabled source.

    `put_off`: the host told us to wait longer than we would have. Where no source gives any answer
    our own line is the suspect, and none of them is blamed.
    """
    failures = health.failures + 1
    since = _put_off_since(health, now) if put_off else health.put_off_since
    health = replace(health, failures=failures, goods=0, unreached=unreached, put_off_since=since)
    at_once |= _put_off_too_long(health, now)
    if unreached and others and all(other.unreached for other in others):
        return _cut_off(health, source, reason, now, others)
    if (health.told and not health.cut_off) or not (at_once or failures >= FAILS_FROM):
        return HealthStep(health)
    return _fails(health, source, reason, now)


def after_waiting(health: Health, source: str, reason: str, now: datetime) -> HealthStep:
    """Time goes by without a poll, for the host asked for it: that is an outage all the same."""
    if health.told or not _put_off_too_long(health, now):
        return HealthStep(health)
    return _fails(health, source, reason, now)


def _put_off_since(health: Health, now: datetime) -> datetime:
    return health.put_off_since or now


def _put_off_too_long(health: Health, now: datetime) -> bool:
    return health.put_off_since is not None and now - health.put_off_since >= OUTAGE


def _fails(health: Health, source: str, reason: str, now: datetime) -> HealthStep:
    title = say("{source} is failing", source=title_of(source))
    row = (
        say("{count} polls in a row failed.", count=health.failures) if health.failures > 1 else ""
    )
    summary = sentences(say("{reason}.", reason=reason), row, _KEPT)
    health = replace(health, told=True, cut_off=None)
    return telling(health, Kind.SOURCE_FAILING, source, now, title, summary, (reason,))


def _cut_off(
    health: Health, source: str, reason: str, now: datetime, others: Sequence[Health]
) -> HealthStep:
    """Nobody answers: one message for all of them, and one when they are back."""
    known = next((one.cut_off for one in (health, *others) if one.cut_off), None)
    if known is not None:
        return HealthStep(replace(health, told=True, cut_off=known))
    if max(one.failures for one in (health, *others)) < FAILS_FROM:
        return HealthStep(health)
    event = Event(
        id=event_id(Kind.SOURCE_FAILING, None, None, ("line", utc(now), health.last_event)),
        kind=Kind.SOURCE_FAILING,
        watch=None,
        list=None,
        at=utc(now),
        title=say("No source is reachable. Is this machine offline?"),
        summary=sentences(
            say("None of the {count} sources answered.", count=len(others) + 1),
            say("Last error, from {source}: {reason}.", source=source_name(source), reason=reason),
            _KEPT,
            say("Changes go unnoticed until a source answers."),
        ),
    )
    health = replace(health, told=True, cut_off=event.id, last_event=event.id)
    return HealthStep(health, (event,))


def _reached_again(health: Health, now: datetime) -> HealthStep:
    """Sources come back one by one; they share an id, so that it is announced once."""
    event = Event(
        id=event_id(Kind.SOURCE_RECOVERED, None, None, ("line", health.cut_off)),
        kind=Kind.SOURCE_RECOVERED,
        watch=None,
        list=None,
        at=utc(now),
        title=say("The sources are reachable again"),
        summary=sentences(
            _in_a_row(health.goods), say("A source that still fails is reported separately.")
        ),
    )
    return HealthStep(replace(health, told=False, cut_off=None, last_event=event.id), (event,))


def after_good(health: Health, source: str, now: datetime) -> HealthStep:
    """One more poll that brought the whole document (accepted or unchanged)."""
    goods = health.goods + 1
    health = replace(health, failures=0, goods=goods, unreached=False, put_off_since=None)
    if not health.told or goods < RECOVERS_FROM:
        return HealthStep(health)
    if health.cut_off is not None:
        return _reached_again(health, now)
    title = say("{source} has recovered", source=title_of(source))
    summary = _in_a_row(goods)
    return telling(
        replace(health, told=False), Kind.SOURCE_RECOVERED, source, now, title, summary, ()
    )


def after_detour(
    health: Health, source: str, failed: Sequence[tuple[str, str]], served: str, now: datetime
) -> HealthStep:
    """A URL that fails while a later one serves: announced once, until it serves again.

    `failed`: URL and reason, for faults that a person should know of at once.
    """
    still = tuple(url for url in health.urls if url != served)
    told = HealthStep(replace(health, urls=still))
    for url, reason in failed:
        if url in told.health.urls:
            continue
        title = say("One URL of {source} is failing", source=source_name(source))
        summary = say(
            "{url}: {reason}. The next URL works: {served}", url=url, reason=reason, served=served
        )
        health = replace(told.health, urls=(*told.health.urls, url))
        more = telling(health, Kind.SOURCE_FAILING, source, now, title, summary, (url, reason))
        told = HealthStep(more.health, (*told.events, *more.events))
    return told


def after_doubts(
    health: Health,
    source: str,
    doubts: Sequence[Doubt],
    now: datetime,
    snapshot: str,
    missing: Sequence[str] = (),
    losses: Sequence[str] = (),
) -> HealthStep:
    """A complete but implausible document: each reason is announced once.

    `missing`: names of watches that the document lacks; `losses`: sentences that help to tell an
    accident from a mass removal.
    """
    health = replace(health, failures=0, goods=0, unreached=False, put_off_since=None)
    codes = tuple(sorted({f"{doubt.list or '*'}:{doubt.code}" for doubt in doubts}))
    fresh = [code for code in codes if code not in health.doubts]
    health = replace(health, doubts=tuple(sorted({*health.doubts, *fresh})))
    if not fresh:
        return HealthStep(health)
    title = say(
        "Quarantined: the {source} snapshot is implausible", source=source_title(source)
    )  # fmt: skip
    reasons = joined("; ", (doubt.reason for doubt in doubts))
    watches = joined(", ", missing)
    summary = sentences(
        say("{reason}.", reason=capitalized(reasons)),
        *losses,
        say("It does not list these watches: {watches}.", watches=watches) if missing else "",
        say("Snapshot {snapshot} is kept but not used for these lists.", snapshot=snapshot),
        say(
            "If the change is real, accept it with: entity-monitor snapshots accept {snapshot}",
            snapshot=snapshot,
        ),
    )
    told = telling(
        health, Kind.SNAPSHOT_QUARANTINED, source, now, title, summary, (snapshot, *fresh)
    )
    event = replace(told.events[0], witnesses=(Witness(source, None, snapshot=snapshot),))
    return HealthStep(told.health, (event,))


def doubts_settled(health: Health, doubts: Sequence[Doubt], held: Iterable[str]) -> Health:
    """Forgets doubts of lists that are no longer quarantined: if they return, they are news.

    `doubts`: those of this poll; `held`: the lists in quarantine.
    """
    still = {*held, *(doubt.list or "*" for doubt in doubts)}
    kept = tuple(code for code in health.doubts if code.split(":", 1)[0] in still)
    return replace(health, doubts=kept)


def after_reformat(
    health: Health, source: str, list_: str, fields: Sequence[str], now: datetime, snapshot: str
) -> HealthStep:
    """One field differs in very many rows: its format changed, the entries did not."""
    title = say(
        "{source} changed the format of the {list}",
        source=title_of(source), list=list_name(list_),
    )  # fmt: skip
    summary = say(
        "The field {fields} changed in very many rows at once. The snapshot is accepted; no "
        "amendments are reported for that field.",
        fields=joined(", ", fields),
    )
    told = telling(
        health, Kind.FORMAT_CHANGED, source, now, title, summary, (list_, *fields, snapshot)
    )
    return HealthStep(told.health, tuple(replace(event, list=list_) for event in told.events))


def after_remarks(
    health: Health, source: str, remarks: Sequence[str], now: datetime, snapshot: str
) -> HealthStep:
    """Text that could not be parsed: announced once."""
    fresh = [remark for remark in remarks if remark not in health.remarks]
    if not fresh:
        return HealthStep(health)
    health = replace(health, remarks=(*health.remarks, *fresh)[-200:])
    title = say("{source} contains text that could not be parsed", source=title_of(source))
    summary = (
        say(
            "{remark}. It is kept in the snapshot; nothing is concluded from it.", remark=fresh[0]
        )
        if len(fresh) == 1
        else say(
            "{count} passages, all shown on /sources; the first: {remark}. They are kept in the "
            "snapshot; nothing is concluded from it.",
            count=len(fresh), remark=fresh[0],
        )
    )  # fmt: skip
    return telling(health, Kind.FORMAT_CHANGED, source, now, title, summary, (snapshot, *fresh))


def after_silence(
    health: Health, source: str, said: str, now: datetime, snapshot: str
) -> HealthStep:
    """Good answers that bring nothing new for very long: announced once, they may be wrong."""
    if not said or said in health.remarks:
        return HealthStep(health)
    health = replace(health, remarks=(*health.remarks, said)[-200:])
    title = say("{source}: nothing new for suspiciously long", source=title_of(source))
    summary = say(
        "{said}. Responses are complete but may be wrong; an act may have been missed. The lists "
        "are unaffected.",
        said=capitalized(said),
    )
    return telling(health, Kind.FORMAT_CHANGED, source, now, title, summary, (snapshot, said))


def title_of(source: str) -> Message:
    return capitalized(source_name(source))


def _in_a_row(polls: int) -> Message:
    return say_many(
        polls, "{count:,} successful poll in a row.", "{count:,} successful polls in a row."
    )


def telling(
    health: Health,
    kind: Kind,
    source: str,
    now: datetime,
    title: Message,
    summary: Message,
    cause: Sequence[str],
) -> HealthStep:
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
    return HealthStep(replace(health, last_event=event.id), (event,))
