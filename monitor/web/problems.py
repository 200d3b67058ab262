"""Errors as RFC 9457 problem+json: one map from what went wrong to what the client is told.

A browser that asks for a page gets the same as a page.
"""

from http import HTTPStatus

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from monitor.errors import LedgerError, UsageError
from monitor.rendering.page import render
from monitor.status.shapes import json_bytes
from monitor.web.answers import HTML

PROBLEM = "application/problem+json"


def wants_page(request: Request) -> bool:
    """Whether the client is a browser that a person looks at."""
    return "text/html" in request.headers.get("accept", "")


def problem(
    request: Request, status: int, detail: str, headers: dict[str, str] | None = None
) -> Response:
    """A problem document, or a page that says the same."""
    title = HTTPStatus(status).phrase
    said = {"Cache-Control": "no-store", "Vary": "Accept", **(headers or {})}
    if wants_page(request):
        page = render("problem.html", status=status, title=title, detail=detail)
        return Response(page, status, media_type=HTML, headers=said)
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return Response(json_bytes(body), status, media_type=PROBLEM, headers=said)


def on_http_error(request: Request, error: Exception) -> Response:
    """Not found, not allowed, and what routes raise."""
    assert isinstance(error, HTTPException)
    return problem(request, error.status_code, str(error.detail), dict(error.headers or {}))


def on_invalid(request: Request, error: Exception) -> Response:
    """A parameter that cannot be what it should be; every one is named."""
    assert isinstance(error, RequestValidationError)
    said = [f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors()]
    return problem(request, 400, "; ".join(said))


def on_usage_error(request: Request, error: Exception) -> Response:
    """What was asked for does not exist, or cannot be done now."""
    assert isinstance(error, UsageError)
    return problem(request, 409, str(error))


def on_ledger_error(request: Request, error: Exception) -> Response:
    """The database is away: said plainly, and worth trying again."""
    assert isinstance(error, LedgerError)
    return problem(request, 503, str(error), {"Retry-After": "5"})


def on_surprise(request: Request, _error: Exception) -> Response:
    """A fault of ours: the log has it, the client learns nothing of the inside."""
    return problem(request, 500, "The service made a mistake; its log says more.")
