"""Pages for people, rendered on the server from the ledger."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response

from monitor.errors import UsageError
from monitor.language.languages import ENGLISH, Language
from monitor.ledger.read import Reading
from monitor.ledger.records import StoredEvent
from monitor.rendering.page import HERE, render, style
from monitor.screening.entry import ENTITY_LIST
from monitor.screening.event import Kind
from monitor.screening.witness import PollOutcome
from monitor.screening.words.message import say
from monitor.service import Service
from monitor.status.search import Found, Search, script_remark
from monitor.status.shapes import public_sources
from monitor.status.status import Status, statuses
from monitor.status.summary import Summaries
from monitor.web.cached_pages import Body
from monitor.web.context import About, site_of, watch_of
from monitor.web.language import language
from monitor.web.params import EventId, PendingQuery, StateQuery, TagQuery, WatchId
from monitor.web.poll_strip import strip
from monitor.web.responses import HTML, cached, etag_of, reply
from monitor.web.timeline import timeline
from monitor.web.watches import CURSOR, Asked, choose

router = APIRouter(include_in_schema=False)
_LOOKS = 1200
"""Polls read for the strips: three weeks of an hourly source and the others."""
_NEAREST = 5
"""Entries of the list shown beside the watches that a search found."""
_TOLD = 200
"""Most events on a watch's page; the feed and the API have them all."""


def home_body(
    service: Service,
    about: Mapping[str, About],
    now: datetime,
    language_: Language = ENGLISH,
    asked: Asked | None = None,
    search: Search | None = None,
    summaries: Summaries | None = None,
) -> Body:
    """The first page: the watches in one sentence each, the sources, and undelivered alerts."""
    asked = asked or Asked()
    with service.ledger.reading() as reading:
        troubled = frozenset(reading.dead_letters())
        stand = (summaries or Summaries(service.clock)).of(service, reading, now)
        chosen = choose(stand, troubled, asked, about)
        found = [
            status
            for status in statuses(service, reading, now, chosen.watches)
            if asked.takes(status.state, status.pending)
        ]
        memories = reading.memories()
        sources = public_sources(service, memories, reading.source_lists().values(), now)
        page = render(
            "home.html",
            language_,
            now=now,
            asked=asked,
            chosen=chosen,
            watches=found,
            sources=sources,
            polls=reading.polls(limit=12),
            events=reading.events(limit=8),
            dead=reading.notifications(statuses=["dead"], limit=20),
            troubled=troubled,
            broken=reading.broken_files(),
            nobody_told=not service.channels,
            begins=not any(
                memories[name].last_good_at for name in service.list_sources if name in memories
            ),
            due={name: memory.due_at for name, memory in memories.items()},
            waiting=sum(reading.open_cases().values()),
            listed=_on_the_list(reading, search or Search(service.watches), asked.q),
            remark=script_remark(asked.q),
        )
    content = page.encode()
    return Body(content, etag_of(content), HTML)


def _on_the_list(reading: Reading, search: Search, q: str) -> list[Found]:
    """The nearest entries to what is searched for; none of a list that was never read."""
    if not q.strip():
        return []
    try:
        return search.find(reading, q)[:_NEAREST]
    except UsageError:
        return []


async def home(
    request: Request,
    q: Annotated[str, Query(max_length=500)] = "",
    state: StateQuery = None,
    pending: PendingQuery = None,
    tag: TagQuery = None,
    cursor: Annotated[str | None, Query(pattern=CURSOR)] = None,
) -> Response:
    """Each watch as one sentence, and the last polls.

    `q` searches; `state`, `pending` and `tag` choose; `cursor` turns the page.
    """
    site, asked = site_of(request), Asked(state, pending, tag, q.strip(), cursor)
    said = language(request)
    if asked == Asked():
        return await cached(request, site.home[said.code])
    body = await site.searching.run(
        lambda: home_body(
            site.service, site.about, site.service.clock(), said, asked, site.search, site.summaries
        )
    )
    return reply(request, body.content, body.etag, body.media)


