"""Bodies kept ready: made anew when this process commits, when the clock moves, or after a second.

What another process commits is seen within that second. One thread makes a body; the others wait
for it. Nothing here knows what is in a body.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from starlette.responses import Response

from monitor.parts import Parts

LIVES = 1.0
"""Seconds for which a body is served again."""


@dataclass(frozen=True, slots=True)
class Body:
    """An answer's bytes, their media type, and the ETag of what they say."""

    content: bytes
    etag: str
    media: str
    headers: tuple[tuple[bytes, bytes], ...] = field(init=False)
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


class Ready(Response):
    """A prepared answer; nothing of it is encoded again."""

    def __init__(self, body: Body) -> None:
        self.status_code, self.background, self.body = 200, None, body.content
        self.raw_headers = list(body.headers)


@dataclass(frozen=True, slots=True)
class _Made:
    body: Body
    at: datetime
    ticks: float
    commits: int


class Prepared:
    """One body, and when it must be made anew."""

    def __init__(
        self, parts: Parts, commits: Callable[[], int], make: Callable[[datetime], Body]
    ) -> None:
        """`commits` counts what this process commits; `make` makes the body as of a moment."""
        self._clock = parts.clock
        self._commits = commits
        self._make = make
        self._made: _Made | None = None
        self._making = Lock()

    async def body(self) -> Body:
        """The body, from memory where it still holds."""
        ticks = asyncio.get_running_loop().time()
        made = self._made
        if made is not None and self._holds(made, ticks):
            return made.body
        return await asyncio.to_thread(self._renewed, ticks)

    def _holds(self, made: _Made, ticks: float) -> bool:
        age = (self._clock() - made.at).total_seconds()
        return made.commits == self._commits() and 0 <= age < LIVES and ticks - made.ticks < LIVES

    def _renewed(self, ticks: float) -> Body:
        with self._making:
            made = self._made
            if made is not None and self._holds(made, ticks):
                return made.body
            commits, now = self._commits(), self._clock()
            body = self._make(now)
            self._made = _Made(body, now, ticks, commits)
            return body
