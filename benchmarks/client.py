"""A client in a process of its own: raw sockets, keep-alive, no library between it and the clock.

`python -m benchmarks.client PORT PATH CONNECTIONS SECONDS` prints one JSON line. Answers are not
read into text: their number of bytes is all that is looked at.
"""

import asyncio
import json
import sys
from dataclasses import dataclass, field

_END = b"\r\n\r\n"


@dataclass(slots=True)
class Connection(asyncio.Protocol):
    """One connection that, once it has begun, asks again as soon as it is answered."""

    request: bytes
    done: "asyncio.Future[None]"
    times: list[float]
    loop: asyncio.AbstractEventLoop
    transport: asyncio.Transport | None = None
    until: float = 0.0
    asked: float = 0.0
    head: bytes = b""
    missing: int = field(default=-1)
    """Bytes of the body still to come; -1 before the end of the head."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for the others: a connection that queues to be accepted is no slow answer."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def begin(self, until: float) -> None:
        """Ask until then."""
        self.until = until
        self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        """A server that gives a connection up ends the measurement."""
        if not self.done.done():
            self.done.set_exception(exc or ConnectionError("closed before its last answer"))

    def data_received(self, data: bytes) -> None:
        """Count what came."""
        if self.missing < 0:
            self.head += data
            head, found, rest = self.head.partition(_END)
            if not found:
                return
            if not head.startswith(b"HTTP/1.1 200"):
                raise AssertionError(head.decode("latin-1"))
            self.missing, data = _length(head), rest
        self.missing -= len(data)
        if self.missing == 0:
            self._answered()

    def _answered(self) -> None:
        now = self.loop.time()
        self.times.append(now - self.asked)
        if now < self.until:
            self._ask()
            return
        assert self.transport is not None
        self.done.set_result(None)
        self.transport.close()

    def _ask(self) -> None:
        self.head, self.missing, self.asked = b"", -1, self.loop.time()
        assert self.transport is not None
        self.transport.write(self.request)


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.split(b":")[1])
    raise AssertionError("no Content-Length")


async def ask(port: int, path: str, connections: int, seconds: float) -> dict[str, float]:
    """Requests a second, and the median and 99th percentile of their times."""
    loop = asyncio.get_running_loop()
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
    times: list[float] = []
    done = [loop.create_future() for _ in range(connections)]
    opened = [Connection(request, one, times, loop) for one in done]
    for connection in opened:
        await loop.create_connection(lambda one=connection: one, "127.0.0.1", port)  # type: ignore[misc]
    start = loop.time()
    for connection in opened:
        connection.begin(start + seconds)
    await asyncio.gather(*done)
    span = loop.time() - start
    times.sort()
    return {
        "rate": len(times) / span,
        "p50": times[len(times) // 2],
        "p99": times[min(int(len(times) * 0.99), len(times) - 1)],
        "worst": times[-1],
    }


if __name__ == "__main__":
    port_, path_, connections_, seconds_ = sys.argv[1:]
    print(json.dumps(asyncio.run(ask(int(port_), path_, int(connections_), float(seconds_)))))
