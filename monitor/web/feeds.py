"""The feed routes."""

from fastapi import APIRouter, Request, Response

from monitor.web.atom import feed
from monitor.web.context import site_of, watch_of
from monitor.web.openapi import says
from monitor.web.params import WatchId
from monitor.web.responses import etag_of, reply

router = APIRouter(tags=["feeds"])
MEDIA = "application/atom+xml"
NEWEST = 50


@router.get("/feed.atom", responses=says(None, media={MEDIA: None}), response_class=Response)
def all_events(request: Request) -> Response:
    """The newest events as an Atom feed."""
    return _feed(request, None, "Entity List monitor: all events", "all")


@router.get(
    "/watch/{watch_id}/feed.atom",
    responses=says(None, 404, media={MEDIA: None}),
    response_class=Response,
)
def events_of_watch(request: Request, watch_id: WatchId) -> Response:
    """The newest events of one watch as an Atom feed."""
    watch = watch_of(request, watch_id)
    return _feed(request, watch.id, f"Entity List monitor: {watch.name}", f"watch:{watch.id}")


def _feed(request: Request, watch: str | None, title: str, of: str) -> Response:
    site = site_of(request)
    with site.service.ledger.reading() as reading:
        events = [event.event for event in reading.events(watch=watch, limit=NEWEST)]
    path = f"/watch/{watch}/feed.atom" if watch else "/feed.atom"
    base = (site.public_url or "").rstrip("/")
    content = feed(events, title=title, of=of, path=path, base=base)
    return reply(request, content, etag_of(content), MEDIA)
