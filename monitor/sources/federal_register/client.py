"""Asking the Federal Register: its documents, what is on public inspection, and full texts.

Holds every path, parameter and host of the API in one place. Refuses any address on a host that the
configuration did not name: an address on the Register's own hosts is asked for at the configured
one, so that a mirror or a proxy serves all of it.
"""

from collections.abc import Callable
from datetime import date
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from monitor.errors import SourceFault
from monitor.screening.acts.document import Document
from monitor.screening.words.message import say
from monitor.sources.faults import faults_only
from monitor.sources.federal_register.answers import (
    BUREAU_SLUG,
    Rows,
    docket,
    in_print,
    inspected,
    one_row,
    page,
    published,
    told_apart,
)
from monitor.sources.federal_register.full_text import mistrusted
from monitor.sources.fetch import Answer, Http

__all__ = ["FederalRegister", "Incomplete", "docket", "in_print", "told_apart"]

DOCUMENTS: Final = "/api/v1/documents.json"
ONE_DOCUMENT: Final = "/api/v1/documents/{number}.json"
INSPECTION: Final = "/api/v1/public-inspection-documents/current.json"
TEXT_HOSTS: Final = frozenset(
    {"www.federalregister.gov", "federalregister.gov", "public-inspection.federalregister.gov"}
)
"""The Register's own hosts, among which its addresses may point from one to another."""
FIELDS: Final = (
    "document_number", "title", "abstract", "action", "dates", "type", "publication_date",
    "effective_on", "citation", "cfr_references", "docket_ids", "regulation_id_numbers",
    "correction_of", "corrections", "html_url", "json_url", "raw_text_url", "full_text_xml_url",
    "agencies",
)  # fmt: skip
CONDITIONS: Final = (
    ("conditions[agencies][]", BUREAU_SLUG),
    ("conditions[type][]", "RULE"),
    ("conditions[cfr][title]", "15"),
    ("conditions[cfr][part]", "744"),
)
MOST_PAGES: Final = 50
"""Of a hundred documents each; all rules on part 744 since 2017 come to a tenth of that."""
MOST_BYTES: Final = 16 * 2**20
"""Of all these pages."""
NOT_FOUND: Final = 404
CELL_TAG: Final = b"<ENT"
"""Begins each cell in the Register's XML; a table that is a picture has none."""
_BUSTER: Final = "_"
"""Shared caches answer up to 1.7 hours old; a parameter they do not know makes them ask."""


class Incomplete(SourceFault):
    """Some pages came and not all: what they brought is true, what is missing proves nothing."""

    def __init__(self, fault: SourceFault, brought: tuple[Document, ...]) -> None:
        super().__init__(
            fault.reason,
            url=fault.url,
            status=fault.status,
            at_once=fault.at_once,
            retry_after=fault.retry_after,
            detail=fault.detail,
            unreached=fault.unreached,
        )
        self.brought = brought


class OddRowsError(Incomplete):
    """All came, and some rows could not be read: each is that row's trouble alone."""


