"""Signed webhooks and the outgoing heartbeat: the only HTTP of our own that this room speaks.

One POST an attempt: no redirects, no cookies, a bounded time, a bounded glance at the answer. Only
410 ends a notification: it is the one answer by which a receiver says that it is gone for good. Any
other refusal may be a receiver set up wrongly for an hour, and an alert must outlive that hour; the
caller's back-off runs out after days, and says so.

Nothing here logs, and httpx's client, which logs whole URLs, is passed by for its transport.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit
from urllib.request import getproxies, proxy_bypass

from monitor.network.hosts import is_loopback_host, url_problem
from monitor.network.retry_after import retry_after
from monitor.network.tls import trusted
from monitor.notify.digest import Digest
from monitor.notify.message import message_id
from monitor.notify.receipt import Outcome, Receipt
from monitor.notify.redact import redact
from monitor.notify.routes import Named, wanted_by_follows, wanted_by_kinds, wanted_by_watches
from monitor.notify.time_limit import BoundedCalls
from monitor.notify.webhook.address import admitted, resolve
from monitor.notify.webhook.payload import (
    CONTENT_TYPE,
    cloud_event,
    cloud_event_of_digest,
    cloud_event_of_test,
)
from monitor.notify.webhook.signature import signed_headers
from monitor.screening.event import Event, Kind
from monitor.screening.words.sanitize import one_line

if TYPE_CHECKING:
    # Loaded by the first attempt.
    import httpx

_AGENT = "entity-list-monitor"
_CONNECT = 5.0
"""Seconds for one of several addresses to take a connection."""
_GLANCE = 1000
"""Bytes of an answer's body that are looked at, for the reason of a refusal."""


@dataclass(frozen=True, slots=True)
class WebhookTarget:
    """A webhook as configured, its secrets resolved."""

    id: str
    url: str = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)
    kinds: tuple[str, ...] = ()
    """Event kinds it is told; none means all but baselines."""
    watches: frozenset[str] = frozenset()
    """Ids of the watches it is told of; with no tags either, all."""
    tags: frozenset[str] = frozenset()
    """It is told of the watches with one of these tags, and of the follows with these ids."""
    allow_private: bool = False


class WebhookChannel:
    takes_files = False
    """It is given links in place of bulk."""

    def __init__(
        self,
        target: WebhookTarget,
        *,
        public_url: str | None,
        timeout: float,
        named: Named | None = None,
    ) -> None:
        """`timeout`: the longest that one send may take, in seconds."""
        self.id = f"webhook:{target.id}"
        self._target = target
        self._named = named or Named()
        self._public_url = public_url
        self._timeout = self.longest = timeout
        self._calls = BoundedCalls(timeout)

    def __repr__(self) -> str:
        return f"WebhookChannel({self.id!r})"

    def wants(self, event: Event, tags: Collection[str] = ()) -> bool:
        target, named = self._target, self._named
        if event.kind is Kind.LIST_CHANGED:
            return wanted_by_follows(event, target.kinds, target.tags & named.follows)
        return wanted_by_kinds(event, target.kinds) and wanted_by_watches(
            event, target.kinds, target.watches, target.tags, tags, named.only_follows
        )

    def send(
        self,
        event: Event,
        *,
        at: datetime,
        case: str | None,  # noqa: ARG002 - a thread is a matter of mail
        note: str = "",
        report: str | None = None,  # noqa: ARG002 - so is a file
    ) -> Receipt:
        """POST the event; `webhook-id` is the event's id on every try, `at` is real time.

        A reminder has an id of its own. Never raises for a failed delivery, and returns within the
        time limit.
        """
        return self._post(
            message_id(event.id, note), cloud_event(event, self._public_url, note), at
        )

    def wants_digest(self) -> bool:
        """Whether it takes whatever there is: a receiver that names any of it gets that alone."""
        return not (self._target.kinds or self._target.watches or self._target.tags)

    def send_digest(self, digest: Digest, *, at: datetime) -> Receipt:
        """POST a CloudEvent of type `entity-monitor.digest`."""
        return self._post(digest.id, cloud_event_of_digest(digest, self._public_url), at)

    def send_test(self, *, at: datetime) -> Receipt:
        """POST a CloudEvent of type `entity-monitor.test`."""
        message_id = f"test_{at.timestamp():.0f}"
        return self._post(message_id, cloud_event_of_test(message_id, at, self._public_url), at)

    def _post(self, message_id: str, body: str, at: datetime) -> Receipt:
        target = self._target
        problem = url_problem(target.url, allow_private=target.allow_private)
        if problem:
            return Receipt(Outcome.PERMANENT, f"not sent: the URL {problem}")
        headers = {
            "Content-Type": CONTENT_TYPE,
            "User-Agent": _AGENT,
            **signed_headers(message_id, at, body, target.secrets),
        }
        request = _Request("POST", target.url, headers, body.encode(), self._timeout)
        hidden = (target.url, *target.secrets)
        return self._calls.run(
            message_id, partial(_send, request, hidden, target.allow_private, judged=True)
        )


