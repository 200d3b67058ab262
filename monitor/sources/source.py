"""What asking a list source brings: the same document as before, or a whole new one, read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Protocol

from monitor.errors import SourceFault
from monitor.screening.entry import Reading


@dataclass(frozen=True, slots=True)
class Validators:
    """What a host gave to ask conditionally with (RFC 9110 section 13.1), and for which URL."""

    url: str = ""
    etag: str | None = None
    last_modified: str | None = None

    @classmethod
    def given(cls, url: str, headers: Mapping[str, str]) -> "Validators":
        """Those of an answer; one that cannot be sent again is none."""
        return cls(url, _sendable(headers.get("etag")), _sendable(headers.get("last-modified")))

    def headers(self, url: str) -> dict[str, str]:
        """The conditional headers for this URL; none for another."""
        if url != self.url:
            return {}
        # Older ledgers hold what came.
        given = {
            "If-None-Match": _sendable(self.etag),
            "If-Modified-Since": _sendable(self.last_modified),
        }
        return {name: value for name, value in given.items() if value}


_LONGEST_VALIDATOR = 1_000


def _sendable(value: str | None) -> str | None:
    """The validator if it can stand in a request header: one line of ASCII, no longer than sane."""
    fits = value and len(value) <= _LONGEST_VALIDATOR and value.isascii() and value.isprintable()
    return value if fits else None


@dataclass(frozen=True, slots=True)
class Memory:
    """What a source is told of its last look."""

    known: str | None = None
    """sha256 of the body judged last; the same body is not read again."""
    validators: Validators = field(default_factory=Validators)
    lists: frozenset[str] = frozenset()
    """Codes of the lists to read in full."""
    as_of: str | None = None
    """The day or time that the text judged last speaks of; one of before is an older copy."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A good look at a source."""

    url: str
    sha256: str | None
    """None for a 304: what was judged last still stands."""
    body: bytes = b""
    reading: Reading | None = None
    """None where the body is the one judged last."""
    as_of: str | None = None
    media: str = ""
    validators: Validators = field(default_factory=Validators)
    faults: tuple[SourceFault, ...] = ()
    """URLs before this one that did not serve."""
    older: bool = False
    """It says that it is older than the text judged last: it is not read."""


class ListSource(Protocol):
    """A source that publishes lists."""

    @property
    def name(self) -> str: ...

    def look(self, memory: Memory) -> Fetched:
        """Ask once. Raises SourceFault when no URL brought a whole document of the right kind."""

    def read(self, body: bytes, media: str, lists: frozenset[str]) -> Reading:
        """Read a kept body again. Raises SourceFault if it is not a whole document."""


def digest(body: bytes) -> str:
    """The sha256 by which a snapshot is kept."""
    return sha256(body).hexdigest()


def believable(text: str | None, latest: datetime) -> str | None:
    """A document's own time, RFC 3339 in UTC, unless it cannot be read or lies in the future."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if moment > latest or moment.year < 2000:
        return None
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


Clock = Callable[[], datetime]
Headers = Mapping[str, str]
