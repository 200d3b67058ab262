"""The JSON routes. They only read; shapes are made in `monitor.public` and `monitor.status`."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response

from monitor.errors import UsageError
from monitor.lookup import look_up
from monitor.parts import Parts
from monitor.public import public_change, public_poll, public_sources
from monitor.screening.event import Kind
from monitor.screening.telling import utc
from monitor.status import statuses
from monitor.web.answers import answer

router = APIRouter()
PAGE = 100

Cursor = Annotated[int | None, Query(ge=1, le=2**62, description="Where the last page ended.")]


def parts_of(request: Request) -> Parts:
    """The parts the application was made with."""
    parts = request.app.state.parts
    assert isinstance(parts, Parts)
    return parts


@router.get("/livez")
def alive() -> Response:
    """Whether the process lives."""
    return Response("ok", media_type="text/plain")


@router.get("/readyz")
def ready(request: Request) -> Response:
    """Whether it can serve: the database answers and the configuration was read."""
    with parts_of(request).ledger.reading() as reading:
        reading.memories()
    return Response("ok", media_type="text/plain")


@router.get("/status")
def all_statuses(request: Request) -> Response:
    """One STATUS for each watch and list."""
    parts = parts_of(request)
    now = parts.clock()
    with parts.ledger.reading() as reading:
        found = statuses(parts, reading, now)
    return answer(request, {"watches": found}, beside={"generated_at": utc(now)})


@router.get("/status/{id}")
def one_status(
    request: Request,
    watch_id: Annotated[str, Path(alias="id")],
    list_: Annotated[str | None, Query(alias="list")] = None,
) -> Response:
    """The STATUS of one watch, on its first list or another."""
    parts = parts_of(request)
    watch = parts.watch(watch_id)
    if watch is None or (list_ is not None and list_ not in watch.lists):
        raise HTTPException(404, "no such watch" if watch is None else "not watched on that list")
    with parts.ledger.reading() as reading:
        found = statuses(parts, reading, parts.clock(), [watch])
    return answer(request, next(one for one in found if one.list == (list_ or watch.lists[0])))


@router.get("/events")
def events(
    request: Request,
    watch: str | None = None,
    kind: Kind | None = None,
    since: datetime | None = None,
    cursor: Cursor = None,
) -> Response:
    """Events, newest first."""
    start = since.replace(tzinfo=since.tzinfo or UTC) if since else None
    with parts_of(request).ledger.reading() as reading:
        found = reading.events(
            watch=watch,
            kind=kind.value if kind else None,
            since=start,
            before=cursor,
            limit=PAGE + 1,
        )
    page = found[:PAGE]
    following = str(page[-1].seq) if len(found) > PAGE else None
    return answer(request, {"events": [one.event for one in page], "next": following})


@router.get("/events/{id}")
def one_event(request: Request, event_id: Annotated[str, Path(alias="id")]) -> Response:
    """One event."""
    with parts_of(request).ledger.reading() as reading:
        found = reading.event(event_id)
    if found is None:
        raise HTTPException(404, "no such event")
    return answer(request, found.event)


@router.get("/polls")
def polls(request: Request, source: str | None = None, cursor: Cursor = None) -> Response:
    """Polls, newest first: the proof of looking."""
    with parts_of(request).ledger.reading() as reading:
        found = reading.polls(source, cursor, PAGE + 1)
    page = found[:PAGE]
    following = str(page[-1].id) if len(found) > PAGE else None
    return answer(request, {"polls": [public_poll(one) for one in page], "next": following})


@router.get("/sources")
def sources(request: Request) -> Response:
    """The health of every source."""
    parts = parts_of(request)
    with parts.ledger.reading() as reading:
        memories, lists = reading.memories(), reading.source_lists()
    found = public_sources(parts, memories, lists, parts.clock())
    return answer(request, {"sources": found})


@router.get("/entries")
def entries(
    request: Request,
    q: Annotated[str, Query(max_length=500)] = "",
    list_: Annotated[str, Query(alias="list", max_length=20)] = "EL",
    on: Annotated[str | None, Query(max_length=10)] = None,
) -> Response:
    """The list, or its entries nearest to a name, now or on a date."""
    try:
        with parts_of(request).ledger.reading() as reading:
            found = look_up(reading, q, list_, on)
    except UsageError as error:
        raise HTTPException(400, str(error)) from error
    return answer(request, {"entries": [one.public() for one in found]})


@router.get("/changes")
def changes(
    request: Request,
    list_: Annotated[str | None, Query(alias="list", max_length=20)] = None,
    since: Annotated[str | None, Query(max_length=10)] = None,
    cursor: Cursor = None,
) -> Response:
    """Every addition, removal and amendment of whole lists, newest first."""
    with parts_of(request).ledger.reading() as reading:
        found = reading.changes(list_=list_, since=since, before=cursor, limit=PAGE + 1)
    page = found[:PAGE]
    following = str(page[-1].id) if len(found) > PAGE else None
    return answer(request, {"changes": [public_change(one) for one in page], "next": following})
