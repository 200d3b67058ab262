"""Rules: what governs the lists now, as JSON and as a page."""

from fastapi import APIRouter, Request, Response

from monitor.rendering.page import render
from monitor.status.rules import rules_now
from monitor.web.context import site_of
from monitor.web.language import language
from monitor.web.openapi import says
from monitor.web.problems import wants_page
from monitor.web.responses import HTML, answer, etag_of, reply
from monitor.web.shapes import RuleList

router = APIRouter(tags=["reads"])


@router.get("/rules", responses=says(RuleList))
def rules(request: Request) -> Response:
    """What governs the lists, since when, until when, by which act; a browser gets a page."""
    service = site_of(request).service
    now = service.clock()
    with service.ledger.reading() as reading:
        found = rules_now(reading, now)
    if wants_page(request):
        content = render("rules.html", language(request), now=now, rules=found).encode()
        return reply(request, content, etag_of(content), HTML, Vary="Accept")
    response = answer(request, {"rules": [rule.public() for rule in found]})
    response.headers["Vary"] = "Accept"
    return response
