"""Pages for people, rendered on the server."""

from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from monitor.status import statuses
from monitor.web.api import parts_of

router = APIRouter(include_in_schema=False)
_HERE = Path(__file__).parent


@cache
def templates() -> Environment:
    """The templates; everything they are given is escaped."""
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@router.get("/")
def home(request: Request) -> Response:
    """Each watch as one sentence, why, and the last looks."""
    parts = parts_of(request)
    with parts.ledger.reading() as reading:
        found = statuses(parts, reading, parts.clock())
        polls = reading.polls(limit=12)
    page = templates().get_template("home.html").render(watches=found, polls=polls)
    return Response(page, media_type="text/html")


@router.get("/static/style.css")
def style() -> Response:
    """The one style sheet."""
    return Response((_HERE / "static" / "style.css").read_text("utf-8"), media_type="text/css")
