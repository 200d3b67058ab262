"""Cases: what may be a watched party and waits for a person, as JSON and as pages."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response

from monitor.ledger.read import Reading
from monitor.rendering.page import render
from monitor.screening.acts.document import Document
from monitor.screening.cases import Case
from monitor.screening.words.message import say
from monitor.status.cases import PublicCase, public_case
from monitor.web.context import base_of, site_of
from monitor.web.language import language
from monitor.web.openapi import says
from monitor.web.params import WatchQuery
from monitor.web.problems import wants_page
from monitor.web.responses import HTML, answer, etag_of, reply
from monitor.web.shapes import CasePage

router = APIRouter(tags=["reads"])
PAGE = 100
_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
_FORM = r"^[0-9]{16}-[0-9a-f]{16}$"
"""Microseconds since 1970, up to the year 2286, and the id of a case."""
CaseId = Annotated[str, Path(pattern="^[0-9a-f]{16}$", description="Id of a case.")]


CaseCursor = Annotated[
    str, Query(pattern=_FORM, description="Where the last page ended: its `next`.")
]


@router.get("/cases", responses=says(CasePage, 400, 404))
def cases(
    request: Request,
    open_: Annotated[
        bool | None, Query(alias="open", description="Only those that wait, or that are decided.")
    ] = None,
    watch: WatchQuery = None,
    cursor: CaseCursor | None = None,
) -> Response:
    """Possible matches, newest first; a browser gets a page, of those that wait unless it asks."""
    service, page = site_of(request).service, wants_page(request)
    asked = True if page and open_ is None else open_
    before = _place(cursor) if cursor else None
    named = [watch] if watch else []
    with service.ledger.reading() as reading:
        found = reading.cases(open_=asked, watches=named, before=before, limit=PAGE + 1)
        if watch and not found and not service.watch(watch) and not reading.cases(watches=named):
            raise HTTPException(404, say("No watch has that id, and no case names it."))
        documents = _documents(reading, found) if page else {}
    shown = found[:PAGE]
    following = _cursor(shown[-1]) if len(found) > PAGE else None
    if page:
        return _page(request, "cases.html", cases=shown, open=asked, watch=watch, next=following,
                     documents=documents)  # fmt: skip
    return _said(request, {"cases": [public_case(one) for one in shown], "next": following})


@router.get("/cases/{case_id}", responses=says(PublicCase, 400, 404))
def one_case(request: Request, case_id: CaseId) -> Response:
    """One case; a browser gets the page, with how to decide it."""
    site = site_of(request)
    with site.service.ledger.reading() as reading:
        case = known_case(reading, case_id)
        if not wants_page(request):
            return _said(request, public_case(case))
        documents = _documents(reading, [case])
        told = [event for event in reading.events(watch=case.watch, limit=None)
                if event.event.case == case.id]  # fmt: skip
    return _page(request, "case.html", case=case, events=told, can_post=site.guard is not None,
                 document=documents.get(case.act or ""))  # fmt: skip


def known_case(reading: Reading, id_: str) -> Case:
    """Raises 404 for an unknown id."""
    case = reading.case(id_)
    if case is None:
        raise HTTPException(404, say("No case has that id."))
    return case


def _documents(reading: Reading, found: list[Case]) -> Mapping[str, Document]:
    """The documents that these cases come from, by number."""
    numbers = {case.act for case in found if case.act}
    if not numbers:
        return {}
    known = reading.known_acts()
    return {number: known[number].document for number in numbers if number in known}


def _said(request: Request, content: object) -> Response:
    response = answer(request, content)
    response.headers["Vary"] = "Accept"
    return response


def _page(request: Request, template: str, **values: object) -> Response:
    site = site_of(request)
    page = render(
        template,
        language(request),
        now=site.service.clock(),
        watch_of=site.service.watch,
        base=base_of(request),
        **values,
    )
    content = page.encode()
    return reply(request, content, etag_of(content), HTML, Vary="Accept")


def _cursor(case: Case) -> str:
    since = case.first_seen_at - _EPOCH
    return f"{since // _MICROSECOND:016d}-{case.id}"


def _place(cursor: str) -> tuple[datetime, str]:
    """Time and id of the case that the last page ended with."""
    since, _, id_ = cursor.partition("-")
    return _EPOCH + int(since) * _MICROSECOND, id_
