"""Bodies kept ready: made anew when this process commits, when the clock moves, or after a second.

What another process commits is seen within that second. One thread makes a body; the others wait
for it, but not where the second alone runs out while it is asked for: the next one is then begun
before. With very many watches a body takes long to make: then the last one, which says when it was
made, is served meanwhile, and the making rests between. Nothing here knows what is in a body.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from monitor.service import Parts

LIVES = 1.0
"""Seconds for which a body is served again."""
BEGINS = 0.8
"""Seconds after which, where it is asked for, the next one is begun."""
MANY = 1000
"""Watches above which nobody waits for a body while there is one."""
RESTS = 12.0
"""A body of many watches is made anew after so many times what it took; a quarter, by a commit."""
OLDEST = 60.0
"""Seconds after which a body is served to nobody."""

PIECE = 1 << 18
"""Bytes sent at once; the next ones wait until the client has read most of them."""

log = logging.getLogger("monitor.web")


@dataclass(frozen=True, slots=True)
class Body:
    """An answer's bytes, their media type, and the ETag of what they say."""

    content: bytes
    etag: str
    media: str
    headers: tuple[tuple[bytes, bytes], ...] = field(init=False, repr=False)
    """The headers of the whole answer, encoded once."""

    def __post_init__(self) -> None:
        said = {
            "content-length": str(len(self.content)),
            "content-type": self.media,
            "etag": self.etag,
            "cache-control": "no-cache",
        }
        headers = tuple((name.encode(), value.encode()) for name, value in said.items())
        object.__setattr__(self, "headers", headers)

    async def sent(self, send: Send, more: Iterable[tuple[bytes, bytes]] = ()) -> None:
        """Sends it, with `more` headers. No client that is slow to read makes us hold a copy."""
        headers = [*self.headers, *more]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        last = max(0, len(self.content) - 1) // PIECE * PIECE
        for at in range(0, last, PIECE):
            piece = self.content[at : at + PIECE]
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": self.content[last:]})


class Ready(Response):
    """A prepared answer; nothing of it is encoded again."""

    def __init__(self, body: Body) -> None:
        self.status_code, self.background, self.body = 200, None, body.content
        self.raw_headers = list(body.headers)
        self._body = body

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Answers."""
        await self._body.sent(send)


@dataclass(frozen=True, slots=True)
class _Made:
    body: Body
    at: datetime
    ticks: float
    commits: int
    cost: float
    """Seconds that it took."""


class Prepared:
    """One body, and when it must be made anew."""

    def __init__(
        self, parts: Parts, commits: Callable[[], int], make: Callable[[datetime], Body]
    ) -> None:
        """`commits` counts what this process commits; `make` makes the body as of a moment."""
        self._clock = parts.clock
        self._commits = commits
        self._make = make
        self._dear = len(parts.watches) > MANY
        self._made: _Made | None = None
        self._making = Lock()
        self._renewal: asyncio.Task[Body] | None = None

    async def body(self) -> Body:
        """The body, from memory where it still holds."""
        at_hand = self.at_hand()
        if at_hand is not None:
            return at_hand
        return await asyncio.to_thread(self._renewed, asyncio.get_running_loop(), None)

    def at_hand(self) -> Body | None:
        """The body where nobody need wait for it; begins the next one where that is due."""
        made, loop = self._made, asyncio.get_running_loop()
        if made is None:
            return None
        ticks = loop.time()
        holds = self._holds(made, ticks)
        if not holds and not self._will_do(made):
            return None
        if not holds or (not self._dear and ticks - made.ticks > BEGINS):
            self._begin(made, loop)
        return made.body

    def _begin(self, made: _Made, loop: asyncio.AbstractEventLoop) -> None:
        if self._renewal is None:
            self._renewal = asyncio.create_task(asyncio.to_thread(self._renewed, loop, made))
            self._renewal.add_done_callback(self._is_renewed)

    def _holds(self, made: _Made, ticks: float) -> bool:
        age, old = self._age(made), ticks - made.ticks
        if not self._dear:
            return made.commits == self._commits() and 0 <= age < LIVES and old < LIVES
        rests = made.cost * (RESTS if made.commits == self._commits() else RESTS / 4)
        return 0 <= age < OLDEST and old < max(LIVES, rests)

    def _will_do(self, made: _Made) -> bool:
        """Whether a body that is to be made anew is served until that is done."""
        return self._dear and 0 <= self._age(made) < OLDEST

    def _age(self, made: _Made) -> float:
        return (self._clock() - made.at).total_seconds()

    def _renewed(self, loop: asyncio.AbstractEventLoop, old: _Made | None) -> Body:
        """Makes the body, unless another than `old` was made meanwhile and holds."""
        with self._making:
            made, ticks = self._made, loop.time()
            if made is not None and made is not old and self._holds(made, ticks):
                return made.body
            commits, now = self._commits(), self._clock()
            body = self._make(now)
            self._made = _Made(body, now, loop.time(), commits, loop.time() - ticks)
            return body

    def _is_renewed(self, done: asyncio.Task[Body]) -> None:
        self._renewal = None
        if not done.cancelled() and (fault := done.exception()) is not None:
            # Whoever asks once the old body is too old is told the same fault.
            log.warning("a page could not be made anew: %s", fault)
