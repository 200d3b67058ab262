"""The eCFR versioner: dated versions of part 744 and its lists, as strict as the real one.

It refuses what the versioner refuses: dates past the newest, dates before 2017, other appendices,
an appendix without its part, and full text without gzip. Versions later than the clock are hidden.
"""

import json
import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Self

from monitor.screening.entry import ENTITY_LIST
from tests.upstream.ecfr_xml import TableRow, Words, appendix, part, supplement_of
from tests.upstream.host import BLOCK_PAGE, Host
from tests.upstream.wire import HTML, JSON, XML, Reply, Request

ROOT = "/api/versioner/v1/"
APPENDIX = "Supplement No. 4 to Part 744"
FIRST_DAY = date(2017, 1, 1)
_PAGE = 1_000
_VERSION_PARAMETERS = frozenset(
    {"part", "appendix", "page", "issue_date[gte]", "issue_date[lte]", "issue_date[on]"}
)
_NOT_GZIP = b"""<?xml version="1.0" encoding="UTF-8"?>
<error><message>This endpoint requires a compressed response. Please send Accept-Encoding: gzip.\
</message><supportCode>11</supportCode></error>
"""


class Ecfr(Host):
    """Publishes the versions of the Entity List, and of the lists that were put beside it."""

    name = "ecfr"
    prefixes = (ROOT,)

    def __init__(self, lock: threading.RLock, newest: date) -> None:
        super().__init__(lock)
        self.newest = newest
        """The newest date that can be asked for."""
        self._lists: dict[str, dict[date, tuple[TableRow, ...]]] = {ENTITY_LIST: {}}
        self._words: dict[str, dict[date, Words]] = {}
        self._importing = False
        self._behind = timedelta()
        self._kept = 1.0

    @property
    def _shown(self) -> date:
        """The newest date of the copy that is served."""
        return self.newest - self._behind

    # -- what is published

    def moves_to(self, newest: date) -> None:
        """The business day of the newest date; no sign of change by itself."""
        with self._lock:
            self.newest = newest

    def changes_on(
        self,
        day: date,
        change: Callable[[tuple[TableRow, ...]], tuple[TableRow, ...]],
        list_: str = ENTITY_LIST,
    ) -> None:
        """A version of `day`: this change in it and in every later one."""
        with self._lock:
            versions = self._lists.setdefault(list_, {})
            versions.setdefault(day, self.rows_on(day, list_))
            for at, rows in versions.items():
                if at >= day:
                    versions[at] = change(rows)
            self.changes()

    def codifies(self, day: date, place: str, words: Words) -> None:
        """A section, or what a supplement says beside its rows, reads so from a day on."""
        with self._lock:
            self._words.setdefault(place, {})[day] = words
            self.changes()

    def _words_on(self, day: date) -> dict[str, Words]:
        found = {
            place: max((at for at in versions if at <= day), default=None)
            for place, versions in self._words.items()
        }
        return {place: self._words[place][at] for place, at in found.items() if at}

    def amended_without_change(self, day: date) -> None:
        """A version in the books that says nothing new."""
        self.changes_on(day, lambda rows: rows)

    def rows_on(self, day: date, list_: str = ENTITY_LIST) -> tuple[TableRow, ...]:
        """The rows in force on a day; none before the first version."""
        with self._lock:
            at = self._version_of(day, list_)
            return self._lists[list_][at] if at else ()

    def full_text(self, day: date, list_: str = ENTITY_LIST) -> bytes:
        """The bytes published for a day. LookupError: no version is that old."""
        with self._lock:
            at = self._version_of(day, list_)
            if at is None:
                raise LookupError(f"no version on {day}")
            shown, words = self._shown_rows(at, list_), self._words_on(day)
            key = f"{list_} {at} {words}"
            return self.rendered(key, lambda: appendix(shown, list_, words))

    def whole_part(self, day: date) -> bytes:
        """The bytes of the whole part for a day."""
        with self._lock:
            days = {list_: self._version_of(day, list_) for list_ in self._lists}
            shown = {list_: self._shown_rows(at, list_) for list_, at in days.items() if at}
            words = self._words_on(day)
            return self.rendered(f"part {days} {words}", lambda: part(shown, words))

    def _shown_rows(self, at: date, list_: str) -> tuple[TableRow, ...]:
        rows = self._lists[list_][at]
        return rows[: int(len(rows) * self._kept)]

    def has(self, name: str) -> bool:
        """Whether the newest version has a row of this name."""
        return any(row.is_named(name) for row in self.rows_on(self.newest))

    def _version_of(self, day: date, list_: str = ENTITY_LIST) -> date | None:
        versions = self._lists.get(list_, {})
        return max((at for at in versions if at <= day), default=None)

    # -- faults of this host alone

    def imports(self, *, times: int | None = None) -> Self:
        """The title is being imported: titles.json says so, everything else is unavailable."""
        self._importing = True
        body = json.dumps({"message": "Title 15 currently unavailable"}).encode()
        return self.answers(
            503, retry_after=120, body=body, content_type=JSON, times=times, on="title-15"
        )

    def blocks(self, *, redirecting: bool = False) -> Self:
        """The bot wall, as a page with 200 or as a redirect to another host."""
        if redirecting:
            return self.redirects_to("https://unblock.federalregister.gov/?next=/api/versioner/v1")
        return self.serves(BLOCK_PAGE, HTML)

    def falls_behind(self, by: timedelta) -> Self:
        """Another edge serves the copy of so many days ago, date and all."""
        self._behind = by
        return self

    def keeps(self, part: float) -> Self:
        """Of every text only this part of the rows is left, from its beginning."""
        with self._lock:
            self._kept = part
            self.changes()
        return self

    @property
    def is_well(self) -> bool:
        """Whether nothing is wrong, neither on the way nor with the content."""
        return super().is_well and not self._behind and self._kept == 1.0

    def recovers(self) -> None:
        """Nothing is wrong any more."""
        self._importing = False
        self._behind = timedelta()
        self._kept = 1.0
        super().recovers()

    # -- answering

    def says(self, request: Request) -> Reply:
        """titles.json, the versions or the full text; a 404 for the rest."""
        rest = request.path.removeprefix(ROOT)
        if rest == "titles.json":
            return _json(self._titles())
        if rest == "versions/title-15.json":
            return self._says_versions(request)
        head, _, tail = rest.partition("/")
        if head == "full" and tail.endswith("/title-15.xml"):
            return self._says_full(request, tail.removesuffix("/title-15.xml"))
        return _json({"error": "Not found"}, 404)

    def _titles(self) -> dict[str, Any]:
        versions = (self._version_of(self._shown, list_) for list_ in self._lists)
        amended = max((at for at in versions if at), default=FIRST_DAY)
        names = {14: "Aeronautics and Space", 15: "Commerce and Foreign Trade", 35: "Reserved"}
        return {
            "titles": [
                {
                    "number": number,
                    "name": name,
                    "latest_amended_on": None if number == 35 else amended.isoformat(),
                    "latest_issue_date": None if number == 35 else amended.isoformat(),
                    "up_to_date_as_of": None if number == 35 else self._shown.isoformat(),
                    "reserved": number == 35,
                }
                for number, name in names.items()
            ],
            "meta": {"date": self._shown.isoformat(), "import_in_progress": self._importing},
        }

    def _says_full(self, request: Request, day: str) -> Reply:
        if not request.takes_gzip:
            return Reply(_NOT_GZIP, XML, 406)
        try:
            asked = date.fromisoformat(day)
        except ValueError:
            return _json({"error": "Invalid date format provided."}, 400)
        if unknown := {name for name, _ in request.query} - {
            "part",
            "appendix",
            "chapter",
            "subtitle",
        }:
            return _json({"error": f"found unpermitted parameters: {sorted(unknown)}"}, 400)
        if not {name for name, _ in request.query} & {"part", "chapter", "subtitle"}:
            return _json({"error": "appendix filter requires a part, chapter or subtitle"}, 400)
        if asked > self._shown:
            return _json(
                {
                    "error": f"The requested date {asked} is past the title's most recent issue"
                    f" date of {self._shown}"
                },
                404,
            )
        list_ = self._list_asked(request)
        if asked < FIRST_DAY or list_ is None or self._version_of(asked, list_) is None:
            return _json({"error": "No matching content found."}, 404)
        if request.value("appendix"):
            return Reply(self.full_text(asked, list_), XML)
        return Reply(self.whole_part(asked), XML)

    def _list_asked(self, request: Request) -> str | None:
        """The list whose supplement is asked for; the Entity List's stands for the whole part."""
        if request.value("part") != "744":
            return None
        named = request.value("appendix") or APPENDIX
        return next((list_ for list_ in self._lists if supplement_of(list_) == named), None)

    def _says_versions(self, request: Request) -> Reply:
        if unknown := {name for name, _ in request.query} - _VERSION_PARAMETERS:
            return _json({"error": f"found unpermitted parameters: {sorted(unknown)}"}, 400)
        try:
            first, last = _range(request)
            page = int(request.value("page") or "1")
        except ValueError:
            return _json({"error": "Invalid parameter provided."}, 400)
        list_ = self._list_asked(request)
        shown = [
            at for at in sorted(self._lists[list_]) if first <= at <= min(last, self._shown)
        ] if list_ else []  # fmt: skip
        if not shown:
            return _json({"error": "No matching content found."}, 404)
        rows = [_version_row(at, supplement_of(list_ or "")) for at in shown]
        return _json(
            {
                "content_versions": rows[(page - 1) * _PAGE : page * _PAGE],
                "meta": {
                    "title": "15",
                    "result_count": str(len(rows)),
                    "total_pages": str(-(-len(rows) // _PAGE)),
                    "current_page": str(page),
                    "issue_date": {"lte": min(last, self._shown).isoformat()},
                    "latest_amendment_date": shown[-1].isoformat(),
                    "latest_issue_date": shown[-1].isoformat(),
                },
            }
        )


def _range(request: Request) -> tuple[date, date]:
    """The issue dates asked for. ValueError: not dates."""
    on = request.value("issue_date[on]")
    first = on or request.value("issue_date[gte]") or FIRST_DAY.isoformat()
    last = on or request.value("issue_date[lte]") or date.max.isoformat()
    return date.fromisoformat(first), date.fromisoformat(last)


def _version_row(at: date, appendix: str) -> dict[str, Any]:
    day = at.isoformat()
    return {
        "date": day, "amendment_date": day, "issue_date": day, "identifier": appendix,
        "name": appendix, "part": "744", "substantive": True, "removed": False,
        "subpart": None, "title": "15", "type": "appendix",
    }  # fmt: skip


def _json(said: Any, status: int = 200) -> Reply:
    return Reply(json.dumps(said).encode(), JSON, status)
