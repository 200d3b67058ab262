"""The one way into Apprise: when it is loaded, how it is set, and what it is allowed to log.

Apprise takes a second to load, so nothing here imports it before a channel needs it. Its log
records hold secrets; they are heard by whoever asks here and go nowhere else.
"""

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from email.header import decode_header, make_header
from functools import lru_cache
from os import environ
from typing import Any

APP_ID = "Entity List monitor"


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """One answer that a service gave to Apprise, whatever Apprise made of it."""

    status: int
    headers: Mapping[str, str]
    """Names in any case."""
    body: bytes
    request: tuple[str, bytes]
    """To which address without its query, and what was sent: equal where it was sent again."""


_ANSWERS: ContextVar[list[HttpAnswer] | None] = ContextVar("answers", default=None)


def silence() -> None:
    """Keep the records of Apprise and of its HTTP library from every log of ours.

    Apprise names the reasons of failures in DEBUG records only, so they must be made; the URLs with
    their tokens stand in them too, so they must not leave.
    """
    library = logging.getLogger("apprise")
    library.setLevel(logging.DEBUG)
    library.propagate = False
    if not library.handlers:
        library.addHandler(logging.NullHandler())
    logging.getLogger("urllib3").setLevel(logging.ERROR)


def asset() -> Any:
    """Apprise's settings for all our calls: no redirects, no retries, no limit or pool of its own.

    Time is limited outside, call by call: Apprise would run all calls in one small pool, where a
    few hung receivers would keep every other alert waiting.
    """
    # First, for Apprise logs already while it is loaded.
    silence()
    import apprise

    return apprise.AppriseAsset(
        app_id=APP_ID,
        app_desc="Tells who leaves or joins the Entity List",
        app_url="",
        image_url_mask="",
        image_url_logo="",
        http_redirects=False,
        allow_templates=False,
        service_timeout=0,
        storage_mode="memory",
    )


def instantiate(arguments: Mapping[str, Any] | str, settings: Any) -> Any | None:
    """A service of Apprise from its arguments or URL, or None when they are not usable."""
    silence()
    import apprise

    given = arguments if isinstance(arguments, str) else dict(arguments)
    return apprise.Apprise.instantiate(given, asset=settings)


def arguments_of(service: Any) -> dict[str, Any] | None:
    """The arguments that make the same service again, or None when Apprise cannot tell them."""
    from apprise.plugins import url_to_dict

    found: dict[str, Any] | None = url_to_dict(service.url(privacy=False))  # type: ignore[no-untyped-call]
    if found and "=?" in str(found.get("from_addr", "")):
        # A sender's name that is not ASCII is told encoded, and refused when it is read so.
        found["from_addr"] = str(make_header(decode_header(found["from_addr"])))
    return found


def trust() -> None:
    """Make Apprise's HTTP trust whom all else here trusts: SSL_CERT_FILE, where it is set."""
    from certifi import where
    from requests import adapters

    adapters.DEFAULT_CA_BUNDLE_PATH = environ.get("SSL_CERT_FILE") or where()  # type: ignore[attr-defined]


@contextmanager
def answers() -> Iterator[list[HttpAnswer]]:
    """Every HTTP answer that Apprise gets in this thread; its plugins keep them to themselves."""
    _listen()
    trust()
    kept: list[HttpAnswer] = []
    token = _ANSWERS.set(kept)
    try:
        yield kept
    finally:
        _ANSWERS.reset(token)


@lru_cache(maxsize=1)
def _listen() -> None:
    # The plugins call requests.post and its like, which leave no place for a hook of one call: the
    # hooks that every session begins with are the only one that serves all plugins.
    from requests import hooks, sessions

    def hooked() -> dict[str, list[Any]]:
        return {**hooks.default_hooks(), "response": [_keep]}

    sessions.default_hooks = hooked  # type: ignore[attr-defined]


def _keep(response: Any, **_: Any) -> None:
    kept = _ANSWERS.get()
    if kept is not None:
        sent = response.request.body or b""
        request = (
            response.request.url.partition("?")[0],
            sent.encode("utf-8", "replace") if isinstance(sent, str) else bytes(sent),
        )
        kept.append(HttpAnswer(response.status_code, response.headers, response.content, request))


@contextmanager
def heard() -> Iterator[list[str]]:
    """What Apprise says in this thread at WARNING or above, unredacted: redact before showing."""
    said: list[str] = []
    handler = _Ear(said)
    silence()
    library = logging.getLogger("apprise")
    library.addHandler(handler)
    try:
        yield said
    finally:
        library.removeHandler(handler)


class _Ear(logging.Handler):
    def __init__(self, said: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._said = said
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self._said.append(record.getMessage())
