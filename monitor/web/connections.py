"""Connections with bounds: in number, and in the time of each request and answer.

The server knows no time limit for a request and accepts connections until no descriptor is left;
then neither the ledger nor a poll nor a channel could open one.
"""

import resource
from asyncio import Transport
from typing import Any, Literal

from uvicorn.protocols.http.h11_impl import H11Protocol

RESERVED = 128
"""Descriptors that polling, the ledger, sending and the process itself are left."""
LEAST = 16
ACCEPTED = 32
"""Connections that wait to be accepted: so many may come before the first of them is looked at."""
MOST_HEAD = 16_384
"""Bytes of a request's head."""
REQUEST = 10.0
"""Seconds in which a request must have come, head and body."""
ANSWER = 60.0
"""Seconds from its beginning in which its answer must have been taken."""
LOOK = 2.0
"""Seconds between looks at a connection."""


def connections_at_most(wanted: int) -> int:
    """So many as were configured, or as the limit on open files leaves."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if files == resource.RLIM_INFINITY:
        return wanted
    return max(LEAST, min(wanted, files - RESERVED))


def bounded(at_most: int) -> type[H11Protocol]:
    """The protocol for a server with so many connections at most."""
    return type("Bounded", (_Bounded,), {"at_most": at_most})


class _Bounded(H11Protocol):
    at_most = 256
    begun: float | None = None
    """When the request under way began; None while none is."""

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.begun = self.loop.time()
        self.loop.call_later(LOOK, self._look)
        others: list[Any] = [one for one in self.connections if one is not self]
        open_ = [one for one in others if isinstance(one, _Bounded) and one.is_open]
        if len(open_) >= self.at_most:
            # What has asked nothing for longest gives way, else this new one.
            idle = [one for one in open_ if one.stage != "working"]
            min(idle, key=lambda one: one.begun or 0.0, default=self).transport.abort()

    def data_received(self, data: bytes) -> None:
        if self.begun is None:
            self.begun = self.loop.time()
        super().data_received(data)

    def on_response_complete(self) -> None:
        if not self._unread():
            self.begun = None
        super().on_response_complete()

    def _look(self) -> None:
        if self.transport.is_closing() and not self._unread():
            return
        if self.begun is not None:
            if self.stage == "answered" and not self._unread():
                self.begun = None
            elif self.loop.time() - self.begun > (REQUEST if self.stage == "asking" else ANSWER):
                self.transport.abort()
                return
        self.loop.call_later(LOOK, self._look)

    @property
    def stage(self) -> Literal["asking", "working", "answered"]:
        """Whether the request has not come whole, is worked on, or has its answer."""
        cycle: Any = self.cycle
        if cycle is not None and cycle.response_complete:
            return "answered"
        return "asking" if cycle is None or cycle.more_body else "working"

    @property
    def is_open(self) -> bool:
        """Whether it still holds a descriptor that nobody has given up."""
        return not self.transport.is_closing()

    def _unread(self) -> bool:
        return self.transport.get_write_buffer_size() > 0
