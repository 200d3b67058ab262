"""The Federal Register: the documents API, public inspection, and the texts.

Strict where the real one forgives, so that a misspelled condition or field shows: an unknown one is
a 400. Nothing is found under an address that no document has.
"""

import json
import threading
from dataclasses import replace
from datetime import date, datetime
from itertools import count
from typing import Any, Self
from urllib.parse import urlencode

from tests.upstream import act_text
from tests.upstream.host import Host
from tests.upstream.register_rows import (
    API,
    FIELDS,
    INSPECTION_TEXTS,
    TEXTS,
    Filing,
    document_row,
    filing_row,
)
from tests.upstream.rules import Rule
from tests.upstream.wire import HTML, JSON, XML, Reply, Request

DOCUMENTS = f"{API}documents.json"
INSPECTION = f"{API}public-inspection-documents/current.json"

_TYPES = {"RULE": "Rule", "PRORULE": "Proposed Rule", "NOTICE": "Notice"}
_DEFAULT_FIELDS = (
    "title", "type", "abstract", "document_number", "html_url", "pdf_url",
    "public_inspection_pdf_url", "publication_date", "agencies", "excerpts",
)  # fmt: skip
_CONDITIONS = frozenset(
    {
        "conditions[agencies][]", "conditions[type][]", "conditions[cfr][title]",
        "conditions[cfr][part]", "conditions[publication_date][gte]",
        "conditions[publication_date][lte]", "conditions[publication_date][is]",
    }
)  # fmt: skip
_OTHER_PARAMETERS = frozenset({"order", "per_page", "page", "fields[]", "format", "_"})


