"""The JSON routes: what they answer, in which order, and what they refuse."""

from urllib.parse import quote

import jsonschema
import pytest
from fastapi.testclient import TestClient

from monitor.status.shapes import json_bytes
from tests.web.world import BEARER, TOKEN, Site

PROBLEM = "application/problem+json"
RFC_9457 = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string", "minLength": 1},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "minLength": 1},
        "instance": {"type": "string", "format": "uri-reference"},
    },
}
"""RFC 9457, appendix A, with what we always give."""


def test_events_newest_first_and_filtered(client: TestClient) -> None:
    """Every filter narrows; a kind is one of the kinds."""
    found = client.get("/events").json()
    kinds = [one["kind"] for one in found["events"]]
    assert kinds[0] == "removal_suspected"
    assert kinds[-2:] == ["baseline", "baseline"]
    assert found["next"] is None
    of_watch = client.get("/events?watch=nobody").json()["events"]
    assert [one["kind"] for one in of_watch] == ["baseline"]
    amended = client.get("/events?kind=entry_amended").json()["events"]
    assert {one["kind"] for one in amended} == {"entry_amended"}
    later = client.get("/events?since=2023-11-21T14:30:00Z").json()["events"]
    assert [one["kind"] for one in later] == ["removal_suspected", "list_changed"]
    assert len(client.get("/events?since=2023-11-21").json()["events"]) < len(kinds)


def test_a_misspelled_watch_is_no_calm(client: TestClient) -> None:
    """An empty list of events would look like peace."""
    assert client.get("/events?watch=mps-isf").status_code == 404


def test_one_event(client: TestClient) -> None:
    """By its id, the same as in the list."""
    first = client.get("/events").json()["events"][0]
    assert client.get(f"/events/{first['id']}").json() == first
    assert client.get("/events/ev_0").status_code == 404


def test_cursors_lead_through_everything_once(lived_in: Site, client: TestClient) -> None:
    """Page after page, no poll twice and none left out."""
    with lived_in.service.ledger.judging() as tx:
        for _ in range(230):
            tx.add_poll("csl", lived_in.world.now, "unchanged")
    seen: list[int] = []
    following: str | None = "start"
    while following:
        cursor = "" if following == "start" else f"&cursor={following}"
        page = client.get(f"/polls?source=csl{cursor}").json()
        seen += [one["id"] for one in page["polls"]]
        following = page["next"]
    assert len(seen) == len(set(seen)) >= 230
    assert seen == sorted(seen, reverse=True)


def test_sources_for_machines_and_for_people(client: TestClient) -> None:
    """One address: JSON unless a browser asks; caches are told so."""
    told = client.get("/sources")
    assert [one["source"] for one in told.json()["sources"]] == ["csl", "ecfr", "federal_register"]
    assert told.headers["vary"] == "Accept"
    page = client.get("/sources", headers={"Accept": "text/html,application/xml;q=0.9"})
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["vary"] == "Accept, Accept-Language"


def test_entries_now_near_and_then(client: TestClient) -> None:
    """All of them, near ones with score and reason; a date never read is said, not guessed."""
    everything = client.get("/entries").json()["entries"]
    assert len(everything) > 40
    near = client.get("/entries?q=institute of forensic science of china").json()["entries"]
    assert near[0]["name"].startswith("Ministry of Public Security")
    assert 60 <= near[0]["score"] < 100
    assert near[0]["reason"].startswith("its name is near: in both: forensic, institute")
    exact = client.get(f"/entries?q={near[0]['name']}").json()["entries"][0]
    assert exact["score"] == 100
    unread = client.get("/entries?on=2001-01-01")
    assert unread.status_code == 404
    assert "is known; `entity-monitor backfill`" in unread.json()["detail"]


def test_changes_of_the_whole_list(client: TestClient) -> None:
    """What left and what was amended, newest first, from a date on."""
    told = client.get("/changes?list=EL").json()["changes"]
    assert told[0]["kind"] == "removed"
    assert {one["kind"] for one in told} == {"removed", "amended"}
    assert client.get("/changes?since=2099-01-01").json() == {"changes": [], "next": None}