@router.get("/watch/{watch_id}")
def watch_page(request: Request, watch_id: WatchId) -> Response:
    watch, site = watch_of(request, watch_id), site_of(request)
    service, now = site.service, site.service.clock()
    with service.ledger.reading() as reading:
        watched = reading.watched(watch.id)
        acts = reading.acts_by_key(watch.id)
        events = reading.events(watch=watch.id, limit=_TOLD)
        polls = reading.polls(limit=_LOOKS)
        found = statuses(service, reading, now, [watch])
    views = [
        {
            "status": one,
            "entry": known.state.entry if (known := watched.get((watch.id, one.list))) else None,
            "acts": acts.get((watch.id, one.list), []),
            "events": [stored for stored in events if stored.event.list == one.list],
            "amended": _amended(events, one.list),
            "decided": _decided(events, one),
            "picture": timeline(
                one.history,
                acts.get((watch.id, one.list), []),
                [stored.event for stored in events if stored.event.list == one.list],
                known.watched_since if known else None,
                now,
            ),
        }
        for one in found
    ]
    about = site.about.get(watch.id, About())
    strips = [strip(name, polls, now) for name in sorted(service.enabled)]
    return _page(request, "watch.html", now=now, watch=watch, about=about, views=views,
                 strips=strips)  # fmt: skip


@router.get("/event/{event_id}")
def event_page(request: Request, event_id: EventId) -> Response:
    service = site_of(request).service
    with service.ledger.reading() as reading:
        stored = reading.event(event_id)
        if stored is None:
            raise HTTPException(404, say("No event has that id."))
        told = reading.notifications(event=event_id)
        known = {witness.snapshot: reading.snapshot(witness.snapshot)
                 for witness in stored.event.witnesses if witness.snapshot}  # fmt: skip
    watch = service.watch(stored.event.watch or "")
    return _page(request, "event.html", now=service.clock(), stored=stored, event=stored.event,
                 watch=watch, told=told, snapshots=known)  # fmt: skip


def sources_page(request: Request) -> Response:
    """The polls of every source, and the quarantine."""
    site = site_of(request)
    service, now = site.service, site.service.clock()
    with service.ledger.reading() as reading:
        memories, lists = reading.memories(), reading.source_lists().values()
        polls = reading.polls(limit=_LOOKS)
        held = reading.snapshots(status=PollOutcome.QUARANTINED, limit=20)
        told = reading.events(kind=Kind.SNAPSHOT_QUARANTINED.value, limit=5)
        apart, remarks = site.comparison.of(reading, ENTITY_LIST), reading.remarks()
    found = public_sources(service, memories, lists, now, remarks)
    return _page(request, "sources.html", now=now, sources=found, lists=lists, polls=polls[:30],
                 strips={one.source: strip(one.source, polls, now) for one in found},
                 held=held, told=told, apart=apart)  # fmt: skip


@router.get("/static/style.css")
def style_sheet(request: Request) -> Response:
    content = style().encode()
    return reply(request, content, etag_of(content), "text/css")


@router.get("/static/times.js")
def times_script(request: Request) -> Response:
    """Shows times in the reader's own zone beside UTC; the pages say everything without it."""
    return _script(request, "times.js")


@router.get("/static/decide.js")
def decide_script(request: Request) -> Response:
    """Decides a case from its page; without it the page shows the command."""
    return _script(request, "decide.js")


@router.get("/static/icon.svg")
def icon(request: Request) -> Response:
    """The mark in the browser's tab."""
    content = (HERE / "static" / "icon.svg").read_bytes()
    return reply(request, content, etag_of(content), "image/svg+xml")


def _script(request: Request, name: str) -> Response:
    content = (HERE / "static" / name).read_bytes()
    return reply(request, content, etag_of(content), "text/javascript")


def _page(request: Request, template: str, **values: object) -> Response:
    content = render(template, language(request), **values).encode()
    return reply(request, content, etag_of(content), HTML, Vary="Accept")


def _amended(events: list[StoredEvent], list_: str) -> StoredEvent | None:
    kind = Kind.ENTRY_AMENDED
    return next(
        (event for event in events if (event.event.kind, event.event.list) == (kind, list_)), None
    )


def _decided(events: list[StoredEvent], status: Status) -> StoredEvent | None:
    """The newest event that shows how far the sources lagged."""
    return next(
        (event for event in events if event.event.list == status.list and event.event.lag), None
    )
