"""The Federal Register source against a real HTTP server on loopback that plays the Register."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.errors import SourceFault
from monitor.screening.acts.document import Document, Stage
from monitor.sources.federal_register.client import (
    DOCUMENTS,
    FIELDS,
    INSPECTION,
    FederalRegister,
    Incomplete,
)
from monitor.sources.fetch import Answer, Fetcher

BIS = [{"slug": "industry-and-security-bureau", "name": "Industry and Security Bureau"}]
SINCE = date(2023, 1, 1)
FILED = "[FR Doc. 2023–25557 Filed 11–16–23; 8:45 am]".encode()


def a_row(number: str = "2023-25557", **said: Any) -> dict[str, Any]:
    row = {
        "document_number": number, "title": "Entity List Removal", "type": "Rule",
        "abstract": "One entity.", "action": "Final rule.", "dates": "Effective now.",
        "publication_date": "2023-11-17", "effective_on": "2023-11-16", "citation": "88 FR 80131",
        "cfr_references": [{"title": 15, "part": 744, "chapter": None}],
        "correction_of": None, "html_url": None, "raw_text_url": None, "full_text_xml_url": None,
        "agencies": BIS,
    }  # fmt: skip
    return {**row, **said}


def a_filing(number: str = "2023-25557", **said: Any) -> dict[str, Any]:
    row = {
        "document_number": number, "title": "Entity List Removal", "type": "Rule",
        "filed_at": "2023-11-16T08:45:00.000-05:00", "filing_type": "regular",
        "publication_date": "2023-11-17", "editorial_note": None, "agencies": BIS,
        "agency_names": ["Industry and Security Bureau"], "toc_subject": "Entity List",
    }  # fmt: skip
    return {**row, **said}


@dataclass
class Register:
    """The Register's host: what it answers on each path, and what it was asked."""

    base: str = ""
    pages: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def publishes(self, *rows: dict[str, Any], page: str = "", **envelope: Any) -> None:
        whole = {"count": len(rows), **({"results": rows} if rows else {}), **envelope}
        self.pages[DOCUMENTS + page] = json.dumps(whole).encode()

    def files(self, *rows: dict[str, Any], **envelope: Any) -> None:
        whole = {"count": len(rows), "results": rows, **envelope}
        self.pages[INSPECTION] = json.dumps(whole).encode()

    def says(self, path: str, body: bytes) -> str:
        self.pages[path] = body
        return self.base + path

    def answer(self, target: str) -> bytes | None:
        self.asked.append(target)
        parts = urlsplit(target)
        number = parse_qs(parts.query).get("page", [""])[0]
        return self.pages.get(parts.path + number)