@pytest.mark.parametrize(
    "path",
    ["/events?kind=removal", "/events?since=yesterday", "/events?since=2023-02-30",
     "/polls?cursor=0", "/polls?source=bis", "/polls?cursor=x", "/entries?on=2023-1-1",
     "/entries?list=el", "/changes?since=1", "/events?since=0001-01-01T00:00:00%2B14:00",
     f"/entries?q={'x' * 501}"],
)  # fmt: skip
def test_wrong_parameters_are_named_in_a_problem(client: TestClient, path: str) -> None:
    """400, problem+json, with the name of the parameter."""
    told = client.get(path)
    assert told.status_code == 400
    assert told.headers["content-type"] == PROBLEM
    body = told.json()
    assert (body["type"], body["status"]) == ("about:blank", 400)
    name = path.partition("?")[2].partition("=")[0]
    assert name in body["detail"]


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/status/x", "/events/x", "/snapshots/x", "/snapshots/x/body", "/badge/x.json",
     "/badge/x.svg", "/watch/x", "/watch/x/feed.atom", "/event/x", "/status/" + quote("\x00")],
)  # fmt: skip
def test_what_is_not_there_is_a_problem(client: TestClient, path: str) -> None:
    """404 (or 400 for text that is none); a browser gets a page that says the same."""
    told = client.get(path)
    assert told.status_code in ({404} if "%00" not in path else {400})
    assert told.headers["content-type"] == PROBLEM
    assert set(told.json()) == {"type", "title", "status", "detail"}
    page = client.get(path, headers={"Accept": "text/html"})
    assert page.status_code == told.status_code
    assert page.headers["content-type"].startswith("text/html")
    assert "<main" in page.text


def test_every_problem_is_one_of_the_rfc(lived_in: Site) -> None:
    """Whatever is wrong: parameter, place, method, token, guessing, conflict."""
    with lived_in.client(token=TOKEN) as client:
        asked = [
            client.get("/events?kind=x"), client.get("/nothing"), client.put("/status"),
            client.get("/entries?on=2001-01-01"), client.post("/checks"), client.get("/?cursor=x"),
            client.post(f"/snapshots/{'0' * 64}/accept", headers=BEARER),
            *(client.post("/checks", headers={"Authorization": "Bearer x"}) for _ in range(12)),
        ]  # fmt: skip
    for told in asked:
        assert told.headers["content-type"] == PROBLEM
        jsonschema.validate(told.json(), RFC_9457)
        assert told.json()["status"] == told.status_code
    assert {one.status_code for one in asked} == {400, 401, 404, 405, 429}


def test_other_methods_are_refused(client: TestClient) -> None:
    """405 with what is allowed."""
    told = client.delete("/status")
    assert told.status_code == 405
    assert told.headers["allow"] == "GET"
    assert told.headers["content-type"] == PROBLEM


def test_snapshots_are_kept_as_they_came(client: TestClient, lived_in: Site) -> None:
    """Facts and bytes by hash; the bytes are saved, never shown or run."""
    sha = next(one["snapshot"] for one in client.get("/sources").json()["sources"])
    facts = client.get(f"/snapshots/{sha}").json()
    assert (facts["sha256"], facts["source"], facts["kept"]) == (sha, "csl", True)
    assert facts["counts"]["EL"] > 40
    body = client.get(f"/snapshots/{sha}/body")
    assert body.content == lived_in.service.ledger.bodies.load(sha)
    assert body.headers["content-disposition"] == f'attachment; filename="{sha}.json"'
    assert body.headers["content-type"] == "text/plain; charset=utf-8"
    assert "sandbox" in body.headers["content-security-policy"]
    assert body.headers["x-content-type-options"] == "nosniff"
    same = client.get(f"/snapshots/{sha}/body", headers={"If-None-Match": f'"{sha}"'})
    assert same.status_code == 304


def test_openapi_names_every_route(client: TestClient) -> None:
    """The document is served, and says 400 where parameters are refused, never 422."""
    told = client.get("/openapi.json").json()
    assert {"/status", "/events", "/entries", "/changes", "/polls", "/sources", "/health",
            "/checks", "/snapshots/{sha256}/accept"} <= set(told["paths"])  # fmt: skip
    for path in told["paths"].values():
        for operation in path.values():
            assert "422" not in operation["responses"]
            assert PROBLEM in operation["responses"]["default"]["content"]


@pytest.mark.sqlite
def test_a_database_that_is_away_is_said(site: Site) -> None:
    """503 with Retry-After; the process itself still lives."""
    with site.client() as client:
        database = site.world.folder / "data" / "monitor.db"
        site.service.ledger.close()
        database.rename(database.with_suffix(".gone"))
        database.mkdir()
        told = client.get("/events")
        assert (told.status_code, told.headers["retry-after"]) == (503, "5")
        assert str(site.world.folder) not in told.text
        assert client.get("/readyz").status_code == 503
        assert client.get("/livez").status_code == 200


def test_json_is_what_the_command_line_prints(client: TestClient) -> None:
    """One encoder for both: compact, UTF-8, no escapes of our own."""
    told = client.get("/events")
    assert json_bytes(told.json()) == told.content
