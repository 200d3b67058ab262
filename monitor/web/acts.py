"""Acts: whom each Federal Register document adds, removes or revises, as JSON, pages and a feed."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response
from pydantic import AfterValidator

from monitor.language.languages import language_of
from monitor.language.translator import translator
from monitor.ledger.read import Reading
from monitor.ledger.records import ActNews
from monitor.rendering.page import render
from monitor.screening.words.act_text import STAGES, counted, told
from monitor.screening.words.message import say
from monitor.screening.words.sanitize import web_link
from monitor.status.acts import PublicAct, public_act
from monitor.web.atom import FeedEntry, feed
from monitor.web.context import base_of, site_of
from monitor.web.feeds import Lang, in_language
from monitor.web.language import language
from monitor.web.openapi import says
from monitor.web.params import IsoDate, ListQuery, moment
from monitor.web.problems import wants_page
from monitor.web.responses import HTML, answer, etag_of, reply
from monitor.web.shapes import ActPage

router = APIRouter()
PAGE = 20
"""Acts of a page: one may have three hundred parties."""
FED = 50
"""Acts of the feed: half a year of them."""
ATOM_MEDIA = "application/atom+xml"


def _plain(text: str) -> str:
    if "\x00" in text:
        raise ValueError("should be text")
    return text


Number = Annotated[
    str,
    Path(max_length=60, examples=["2023-25557"], description="Number of the document."),
    AfterValidator(_plain),
]
ActCursor = Annotated[
    str | None,
    Query(max_length=60, description="Where the last page ended: its `next`."),
    AfterValidator(lambda text: _plain(text) if text else None),
]


@router.get("/acts", responses=says(ActPage, 400, 404), tags=["reads"])
def acts(
    request: Request,
    list_: ListQuery = None,
    since: IsoDate | None = None,
    cursor: ActCursor = None,
) -> Response:
    """Every act on the lists, newest first; a browser gets a page.

    `since` is a date of publication, or of the filing where a document has none.
    """
    with site_of(request).service.ledger.reading() as reading:
        if cursor and reading.act(cursor) is None:
            raise HTTPException(404, say("No act has the number at which the last page ended."))
        found = reading.acts(list_, since, cursor, PAGE + 1)
        shown = found[:PAGE]
        following = shown[-1].known.document.number if len(found) > PAGE else None
        public = _public(request, reading, shown)
    if wants_page(request):
        rows = list(zip(shown, public, strict=True))
        return _page(
            request, "acts.html", acts=rows, next=following, list=list_, since=since,
            counted=counted,
        )  # fmt: skip
    return _said(request, {"acts": public, "next": following})


@router.get("/acts.atom", responses=says(None, media={ATOM_MEDIA: None}), tags=["feeds"],
            response_class=Response)  # fmt: skip
def acts_feed(request: Request, lang: Lang = None) -> Response:
    """The newest acts on the lists as an Atom feed."""
    with site_of(request).service.ledger.reading() as reading:
        found = reading.acts(limit=FED)
        public = _public(request, reading, found)
    said = translator(language_of(lang).code)
    content = feed(
        [_entry(act, one) for act, one in zip(found, public, strict=True)],
        title=say("Entity List monitor: acts on the lists"),
        said=said,
        of="acts",
        base=base_of(request),
        path=in_language("/acts.atom", said),
        page="/acts",
    )
    return reply(request, content, etag_of(content), ATOM_MEDIA)


@router.get("/acts/{number}", responses=says(PublicAct, 400, 404), tags=["reads"])
def one_act(request: Request, number: Number) -> Response:
    """Whom one act adds, removes or revises; a browser gets the page."""
    with site_of(request).service.ledger.reading() as reading:
        act = reading.act(number)
        if act is None or not act.parties:
            raise HTTPException(404, say("No act on the lists has that number."))
        (public,) = _public(request, reading, [act])
    if wants_page(request):
        return _page(request, "act.html", act=public, counted=counted(act.parties))
    return _said(request, public)


def _public(request: Request, reading: Reading, found: Sequence[ActNews]) -> list[PublicAct]:
    site = site_of(request)
    now = site.service.clock()
    lists = {party.list for act in found for party in act.parties}
    by_now = site.acts_now.of(site.service, reading, lists, now)
    return [public_act(act, by_now, now) for act in found]


def _entry(act: ActNews, public: PublicAct) -> FeedEntry:
    """An act in the feed: news when it is filed, again when it is published."""
    number, filed = act.known.document.number, _time(public.filed_at)
    printed = _time(public.publication_date) if public.stage == "published" else None
    rule = web_link(public.url)
    seen = act.known.seen_at
    return FeedEntry(
        id=f"act:{number.replace(' ', ':')}",
        title=f"{STAGES[public.stage]}: {public.title}",
        at=_utc(printed or filed or seen),
        published=_utc(filed or printed or seen),
        path=f"/acts/{quote(number)}",
        term=public.stage,
        label=STAGES[public.stage],
        summary=told(act.parties),
        related=(rule,) if rule else (),
    )


def _time(text: str | None) -> datetime | None:
    """A date as its first moment UTC; None for a text that is no date or time."""
    try:
        return moment(text) if text else None
    except ValueError:
        return None


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _said(request: Request, content: object) -> Response:
    response = answer(request, content)
    response.headers["Vary"] = "Accept"
    return response


def _page(request: Request, template: str, **values: object) -> Response:
    now = site_of(request).service.clock()
    page = render(template, language(request), now=now, stages=STAGES, **values)
    content = page.encode()
    return reply(request, content, etag_of(content), HTML, Vary="Accept")
