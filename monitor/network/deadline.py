"""One time by which an answer must be whole, over every read of its connection.

HTTP libraries give each read its own time: a host that sends a byte now and then, in headers, in
informational answers, in chunk extensions or trailers, is never late by that.
"""

from collections.abc import Callable
from threading import local
from typing import Any


class Deadline:
    """The deadline of what the present thread asks."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._own = local()

    def begin(self, seconds: float) -> None:
        """What this thread asks from now on must be answered within so many seconds."""
        self._own.until = self._monotonic() + seconds

    def left(self, timeout: float | None) -> float | None:
        """The seconds that one step may take. Raises TimeoutError where none are left."""
        until: float | None = getattr(self._own, "until", None)
        if until is None:
            return timeout
        left = until - self._monotonic()
        if left <= 0:
            raise TimeoutError
        return left if timeout is None else min(left, timeout)


class TimedBackend:
    """A network backend of httpcore whose every step ends by the deadline."""

    def __init__(self, backend: Any, deadline: Deadline) -> None:
        self._backend = backend
        self._deadline = deadline

    def connect_tcp(self, *args: Any, timeout: float | None = None, **more: Any) -> "_TimedStream":
        left = self._deadline.left(timeout)
        return _TimedStream(self._backend.connect_tcp(*args, timeout=left, **more), self._deadline)


class _TimedStream:
    def __init__(self, stream: Any, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        read: bytes = self._stream.read(max_bytes, self._deadline.left(timeout))
        return read

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> "_TimedStream":
        left = self._deadline.left(timeout)
        return _TimedStream(
            self._stream.start_tls(ssl_context, server_hostname, left), self._deadline
        )

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
