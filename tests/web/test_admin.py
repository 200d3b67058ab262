"""The routes that change something: only with the token, and slow to guess."""

import time

import pytest
from fastapi.testclient import TestClient

from tests.web.world import BEARER, TOKEN, Site

POSTS = ["/checks", "/events/ev_0/acknowledge", "/snapshots/0/accept"]


@pytest.mark.parametrize("path", POSTS)
def test_without_a_token_set_they_do_not_exist(lived_in: Site, path: str) -> None:
    """404, like any other address, whatever is sent."""
    with lived_in.client() as client:
        assert client.post(path, headers=BEARER).status_code == 404
        assert path not in client.get("/openapi.json").text


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "said", [None, "", "Bearer", "Bearer wrong", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN}x"]
)
def test_the_token_is_asked_for(lived_in: Site, path: str, said: str | None) -> None:
    """401 with a challenge, and nothing is done."""
    with lived_in.client(token=TOKEN) as client:
        headers = {"Authorization": said} if said is not None else {}
        told = client.post(path, headers=headers)
        assert told.status_code == 401
        assert told.headers["www-authenticate"].startswith("Bearer")
        assert TOKEN not in told.text


def test_guessing_is_slowed_down(site: Site) -> None:
    """After ten failures even the right token waits; after the time it is let in."""
    with site.client(token=TOKEN) as client:
        for _ in range(10):
            assert client.post("/checks", headers={"Authorization": "Bearer x"}).status_code == 401
        told = client.post("/events/ev_0/acknowledge", headers=BEARER)
        assert told.status_code == 429
        assert 0 < int(told.headers["retry-after"]) <= 300
        site.world.passes(minutes=6)
        assert client.post("/events/ev_0/acknowledge", headers=BEARER).status_code == 404


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
