"""The list as a page: a search, its size, its countries, two days compared, its latest changes."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar

from fastapi import APIRouter, Query, Request, Response

from monitor.errors import UsageError
from monitor.ledger.read import Reading
from monitor.rendering.page import render
from monitor.screening.change import ChangeKind
from monitor.screening.entry import ENTITY_LIST, Entry
from monitor.screening.witness import LIST_SOURCES
from monitor.screening.words.message import Message, say, sentences
from monitor.service import Service
from monitor.status.search import Found, script_remark
from monitor.status.two_days import TwoDays, two_days
from monitor.web.context import site_of
from monitor.web.language import language
from monitor.web.params import iso_date
from monitor.web.responses import HTML, etag_of, reply
from monitor.web.size_chart import Chart, chart

router = APIRouter(include_in_schema=False)
CHANGES = 60
"""Latest changes shown; `/changes` has them all."""
SHOWN = 200
"""Entries of each kind shown of two days compared; the export has them all."""
COUNTRIES = 8
"""Countries shown at once; the others are folded away."""
Day = Annotated[str, Query(max_length=10)]
T = TypeVar("T")


@router.get("/list")
async def list_page(
    request: Request,
    q: Annotated[str, Query(max_length=500)] = "",
    list_: Annotated[str, Query(alias="list", max_length=20)] = ENTITY_LIST,
    on: Day = "",
    first: Annotated[str, Query(alias="from", max_length=10)] = "",
    last: Annotated[str, Query(alias="to", max_length=10)] = "",
) -> Response:
    """A search for near names, and what the list is, was and became."""
    return await site_of(request).searching.run(lambda: _page(request, q, list_, on, first, last))


def _page(request: Request, q: str, list_: str, on: str, first: str, last: str) -> Response:
    site = site_of(request)
    service, now = site.service, site.service.clock()

    def find() -> list[Found]:
        return site.search.find(reading, q, list_, iso_date(on) if on else None)

    def compared() -> TwoDays:
        if not first:
            raise UsageError(say("From which day on? A date such as 2023-11-16."))
        return two_days(reading, list_, iso_date(first), iso_date(last) if last else None)

    with service.ledger.reading() as reading:
        found, fault = _or_why(find) if q.strip() else (None, "")
        two, unknown = _or_why(compared) if first or last else (None, "")
        entries, _ = _or_why(lambda: site.search.entries(reading, list_))
        picture = _picture(service, reading, list_)
        changes = reading.changes(list_=list_, limit=CHANGES)
    page = render(
        "list.html", language(request), now=now, said_of_two=_said_of(two) if two else "",
        list=list_, q=q, on=on, first=first, last=last, lists=service.read,
        found=found or [], fault=fault, remark=script_remark(q), picture=picture,
        countries=_countries(entries or ()), at_once=COUNTRIES, two=two, unknown=unknown,
        kinds=tuple(ChangeKind), shown=SHOWN, changes=changes,
    )  # fmt: skip
    content = page.encode()
    return reply(request, content, etag_of(content), HTML, Vary="Accept")


def _or_why(ask: Callable[[], T]) -> tuple[T | None, str]:
    """What was asked for, or why there is none."""
    try:
        return ask(), ""
    except UsageError as error:
        return None, error.text
    except ValueError as error:
        return None, str(error)


def _said_of(two: TwoDays) -> Message:
    """How much came, went and was amended, and the size on both days."""
    kinds = ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.AMENDED
    came, went, amended = (len(two.differs[kind]) for kind in kinds)
    first, last = two.first, two.last or say("today")
    return sentences(
        say("From {first} to {last}, {came} came, {went} went, {amended} amended.",
            first=first, last=last, came=came, went=went, amended=amended),
        say("{before:,} rows on {first}, {after:,} on {last}.",
            before=two.sizes[0], first=first, after=two.sizes[1], last=last),
    )  # fmt: skip


def _picture(service: Service, reading: Reading, list_: str) -> Chart | None:
    law = [source for source in LIST_SOURCES if source in service.carriers(list_)]
    sizes = next((some for source in law if (some := reading.sizes(source, list_))), [])
    return chart(sizes, service.clock().date())


def _countries(entries: Sequence[Entry]) -> list[tuple[str | None, int]]:
    """How many rows stand under each destination, most first."""
    counted = Counter(entry.country for entry in entries)
    return sorted(counted.items(), key=lambda one: (-one[1], one[0] or ""))