class Register(Host):
    """Publishes rules, and files them before."""

    name = "federal_register"
    prefixes = (API, TEXTS, INSPECTION_TEXTS)

    def __init__(self, lock: threading.RLock, base_url: str) -> None:
        super().__init__(lock)
        self._base = base_url
        self._published: dict[str, Rule] = {}
        self._filed: dict[str, Filing] = {}
        self._cached: dict[str, Reply] | None = None

    # -- what is published

    def files(self, rule: Rule, at: datetime, kind: str = "special") -> None:
        """Puts a rule on public inspection. `at` carries its offset from UTC."""
        with self._lock:
            self._filed[rule.number] = Filing(rule, at, kind)

    def publishes(self, *rules: Rule, stays_on_inspection: bool = False) -> None:
        """The documents API carries these from now on, whatever their date."""
        with self._lock:
            for rule in rules:
                self._published[rule.number] = rule
                if not stays_on_inspection:
                    self._filed.pop(rule.number, None)

    def withdraws(self, number: str) -> None:
        """A filed document loses its dates and gets a note. LookupError: it is not filed."""
        with self._lock:
            filing = self._filed[number]
            note = "An agency letter requesting withdrawal of this document was received."
            self._filed[number] = replace(filing, filed_at=None, note=note)

    def forgets(self, number: str) -> None:
        """A document is nowhere to be found any more."""
        with self._lock:
            self._published.pop(number, None)
            self._filed.pop(number, None)

    # -- faults of this host alone

    def caches(self) -> Self:
        """A shared cache goes on answering what it first answered; `_=` in the query passes it."""
        with self._lock:
            self._cached = {}
        return self

    def pages_without_end(self) -> Self:
        """Every page of documents brings a new one and names another page."""
        numbers = count(1)

        def says(_: Reply) -> Reply:
            at = next(numbers)
            row = {"document_number": f"2023-{at:05}", "type": "Notice"}
            more = f"{self._base}{DOCUMENTS}?page={at + 1}"
            return _json({"count": 9_999, "results": [row], "next_page_url": more})

        return self._goes_wrong(says, None, DOCUMENTS)

    def points_texts_to(self, base_url: str) -> None:
        """The addresses of documents and texts lie on another host from now on."""
        with self._lock:
            self._base = base_url

    def recovers(self) -> None:
        """Nothing is wrong any more."""
        with self._lock:
            self._cached = None
        super().recovers()

    # -- answering

    def says(self, request: Request) -> Reply:
        """The answer, from the cache in front if there is one."""
        if self._cached is None or request.value("_") is not None:
            return self._fresh(request)
        return self._cached.setdefault(f"{request.path}?{request.query}", self._fresh(request))

    def _fresh(self, request: Request) -> Reply:
        path = request.path
        if path == DOCUMENTS:
            return self._says_documents(request)
        if path == INSPECTION:
            return _json(self._inspection())
        if path.startswith(TEXTS):
            return self._says_text(path)
        if path.startswith(INSPECTION_TEXTS):
            return self._says_inspection_text(path)
        number = path.removeprefix(f"{API}documents/").removesuffix(".json")
        if number in self._published:
            return _json(self._row(self._published[number]))
        return _json({"status": 404, "message": "Record Not Found"}, 404)

    def _says_documents(self, request: Request) -> Reply:
        if unknown := {name for name, _ in request.query} - _CONDITIONS - _OTHER_PARAMETERS:
            return _json({"errors": dict.fromkeys(unknown, "is not valid")}, 400)
        fields = request.values("fields[]") or list(_DEFAULT_FIELDS)
        if unknown := set(fields) - FIELDS:
            return _json({"errors": dict.fromkeys(unknown, "is not a field")}, 400)
        try:
            found = [rule for rule in self._published.values() if _meets(rule, request)]
            found = _ordered(found, request)
            per_page, page = _paging(request)
        except (KeyError, ValueError) as error:
            return _json({"errors": {"request": f"{error} is not valid"}}, 400)
        rows = [self._row(rule) for rule in found]
        shown = [{name: row[name] for name in fields} for row in rows]
        pages = -(-len(shown) // per_page)
        said: dict[str, Any] = {"description": "Documents of type Rule", "count": len(shown)}
        if shown:
            said["total_pages"] = pages
            if page < pages:
                said["next_page_url"] = self._page_url(request, page + 1)
            if page > 1:
                said["previous_page_url"] = self._page_url(request, page - 1)
            said["results"] = shown[(page - 1) * per_page : page * per_page]
        return _json(said)

    def _page_url(self, request: Request, page: int) -> str:
        kept = [(name, value) for name, value in request.query if name not in {"page", "_"}]
        return f"{self._base}{DOCUMENTS}?{urlencode([*kept, ('page', str(page))])}"

    def _inspection(self) -> dict[str, Any]:
        rows = [filing_row(filing, self._base) for filing in self._filed.values()]
        filed = [f.filed_at for f in self._filed.values() if f.filed_at is not None]
        stamp = max(filed).isoformat(timespec="milliseconds") if filed else None
        return {
            "count": len(rows),
            "results": rows,
            "special_filings_updated_at": stamp,
            "regular_filings_updated_at": stamp,
        }

    def _row(self, rule: Rule) -> dict[str, Any]:
        mended = [r for r in self._published.values() if r.correction_of == rule.number]
        return document_row(rule, self._base, mended)

    def _says_text(self, path: str) -> Reply:
        number, _, form = path.rpartition("/")[2].rpartition(".")
        rule = self._published.get(number)
        if rule is None or f"/{rule.publication:%Y/%m/%d}/" not in path or form == "html":
            return Reply(b"<html><body>Not found</body></html>", HTML, 404)
        if form == "xml":
            return Reply(act_text.xml_page(rule.text).encode(), XML)
        page = act_text.published_page(
            rule.text, number=number, citation=rule.citation, published=rule.publication
        )
        return Reply(page.encode(), HTML)

    def _says_inspection_text(self, path: str) -> Reply:
        digits = path.removeprefix(INSPECTION_TEXTS).removesuffix(".txt").replace("/", "")
        filing = self._filed.get(f"{digits[:4]}-{digits[4:]}")
        if filing is None or filing.filed_at is None:
            return Reply(b"<html><body>Not found</body></html>", HTML, 404)
        page = act_text.inspection_page(
            filing.rule.text,
            number=filing.rule.number,
            publication=filing.rule.publication,
            filed=filing.filed_at,
        )
        return Reply(page.encode(), "text/plain; charset=utf-8")


def _meets(rule: Rule, request: Request) -> bool:
    """Whether a rule meets every condition asked. KeyError, ValueError: a condition is none."""
    agencies = request.values("conditions[agencies][]")
    kinds = [_TYPES[kind] for kind in request.values("conditions[type][]")]
    title, part = (request.value(f"conditions[cfr][{which}]") for which in ("title", "part"))
    first, last, only = (
        request.value(f"conditions[publication_date][{which}]") for which in ("gte", "lte", "is")
    )
    return (
        (not agencies or rule.agency in agencies)
        and (not kinds or rule.kind in kinds)
        and (title is None or int(title) in {one for one, _ in rule.cfr})
        and (part is None or int(part) in {one for _, one in rule.cfr})
        and (first is None or rule.publication >= date.fromisoformat(first))
        and (last is None or rule.publication <= date.fromisoformat(last))
        and (only is None or rule.publication == date.fromisoformat(only))
    )


def _paging(request: Request) -> tuple[int, int]:
    """Rows a page and the page. ValueError: no such numbers."""
    per_page, page = int(request.value("per_page") or 20), int(request.value("page") or 1)
    if not 1 <= per_page <= 1000 or page < 1:
        raise ValueError("per_page or page")
    return per_page, page


def _ordered(found: list[Rule], request: Request) -> list[Rule]:
    """By date as asked. KeyError: no such order."""
    newest_first = {"newest": True, "oldest": False, "relevance": True}
    return sorted(
        found,
        key=lambda rule: (rule.publication, rule.number),
        reverse=newest_first[request.value("order") or "relevance"],
    )


def _json(said: Any, status: int = 200) -> Reply:
    return Reply(json.dumps(said).encode(), JSON, status)
