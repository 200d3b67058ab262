"""What a source's dates tell against it: older copies come by turns, or the newest stands.

Each is told once. Neither is a failure: every answer is whole and good.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from monitor.screening.business_days import business_days
from monitor.screening.event import Kind
from monitor.screening.source_health import Health, HealthStep, telling, title_of
from monitor.screening.witness import WASHINGTON, Source
from monitor.screening.words.event_text import utc
from monitor.screening.words.labels import source_name
from monitor.screening.words.message import Message, capitalized, say

OLDER_TOLD_AGAIN = timedelta(days=7)
"""Edges serve by turns: so long none of them must have served an older copy to make it news."""

STANDS_STILL_DAYS = 5
"""Business days in Washington. The eCFR's date moves on each of them, with a lag of one or two.

The CSL's file is rebuilt every hour, but nobody mends it on a weekend. Its lists' own dates tell
nothing: one may truly stand for weeks, and an import that failed renews its time all the same.
"""


UNSEEN = timedelta(days=10)
"""After so long without a good look the days of a date are counted anew."""


def after_older(
    health: Health,
    source: str,
    as_of: str,
    newest: str | None,
    now: datetime,
    *,
    quietly: bool = False,
) -> HealthStep:
    """The look brought an older copy: told once, however often the edges take turns.

    `quietly`: the clock was set back, and how old a text is cannot be told.
    """
    told_at = health.older_at
    since = min(health.older_since or now, now)
    health = replace(
        health, failures=0, unreached=False, put_off_since=None,
        older=as_of, older_since=since, older_at=now,
    )  # fmt: skip
    if quietly or (told_at is not None and timedelta() <= now - told_at < OLDER_TOLD_AGAIN):
        return HealthStep(health)
    title = say("{source} serves an older text than before", source=title_of(source))
    summary = say(
        "{clause}. Some of its servers seem to be behind; this is told once, as long as no week "
        "goes by without it. If nothing newer comes, the status stops being fresh, and says so.",
        clause=capitalized(older_copy(source, as_of, newest)),
    )
    return telling(health, Kind.SOURCE_FAILING, source, now, title, summary, ("older", as_of))


def older_copy(source: str, as_of: str, newest: str | None) -> Message:
    """What came, and that it decides nothing, as a clause."""
    known = say(", older than that of {day} read before", day=newest) if newest else ""
    return say(
        "{source} served a text of {day}{known}; it is passed over",
        source=source_name(source), day=as_of, known=known,
    )  # fmt: skip


def after_current(health: Health) -> Health:
    """The look brought the newest text known, or a newer one."""
    return replace(health, older=None, older_since=None)


def after_date(
    health: Health,
    source: str,
    as_of: str | None,
    now: datetime,
    last_good_at: datetime | None = None,
) -> HealthStep:
    """The date of the newest text after a good answer: told once when it has stood too long."""
    if as_of is None:
        return HealthStep(replace(health, stands_at=None, stands_since=None, stands_told=False))
    # Days without a look, or jumped over by a clock, prove no standstill.
    unseen = last_good_at is not None and now - last_good_at > UNSEEN and not health.stands_told
    if as_of != health.stands_at or health.stands_since is None or unseen:
        return _moves(health, source, as_of, now)
    # A clock that was set back has not seen it stand since tomorrow.
    since = min(health.stands_since, now)
    health = replace(health, stands_since=since)
    if health.stands_told or not _too_long(since, now):
        return HealthStep(health)
    health = replace(health, stands_told=True)
    title = say("{source} stands still at {day}", source=title_of(source), day=as_of)
    summary = say(
        "{clause}. Its answers are complete, but what changed since may not be in them. The other "
        "sources are read as ever. You are told when it moves again.",
        clause=capitalized(standstill(health, source)),
    )
    return telling(health, Kind.SOURCE_FAILING, source, now, title, summary, ("stands", as_of))


def _moves(health: Health, source: str, as_of: str, now: datetime) -> HealthStep:
    stood, told = health.stands_at, health.stands_told
    health = replace(health, stands_at=as_of, stands_since=now, stands_told=False)
    if not told:
        return HealthStep(health)
    title = say("{source} moves again", source=title_of(source))
    summary = say(
        "Its text is dated {day} now; it had stood still at {stood}.", day=as_of, stood=stood
    )
    return telling(health, Kind.SOURCE_RECOVERED, source, now, title, summary, ("moves", as_of))


def _too_long(since: datetime, now: datetime) -> bool:
    first, today = (at.astimezone(WASHINGTON).date() for at in (since, now))
    return business_days(first, today) >= STANDS_STILL_DAYS


def standstill(health: Health, source: str) -> str:
    """That the date has not moved, as a clause; empty where that was not told."""
    if not health.stands_told or health.stands_since is None:
        return ""
    since = {
        "source": source_name(source), "day": health.stands_at, "time": utc(health.stands_since)
    }  # fmt: skip
    if source == Source.ECFR:
        return say(
            "{source} has been dated {day} in every good answer since {time}; a new date should "
            "come every business day",
            **since,
        )
    return say(
        "{source} has been dated {day} in every good answer since {time}; a new date should come "
        "every hour",
        **since,
    )
