"""The feed routes."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from monitor.ledger.read import Reading
from monitor.ledger.records import StoredEvent
from monitor.screening.event import LISTINGS, REMOVALS, Kind
from monitor.web.atom import event_entry, feed
from monitor.web.context import base_of, site_of, watch_of
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
Before = Annotated[int | None, Query(ge=1, description="Where the page before ended.")]


@router.get("/feed.atom", responses=says(None, media={MEDIA: None}), response_class=Response)
def all_events(request: Request, before: Before = None) -> Response:
    """The newest events as an Atom feed, and every removal and listing of 90 days."""
    return _feed(request, None, "Entity List monitor: all events", "all", before)


@router.get(
    "/watch/{watch_id}/feed.atom",
    responses=says(None, 404, media={MEDIA: None}),
    response_class=Response,
)
def events_of_watch(request: Request, watch_id: WatchId, before: Before = None) -> Response:
    """The newest events of one watch as an Atom feed, and every removal and listing of 90 days."""
    watch = watch_of(request, watch_id)
    title = f"Entity List monitor: {watch.name}"
    return _feed(request, watch.id, title, f"watch:{watch.id}", before)


def _feed(request: Request, watch: str | None, title: str, of: str, before: int | None) -> Response:
    service, base = site_of(request).service, base_of(request)
    with service.ledger.reading() as reading:
        held = _held(reading, watch, service.clock() - KEPT, before)
    path = f"/watch/{watch}/feed.atom" if watch else "/feed.atom"
    page, more = held[:PAGE], held[PAGE:]
    content = feed(
        [event_entry(stored.event) for stored in page],
        title=title,
        of=of,
        base=base,
        path=path if before is None else f"{path}?before={before}",
        next_path=f"{path}?before={page[-1].seq}" if more else None,
        first_path=path,
    )
    return reply(request, content, etag_of(content), MEDIA)


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
