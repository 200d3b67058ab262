"""A request as it came, and an answer as it goes out: what it says and how it is brought.

This file knows no list, no document and no fault; it only lets an answer be sent badly.
"""

import gzip
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256

JSON = "application/json; charset=utf-8"
HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Request:
    """One request, as it came."""

    host: str
    """`csl`, `ecfr`, `federal_register`, or `nowhere`."""
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    """Names in lower case."""
    at: float
    """Monotonic seconds, to tell how far apart two requests came."""

    def values(self, name: str) -> list[str]:
        """All values given for one parameter."""
        return [value for key, value in self.query if key == name]

    def value(self, name: str) -> str | None:
        """The last value given for one parameter."""
        return next(iter(reversed(self.values(name))), None)

    @property
    def takes_gzip(self) -> bool:
        return "gzip" in self.headers.get("accept-encoding", "").lower()


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: what it says, and how it is brought."""

    body: bytes = b""
    content_type: str = JSON
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    packed: bool | None = None
    """Whether to send gzip; None: if it was asked for."""
    declares_length: bool = True
    cut_at: float | None = None
    """The part of the sent bytes after which the connection closes."""
    pause: float = 0.0
    """Seconds before the first byte."""
    drip: float = 0.0
    """Seconds between two pieces of the body, if it drips."""
    resets: bool = False
    bad_length: int = 0
    """What the declared length is wrong by."""
    wire: Iterable[bytes] | None = None
    """What goes out in place of an answer, head and all, piece by piece; it may be endless."""

    def on_the_wire(self, *, takes_gzip: bool) -> tuple[dict[str, str], bytes]:
        """The headers and the bytes that really go out."""
        pack = self.packed if self.packed is not None else takes_gzip and self.status == 200
        body = gzipped(self.body) if pack and self.body else self.body
        headers = {"Content-Type": self.content_type, **self.headers}
        if pack and self.body:
            headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        if self.declares_length:
            headers["Content-Length"] = str(len(body) + self.bad_length)
        return headers, body if self.cut_at is None else body[: int(len(body) * self.cut_at)]


@lru_cache(maxsize=8)
def gzipped(body: bytes) -> bytes:
    """The body as one gzip stream; the same bytes every time."""
    return gzip.compress(body, compresslevel=1, mtime=0)


def etag_of(body: bytes) -> str:
    """A strong validator of these very bytes."""
    return f'"0x{sha256(body).hexdigest()[:16].upper()}"'
