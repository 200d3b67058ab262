"""The JSON routes. They only read; `monitor.status` makes the shapes."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response

from monitor.errors import UsageError
from monitor.screening.entry import ENTITY_LIST
from monitor.screening.event import Kind, PublicEvent
from monitor.screening.witness import Source
from monitor.screening.words.event_text import utc
from monitor.screening.words.message import say
from monitor.service import Service
from monitor.status.page import CURSOR, LARGEST, Wanted, status_page
from monitor.status.search import Found
from monitor.status.shapes import (
    json_bytes,
    public_change,
    public_disagreements,
    public_poll,
    public_sources,
)
from monitor.status.status import Status, statuses
from monitor.status.summary import Summaries
from monitor.web.cached_pages import Body
from monitor.web.context import site_of, watch_of
from monitor.web.openapi import says
from monitor.web.pages import sources_page
from monitor.web.params import (
    Cursor,
    EventId,
    IsoDate,
    ListQuery,
    Moment,
    PendingQuery,
    StateQuery,
    TagQuery,
    WatchId,
    WatchQuery,
    moment,
)
from monitor.web.problems import wants_page
from monitor.web.responses import JSON, answer, cached, etag_of
from monitor.web.shapes import (
    ChangePage,
    Disagreements,
    Entries,
    EventPage,
    PollPage,
    Sources,
)

router = APIRouter(tags=["reads"])
PAGE = 100
Limit = Annotated[int, Query(ge=1, le=LARGEST, description="Most statuses of a page.")]
StatusCursor = Annotated[
    str | None, Query(pattern=CURSOR, description="Where the last page ended: its `next`.")
]


def status_body(
    service: Service,
    now: datetime,
    wanted: Wanted | None = None,
    summaries: Summaries | None = None,
) -> Body:
    """The body of `/status`; its ETag ignores when it was generated.

    Raises 404 for a tag that no watch bears and for a cursor whose watch is gone.
    """
    stand = summaries or Summaries(service.clock)
    with service.ledger.reading() as reading:
        try:
            page = status_page(
                service, reading, now, wanted or Wanted(),
                lambda: stand.of(service, reading, now),
            )  # fmt: skip
        except UsageError as error:
            raise HTTPException(404, str(error)) from error
    content = json_bytes({"watches": page.statuses, "next": page.next})
    generated = json_bytes({"generated_at": utc(now)})
    return Body(generated[:-1] + b"," + content[1:], etag_of(content), JSON)


async def all_statuses(
    request: Request,
    state: StateQuery = None,
    pending: PendingQuery = None,
    tag: TagQuery = None,
    limit: Limit = LARGEST,
    cursor: StatusCursor = None,
) -> Response:
    """One STATUS for each watch and list, or for those of a state, a pending one or a tag."""
    site, wanted = site_of(request), Wanted(state, pending, tag, limit, cursor)
    page = site.statuses.page(
        request.scope["query_string"],
        lambda now: status_body(site.service, now, wanted, site.summaries),
    )
    return await cached(request, page)


async def kept_statuses(request: Request) -> Response:
    """The same, of a query whose page is kept."""
    return await cached(request, site_of(request).statuses.page(request.scope["query_string"]))


@router.get("/status/{watch_id}", responses=says(Status, 400, 404))
def one_status(request: Request, watch_id: WatchId, list_: ListQuery = None) -> Response:
    """The STATUS of one watch, on its first list or another."""
    watch, service = watch_of(request, watch_id), site_of(request).service
    if list_ is not None and list_ not in watch.lists:
        raise HTTPException(404, say("This party is not watched on that list."))
    with service.ledger.reading() as reading:
        found = statuses(service, reading, service.clock(), [watch])
    return answer(request, next(one for one in found if one.list == (list_ or watch.lists[0])))


@router.get("/events", responses=says(EventPage, 400, 404))
def events(
    request: Request,
    watch: WatchQuery = None,
    kind: Kind | None = None,
    since: Moment | None = None,
    cursor: Cursor = None,
) -> Response:
    """Events, newest first."""
    service = site_of(request).service
    with service.ledger.reading() as reading:
        found = reading.events(
            watch=watch,
            kind=kind.value if kind else None,
            since=moment(since) if since else None,
            before=cursor,
            limit=PAGE + 1,
        )
        # A misspelled id must not look like calm; events of a former watch are still found.
        if watch and not found and not service.watch(watch) and not reading.events(watch=watch):
            raise HTTPException(404, say("No watch has that id, and no event names it."))
    page = found[:PAGE]
    following = str(page[-1].seq) if len(found) > PAGE else None
    return answer(request, {"events": [one.event.public() for one in page], "next": following})


@router.get("/events/{event_id}", responses=says(PublicEvent, 404))
def one_event(request: Request, event_id: EventId) -> Response:
    """One event."""
    with site_of(request).service.ledger.reading() as reading:
        found = reading.event(event_id)
    if found is None:
        raise HTTPException(404, say("No event has that id."))
    return answer(request, found.event.public())


@router.get("/polls", responses=says(PollPage, 400))
def polls(request: Request, source: Source | None = None, cursor: Cursor = None) -> Response:
    """Polls, newest first: proof that the sources were checked."""
    with site_of(request).service.ledger.reading() as reading:
        found = reading.polls(source, cursor, PAGE + 1)
    page = found[:PAGE]
    following = str(page[-1].id) if len(found) > PAGE else None
    return answer(request, {"polls": [public_poll(one) for one in page], "next": following})


@router.get("/sources", responses=says(Sources))
def sources(request: Request) -> Response:
    """The health of every source; a browser gets the page with their polls."""
    if wants_page(request):
        return sources_page(request)
    service = site_of(request).service
    with service.ledger.reading() as reading:
        memories, lists = reading.memories(), reading.source_lists().values()
        remarks = reading.remarks()
    found = public_sources(service, memories, lists, service.clock(), remarks)
    response = answer(request, {"sources": found})
    response.headers["Vary"] = "Accept"
    return response


@router.get("/disagreements", responses=says(Disagreements, 400))
def disagreements(request: Request, list_: ListQuery = None) -> Response:
    """The parties that one list source has now and the other has not; which is right is not said.

    None while either has not read the list.
    """
    site, asked = site_of(request), list_ or ENTITY_LIST
    with site.service.ledger.reading() as reading:
        found = public_disagreements(asked, site.comparison.of(reading, asked))
    return answer(request, {"disagreements": found})


@router.get("/entries", responses=says(Entries, 400, 404))
async def entries(
    request: Request,
    q: Annotated[str, Query(max_length=500, description="A name in any spelling.")] = "",
    list_: ListQuery = None,
    on: IsoDate | None = None,
) -> Response:
    """The list, or its entries nearest to a name, now or on a date.

    404 for a day that is not known, and for a list that was never read.
    """
    site = site_of(request)

    def search() -> list[Found]:
        with site.service.ledger.reading() as reading:
            return site.search.find(reading, q, list_ or ENTITY_LIST, on)

    try:
        found = await site.searching.run(search)
    except UsageError as error:
        raise HTTPException(404, str(error)) from error
    return answer(request, {"entries": [one.public() for one in found]})


@router.get("/changes", responses=says(ChangePage, 400))
def changes(
    request: Request,
    list_: ListQuery = None,
    since: IsoDate | None = None,
    cursor: Cursor = None,
) -> Response:
    """Every addition, removal and amendment of whole lists, newest first."""
    with site_of(request).service.ledger.reading() as reading:
        found = reading.changes(list_=list_, since=since, before=cursor, limit=PAGE + 1)
    page = found[:PAGE]
    following = str(page[-1].id) if len(found) > PAGE else None
    return answer(request, {"changes": [public_change(one) for one in page], "next": following})
