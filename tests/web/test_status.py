"""`/status` and `/`: never a second older than what is known."""

import hashlib
import re
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from tests.upstream.parties import INSTITUTE
from tests.web.world import Site, World


def states(client: TestClient) -> list[str]:
    return [one["state"] for one in client.get("/status").json()["watches"]]


def test_what_was_decided_is_told_within_a_second(site: Site) -> None:
    """On the page and in the API alike, though both were asked just before."""
    with site.client() as client:
        assert states(client) == ["unknown", "unknown"]
        assert "Listed" not in client.get("/").text
        site.check()
        site.world.now += timedelta(seconds=1)
        assert states(client) == ["listed", "not_listed"]
        assert "Listed" in client.get("/").text


def test_what_another_process_decided_is_told_within_a_second(world: World) -> None:
    with world.open() as site, world.open() as other, site.client() as client:
        assert states(client)[0] == "unknown"
        other.check()
        world.now += timedelta(seconds=1)
        assert states(client)[0] == "listed"


@pytest.mark.slow
def test_freshness_ends_by_the_clock_alone(site: Site) -> None:
    """Nothing was committed, and still the answer of five days ago is not given."""
    site.check()
    with site.client() as client:
        assert client.get("/status").json()["watches"][0]["fresh"] is True
        site.world.now += timedelta(days=5)
        told = client.get("/status").json()
        assert told["generated_at"] == "2023-11-25T13:00:00Z"
        assert (told["watches"][0]["fresh"], told["watches"][0]["state"]) == (False, "unknown")
        assert told["watches"][0]["last_known_state"] == "listed"


def test_a_clock_set_back_leaves_no_page_of_the_future(site: Site) -> None:
    """What was made an hour ahead is not told for an hour."""
    with site.client() as client:
        client.get("/status")
        site.check()
        site.world.now -= timedelta(hours=1)
        assert client.get("/status").json()["generated_at"] == "2023-11-20T12:00:00Z"


def test_etag_speaks_of_content_and_not_of_the_time(site: Site) -> None:
    """The same state a minute later is not news to a poller; another state is."""
    site.check()
    with site.client() as client:
        first = client.get("/status")
        site.world.now += timedelta(minutes=1)
        second = client.get("/status")
        assert first.headers["etag"] == second.headers["etag"]
        assert first.json()["generated_at"] != second.json()["generated_at"]
        same = client.get("/status", headers={"If-None-Match": first.headers["etag"]})
        assert (same.status_code, same.content) == (304, b"")
        assert same.headers["etag"] == first.headers["etag"]
        site.world.passes(hours=1)
        site.check()
        assert client.get("/status").headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize("path", ["/", "/status"])
def test_with_and_without_a_query_the_same_is_told(client: TestClient, path: str) -> None:
    """A query that means nothing takes another route: bytes and headers are the same."""
    plain, asked = client.get(path), client.get(f"{path}?nothing=1")
    # But for the way to the other language, which leads to this very page.
    assert plain.content == asked.content.replace(b"&amp;nothing=1", b"")
    for answer in (plain, asked):
        answer.headers.pop("content-length")
    assert sorted(plain.headers.multi_items()) == sorted(asked.headers.multi_items())
    assert "content-security-policy" in plain.headers
    assert client.post(path).status_code == 405


@pytest.mark.parametrize(
    "asked", ['"other", {etag}', "*", "W/{bare}", "{bare}"], ids=["list", "star", "weak", "strong"]
)
@pytest.mark.parametrize("path", ["/status", "/events", "/", "/sources", "/feed.atom"])
def test_not_modified_in_every_spelling(client: TestClient, path: str, asked: str) -> None:
    """If-None-Match is compared weakly and may name several (RFC 9110, 13.1.2)."""
    etag = client.get(path).headers["etag"]
    said = asked.format(etag=etag, bare=etag.removeprefix("W/"))
    assert client.get(path, headers={"If-None-Match": said}).status_code == 304
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/", "/status", "/status/mps-ifs", "/events", "/polls", "/sources", "/entries?q=a", "/changes",
     "/list", "/watch/mps-ifs", "/feed.atom", "/livez", "/health", "/metrics", "/openapi.json"],
)  # fmt: skip
def test_head_is_get_without_its_body(client: TestClient, path: str) -> None:
    """Same status, same headers, nothing else."""
    got, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (got.status_code, b"")
    assert head.headers["content-type"] == got.headers["content-type"]
    assert head.headers["content-security-policy"] == got.headers["content-security-policy"]


def test_one_watch(client: TestClient) -> None:
    """The same STATUS as in the list of all, on the first list or a named one."""
    everything = client.get("/status").json()["watches"]
    assert client.get("/status/mps-ifs").json() == everything[0]
    assert client.get("/status/mps-ifs?list=EL").json()["name"] == INSTITUTE
    assert client.get("/status/mps-ifs?list=SDN").status_code == 404
    assert client.get("/status/unheard-of").status_code == 404


def test_times_are_utc_to_the_second(client: TestClient) -> None:
    """RFC 3339 with Z, everywhere in a STATUS."""
    text = client.get("/status").text
    times = re.findall(r'"(\d{4}-\d\d-\d\dT[^"]*)"', text)
    assert times
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", one) for one in times)


def test_etags_differ_with_the_content(client: TestClient) -> None:
    """An ETag is never shared by two contents."""
    found = {}
    for path in ("/status", "/events", "/polls", "/sources", "/changes"):
        response = client.get(path)
        found[response.headers["etag"]] = hashlib.sha256(response.content).hexdigest()
    assert len(found) == 5
