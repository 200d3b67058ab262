"""What the OpenAPI document says of a route's answers: shapes, 304, and problems for all else."""

from collections.abc import Mapping
from typing import Any

from monitor.web.problems import PROBLEM

_PROBLEM: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}
_MEANINGS = {
    400: "A parameter cannot be what it should be",
    401: "The admin token is missing or wrong",
    404: "There is none",
    409: "It cannot be done as things are",
    429: "Too many failed attempts; wait as Retry-After says",
    503: "The database is away; try again",
}
Responses = dict[int | str, dict[str, Any]]


def says(
    shape: type | None,
    *problems: int,
    ok: int = 200,
    media: Mapping[str, str | None] | None = None,
) -> Responses:
    """Answers of a shape, or of other media types (with their format); and these problems.

    503 is every route's, and whatever is not named is a problem document as well.
    """
    good: dict[str, Any] = {"description": "As asked"}
    if shape is not None:
        good["model"] = shape
    if media:
        good["content"] = {
            name: {"schema": {"type": "string", "format": form} if form else {"type": "string"}}
            for name, form in media.items()
        }
    found: Responses = {ok: good}
    if ok == 200:
        found[304] = {"description": "Not changed since the ETag in If-None-Match"}
    for status in (*problems, 503):
        found[status] = _problem(_MEANINGS[status])
    found["default"] = _problem("Whatever else goes wrong")
    return found


def _problem(meaning: str) -> dict[str, Any]:
    return {"description": meaning, "content": {PROBLEM: {"schema": _PROBLEM}}}
