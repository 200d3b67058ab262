"""Pages kept for a second, so that what is asked over and over is not made over and over.

Single flight: one thread makes a page, and whoever asks meanwhile waits for that one. A page that
takes long to make, as with very many watches, rests between, and nobody waits for it: the last one,
which says when it was made, is served until the next is there.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import Scope

LIVES = 1.0
"""Seconds for which a page is served again."""
RESTS = 10.0
"""A page lives at least so many times as long as it took to make."""
PATIENCE = 0.1
"""Seconds of making above which nobody waits while there is a last page."""
OLDEST = 60.0
"""Seconds after which a page is served to nobody."""
MOST_PAGES = 16
"""Pages of one route that are kept; the largest have a thousand statuses, 1.6 MB."""
AT_ONCE = 2
"""Pages of one route that are made at the same time."""
Endpoint = Callable[[Request], Awaitable[Response]]

log = logging.getLogger("monitor.web")


@dataclass(frozen=True, slots=True)
class Body:
    """An answer's bytes, their media type, and the ETag of what they say."""

    content: bytes
    etag: str
    media: str


class ShortRoute(Route):
    """The route of a GET whose page is kept; all else goes to the next route.

    To look up, parse and validate the parameters of a query takes as long as all the rest.
    """

    def __init__(self, path: str, endpoint: Endpoint, kept: Callable[[bytes], bool]) -> None:
        """`kept`: whether the page of a query is."""
        super().__init__(path, endpoint)
        self._kept = kept

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] != "http" or scope["method"] != "GET":
            return Match.NONE, {}
        return super().matches(scope) if self._kept(scope["query_string"]) else (Match.NONE, {})


@dataclass(frozen=True, slots=True)
class _Made:
    body: Body
    at: datetime
    """When the making began: what was committed later may not be in it."""
    cost: float
    """Seconds that it took."""


class CachedPage:
    """One page, made anew when it is asked for and the last one is too old."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        make: Callable[[datetime], Body],
        slots: asyncio.Semaphore | None = None,
    ) -> None:
        """`make` makes the page as of a moment, in a thread, once there is a slot for it."""
        self._clock = clock
        self._make = make
        self._slots = slots or asyncio.Semaphore()
        self._made: _Made | None = None
        self._making: asyncio.Task[_Made] | None = None

    async def body(self) -> Body:
        """Raises what `make` raised where there is no page that may be served."""
        made = self._made
        if made is not None and self._is_younger(made, max(LIVES, made.cost * RESTS)):
            return made.body
        making = self._begun()
        if made is not None and made.cost > PATIENCE and self._is_younger(made, OLDEST):
            return made.body
        return (await asyncio.shield(making)).body

    def _is_younger(self, made: _Made, seconds: float) -> bool:
        # A page from ahead of the clock was made before the clock was set back.
        return 0 <= (self._clock() - made.at).total_seconds() < min(seconds, OLDEST)

    def _begun(self) -> asyncio.Task[_Made]:
        if self._making is None or self._making.done():
            self._making = asyncio.create_task(self._renewed())
            self._making.add_done_callback(_log_fault)
        return self._making

    async def _renewed(self) -> _Made:
        async with self._slots:
            at = self._clock()
            body = await asyncio.to_thread(self._make, at)
            self._made = _Made(body, at, (self._clock() - at).total_seconds())
        return self._made


class CachedPages:
    """The pages of one route by their queries: so many at most, the one asked last stays longest.

    Whoever reads thousands of pages one after another makes each, and takes neither memory nor
    threads from those who ask for one over and over.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._pages = OrderedDict[bytes, CachedPage]()
        self._slots = asyncio.Semaphore(AT_ONCE)

    def __contains__(self, query: object) -> bool:
        return query in self._pages

    def page(self, query: bytes, make: Callable[[datetime], Body] | None = None) -> CachedPage:
        """The page of a query; one that is not kept is made by `make`, which is then needed."""
        page = self._pages.get(query)
        if page is None:
            assert make is not None
            page = self._pages[query] = CachedPage(self._clock, make, self._slots)
        self._pages.move_to_end(query)
        while len(self._pages) > MOST_PAGES:
            self._pages.popitem(last=False)
        return page


def _log_fault(making: asyncio.Task[_Made]) -> None:
    # Where the last page was served meanwhile nobody else would hear of it.
    fault = None if making.cancelled() else making.exception()
    if fault is not None and not isinstance(fault, HTTPException):
        log.warning("a page could not be made anew: %s", fault)
