"""Answers to reads: an ETag of what they say, and 304 where the client has it already."""

import re
from hashlib import blake2b

from fastapi import Request, Response

from monitor.status.shapes import json_bytes
from monitor.web.cached_pages import CachedPage
from monitor.web.language import kept_in_links

JSON = "application/json"
HTML = "text/html; charset=utf-8"
# Of our own markup alone: text from elsewhere has its quotation marks escaped.
_LINK = re.compile(rb'(\s(?:href|src|action)=")(?=/(?!/))')


def etag_of(content: bytes) -> str:
    return f'W/"{blake2b(content, digest_size=12).hexdigest()}"'


def reply(request: Request, content: bytes, etag: str, media: str, **headers: str) -> Response:
    """The content, or 304 where the client names its ETag. Headers with `_` for `-`."""
    said = {"ETag": etag, "Cache-Control": "no-cache"}
    said |= {name.replace("_", "-"): value for name, value in headers.items()}
    if media == HTML:
        said["Vary"] = ", ".join(filter(None, (said.get("Vary"), "Accept-Language")))
    asked = request.headers.get("if-none-match")
    if asked and _has(asked, etag):
        return Response(status_code=304, headers=said)
    placed = linked(request, content) if media == HTML else content
    return Response(placed, media_type=media, headers=said)


def linked(request: Request, page: bytes) -> bytes:
    """The page, its links in the reader's language and below the path that `public_url` has."""
    page = kept_in_links(request, page)
    path = request.scope.get("root_path", "").rstrip("/").encode()
    return _LINK.sub(rb"\1" + path, page) if path else page


async def cached(request: Request, page: CachedPage) -> Response:
    """A page that is kept, or 304 where the client names its ETag."""
    body = await page.body()
    return reply(request, body.content, body.etag, body.media)


def answer(request: Request, content: object) -> Response:
    body = json_bytes(content)
    return reply(request, body, etag_of(body), JSON)


def _has(asked: str, etag: str) -> bool:
    """Whether If-None-Match names the ETag; compared weakly (RFC 9110, section 13.1.2)."""
    names = {one.strip().removeprefix("W/") for one in asked.split(",")}
    return "*" in names or etag.removeprefix("W/") in names
