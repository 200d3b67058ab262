"""URLs the configuration may hold: http or https, with a host, without credentials.

Messages never quote the URL: a path or a query may be the secret of a webhook.
"""

from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator


def split_url(text: str) -> SplitResult:
    """The parts of a URL. Raises ValueError that says what would be right."""
    if not text.isprintable() or " " in text:
        raise ValueError("should be a URL without spaces or control characters")
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError("should be a URL with a valid host and port") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise ValueError("should be a URL such as https://host.example/path")
    if parts.username is not None or parts.password is not None:
        raise ValueError("should hold no user name or password")
    return parts


def _url(text: str) -> str:
    if split_url(text).fragment:
        raise ValueError("should be a URL without a #fragment")
    return text


def _origin(text: str) -> str:
    parts = split_url(text)
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise ValueError("should be scheme and host alone, such as https://host.example")
    return text.rstrip("/")


def _page(text: str) -> str:
    parts = split_url(text)
    if parts.query or parts.fragment:
        raise ValueError("should be a URL without ?query or #fragment")
    return text.rstrip("/")


Url = Annotated[str, AfterValidator(_url)]
"""An address to ask, whole."""
Origin = Annotated[str, AfterValidator(_origin)]
"""Scheme, host and port alone, without a closing slash."""
Page = Annotated[str, AfterValidator(_page)]
"""A base to build links on, without a closing slash."""
