"""The HTTP application: routes, one error map, security headers. It builds nothing but itself."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware

from monitor import __version__
from monitor.errors import LedgerError, UsageError
from monitor.language.languages import LANGUAGES
from monitor.service import Service
from monitor.status.search import Search
from monitor.status.summary import Summaries
from monitor.web import (
    acts,
    admin,
    api,
    badges,
    cases,
    feeds,
    list_page,
    metrics,
    pages,
    probes,
    rules,
    snapshots,
)
from monitor.web.cached_pages import CachedPage, CachedPages, ShortRoute
from monitor.web.checking import Checking
from monitor.web.context import About, Site
from monitor.web.guard import Guard
from monitor.web.headers import Headers
from monitor.web.language import QUERIES
from monitor.web.openapi import says
from monitor.web.problems import (
    on_http_error,
    on_invalid,
    on_ledger_error,
    on_surprise,
    on_usage_error,
)
from monitor.web.shapes import StatusList

__all__ = ["About", "create_app", "show"]

Lifespan = Callable[[], AbstractAsyncContextManager[None]]
DRAIN = 20.0
"""Seconds that a round of polls is given at the end."""


def create_app(
    service: Service,
    work: Lifespan,
    *,
    admin_token: str | None = None,
    public_url: str | None = None,
    cors_origins: Sequence[str] = (),
    data_dir: Path | None = None,
) -> FastAPI:
    """The application over a service; `work` runs for as long as it serves.

    Without `admin_token` the POST routes do not exist. `public_url` is the base of links in feeds;
    where it has a path, everything is served below it, whether or not a proxy takes the path away.
    `data_dir` the folder whose disk `/health` looks at. Pages of `cors_origins` may read in a
    browser; they can never post.
    """
    site = Site(
        **_of(service),
        guard=Guard(admin_token, service.clock) if admin_token else None,
        checking=Checking(),
        public_url=public_url,
        data_dir=data_dir,
    )

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with work():
            yield
        await asyncio.to_thread(site.checking.finish, DRAIN)

    app = FastAPI(
        title="Entity List monitor",
        version=__version__,
        summary="Who joined or left the US Entity List, on whose word, and with what proof.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.state.site = site
    _route(app, admin_too=site.guard is not None)
    if cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(cors_origins),
            allow_methods=["GET"],
            allow_headers=["If-None-Match"],
            expose_headers=["ETag"],
        )
    app.add_middleware(Headers, path=urlsplit(public_url or "").path.rstrip("/"))
    return app


def show(app: FastAPI, service: Service) -> None:
    """From the next request on the pages are those of this service, with its watch list."""
    app.state.site = replace(app.state.site, **_of(service))


def _of(service: Service) -> dict[str, Any]:
    """What of a site goes by its watches."""
    about = {
        watch.id: About(watch.local_names, watch.country, watch.note, watch.tags)
        for watch in service.watches
    }
    summaries = Summaries(service.clock)
    return {
        "service": service,
        "statuses": CachedPages(service.clock),
        "home": {
            language.code: CachedPage(
                service.clock,
                partial(pages.home_body, service, about, language_=language, summaries=summaries),
            )
            for language in LANGUAGES.values()
        },
        "summaries": summaries,
        "search": Search(service.watches),
        "about": about,
    }


def _route(app: FastAPI, *, admin_too: bool) -> None:
    # The two that are asked most stand first, and what was asked before is not parsed again.
    app.router.routes[:0] = [
        ShortRoute("/", pages.home, QUERIES.__contains__),
        ShortRoute("/status", api.kept_statuses, lambda query: query in app.state.site.statuses),
    ]
    app.add_api_route("/", pages.home, include_in_schema=False)
    app.add_api_route(
        "/status", api.all_statuses, responses=says(StatusList, 400, 404), tags=["reads"]
    )
    for room in (
        api,
        cases,
        acts,
        rules,
        pages,
        list_page,
        probes,
        feeds,
        badges,
        snapshots,
        metrics,
    ):
        app.include_router(room.router)
    if admin_too:
        app.include_router(admin.router)
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(UsageError, on_usage_error)
    app.add_exception_handler(LedgerError, on_ledger_error)
    app.add_exception_handler(Exception, on_surprise)
