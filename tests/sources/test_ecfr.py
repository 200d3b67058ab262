"""Asking the versioner: what is asked, and how each way of not answering is told."""

import gzip
import json
import time
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.errors import SourceFault
from monitor.sources.ecfr.client import Ecfr
from monitor.sources.ecfr.xml import APPENDIX
from monitor.sources.fetch import Answer, Fetcher
from tests.sources.ecfr_xml import XmlRow, appendix

BASE = "https://ecfr.example"
ON = date(2023, 11, 17)
BODY = appendix([XmlRow("CHINA, PEOPLE'S REPUBLIC OF", "Jiu Wei, 1 A Road, China.")])


class Host:
    """Answers by path, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._answers: dict[str, bytes | SourceFault] = {}

    def answers(self, path: str, body: object) -> None:
        """What it says under a path: bytes, JSON, or a fault."""
        raw = body if isinstance(body, (bytes, SourceFault)) else json.dumps(body).encode()
        self._answers[path] = raw

    def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        self.asked.append(url)
        said = self._answers[urlsplit(url).path]
        if isinstance(said, SourceFault):
            raise said
        return Answer(url, 200, said)


@pytest.fixture
def host() -> Host:
    return Host()


@pytest.fixture
def ecfr(host: Host) -> Ecfr:
    return Ecfr(host, f"{BASE}/")


FULL = f"/api/versioner/v1/full/{ON}/title-15.xml"
TITLES = "/api/versioner/v1/titles.json"
VERSIONS = "/api/versioner/v1/versions/title-15.json"


def test_the_newest_date_is_read_from_the_titles(host: Host, ecfr: Ecfr) -> None:
    """Title 15's own row counts, and unknown fields do not matter."""
    host.answers(TITLES, {
        "titles": [{"number": 14, "up_to_date_as_of": "2020-01-01"},
                   {"number": 15, "name": "Commerce", "up_to_date_as_of": "2023-11-17"}],
        "meta": {"date": "2023-11-18", "import_in_progress": False},
    })  # fmt: skip
    assert ecfr.newest_date() == ON


@pytest.mark.parametrize(
    ("body", "at_once"),
    [
        ({"titles": []}, True),
        ({"titles": [{"number": 15}]}, True),
        ({"titles": [{"number": 15, "up_to_date_as_of": "soon"}]}, True),
        ({"titles": {"15": {}}}, True),
        (["nothing"], True),
        (b'{"titles":[{"number":15,', False),
        (b"<html><title>Request Access</title></html>", True),
    ],
)
def test_titles_of_another_shape_are_a_fault(
    host: Host, ecfr: Ecfr, body: object, at_once: bool
) -> None:
    """A date is never guessed."""
    host.answers(TITLES, body)
    with pytest.raises(SourceFault) as caught:
        ecfr.newest_date()
    assert caught.value.at_once is at_once


def test_the_appendix_is_asked_for_with_part_and_name(host: Host, ecfr: Ecfr) -> None:
    """Spaces are percent-encoded, and the filter has the part it needs."""
    host.answers(FULL, BODY)
    assert ecfr.full(ON).body == BODY
    assert host.asked == [f"{BASE}{FULL}?part=744&appendix=Supplement%20No.%204%20to%20Part%20744"]


PAST = "The requested date 2023-11-17 is past the title's most recent issue date of 2023-11-16"


@pytest.mark.parametrize(
    ("status", "detail", "reason", "at_once"),
    [
        (404, json.dumps({"error": PAST}), "no issue of 2023-11-17 yet", True),
        (404, '{"error":"No matching content found."}', "found no such appendix", True),
        (404, None, "answered 404", True),
        (400, '{"error":"invalid date"}', "malformed (status 400): invalid date", True),
        (406, "<error><supportCode>11</supportCode></error>", "gzip", True),
        (429, "<html><h1>Slow down</h1></html>", "(status 429): Slow down", False),
        (429, "<html><title>Too Many Requests</title></html>", "asked too often", False),
        (429, "<html><body>Too many</body></html>", "too often (status 429): Too many", False),
        (503, '{"message":"Title 15 currently unavailable"}', "15 currently unavailable", False),
        (504, None, "its own time limit", False),
        (500, "oops", "answered 500: oops", False),
        (403, "<html><title>Request Access</title></html>", "blocks this client", False),
        (None, None, "the eCFR: redirected to another host", True),
    ],
)  # fmt: skip
def test_every_error_is_told_apart(
    host: Host, ecfr: Ecfr, status: int | None, detail: str | None, reason: str, at_once: bool
) -> None:
    """Each failure is a fault in its own words, and none is an empty list."""
    fault = SourceFault(
        f"answered {status}" if status else "redirected to another host: unblock.example",
        status=status,
        at_once=status in {404, None},
        retry_after=30.0,
        detail=detail,
    )
    host.answers(FULL, fault)
    with pytest.raises(SourceFault) as caught:
        ecfr.full(ON)
    assert reason in caught.value.reason
    assert (caught.value.status, caught.value.at_once) == (status, at_once)
    assert caught.value.retry_after == 30.0