def ping(url: str, *, timeout: float) -> Receipt:
    """GET a heartbeat URL once. Its host is the operator's choice, so any address will do.

    Never raises for a failed request; everything but 2xx is TRANSIENT: the next beat comes anyway.
    """
    request = _Request("GET", url, {"User-Agent": _AGENT}, b"", timeout)
    receipt = BoundedCalls(timeout).run(url, partial(_send, request, (url,), True, judged=False))
    if receipt.outcome is Outcome.PERMANENT:
        return Receipt(Outcome.TRANSIENT, receipt.reason, receipt.retry_after)
    return receipt


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    timeout: float


class _RefusedError(Exception):
    """No address of the host may be used."""


def _send(
    request: _Request, hidden: Sequence[str], allow_private: bool, *, judged: bool
) -> Receipt:
    """One attempt, over the first of the host's addresses that takes the connection."""
    import httpx

    try:
        parts = urlsplit(request.url)
        proxy = _proxy_for(parts)
        pins = [None] if proxy else _pins(parts, allow_private=allow_private, judged=judged)
        return _over_any(request, pins, proxy, hidden)
    except _RefusedError as refusal:
        return Receipt(Outcome.PERMANENT, str(refusal))
    except httpx.TimeoutException:
        return Receipt(
            Outcome.TRANSIENT, f"no answer within {request.timeout:g} s", unanswered=True
        )
    except (httpx.TransportError, httpx.InvalidURL, OSError, ValueError) as error:
        said = redact(one_line(str(error) or type(error).__name__, 2000), hidden)
        return Receipt(Outcome.TRANSIENT, one_line(f"the connection failed: {said}", 300))


def _pins(parts: SplitResult, *, allow_private: bool, judged: bool) -> list[str | None]:
    found = resolve(parts)
    if not judged:
        return [*found]
    usable = admitted(found, parts.hostname or "", allow_private=allow_private)
    if not usable:
        raise _RefusedError("not sent: the host's address is private; see allow_private")
    return [*usable]


def _over_any(
    request: _Request, pins: Sequence[str | None], proxy: str | None, hidden: Sequence[str]
) -> Receipt:
    """Over the first address that connects, so that all have their turn within the time limit.

    Where something was sent there is no second address: it may have arrived.
    """
    import httpx

    share = min(_CONNECT, request.timeout / len(pins))
    for pin in pins[:-1]:
        try:
            return _exchange(request, pin, proxy, hidden, connect=share)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            continue
    rest = request.timeout - share * (len(pins) - 1)
    return _exchange(request, pins[-1], proxy, hidden, connect=rest)


def _exchange(
    request: _Request, pin: str | None, proxy: str | None, hidden: Sequence[str], *, connect: float
) -> Receipt:
    import httpx

    url = httpx.URL(request.url)
    headers = {"Host": url.netloc.decode("ascii"), "Accept-Encoding": "identity"}
    limits = dict.fromkeys(("read", "write", "pool"), request.timeout) | {"connect": connect}
    asked = httpx.Request(
        request.method,
        url.copy_with(host=pin) if pin else url,
        headers={**headers, **request.headers},
        content=request.body,
        extensions={"timeout": limits, "sni_hostname": url.raw_host.decode("ascii")},
    )
    with httpx.HTTPTransport(proxy=proxy, verify=trusted()) as transport:
        response = transport.handle_request(asked)
        try:
            return _receipt(response, hidden)
        finally:
            response.close()


def _receipt(response: "httpx.Response", hidden: Sequence[str]) -> Receipt:
    status = response.status_code
    if 200 <= status < 300:
        return Receipt(Outcome.SENT, f"answered {status}")
    if 300 <= status < 400:
        return Receipt(Outcome.TRANSIENT, f"answered {status}; redirects are not followed")
    outcome = Outcome.PERMANENT if status == 410 else Outcome.TRANSIENT
    said = redact(one_line(_glance(response), _GLANCE), hidden)
    reason = f"answered {status}" + (f": {said}" if said else "")
    wait = retry_after(response.headers.get("retry-after", ""), response.headers.get("date", ""))
    return Receipt(outcome, one_line(reason, 300), wait, flooded=status == 429)


def _glance(response: "httpx.Response") -> str:
    """The first bytes of the body as text; nothing if it breaks off before."""
    import httpx

    seen = b""
    try:
        for chunk in response.iter_raw():
            seen += chunk
            if len(seen) >= _GLANCE:
                break
    except httpx.TransportError:
        # The status has been heard; the rest is only for the reason.
        return ""
    return re.sub(r"<[^>]*>", " ", seen[:_GLANCE].decode("utf-8", "replace"))


def _proxy_for(parts: SplitResult) -> str | None:
    """The proxy that the environment names for the host; it resolves the name in our place."""
    host = parts.hostname or ""
    if is_loopback_host(host) or proxy_bypass(host):
        return None
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if proxy and not proxy.startswith(("http://", "https://")):
        raise ValueError("the environment names a proxy that is neither http nor https")
    return proxy


def target_problems(target: WebhookTarget) -> Iterator[tuple[str, str]]:
    """What is wrong with a webhook as written: (key, message) without any secret."""
    if problem := url_problem(target.url, allow_private=target.allow_private):
        yield "url", problem
    if not target.secrets:
        yield "secret", "a webhook needs a secret to sign with"
    for secret in target.secrets:
        try:
            signed_headers("check", datetime.fromtimestamp(0, tz=UTC), "", [secret])
        except ValueError as error:
            yield "secret", str(error)
