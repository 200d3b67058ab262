"""The feed routes."""

from fastapi import APIRouter, Request, Response

from monitor.web.answers import etag_of, reply
from monitor.web.atom import feed
from monitor.web.documented import says
from monitor.web.params import Id
from monitor.web.site import site_of, watch_of

router = APIRouter(tags=["feeds"])
MEDIA = "application/atom+xml"
NEWEST = 50


@router.get("/feed.atom", responses=says(None, media={MEDIA: None}), response_class=Response)
def all_events(request: Request) -> Response:
    """The newest events, as Atom."""
    return _feed(request, None, "Entity List monitor: all events", "all")


@router.get(
    "/watch/{watch_id}/feed.atom",
    responses=says(None, 404, media={MEDIA: None}),
    response_class=Response,
)
def events_of_watch(request: Request, watch_id: Id) -> Response:
    """The newest events of one watch, as Atom."""
    watch = watch_of(request, watch_id)
    return _feed(request, watch.id, f"Entity List monitor: {watch.name}", f"watch:{watch.id}")


def _feed(request: Request, watch: str | None, title: str, of: str) -> Response:
    site = site_of(request)
    with site.parts.ledger.reading() as reading:
        events = [one.event for one in reading.events(watch=watch, limit=NEWEST)]
    path = f"/watch/{watch}/feed.atom" if watch else "/feed.atom"
    base = (site.public_url or "").rstrip("/")
    content = feed(events, title=title, of=of, path=path, base=base)
    return reply(request, content, etag_of(content), MEDIA)
