"""Asking a host, carefully: the only room that reads from the network.

A named user agent with a contact, a time limit over the whole answer, a size limit over what comes
and over what it unpacks to, whole bodies only, bounded retries that honor Retry-After, at most one
request in `min_interval`, and no redirect to another host. Everything that is not a whole 200 or an
expected 304 is a `SourceFault`.
"""

import random
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol, Self
from urllib.parse import urlsplit

from monitor.errors import SourceFault
from monitor.network.connection import connection_failure
from monitor.network.deadline import Deadline, TimedBackend
from monitor.network.proxies import proxy_problem
from monitor.network.retry_after import retry_after
from monitor.network.tls import trusted
from monitor.screening.words.message import filled, say, template
from monitor.sources.faults import faults_only

if TYPE_CHECKING:
    # Loaded by the first request: what only reads the ledger never makes one.
    import httpx

_TRANSIENT = frozenset({429, 500, 502, 503, 504})
CONNECTION_FAILED = template("the connection failed: {why}")
_MAX_HOPS = 4
_MAX_DETAIL = 4_096
_PIECE = 2**20


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: 200 with its decoded body, or 304 with none."""

    url: str
    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case."""


class Http(Protocol):
    """What a source needs of the network."""

    def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask once (with its retries). Raises SourceFault for all but a whole 200 or a 304."""


class Fetcher:
    """Reads over HTTP for one source."""

    def __init__(
        self,
        *,
        user_agent: str,
        timeout: float,
        max_bytes: int,
        min_interval: float = 0.0,
        retries: int = 2,
        sleep: Callable[[float], None],
        monotonic: Callable[[], float],
        transport: "httpx.BaseTransport | None" = None,
    ) -> None:
        self._timeout = timeout
        self._max_bytes = max_bytes
        self._min_interval = min_interval
        self._retries = retries
        self._sleep = sleep
        self._monotonic = monotonic
        self._deadline = Deadline(monotonic)
        self._last_request: float | None = None
        self._turn = Lock()
        self._user_agent = user_agent
        self._transport = transport
        self._opened = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    @cached_property
    def _client(self) -> "httpx.Client":
        import httpx

        # Made at the first request: reading the authorities' certificates takes a while.
        try:
            client = httpx.Client(
                headers={"User-Agent": self._user_agent, "Accept-Encoding": "gzip"},
                timeout=httpx.Timeout(self._timeout, connect=min(self._timeout, 15.0)),
                follow_redirects=False,
                trust_env=True,
                verify=trusted(),
                transport=self._transport,
            )
        except (ImportError, ValueError, TypeError, httpx.InvalidURL) as error:
            reason = proxy_problem() or say(
                "no request can be made ({kind})", kind=type(error).__name__
            )
            raise SourceFault(reason, unreached=True) from error
        self._opened.enter_context(client)
        # httpx hands no backend on to its pools, those of proxies included.
        for way in (client._transport, *client._mounts.values()):  # noqa: SLF001
            if isinstance(way, httpx.HTTPTransport):
                pool: Any = way._pool  # noqa: SLF001
                pool._network_backend = TimedBackend(pool._network_backend, self._deadline)  # noqa: SLF001
        return client

    @faults_only
    def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask; a passing fault is tried again after a pause, or after Retry-After if that is short.

        Raises SourceFault when no whole answer came.
        """
        for attempt in range(self._retries + 1):
            try:
                return self._follow(url, dict(headers or {}))
            except SourceFault as fault:
                if attempt == self._retries or not _worth_another_try(fault):
                    raise
                pause = fault.retry_after
                self._sleep(pause if pause is not None else (0.5 + random.random()) * 2**attempt)  # noqa: S311 - jitter, no secret
        raise AssertionError("unreachable")  # pragma: no cover

    def _follow(self, url: str, headers: dict[str, str]) -> Answer:
        at = url
        for _ in range(_MAX_HOPS):
            self._keep_distance()
            answer, location = self._once(at, headers)
            if answer is not None:
                return answer
            at = _next_hop(at, location)
        raise SourceFault(say("redirected in a circle"), url=url, at_once=True)

    def _keep_distance(self) -> None:
        # A poll and a look into the past may ask one host from two threads.
        with self._turn:
            now = self._monotonic()
            if self._last_request is not None:
                wait = self._last_request + self._min_interval - now
                if wait > 0:
                    self._sleep(wait)
            self._last_request = self._monotonic()

    def _once(self, url: str, headers: dict[str, str]) -> tuple[Answer | None, str]:
        """One request: an answer, or where it redirects to."""
        import httpx

        self._deadline.begin(self._timeout)
        try:
            with self._client.stream("GET", url, headers=headers) as response:
                found = {name.lower(): value for name, value in response.headers.items()}
                if response.has_redirect_location:
                    return None, found.get("location", "")
                detail = self._detail(response, found)
                asked = any(name.startswith("If-") for name in headers)
                _refuse(response.status_code, found, url, asked, detail)
                body = b"" if response.status_code == 304 else self._body(response, found, url)
                return Answer(url, response.status_code, body, found), ""
        except (httpx.TimeoutException, TimeoutError) as error:
            raise SourceFault(
                say("no whole answer within {seconds:g} s", seconds=self._timeout),
                url=url,
                unreached=True,
            ) from error
        except httpx.InvalidURL as error:
            raise SourceFault(
                say("not a URL that can be asked: {error}", error=error), url=url, at_once=True
            ) from error
        except (httpx.TransportError, OSError) as error:
            raise SourceFault(
                filled(CONNECTION_FAILED, why=connection_failure(error, urlsplit(url).hostname)),
                url=url,
                unreached=True,
            ) from error

    def _detail(self, response: "httpx.Response", headers: Mapping[str, str]) -> str | None:
        """How the body of an error begins: some hosts say there alone what was wrong."""
        import httpx

        if response.status_code in {200, 304}:
            return None
        raw = b""
        try:
            for chunk in response.iter_raw():
                raw += chunk
                if len(raw) > _MAX_DETAIL:
                    break
            if "gzip" in headers.get("content-encoding", "").lower():
                raw = zlib.decompressobj(wbits=31).decompress(raw, _MAX_DETAIL)
        except (httpx.TransportError, TimeoutError, zlib.error):
            return None
        return " ".join(raw[:_MAX_DETAIL].decode("utf-8", "replace").split())[:300] or None

    def _body(self, response: "httpx.Response", headers: Mapping[str, str], url: str) -> bytes:
        """The whole body, decoded here because the library takes half a gzip stream for a whole."""
        declared = headers.get("content-length", "")
        if declared.isdigit() and int(declared) > self._max_bytes:
            raise SourceFault(
                say(
                    "the body is {declared} bytes, more than max_bytes {most}",
                    declared=declared,
                    most=self._max_bytes,
                ),
                url=url,
            )
        encoding = headers.get("content-encoding", "identity").strip().lower()
        if encoding not in {"identity", "", "gzip", "x-gzip"}:
            raise SourceFault(
                say(
                    "sent with Content-Encoding {encoding}, which was not asked for",
                    encoding=encoding,
                ),
                url=url,
            )
        gzip = _Gunzip(url) if "gzip" in encoding else None
        # Its bytes are handed over as they are; joining parts would need them twice.
        received, size, whole = 0, 0, BytesIO()
        for chunk in response.iter_raw():
            received += len(chunk)
            for part in gzip.feed(chunk) if gzip else (chunk,):
                size += len(part)
                if max(size, received) > self._max_bytes:
                    raise SourceFault(
                        say(
                            "the body is larger than max_bytes {most}",
                            most=self._max_bytes,
                        ),
                        url=url,
                    )
                whole.write(part)
        if declared.isdigit() and received != int(declared):
            raise SourceFault(
                say("{received} of {declared} bytes came", received=received, declared=declared),
                url=url,
            )
        if gzip is not None and not gzip.whole:
            raise SourceFault(say("the gzip stream ends before its trailer"), url=url)
        return whole.getvalue()


