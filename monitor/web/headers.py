"""Around every answer: security headers, HEAD as GET without its body, and the path to us."""

from collections.abc import MutableMapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
SECURITY = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
"""The headers of every answer."""


class Headers:
    """Adds the headers that an answer does not bring itself."""

    def __init__(self, app: ASGIApp, path: str = "") -> None:
        """`path` is that of the public URL; requests may come with it or without."""
        self._app = app
        self._path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if self._path:
            scope = {**scope, "root_path": self._path}
        head = scope["method"] == "HEAD"

        async def send_with(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add(message)
            elif head:
                message = {"type": message["type"], "more_body": message.get("more_body", False)}
            await send(message)

        await self._app({**scope, "method": "GET"} if head else scope, receive, send_with)


def _add(message: MutableMapping[str, Any]) -> None:
    given = message["headers"]
    if any(name == b"content-security-policy" for name, _ in given):
        given += SECURITY[1:]
    else:
        given += SECURITY
