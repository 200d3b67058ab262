"""The way to the upstream without a socket: the real fetcher over a transport that asks it.

For stories of many looks. What only a socket can do badly (a slow drip, a declared length that the
library itself refuses) is tested over loopback.
"""

import time
from collections.abc import Sequence
from urllib.parse import parse_qsl

import httpx

from monitor.sources.fetch import Fetcher, Http
from tests.upstream.server import Upstream
from tests.upstream.wire import Request

SOURCES = ("csl", "ecfr", "federal_register")
TIMEOUT = 60.0


class InProcess(httpx.BaseTransport):
    """Asks an upstream in this process."""

    def __init__(self, up: Upstream) -> None:
        self._up = up

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Its answer, as a client sees it; httpx's errors where none comes."""
        url = request.url
        headers = {name.lower(): value for name, value in request.headers.items()}
        query = tuple(parse_qsl(url.query.decode(), keep_blank_values=True))
        asked = Request("", url.path, query, headers, time.monotonic())
        reply = self._up.reply(asked)
        if reply.pause >= TIMEOUT:
            raise httpx.ReadTimeout("timed out", request=request)
        if reply.resets:
            raise httpx.ConnectError("[Errno 113] No route to host", request=request)
        given, body = reply.on_the_wire(takes_gzip=asked.takes_gzip)
        return httpx.Response(reply.status, headers=given, stream=httpx.ByteStream(body))


def in_process(up: Upstream, sources: Sequence[str] = SOURCES) -> dict[str, Http]:
    """What each source asks in place of the network."""
    return {name: _fetcher(up) for name in sources}


def _fetcher(up: Upstream) -> Fetcher:
    return Fetcher(
        user_agent="entity-list-monitor (+a@example.org)", timeout=TIMEOUT, max_bytes=1 << 26,
        sleep=lambda _seconds: None, monotonic=time.monotonic, transport=InProcess(up),
    )  # fmt: skip
