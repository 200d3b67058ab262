"""Responses in the OpenAPI document: shapes, 304, and problem documents for everything else."""

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
    400: "Invalid parameter",
    401: "Missing or wrong admin token",
    404: "Not found",
    409: "Conflict with the current state",
    429: "Too many failed attempts; see Retry-After",
    503: "Database unavailable or too many searches at once; try again",
}
Responses = dict[int | str, dict[str, Any]]


def says(
    shape: type | None,
    *problems: int,
    ok: int = 200,
    media: Mapping[str, str | None] | None = None,
) -> Responses:
    """Responses of a shape, or of other media types (with their format); and these problems.

    Every route can answer 503; any other error is a problem document as well.
    """
    good: dict[str, Any] = {"description": "Success"}
    if shape is not None:
        good["model"] = shape
    if media:
        good["content"] = {
            name: {"schema": {"type": "string", "format": form} if form else {"type": "string"}}
            for name, form in media.items()
        }
    found: Responses = {ok: good}
    if ok == 200:
        found[304] = {"description": "Not modified since the ETag in If-None-Match"}
    for status in (*problems, 503):
        found[status] = _problem(_MEANINGS[status])
    found["default"] = _problem("Any other error")
    return found


def _problem(meaning: str) -> dict[str, Any]:
    return {"description": meaning, "content": {PROBLEM: {"schema": _PROBLEM}}}