@contextmanager
def serving(register: Register) -> Iterator[None]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = register.answer(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    register.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def register() -> Iterator[Register]:
    host = Register()
    with serving(host):
        yield host


@pytest.fixture
def source(register: Register) -> Iterator[FederalRegister]:
    epoch = count(1_700_000_000)
    with Fetcher(
        user_agent="entity-monitor test", timeout=5, max_bytes=1_000_000, retries=0,
        sleep=lambda _: None, monotonic=time.monotonic,
    ) as http:  # fmt: skip
        yield FederalRegister(http, register.base, lambda: next(epoch))


def the_fault(ask: Callable[[], object]) -> SourceFault:
    with pytest.raises(SourceFault) as caught:
        ask()
    return caught.value


def test_documents_are_read_and_asked_for_as_the_contract_says(
    register: Register, source: FederalRegister
) -> None:
    """Conditions, explicit fields and the cache buster are in the request; every field is read."""
    url = "https://www.federalregister.gov/api/v1/documents/2023-1.json"
    register.publishes(a_row(correction_of=url, raw_text_url="https://x/y.txt"))
    (document,) = source.documents(SINCE)
    assert document == Document(
        number="2023-25557", title="Entity List Removal", type="Rule", abstract="One entity.",
        action="Final rule.", dates="Effective now.", publication_date="2023-11-17",
        effective_on="2023-11-16", citation="88 FR 80131", html_url=None,
        text_url="https://x/y.txt", xml_url=None, filed_at=None, filing_type=None,
        correction_of="2023-1", cfr_parts=("15 CFR 744",), stage=Stage.DOCUMENT,
    )  # fmt: skip
    query = parse_qs(urlsplit(register.asked[0]).query)
    assert query["conditions[agencies][]"] == ["industry-and-security-bureau"]
    assert query["conditions[type][]"] == ["RULE"]
    assert query["conditions[cfr][title]"] == ["15"]
    assert query["conditions[cfr][part]"] == ["744"]
    assert query["conditions[publication_date][gte]"] == ["2023-01-01"]
    assert query["fields[]"] == list(FIELDS)
    assert query["_"] == ["1700000000"]


def test_no_documents_come_without_results(register: Register, source: FederalRegister) -> None:
    """A count of nothing has no results key; a count of something must have it."""
    register.publishes()
    assert source.documents(SINCE) == ()
    register.publishes(count=3)
    assert "brings no results" in the_fault(lambda: source.documents(SINCE)).reason


def test_pages_are_followed_once_each(register: Register, source: FederalRegister) -> None:
    """All pages are read, past the caches; a row that comes twice counts once; a cycle ends."""
    two = f"{register.base}{DOCUMENTS}?page=2"
    three = "https://www.federalregister.gov" + DOCUMENTS + "?page=3"
    register.publishes(a_row("1"), a_row("2"), count=4, next_page_url=two)
    register.publishes(a_row("2"), a_row("3"), page="2", count=4, next_page_url=three)
    register.publishes(a_row("4"), page="3", count=4, next_page_url=two)
    assert [document.number for document in source.documents(SINCE)] == ["1", "2", "3", "4"]
    assert len(register.asked) == 3
    assert all("_=1700000" in asked for asked in register.asked)


def test_a_missing_page_is_a_fault(register: Register, source: FederalRegister) -> None:
    """Fewer documents than counted are not all of them."""
    register.publishes(a_row(), count=2)
    assert the_fault(lambda: source.documents(SINCE)).reason == (
        "says count 2 and brings 1 documents"
    )


def test_pages_that_come_again_do_not_make_up_for_one_that_is_missing(
    register: Register, source: FederalRegister
) -> None:
    """Three are counted and the third never comes: the first coming twice is not it."""
    one, two = (f"{register.base}{DOCUMENTS}?page={page}" for page in "12")
    register.publishes(a_row("1"), count=3, next_page_url=two)
    register.publishes(a_row("2"), page="2", count=3, next_page_url=one)
    register.publishes(a_row("1"), page="1", count=3, next_page_url=two)
    fault = the_fault(lambda: source.documents(SINCE))
    assert fault.reason == "says count 3 and brings 2 documents"
    assert isinstance(fault, Incomplete)
    assert [document.number for document in fault.brought] == ["1", "2"]


def test_the_pages_before_a_fault_are_brought(register: Register, source: FederalRegister) -> None:
    """The next page points elsewhere: what stands on the first is known all the same."""
    register.publishes(a_row(), count=2, next_page_url="http://evil.example/?page=2")
    fault = the_fault(lambda: source.documents(SINCE))
    assert isinstance(fault, Incomplete)
    assert (len(fault.brought), fault.at_once) == (1, True)


def test_the_next_page_on_another_host_is_not_asked_for(
    register: Register, source: FederalRegister
) -> None:
    """No request goes where the configuration did not say; the fault names the host."""
    register.publishes(a_row(), next_page_url="http://evil.example/api/v1/documents.json?page=2")
    fault = the_fault(lambda: source.documents(SINCE))
    assert fault.reason == "points to another host: evil.example"
    assert fault.at_once


@pytest.mark.parametrize(
    ("body", "said", "at_once"),
    [
        (b"<!DOCTYPE html><title>FR :: Request Access</title>", "Request Access", True),
        (b"<html>maintenance</html>", "web page", True),
        (b'{"count": 1, "results": [{"document', "not whole JSON", False),
        (b'{"results": []}', "count", True),
        (b'{"count": "1", "results": []}', "$.count", True),
        (b'{"count": 1, "results": [{"document_number": 7}]}', "$.document_number", True),
        (b'{"count": 1, "results": [{"document_number": " "}]}', "empty document_number", True),
        (b'{"count": 1, "results": [{"document_number": "1", "title": []}]}', "row 1 breaks", True),
        (b'{"count": 1, "results": [{"title": "\x98"}]}', "row 0 is not", True),
    ],
)  # fmt: skip
def test_what_breaks_the_contract_is_a_fault(
    register: Register, source: FederalRegister, body: bytes, said: str, *, at_once: bool
) -> None:
    """Block pages and wrong types are told at once and name the field; a cut body may pass."""
    register.pages[DOCUMENTS] = body
    fault = the_fault(lambda: source.documents(SINCE))
    assert said in fault.reason
    assert fault.at_once is at_once


def test_public_inspection_brings_the_bureaus_documents(
    register: Register, source: FederalRegister
) -> None:
    """Other agencies are left out, special filings come once, withdrawn ones are marked."""
    register.files(
        a_filing(),
        a_filing(filing_type="special"),
        a_filing("2023-1", agencies=[{"name": "Coast Guard"}], agency_names=["Coast Guard"]),
        a_filing("2023-2", agencies=None, agency_names=["Industry and Security Bureau"]),
        a_filing(
            "2023-3", filed_at=None, publication_date=None, title=None,
            editorial_note="This document was withdrawn.",
        ),
    )  # fmt: skip
    found = {one.number: one for one in source.inspection()}
    assert list(found) == ["2023-25557", "2023-2", "2023-3"]
    assert found["2023-25557"].stage is Stage.INSPECTION
    assert found["2023-25557"].filing_type == "regular"
    assert found["2023-25557"].filed_at == "2023-11-16T08:45:00-05:00"
    assert found["2023-25557"].cfr_parts == ()
    assert found["2023-3"].stage is Stage.WITHDRAWN
    assert found["2023-3"].title == "Entity List"
    assert "_=17" in register.asked[0]


def test_a_cut_inspection_list_is_a_fault(register: Register, source: FederalRegister) -> None:
    """The count must fit, and a row must say whose it is."""
    register.files(a_filing(), count=107)
    assert "count 107" in the_fault(source.inspection).reason
    register.files(a_filing(agencies=None, agency_names=None))
    assert "neither agencies nor agency_names" in the_fault(source.inspection).reason


@pytest.mark.parametrize("day", [None, "", "soon", "2023-11-31", "0023-11-17", "2203-11-17"])
def test_a_date_that_can_be_none_is_none(
    register: Register, source: FederalRegister, day: str | None
) -> None:
    """One odd date costs that date alone; the day of publication stands in the address too."""
    address = "https://www.federalregister.gov/documents/2023/11/17/2023-25557/entity-list-removal"
    odd: dict[str, Any] = {"publication_date": day, "effective_on": day}
    register.publishes(a_row(html_url=address, **odd), a_row("2023-2"))
    odd_one, other = source.documents(SINCE)
    assert (odd_one.publication_date, odd_one.effective_on) == ("2023-11-17", None)
    assert other.publication_date == "2023-11-17"
    register.files(a_filing(publication_date=day, filed_at=day and f"{day}T08:45:00-05:00"))
    (filed,) = source.inspection()
    assert (filed.publication_date, filed.filed_at, filed.stage) == (None, None, Stage.INSPECTION)


def test_one_odd_row_is_left_out_and_named(register: Register, source: FederalRegister) -> None:
    """The others are brought: what they say is true, what is missing proves nothing."""
    register.publishes(a_row(), a_row("2023-2", title=7), a_row(" "))
    fault = the_fault(lambda: source.documents(SINCE))
    assert isinstance(fault, Incomplete)
    assert [one.number for one in fault.brought] == ["2023-25557"]
    assert "row 2023-2 breaks its contract" in fault.reason
    assert "row 2 has an empty document_number" in fault.reason
    register.files(a_filing(), a_filing("2023-2", agencies="none"))
    fault = the_fault(source.inspection)
    assert isinstance(fault, Incomplete)
    assert [one.number for one in fault.brought] == ["2023-25557"]


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ({"agencies": [{"slug": "commerce-department", "name": "Commerce Department"}],
          "agency_names": ["Commerce Department"]}, True),
        ({"agencies": [{"raw_name": "DEPARTMENT OF COMMERCE"}], "agency_names": None}, True),
        ({"agencies": None, "agency_names": None}, True),
        ({"agencies": [{"slug": "commerce-department"}, {"slug": "patent-and-trademark-office"}]},
         False),
        ({"agencies": [], "agency_names": ["Commerce Department", "Census Bureau"]}, False),
    ],
)  # fmt: skip
def test_a_filing_may_name_no_more_than_the_department(
    register: Register, source: FederalRegister, said: dict[str, Any], *, taken: bool
) -> None:
    """Whose rule it is says its text; a row that names another of its offices is that one's."""
    register.files(a_filing(), a_filing("2023-2", **{"agency_names": None, **said}))
    assert ("2023-2" in {one.number for one in source.inspection()}) is taken


