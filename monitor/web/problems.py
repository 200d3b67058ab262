"""Errors as RFC 9457 problem+json: one map from what went wrong to what the client is told."""

from http import HTTPStatus

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from monitor.errors import LedgerError
from monitor.public import json_bytes


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    """A problem document."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    return Response(
        json_bytes(body), status, media_type="application/problem+json", headers=headers
    )


def on_http_error(_request: Request, error: Exception) -> Response:
    """Not found, not allowed, and what routes raise."""
    assert isinstance(error, HTTPException)
    return problem(error.status_code, str(error.detail), dict(error.headers or {}))


def on_invalid(_request: Request, error: Exception) -> Response:
    """A parameter that cannot be what it should be; every one is named."""
    assert isinstance(error, RequestValidationError)
    said = [f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors()]
    return problem(400, "; ".join(said))


def on_ledger_error(_request: Request, error: Exception) -> Response:
    """The database is away: said plainly, and worth trying again."""
    assert isinstance(error, LedgerError)
    return problem(503, str(error), {"Retry-After": "5"})
