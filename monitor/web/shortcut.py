"""The answers that are asked most, straight from the bodies kept ready.

A plain GET of such a path passes the framework by: what it would look up, validate and encode is
the same every time. All else goes the usual way: other methods, a query, conditional requests,
requests of other origins, and a body that must first be made.
"""

from collections.abc import Mapping

from starlette.types import ASGIApp, Receive, Scope, Send

from monitor.web.headers import SECURITY
from monitor.web.prepared import Prepared

_OF_THE_USUAL_WAY = frozenset({b"if-none-match", b"origin"})
"""Request headers that decide what is answered."""


class Shortcut:
    """Answers from what is at hand, else hands on."""

    def __init__(self, app: ASGIApp, prepared: Mapping[str, Prepared]) -> None:
        """`prepared`: by path."""
        self._app = app
        self._prepared = prepared

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        body = prepared.at_hand() if (prepared := self._asked(scope)) else None
        if body is None:
            await self._app(scope, receive, send)
        else:
            await body.sent(send, SECURITY)

    def _asked(self, scope: Scope) -> Prepared | None:
        if scope["type"] != "http" or scope["method"] != "GET" or scope["query_string"]:
            return None
        if any(name in _OF_THE_USUAL_WAY for name, _ in scope["headers"]):
            return None
        return self._prepared.get(scope["path"])
