"""Errors as RFC 9457 problem+json: one map from errors to responses.

A browser that asks for a page gets one.
"""

from http import HTTPStatus

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match, Route

from monitor.errors import LedgerError, UsageError
from monitor.rendering.page import render
from monitor.screening.words.message import say
from monitor.status.shapes import json_bytes
from monitor.web.language import language
from monitor.web.responses import HTML, linked

_TITLES = {
    400: say("Bad Request"), 401: say("Unauthorized"), 404: say("Not Found"),
    405: say("Method Not Allowed"), 409: say("Conflict"), 429: say("Too Many Requests"),
    500: say("Internal Server Error"), 503: say("Service Unavailable"),
}  # fmt: skip
PROBLEM = "application/problem+json"


def wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def problem(
    request: Request, status: int, detail: str, headers: dict[str, str] | None = None
) -> Response:
    """A problem document, or a page that says the same."""
    title = _TITLES.get(status, HTTPStatus(status).phrase)
    detail = title if detail == title else detail
    said = {"Cache-Control": "no-store", "Vary": "Accept", **(headers or {})}
    if wants_page(request):
        said["Vary"] += ", Accept-Language"
        page = render("problem.html", language(request), status=status, title=title, detail=detail)
        return Response(linked(request, page.encode()), status, media_type=HTML, headers=said)
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return Response(json_bytes(body), status, media_type=PROBLEM, headers=said)


def on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(_allowed(request))
    return problem(request, error.status_code, error.detail, headers)


def _allowed(request: Request) -> list[str]:
    """The methods of every route of this path: reads and posts of one path are two routes."""
    routes = [one for one in request.app.routes if isinstance(one, Route)]
    here = [one for one in routes if one.matches(request.scope)[0] is not Match.NONE]
    return sorted({method for one in here for method in one.methods or ()})


def on_invalid(request: Request, error: Exception) -> Response:
    """Names every invalid parameter."""
    assert isinstance(error, RequestValidationError)
    said = [f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors()]
    return problem(request, 400, "; ".join(said))


def on_usage_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, UsageError)
    return problem(request, 409, error.text)


def on_ledger_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, LedgerError)
    return problem(request, 503, error.text, {"Retry-After": "5"})


def on_surprise(request: Request, _error: Exception) -> Response:
    """The log has the error; the client learns nothing of the internals."""
    return problem(request, 500, say("Internal error; see the service log."))