def test_one_document_by_its_number(register: Register, source: FederalRegister) -> None:
    """What no condition finds is found by its number, and is not there where it is not."""
    register.pages["/api/v1/documents/2023-25557.json"] = json.dumps(a_row(agencies=[])).encode()
    found = source.document("2023-25557")
    assert found is not None
    assert (found.number, found.stage) == ("2023-25557", Stage.DOCUMENT)
    assert source.document("2023-2") is None
    register.pages["/api/v1/documents/2023-2.json"] = b"[1, "
    assert "is no document" in the_fault(lambda: source.document("2023-2")).reason


def the_document(source: FederalRegister, register: Register, **urls: str) -> Document:
    register.publishes(a_row(**urls))
    (document,) = source.documents(SINCE)
    return document


def test_the_text_is_the_raw_text_else_xml_else_the_page(
    register: Register, source: FederalRegister
) -> None:
    """The first address that serves a whole text is taken."""
    raw = register.says("/raw.txt", b"<html><pre>rule\n" + FILED + b"</pre></html>")
    xml = register.says("/full.xml", b"<RULE><P>Entity List Removal</P></RULE>")
    page = register.says("/page", b"<html>page " + FILED + b"</html>")
    every = {"raw_text_url": raw, "full_text_xml_url": xml, "html_url": page}
    document = the_document(source, register, **every)
    assert source.text(document).url == raw
    register.says("/raw.txt", b"<html><pre>half a ru")
    assert source.text(document).url == xml
    del register.pages["/full.xml"]
    assert source.text(document).url == page


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty"),
        (b"<html><pre>[FR Doc No: 2023-25557]\nhalf a ru", "is cut short"),
        (b"<html><pre>Entity List Removal half a ru", "is cut short"),
        (b"<RULE><P>Entity List Removal</P><P>half", "is cut short"),
        (b"<html><title>Request Access</title></html>", "Request Access"),
        (b"<html><body>Sorry, try again later.</body></html>", "not this document"),
        (b"a rule\n[FR Doc. 2023-11111 Filed 11-16-23; 8:45 am]", "of document 2023-11111"),
        (b"[FR Doc No: 2023-11111]\na rule\n[FR Doc. 2023-25557 Filed now]", "2023-11111"),
        (b'{"document_number":"2023-25557"}', "data (JSON, a PDF or an archive), not text"),
        (
            b"%PDF-1.7 [FR Doc. 2023-25557 Filed 11-16-23; 8:45 am]",
            "data (JSON, a PDF or an archive), not text",
        ),
        (b"?" * 600 + b"[FR Doc. 2023-25557 Filed 11-16-23; 8:45 am]", "600 lost characters"),
    ],
)
def test_a_text_that_is_not_whole_is_a_fault(
    register: Register, source: FederalRegister, body: bytes, said: str
) -> None:
    """Half a rule would hide what it amends."""
    document = the_document(source, register, raw_text_url=register.says("/raw.txt", body))
    assert said in the_fault(lambda: source.text(document)).reason


