"""The feed routes."""

from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from monitor.language.languages import ENGLISH, language_of
from monitor.language.translator import Translator, translator
from monitor.ledger.read import Reading
from monitor.ledger.records import StoredEvent
from monitor.screening.event import LISTINGS, REMOVALS, Kind
from monitor.screening.words.message import say
from monitor.web.atom import event_entry, feed
from monitor.web.context import base_of, site_of, watch_of
from monitor.web.language import PARAMETER
from monitor.web.openapi import says
from monitor.web.params import WatchId
from monitor.web.responses import etag_of, reply

router = APIRouter(tags=["feeds"])
MEDIA = "application/atom+xml"
NEWEST = 50
"""Events of any kind that a feed holds."""
KEPT = timedelta(days=90)
"""How long a removal or a listing stays in every feed, whatever else happens."""
PAGE = 100
_STAY = (*sorted(REMOVALS | LISTINGS), Kind.NOTICE_FOUND)
Lang = Annotated[
    str | None, Query(description="Language of its texts: en or zh; English for any other.")
]
Before = Annotated[int | None, Query(ge=1, description="Where the page before ended.")]


@router.get("/feed.atom", responses=says(None, media={MEDIA: None}), response_class=Response)
def all_events(request: Request, before: Before = None, lang: Lang = None) -> Response:
    """The newest events as an Atom feed, and every removal and listing of 90 days."""
    return _feed(request, None, say("Entity List monitor: all events"), "all", before, lang)


@router.get(
    "/watch/{watch_id}/feed.atom",
    responses=says(None, 404, media={MEDIA: None}),
    response_class=Response,
)
def events_of_watch(
    request: Request, watch_id: WatchId, before: Before = None, lang: Lang = None
) -> Response:
    """The newest events of one watch as an Atom feed, and every removal and listing of 90 days."""
    watch = watch_of(request, watch_id)
    title = say("Entity List monitor: {watch}", watch=watch.called)
    return _feed(request, watch.id, title, f"watch:{watch.id}", before, lang)


def _feed(
    request: Request,
    watch: str | None,
    title: str,
    of: str,
    before: int | None,
    lang: str | None,
) -> Response:
    service, base = site_of(request).service, base_of(request)
    with service.ledger.reading() as reading:
        held = _held(reading, watch, service.clock() - KEPT, before)
    path = f"/watch/{watch}/feed.atom" if watch else "/feed.atom"
    said = translator(language_of(lang).code)
    page, more = held[:PAGE], held[PAGE:]
    content = feed(
        [event_entry(stored.event) for stored in page],
        title=title,
        of=of,
        base=base,
        said=said,
        path=in_language(path, said, before),
        next_path=in_language(path, said, page[-1].seq) if more else None,
        first_path=in_language(path, said),
    )
    return reply(request, content, etag_of(content), MEDIA)


def in_language(path: str, said: Translator, before: int | None = None) -> str:
    """The path of a page of the feed in its language."""
    query = {} if said.language is ENGLISH else {PARAMETER: said.language.code}
    asked = urlencode(query if before is None else {**query, "before": before})
    return f"{path}?{asked}" if asked else path


def _held(
    reading: Reading, watch: str | None, since: datetime, before: int | None
) -> list[StoredEvent]:
    """What a feed holds before a place, newest first: a page of it, and one more if there is."""
    newest = {event.seq: event for event in reading.events(watch=watch, limit=NEWEST)}
    held = {seq: event for seq, event in newest.items() if before is None or seq < before}
    for kind in _STAY:
        staying = reading.events(watch=watch, kind=kind, since=since, before=before, limit=PAGE + 1)
        held |= {event.seq: event for event in staying}
    return [held[seq] for seq in sorted(held, reverse=True)][: PAGE + 1]
