"""How far back the Federal Register is asked, how often for a text, and what its silence means."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from monitor.screening.acts.document import Document
from monitor.screening.entry import ENTITY_LIST
from monitor.screening.event import Event, Kind, Witness, event_id
from monitor.screening.witness import Source
from monitor.screening.words.event_text import utc
from monitor.screening.words.message import say

WINDOW = timedelta(days=60)
"""Documents published in this time are asked for at every look: late entries and corrections."""
NEAR = timedelta(days=14)
"""A list's change is explained by an act published this near to it."""
SILENT_AFTER = timedelta(days=28)
"""No rule of the bureau for so long is suspicious, not reassuring: it prints several a month."""
UNREAD_AFTER = 2
"""Looks without a text after which a person must read the act."""
_FIRST_PAUSE = timedelta(minutes=10)
_LONGEST_PAUSE = timedelta(hours=1)


def text_pause(document: Document, now: datetime) -> timedelta:
    """How long a text that could not be had is not asked for; the second look asks at once."""
    if document.text_tried_at is None or document.text_tries < UNREAD_AFTER:
        return timedelta()
    since = now - datetime.fromisoformat(document.text_tried_at)
    pause = min(_FIRST_PAUSE * 2 ** min(document.text_tries - UNREAD_AFTER, 8), _LONGEST_PAUSE)
    # A time to come was left by a clock since set back.
    return max(pause - since, timedelta()) if since >= timedelta() else timedelta()


def unread(document: Document, now: datetime) -> Event:
    """An act whose text cannot be had: told by its row, once, for it may concern any watch."""
    named = (
        say("{citation} (document {number})", citation=document.citation, number=document.number)
        if document.citation
        else say("Document {number}", number=document.number)
    )
    said = f"{document.title}. {document.abstract}".strip(". ")
    return Event(
        id=event_id(Kind.NOTICE_FOUND, None, ENTITY_LIST, ("unread", document.number)),
        kind=Kind.NOTICE_FOUND,
        watch=None,
        list=ENTITY_LIST,
        at=utc(now),
        effective_on=document.effective_on,
        citation=document.citation,
        document_number=document.number,
        document_url=document.html_url,
        title=say(
            "An act that may change the Entity List cannot be read: {number}",
            number=document.number,
        ),
        summary=say(
            "{document} of the Bureau of Industry and Security, “{title}”, has no readable full "
            "text, and only the full text says whom it concerns. Please read it. The monitor keeps "
            "requesting it and reports its effect as soon as it can be read.",
            document=named,
            title=said,
        ),
        review=True,
        witnesses=(
            Witness(Source.FEDERAL_REGISTER, None, seen_at=utc(now), url=document.html_url),
        ),
    )


def ask_since(last_good: datetime | None, now: datetime) -> date:
    """The first publication date to ask for: well before the last good look, however long ago."""
    return min(now.date() - WINDOW, (last_good or now).date() - NEAR)


def near_any(published: str | None, days: Iterable[date]) -> bool:
    """Whether a document of this publication date (ISO) may explain a change on one of the days."""
    if published is None:
        return False
    day = date.fromisoformat(published)
    return any(abs(day - other) <= NEAR for other in days)


def silence(newest: str | None, now: datetime) -> str:
    """Why an answer without a recent rule is suspicious; empty where it is not.

    `newest`: the latest publication date (ISO) in it.
    """
    if (newest or "") >= (now - SILENT_AFTER).date().isoformat():
        return ""
    since = say("since {day}", day=newest) if newest else say("for weeks")
    return say(
        "no rule of the Bureau of Industry and Security on part 744 {since}, suspiciously long",
        since=since,
    )
