"""Pages kept for a second, so that what is asked over and over is not made over and over.

Single flight: one thread makes a page, and whoever asks meanwhile waits for that one. A page that
takes long to make, as with very many watches, rests between, and nobody waits for it: the last one,
which says when it was made, is served until the next is there.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

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

log = logging.getLogger("monitor.web")


@dataclass(frozen=True, slots=True)
class Body:
    """An answer's bytes, their media type, and the ETag of what they say."""

    content: bytes
    etag: str
    media: str


class Unasked(Route):
    """The route of a kept page for a GET without a query; all else goes to the next route.

    To look up, parse and validate the parameters of a query takes as long as all the rest.
    """

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] != "http" or scope["method"] != "GET" or scope["query_string"]:
            return Match.NONE, {}
        return super().matches(scope)


@dataclass(frozen=True, slots=True)
class _Made:
    body: Body
    at: datetime
    """When the making began: what was committed later may not be in it."""
    cost: float
    """Seconds that it took."""


class CachedPage:
    """One page, made anew when it is asked for and the last one is too old."""

    def __init__(self, clock: Callable[[], datetime], make: Callable[[datetime], Body]) -> None:
        """`make` makes the page as of a moment, in a thread."""
        self._clock = clock
        self._make = make
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
        at = self._clock()
        body = await asyncio.to_thread(self._make, at)
        self._made = _Made(body, at, (self._clock() - at).total_seconds())
        return self._made


def _log_fault(making: asyncio.Task[_Made]) -> None:
    # Where the last page was served meanwhile nobody else would hear of it.
    if not making.cancelled() and (fault := making.exception()) is not None:
        log.warning("a page could not be made anew: %s", fault)
