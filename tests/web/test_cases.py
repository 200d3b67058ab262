"""Cases over HTTP: as JSON, as pages, and decided with the admin token alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from fastapi.testclient import TestClient

from monitor.language.languages import ENGLISH
from monitor.rendering.page import render
from monitor.screening.cases import Case
from monitor.screening.watch import Watch
from monitor.web.cases import PAGE
from tests.upstream.parties import INSTITUTE, institute
from tests.upstream.server import Upstream
from tests.web.test_metrics import scraped, value
from tests.web.test_pages import HOSTILE, Page
from tests.web.world import BEARER, TOKEN, Site, World

NEAR = "Forensic Science Institute of the Ministry of Public Security"
HTML = {"Accept": "text/html"}
FIRST = datetime(2023, 11, 20, 13, tzinfo=UTC)


@contextmanager
def _asked(folder: Path) -> Iterator[Site]:
    with Upstream(date(2023, 11, 20)) as up:
        up.is_furnished()
        watch: dict[str, object] = {"id": "forensic", "name": NEAR, "lists": ["EL"]}
        world = World(up, folder, watches=(watch,))
        with world.open() as site:
            site.check()
            yield site


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Site]:
    """A watch under another spelling than the list's, after its first check."""
    with _asked(tmp_path) as site:
        yield site


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of one such site, for all who change nothing."""
    with (
        _asked(tmp_path_factory.mktemp("asked")) as site,
        site.client(token=TOKEN, public_url="https://monitor.example") as client,
    ):
        yield client


@pytest.fixture
def client(asked: Site) -> Iterator[TestClient]:
    with asked.client(token=TOKEN, public_url="https://monitor.example") as client:
        yield client


def only(client: TestClient) -> str:
    """The id of the one case that is about the institute."""
    found = client.get("/cases?open=true").json()["cases"]
    return str(next(one["id"] for one in found if one["entry"]["name"] == INSTITUTE))


def test_cases_as_json(reader: TestClient) -> None:
    """In an envelope and alone; filtered by watch and by whether they wait; with an ETag."""
    told = reader.get("/cases", params={"watch": "forensic"})
    case = next(one for one in told.json()["cases"] if one["id"] == only(reader))
    assert told.headers["cache-control"] == "no-cache"
    assert told.headers["vary"] == "Accept"
    again = reader.get("/cases?watch=forensic", headers={"If-None-Match": told.headers["etag"]})
    assert again.status_code == 304
    assert reader.get(f"/cases/{case['id']}").json() == case
    assert (case["decision"], case["strength"]) == (None, "close")
    assert reader.get("/cases?open=false").json() == {"cases": [], "next": None}
    assert reader.get("/status/forensic").json()["cases"][0] == case


@pytest.mark.parametrize(
    ("path", "status"),
    [("/cases?watch=nobody-at-all", 404), ("/cases/0123456789abcdef", 404), ("/cases/x", 400),
     ("/cases?open=perhaps", 400), ("/cases?cursor=1", 400),
     ("/cases?cursor=99999999T999999999999Z-0123456789abcdef", 400)],
)  # fmt: skip
def test_what_is_wrong_is_a_problem(reader: TestClient, path: str, status: int) -> None:
    """RFC 9457, never a 500 and never an empty list that looks calm."""
    told = reader.get(path)
    assert told.status_code == status
    assert told.headers["content-type"] == "application/problem+json"


def test_the_cursor_turns_pages_and_loses_none(asked: Site, client: TestClient) -> None:
    """Newest first, also among cases of one moment."""
    some = [
        Case(f"{at:016x}", "forensic", "EL", f"Name {at}", 0.8, ("why",), "close",
             FIRST + timedelta(microseconds=at // 3))
        for at in range(2 * PAGE + 5)
    ]  # fmt: skip
    with asked.service.ledger.judging() as tx:
        tx.set_cases(some)
    seen: list[str] = []
    following = ""
    while True:
        page = client.get(f"/cases?open=true{following}").json()
        seen += [one["id"] for one in page["cases"]]
        if page["next"] is None:
            break
        following = f"&cursor={page['next']}"
    assert len(seen) == len(set(seen))
    assert {one.id for one in some} <= set(seen)


def test_pages_for_people(reader: TestClient) -> None:
    """Both names, likeness, reasons, the entry, and how to decide; whole, with links that lead."""
    id_ = only(reader)
    case = reader.get(f"/cases/{id_}").json()
    listed, one = reader.get("/cases", headers=HTML).text, reader.get(f"/cases/{id_}", headers=HTML)
    for text in (listed, one.text):
        page = Page(text)
        assert len(page.ids) == len(set(page.ids))
        assert page.tags.count("h1") == 1
        for href in page.hrefs:
            assert reader.get(href).status_code == 200, href
        for said in (NEAR, f"{case['score']:.2f}", case["reasons"][0].split(",")[0]):
            assert said in text
    for said in (f"cases decide {id_} same", f"cases decide {id_} different",
                 f"POST https://monitor.example/cases/{id_}", "License requirement",
                 f'action="/cases/{id_}"', "decide.js"):  # fmt: skip
        assert said in one.text


def test_without_a_token_the_page_shows_the_command_alone(asked: Site) -> None:
    """There is nothing to post to."""
    with asked.client() as client:
        id_ = only(client)
        text = client.get(f"/cases/{id_}", headers=HTML).text
        assert f"cases decide {id_} same" in text
        assert "curl" not in text
        assert "<form" not in text
        told = client.post(f"/cases/{id_}", headers=BEARER, json={"decision": "same"})
        assert told.status_code in {404, 405}
        assert "post" not in client.get("/openapi.json").json()["paths"]["/cases/{case_id}"]


def test_the_token_is_asked_for(reader: TestClient) -> None:
    """401, and nothing is decided."""
    id_ = only(reader)
    assert reader.post(f"/cases/{id_}", json={"decision": "same"}).status_code == 401
    assert reader.get(f"/cases/{id_}").json()["decision"] is None


def test_a_person_decides(client: TestClient) -> None:
    """The case, and what followed; the first page and the metric follow."""
    id_ = only(client)
    assert "for a decision" in client.get("/").text
    assert "for a decision" in client.get("/watch/forensic").text
    assert value(scraped(client), "entity_monitor_open_cases", list="EL") >= 1
    badge = client.get("/badge/forensic.json").json()
    assert (badge["message"], badge["color"]) == ("status unknown, possible match", "red")
    said = {"decision": "same", "by": "Ann Lee", "note": "the same street"}
    told = client.post(f"/cases/{id_}", headers=BEARER, json=said)
    assert told.status_code == 200
    assert told.headers["cache-control"] == "no-store"
    case = told.json()["case"]
    assert [case[key] for key in ("decision", "decided_by", "note")] == [*said.values()]
    assert [event["kind"] for event in told.json()["events"]][-1] == "listing_confirmed"
    assert client.get("/status/forensic").json()["state"] == "listed"
    assert "by <bdi>Ann Lee</bdi>" in client.get(f"/cases/{id_}", headers=HTML).text


@pytest.mark.parametrize(
    "said", [{}, {"decision": "perhaps"}, {"decision": "same", "by": "x" * 101}, {"decide": 1}]
)
def test_a_decision_that_is_none_is_refused(reader: TestClient, said: dict[str, object]) -> None:
    """400 that names what is wrong; an unknown case is 404."""
    id_ = only(reader)
    told = reader.post(f"/cases/{id_}", headers=BEARER, json=said)
    assert told.status_code == 400
    assert "decision" in told.json()["detail"] or "by" in told.json()["detail"]
    unknown = reader.post("/cases/0123456789abcdef", headers=BEARER, json={"decision": "same"})
    assert unknown.status_code == 404


@pytest.mark.slow
def test_the_feed_reads_well_and_leads_to_the_case(asked: Site, client: TestClient) -> None:
    """Title and summary say both names; a link to the case beside that to the event."""
    asked.world.passes(hours=30)
    near = replace(
        institute(), name="Institute for Forensic Sciences of the Ministry of Public Security",
        aliases=(), addresses=("1 Elsewhere Road",), citations=("89 FR 1",),
    )  # fmt: skip
    asked.world.up.lists(near, on=asked.world.now.date())
    asked.check()
    root = ET.fromstring(client.get("/feed.atom").content)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = [
        entry
        for entry in root.iter(f"{atom}entry")
        if any(one.get("term") == "possible_match" for one in entry.iter(f"{atom}category"))
    ]
    assert entries
    for entry in entries:
        summary = entry.findtext(f"{atom}summary") or ""
        assert NEAR in (entry.findtext(f"{atom}title") or "")
        assert NEAR in summary
        assert "may be" in summary
        assert "likeness" in summary
        links = [one.get("href") or "" for one in entry.iter(f"{atom}link")]
        assert any(link.startswith("https://monitor.example/cases/") for link in links)


def test_hostile_names_stay_text() -> None:
    """Upstream's, and what a person wrote in a note."""
    case = Case("0" * 16, "w", "EL", HOSTILE, 0.9, (HOSTILE,), "close", FIRST,
                entry=replace(institute(), name=HOSTILE, aliases=(HOSTILE,)), act=HOSTILE,
                decided_by=HOSTILE, note=HOSTILE)  # fmt: skip
    watch = Watch("w", HOSTILE, (HOSTILE,))
    said = {"now": FIRST, "watch_of": {"w": watch}.get, "base": "https://x.test"}
    many = render(
        "cases.html", ENGLISH, cases=[case], open=True, watch=None, next=None, documents={}, **said
    )
    one = render("case.html", ENGLISH, case=case, events=[], can_post=True, document=None, **said)
    for text in (many, one):
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "\u202e" not in text
        Page(text)