class FederalRegister:
    """One Federal Register, at one base URL.

    `cache_buster` gives the number that makes a request new to the caches on the way (an epoch).
    """

    def __init__(self, http: Http, base_url: str, cache_buster: Callable[[], int]) -> None:
        self._http = http
        self._base = urlsplit(base_url.rstrip("/"))
        self._cache_buster = cache_buster

    @faults_only
    def documents(self, since: date, until: date | None = None) -> tuple[Document, ...]:
        """The bureau's rules on 15 CFR part 744 published, or to be published, since that day.

        `until` is the last day asked for; None: whatever is to come.

        Raises SourceFault where a page is missing, blocked or not of the known form; Incomplete,
        with the documents that could be read, where that is not the first or only a row is odd.
        """
        first, rows = self._url(DOCUMENTS, self._asked(since, until)), Rows()
        try:
            self._pages(first, rows)
        except SourceFault as fault:
            if not rows.read:
                raise
            raise Incomplete(fault, tuple(published(rows.read))) from fault
        return _whole_or_incomplete(tuple(published(rows.read)), rows, first)

    def document(self, number: str) -> Document | None:
        """One document as published, None where it is not. Raises SourceFault."""
        fields = [("fields[]", field) for field in FIELDS]
        url = self._url(ONE_DOCUMENT.format(number=quote(number)), fields)
        try:
            return one_row(self._http.get(url).body, url)
        except SourceFault as fault:
            if fault.status == NOT_FOUND:
                return None
            raise

    def _pages(self, first: str, rows: Rows) -> None:
        """Reads page after page into `rows`; a page that came before counts for nothing."""
        total, counted = 0, 0
        visited, before, size = set[str](), set[tuple[str, str | None]](), 0
        at: str | None = first
        while at is not None and _without_buster(at) not in visited:
            if len(visited) == MOST_PAGES or size > MOST_BYTES:
                said = say(
                    "goes on past {pages} pages or {most} bytes",
                    pages=MOST_PAGES,
                    most=MOST_BYTES,
                )
                raise SourceFault(said, url=first, at_once=True)
            visited.add(_without_buster(at))
            body = self._http.get(at).body
            size += len(body)
            read = page(body, at)
            found = read.rows(at)
            came = [(row.document_number, row.publication_date) for row in found.read]
            counted += sum(key not in before for key in came) + len(found.odd)
            before.update(came)
            rows.read += found.read
            rows.odd += found.odd
            total = max(total, read.count)
            at = self._next(at, read.next_page_url)
        if counted < total:
            raise SourceFault(
                say(
                    "says count {total} and brings {counted} documents",
                    total=total,
                    counted=counted,
                ),
                url=first,
            )

    @faults_only
    def inspection(self) -> tuple[Document, ...]:
        """The bureau's documents on public inspection now, withdrawn ones among them.

        Raises SourceFault where the answer is missing, blocked, cut or not of the known form;
        Incomplete, with the others, where a row is odd.
        """
        url = self._url(INSPECTION, [])
        read = page(self._http.get(url).body, url)
        rows = read.rows(url)
        brought = len(rows.read) + len(rows.odd)
        if brought != read.count:
            raise SourceFault(
                say(
                    "says count {count} and brings {brought} rows",
                    count=read.count,
                    brought=brought,
                ),
                url=url,
            )
        return _whole_or_incomplete(tuple(inspected(rows.read, url)), rows, url)

    @faults_only
    def text(self, document: Document) -> Answer:
        """The full text: raw text, else XML, else the page; the next one where one does not serve.

        Raises SourceFault where none came whole.
        """
        given = (document.text_url, document.xml_url, document.html_url)
        faults = list[SourceFault]()
        for url in dict.fromkeys([self._own(url) for url in given if url]):
            try:
                return _believed(self._http.get(url), document)
            except SourceFault as fault:
                faults.append(fault.alone())
        if faults:
            raise faults[0]
        raise SourceFault(
            say("document {number} has no address of a full text yet", number=document.number)
        )

    @faults_only
    def cells(self, document: Document) -> Answer:
        """The published XML, which has the cells of tables whole. Raises SourceFault without it."""
        if not document.xml_url:
            raise SourceFault(say("document {number} has no XML yet", number=document.number))
        answer = _believed(self._http.get(self._own(document.xml_url)), document)
        if CELL_TAG not in answer.body:
            raise SourceFault(say("the XML has no table"), url=answer.url)
        return answer

    def _asked(self, since: date, until: date | None) -> list[tuple[str, str]]:
        ends = [("conditions[publication_date][lte]", until.isoformat())] if until else []
        return [
            *CONDITIONS,
            ("conditions[publication_date][gte]", since.isoformat()),
            *ends,
            ("order", "newest"),
            ("per_page", "100"),
            *(("fields[]", field) for field in FIELDS),
        ]

    def _url(self, path: str, query: list[tuple[str, str]]) -> str:
        asked = urlencode([*query, (_BUSTER, str(self._cache_buster()))])
        return urlunsplit((self._base.scheme, self._base.netloc, path, asked, ""))

    def _next(self, at: str, said: str | None) -> str | None:
        """The next page, past the caches too."""
        if not said:
            return None
        parts = urlsplit(self._own(said, at))
        query = [pair for pair in parse_qsl(parts.query) if pair[0] != _BUSTER]
        asked = urlencode([*query, (_BUSTER, str(self._cache_buster()))])
        return urlunsplit((parts.scheme, parts.netloc, parts.path, asked, ""))

    def _own(self, url: str, at: str | None = None) -> str:
        """The address on a host that may be asked. Raises SourceFault for any other host.

        `at`: where it was read, for one without a host.
        """
        try:
            parts = urlsplit(urljoin(at or urlunsplit(self._base), url))
            host, _ = parts.hostname, parts.port
        except ValueError as error:
            raise SourceFault(
                say("gives an address that is none"), url=url, at_once=True
            ) from error
        at_home = (parts.scheme, parts.netloc) == (self._base.scheme, self._base.netloc)
        if at_home:
            return urlunsplit(parts._replace(fragment=""))
        if host not in TEXT_HOSTS:
            raise SourceFault(
                say("points to another host: {host}", host=host), url=url, at_once=True
            )
        netloc, scheme = self._base.netloc, self._base.scheme
        if self._base.hostname in TEXT_HOSTS:
            netloc, scheme = host, "https"
        return urlunsplit((scheme, netloc, parts.path, parts.query, ""))


def _whole_or_incomplete(
    brought: tuple[Document, ...], rows: Rows, url: str
) -> tuple[Document, ...]:
    """The documents; OddRowsError where some row could not be read."""
    if rows.odd:
        raise OddRowsError(SourceFault("; ".join(rows.odd[:3]), url=url), brought)
    return brought


def _without_buster(url: str) -> str:
    parts = urlsplit(url)
    return urlencode([pair for pair in parse_qsl(parts.query) if pair[0] != _BUSTER])


def _believed(answer: Answer, document: Document) -> Answer:
    """The answer, if it is this document's text and whole: half a rule hides what it amends."""
    reason = mistrusted(answer.body, document)
    if reason is not None:
        raise SourceFault(reason, url=answer.url)
    return answer