@pytest.mark.parametrize("body", [b"<!DOCTYPE html><title>Request Access</title>", b"", b"  \n"])
def test_a_page_or_nothing_with_status_200_is_a_fault(host: Host, ecfr: Ecfr, body: bytes) -> None:
    """A guard answers 200 too."""
    host.answers(FULL, body)
    with pytest.raises(SourceFault):
        ecfr.full(ON)


@pytest.mark.parametrize("meta", [True, False])
def test_an_import_in_progress_is_told_when_the_text_fails(
    host: Host, ecfr: Ecfr, meta: bool
) -> None:
    """The titles' word on an import explains a failure and is none by itself."""
    title = {"number": 15, "up_to_date_as_of": "2023-11-17", "processing_in_progress": not meta}
    host.answers(TITLES, {"titles": [title], "meta": {"import_in_progress": meta}})
    host.answers(FULL, SourceFault("answered 503", status=503))
    assert ecfr.newest_date() == ON
    with pytest.raises(SourceFault, match="import is in progress"):
        ecfr.full(ON)


class Versions(Host):
    """A host that lists versions by issue date, in pages, and cuts answers at a thousand rows."""

    def __init__(self, dates: list[date], *, pages: bool, identifier: str = APPENDIX) -> None:
        super().__init__()
        self._dates = dates
        self._pages = pages
        self._identifier = identifier

    def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        self.asked.append(url)
        query = {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}
        first = date.fromisoformat(query["issue_date[gte]"])
        last = date.fromisoformat(query.get("issue_date[lte]", "9999-12-31"))
        found = [day for day in self._dates if first <= day <= last]
        page = int(query.get("page", "1")) - 1
        rows = found[page * 1000 : page * 1000 + 1000] if self._pages else found[:1000]
        total = len(found) if self._pages else len(rows)
        body = {
            "content_versions": [
                {"identifier": self._identifier, "date": f"{day}", "issue_date": f"{day}",
                 "amendment_date": f"{day}", "removed": False, "substantive": True, "title": "15"}
                for day in rows
            ],
            "meta": {"title": "15", "result_count": str(total)},
        }  # fmt: skip
        return Answer(url, 200, json.dumps(body).encode())


def test_the_dates_of_the_versions_are_distinct_and_ascending(host: Host, ecfr: Ecfr) -> None:
    """The amendment's date and the issue's both count; rows of other appendices do not."""
    host.answers(VERSIONS, {"content_versions": [
        {"identifier": APPENDIX, "date": "2023-11-17", "issue_date": "2023-11-20"},
        {"identifier": APPENDIX, "date": "2020-06-05", "issue_date": "2020-06-05"},
        {"identifier": "Supplement No. 6 to Part 744", "date": "2021-01-01"},
        {"identifier": APPENDIX, "date": "not a date", "issue_date": None},
    ], "meta": {"result_count": "4"}})  # fmt: skip
    assert ecfr.version_dates() == (date(2020, 6, 5), ON, date(2023, 11, 20))
    assert ecfr.version_dates(date(2023, 1, 1)) == (ON, date(2023, 11, 20))


@pytest.mark.parametrize("pages", [True, False])
def test_an_answer_that_may_be_cut_is_asked_again_in_ranges(pages: bool) -> None:
    """Pages are followed, and a thousand rows without a next page are not believed to be all."""
    dates = [date(2017, 1, 3) + timedelta(days=day) for day in range(2_500)]
    host = Versions(dates, pages=pages)
    assert Ecfr(host, BASE).version_dates() == tuple(dates)
    assert len(host.asked) < 20


def test_no_versions_at_all_is_no_answer(host: Host, ecfr: Ecfr) -> None:
    """The appendix has stood since before the first date; none since a given day is possible."""
    host.answers(VERSIONS, {"content_versions": [], "meta": {"result_count": "0"}})
    with pytest.raises(SourceFault, match="lists no version") as caught:
        ecfr.version_dates()
    assert caught.value.at_once
    assert ecfr.version_dates(date(2026, 1, 1)) == ()


def test_versions_of_something_else_are_a_fault() -> None:
    """A filter that the host ignored is noticed."""
    host = Versions([ON], pages=True, identifier="§ 744.11")
    with pytest.raises(SourceFault, match=r"§ 744\.11"):
        Ecfr(host, BASE).version_dates()


class Importing(BaseHTTPRequestHandler):
    """A versioner in the middle of an import; its words come gzipped, as everything does."""

    def do_GET(self) -> None:
        body = gzip.compress(b'{"message":"Title 15 currently unavailable"}')
        self.send_response(503)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Retry-After", "120")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its base's word
        """Nothing is logged."""


@pytest.fixture
def importing() -> Iterator[str]:
    """The base URL of such a versioner on loopback."""
    server = HTTPServer(("127.0.0.1", 0), Importing)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_what_the_host_says_with_an_error_comes_through_the_wire(importing: str) -> None:
    """The body of an error is read, unpacked and told, with the pause the host asked for."""
    with (
        Fetcher(
            user_agent="test",
            timeout=5,
            max_bytes=10_000,
            sleep=time.sleep,
            monotonic=time.monotonic,
        ) as http,
        pytest.raises(SourceFault, match="Title 15 currently unavailable") as caught,
    ):
        Ecfr(http, importing).full(ON)
    assert caught.value.retry_after == 120
    assert caught.value.status == 503
