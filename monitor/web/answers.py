"""Answers to reads: JSON with an ETag of its content, 304 where the client has it already."""

from hashlib import blake2b

from fastapi import Request, Response

from monitor.public import json_bytes


def answer(
    request: Request, content: object, *, beside: dict[str, object] | None = None
) -> Response:
    """JSON of `content`, with the keys `beside` it that the ETag does not speak of."""
    body = json_bytes(content)
    etag = f'W/"{blake2b(body, digest_size=12).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    asked = {one.strip() for one in request.headers.get("if-none-match", "").split(",")}
    if etag in asked or etag.removeprefix("W/") in asked or "*" in asked:
        return Response(status_code=304, headers=headers)
    if beside:
        body = json_bytes(beside)[:-1] + b"," + body[1:]
    return Response(body, media_type="application/json", headers=headers)