class _Gunzip:
    """A gzip stream unpacked as it comes; RFC 1952 lets it have several members."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._member = zlib.decompressobj(wbits=31)

    @property
    def whole(self) -> bool:
        """Whether the last member came with its trailer."""
        return self._member.eof

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """What a piece unpacks to, little by little: it may be a bomb."""
        while chunk:
            if self._member.eof:
                self._member = zlib.decompressobj(wbits=31)
            try:
                yield self._member.decompress(chunk, _PIECE)
            except zlib.error as error:
                raise SourceFault(
                    say("the gzip stream is broken: {error}", error=error), url=self._url
                ) from error
            chunk = self._member.unconsumed_tail or self._member.unused_data


def _worth_another_try(fault: SourceFault) -> bool:
    if fault.at_once or (fault.retry_after is not None and fault.retry_after > 10):
        return False
    return fault.status is None or fault.status in _TRANSIENT


def _refuse(
    status: int,
    headers: Mapping[str, str],
    url: str,
    asked_conditionally: bool,
    detail: str | None,
) -> None:
    if status == 200 or (status == 304 and asked_conditionally):
        return
    if status == 304:
        raise SourceFault(
            say("answered 304 to a request without validators"), url=url, status=status
        )
    raise SourceFault(
        say("answered {status}", status=status),
        url=url,
        status=status,
        at_once=status in {404, 410},
        retry_after=retry_after(headers.get("retry-after", ""), headers.get("date", "")),
        detail=detail,
    )


def _next_hop(url: str, location: str) -> str:
    """Where a redirect leads, if that is the same host. Raises SourceFault if it is another."""
    import httpx

    try:
        target = str(httpx.URL(url).join(location))
        here, there = urlsplit(url), urlsplit(target)
        ports = here.port, there.port
    except (httpx.InvalidURL, ValueError) as error:
        raise SourceFault(say("redirected to what is not a URL"), url=url, at_once=True) from error
    upgraded = (here.scheme, there.scheme) == ("http", "https") and not any(ports)
    if here.hostname != there.hostname or (ports[0] != ports[1] and not upgraded):
        raise SourceFault(
            say("redirected to another host: {netloc}", netloc=there.netloc), url=url, at_once=True
        )
    if (here.scheme, there.scheme) == ("https", "http"):
        raise SourceFault(say("redirected from https to http"), url=url, at_once=True)
    return target