@pytest.mark.parametrize(
    "text",
    [
        "A rule.\n[FR Doc. 2023–25557 Filed 11–16–23; 8:45 am]",
        "[FR Doc No: 2023-25557]\nA rule.\n",
        "Entity List Removal\nA rule.\n", "ENTITY LIST REMOVAL\nA rule\nBILLING CODE 3510-33-P",
        "A rule of November 17, 2023, about “Acme.”", "<RULE><P>Entity List Removal</P></RULE>",
    ],
)  # fmt: skip
def test_a_text_that_bears_its_number_title_or_date_and_ends_is_believed(
    register: Register, source: FederalRegister, text: str
) -> None:
    """Though it lacks the office's closing line; a cut one ends in mid-sentence."""
    raw = register.says("/raw.txt", text.encode())
    assert source.text(the_document(source, register, raw_text_url=raw)).url == raw


def test_a_document_without_any_text_is_a_fault(
    register: Register, source: FederalRegister
) -> None:
    """On inspection the text may not be there yet."""
    document = the_document(source, register)
    assert "no address of a full text yet" in the_fault(lambda: source.text(document)).reason


def test_texts_are_asked_for_at_the_configured_host(
    register: Register, source: FederalRegister
) -> None:
    """The Register's own addresses lead to the configured mirror; any other host is refused."""
    register.says("/documents/full_text/text/2023-25557.txt", b"the rule " + FILED)
    for host in ("www.federalregister.gov", "public-inspection.federalregister.gov"):
        url = f"https://{host}/documents/full_text/text/2023-25557.txt"
        document = the_document(source, register, raw_text_url=url)
        assert source.text(document).body == b"the rule " + FILED
    for foreign in ("http://evil.example/x", "//evil.example/x", "http://[broken/x", "ftp://a.b/x"):
        document = the_document(source, register, raw_text_url=foreign)
        assert the_fault(lambda at=document: source.text(at)).at_once  # type: ignore[misc]


@dataclass
class Wire:
    """A network that answers everything and keeps what it was asked."""

    asked: list[str] = field(default_factory=list)

    def get(self, url: str, *, headers: object = None) -> Answer:
        self.asked.append(url)
        return Answer(url, 200, b"the rule [FR Doc. 1234 Filed 11-16-23; 8:45 am]")


def test_the_registers_hosts_are_twins_of_each_other() -> None:
    """With the real host configured, its twin for inspection is asked where the row says so."""
    wire = Wire()
    source = FederalRegister(wire, "https://www.federalregister.gov/", lambda: 1)
    document = Document(
        number="1234", title="", type="Rule", abstract="", action="", dates="",
        publication_date=None, effective_on=None, citation=None, html_url=None,
        text_url="http://public-inspection.federalregister.gov/1.txt", xml_url=None, filed_at=None,
        filing_type=None, correction_of=None, cfr_parts=(), stage=Stage.INSPECTION,
    )  # fmt: skip
    source.text(document)
    assert wire.asked == ["https://public-inspection.federalregister.gov/1.txt"]
