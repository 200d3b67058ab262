"""The routes that change something: only with the token, and a guesser is told to stop."""

import time

import httpx
import pytest
from fastapi.testclient import TestClient

from monitor.web.guard import Guard
from tests.extent import mostly_slow
from tests.web.serving import served
from tests.web.world import BEARER, START, TOKEN, Site

POSTS = ["/checks", "/events/ev_0/acknowledge", "/snapshots/0/accept"]


@pytest.mark.parametrize("path", mostly_slow(POSTS, quick=4))
def test_without_a_token_set_they_do_not_exist(lived_in: Site, path: str) -> None:
    """404, like any other address, whatever is sent."""
    with lived_in.client() as client:
        assert client.post(path, headers=BEARER).status_code == 404
        assert path not in client.get("/openapi.json").text


@pytest.mark.parametrize("path", mostly_slow(POSTS, quick=4))
def test_the_token_is_asked_for(lived_in: Site, path: str) -> None:
    """401 with a challenge, and nothing is done."""
    with lived_in.client(token=TOKEN) as client:
        for said in (
            None,
            "",
            "Bearer",
            "Bearer wrong",
            f"Basic {TOKEN}",
            TOKEN,
            f"Bearer {TOKEN}x",
        ):
            headers = {"Authorization": said} if said is not None else {}
            told = client.post(path, headers=headers)
            assert told.status_code == 401, said
            assert told.headers["www-authenticate"].startswith("Bearer")
            assert TOKEN not in told.text


def test_guessing_costs_the_guesser_alone(site: Site) -> None:
    """After ten failures a wrong token is 429 for a while; the right one is let in all the same."""
    with site.client(token=TOKEN) as client:
        for _ in range(10):
            assert client.post("/checks", headers={"Authorization": "Bearer x"}).status_code == 401
        told = client.post("/checks", headers={"Authorization": "Bearer x"})
        assert told.status_code == 429
        assert 0 < int(told.headers["retry-after"]) <= 300
        assert client.post("/events/ev_0/acknowledge", headers=BEARER).status_code == 404
        site.world.passes(minutes=6)
        assert client.post("/checks", headers={"Authorization": "Bearer x"}).status_code == 401


@pytest.mark.slow
@pytest.mark.parametrize(("trusted", "seen"), [("127.0.0.1", 401), ("10.0.0.0/8", 429)])
def test_the_client_is_who_the_configured_proxy_says(site: Site, trusted: str, seen: int) -> None:
    """Behind it each client has failures of its own; from anybody else the header is ignored."""
    proxied = {"proxy_headers": True, "forwarded_allow_ips": [trusted]}
    with served(site.app(token=TOKEN), **proxied) as base:
        for client in range(11):
            asked = {"Authorization": "Bearer x", "X-Forwarded-For": f"203.0.113.{client}"}
            told = httpx.post(f"{base}/checks", headers=asked, trust_env=False)
        assert told.status_code == seen


@pytest.mark.slow
@pytest.mark.parametrize(("trusted", "scheme"), [("127.0.0.1", "https"), ("10.0.0.0/8", "http")])
@pytest.mark.parametrize("path", ["/status/", "/feed.atom/", "/cases/?open=true"])
def test_a_redirect_keeps_https_behind_the_configured_proxy(
    site: Site, trusted: str, scheme: str, path: str
) -> None:
    """The proxy ends TLS and says so; from anybody else the header is ignored."""
    proxied = {"proxy_headers": True, "forwarded_allow_ips": [trusted]}
    with served(site.app(token=TOKEN), **proxied) as base:
        told = httpx.get(f"{base}{path}", headers={"X-Forwarded-Proto": "https"}, trust_env=False)
    assert told.status_code == 307
    assert told.headers["location"].startswith((f"{scheme}://", "/"))


def test_an_ipv6_client_has_no_more_tries_than_its_network() -> None:
    """Whoever has one address has 2^64 of them; the mapped ones are those of IPv4."""
    guard = Guard(TOKEN, lambda: START)
    for number in range(10):
        assert not guard.admits("Bearer x", f"2001:db8::{number:x}")
    assert guard.waits("2001:db8::ffff") > 0
    assert guard.waits("2001:db8:0:1::1") == guard.waits("::ffff:192.0.2.1") == 0


def polls_of(client: TestClient) -> int:
    """How many polls are on record."""
    return len(client.get("/polls").json()["polls"])


def test_a_check_runs_in_the_background(site: Site) -> None:
    """202 at once, and the polls show where it says."""
    with site.client(token=TOKEN) as client:
        told = client.post("/checks", headers=BEARER)
        assert (told.status_code, told.headers["location"]) == (202, "/polls")
        assert told.json() == {"started": True, "polls": "/polls"}
        ends = time.monotonic() + 10
        while polls_of(client) < 2 and time.monotonic() < ends:
            time.sleep(0.05)
        assert polls_of(client) == 2


@pytest.mark.slow
def test_two_checks_never_run_at_once(site: Site) -> None:
    """The second is told that one is running."""
    site.world.up.ecfr.hangs(0.5)
    with site.client(token=TOKEN) as client:
        first = client.post("/checks", headers=BEARER).json()
        second = client.post("/checks", headers=BEARER).json()
        assert (first["started"], second["started"]) == (True, False)


def test_an_event_is_acknowledged_once(site: Site) -> None:
    """The first note stays; the page shows it."""
    events = site.check().events
    with site.client(token=TOKEN) as client:
        path = f"/events/{events[0].id}/acknowledge"
        first = client.post(path, headers=BEARER).json()
        site.world.passes(hours=1)
        assert client.post(path, headers=BEARER).json() == first
        assert first["acknowledged_at"] == "2023-11-20T13:00:00Z"
        assert "by admin" in client.get(f"/event/{events[0].id}").text
        assert client.post("/events/ev_0/acknowledge", headers=BEARER).status_code == 404


def test_a_held_snapshot_is_released(site: Site) -> None:
    """It is judged at once; one that is not held is refused with the reason."""
    site.check()
    site.world.passes(hours=1)
    site.world.up.csl.halves_list("EL")
    held = next(poll.snapshot for poll in site.check().polls if poll.source == "csl")
    with site.client(token=TOKEN) as client:
        told = client.post(f"/snapshots/{held}/accept", headers=BEARER)
        assert told.status_code == 200
        assert isinstance(told.json()["events"], list)
        again = client.post(f"/snapshots/{held}/accept", headers=BEARER)
        assert (again.status_code, "not quarantined" in again.json()["detail"]) == (409, True)
        assert client.post(f"/snapshots/{'0' * 64}/accept", headers=BEARER).status_code == 404
