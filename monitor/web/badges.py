"""Badges: the state of a watch in two words. A calm color only for what is known and current."""

from html import escape

from fastapi import APIRouter, HTTPException, Request, Response

from monitor.screening.names import Strength
from monitor.screening.state import POSSIBLE_MATCH
from monitor.screening.witness import PollOutcome
from monitor.screening.words.labels import PENDING, STATES, list_name
from monitor.screening.words.message import say
from monitor.screening.words.sanitize import visible
from monitor.status.status import Status, statuses
from monitor.web.context import site_of, watch_of
from monitor.web.openapi import says
from monitor.web.params import ListQuery, WatchId
from monitor.web.responses import answer, etag_of, reply
from monitor.web.shapes import Badge

router = APIRouter(tags=["badges"])
SVG = "image/svg+xml"
CALM = frozenset({"blue", "green"})
"""Colors that are shown only for a state that is known, fresh and settled."""
_HEX = {"blue": "#1f5fa8", "green": "#2c6e49", "orange": "#a85400", "red": "#b42318"}
_SECONDS = 300
_LETTER = 6.6
"""Width of a letter in drawing units; the text is stretched to what is reckoned."""


@router.get("/badge/{watch_id}.json", responses=says(Badge, 400, 404))
def badge_json(request: Request, watch_id: WatchId, list_: ListQuery = None) -> Response:
    """A badge for shields.io's endpoint."""
    return answer(request, _badge(request, watch_id, list_))


@router.get(
    "/badge/{watch_id}.svg",
    responses=says(None, 400, 404, media={SVG: None}),
    response_class=Response,
)
def badge_svg(request: Request, watch_id: WatchId, list_: ListQuery = None) -> Response:
    """The badge as a picture."""
    content = picture(_badge(request, watch_id, list_)).encode()
    return reply(request, content, etag_of(content), SVG)


def badge_of(status: Status, *, held: bool = False) -> Badge:
    """A badge's words and color; `held`: a newer snapshot is in quarantine."""
    message, color = _message(status, held=held)
    return Badge(1, list_name(status.list), message, color, _SECONDS)


def _message(status: Status, *, held: bool) -> tuple[str, str]:
    if status.state == "unknown" or not status.fresh:
        doubt = status.fresh and status.pending == POSSIBLE_MATCH
        asked = f", {PENDING[POSSIBLE_MATCH]}" if doubt else ""
        return STATES["unknown"] + asked, "red"
    if status.pending is not None:
        return PENDING[status.pending], "orange"
    said: str = STATES[status.state]
    if any(case.strength == Strength.CLOSE for case in status.cases):
        return f"{said}, {PENDING[POSSIBLE_MATCH]}", "orange"
    if held or any(source.outcome == PollOutcome.QUARANTINED for source in status.sources):
        return f"{said}, newer snapshot quarantined", "orange"
    if status.since is not None:
        said = f"{said} since {status.since}"
    return said, "blue" if status.state == "listed" else "green"


def picture(badge: Badge) -> str:
    label, message = (escape(visible(one)) for one in (badge.label, badge.message))
    left = round(len(badge.label) * _LETTER + 12)
    right = round(len(badge.message) * _LETTER + 12)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" '
        f'aria-label="{label}: {message}"><title>{label}: {message}</title>'
        f'<rect width="{left}" height="20" fill="#444"/>'
        f'<rect x="{left}" width="{right}" height="20" fill="{_HEX[badge.color]}"/>'
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">'
        f'<text x="6" y="14" textLength="{left - 12}">{label}</text>'
        f'<text x="{left + 6}" y="14" textLength="{right - 12}">{message}</text></g></svg>'
    )


def _badge(request: Request, watch_id: str, list_: str | None) -> Badge:
    watch, service = watch_of(request, watch_id), site_of(request).service
    if list_ is not None and list_ not in watch.lists:
        raise HTTPException(404, say("This party is not watched on that list."))
    code = list_ or watch.lists[0]
    with service.ledger.reading() as reading:
        found = statuses(service, reading, service.clock(), [watch])
        looks = reading.source_lists().values()
    # A text stays held back when the looks after it fail.
    held = any(look.held for look in looks if look.list == code)
    return badge_of(next(one for one in found if one.list == code), held=held)
