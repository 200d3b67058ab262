"""Pages of other sites: those that are named may read, no other may, and none may post."""

from fastapi.testclient import TestClient

from tests.web.world import BEARER, TOKEN, Site

DESK = "https://desk.example"
ALLOWED = "access-control-allow-origin"


def test_without_a_word_no_other_site_reads(lived_in: Site) -> None:
    """The default says nothing to anyone."""
    with lived_in.client() as client:
        told = client.get("/status", headers={"Origin": DESK})
        assert (told.status_code, ALLOWED in told.headers) == (200, False)


def test_a_named_site_reads(lived_in: Site) -> None:
    """Whole answers, problems and unchanged ones alike, with the ETag to ask again by."""
    with TestClient(lived_in.app(cors_origins=(DESK,))) as client:
        told = client.get("/status", headers={"Origin": DESK})
        assert told.headers[ALLOWED] == DESK
        assert "Origin" in told.headers["vary"]
        assert "ETag" in told.headers["access-control-expose-headers"]
        assert "access-control-allow-credentials" not in told.headers
        assert client.get("/status/none", headers={"Origin": DESK}).headers[ALLOWED] == DESK
        again = {"Origin": DESK, "If-None-Match": told.headers["etag"]}
        same = client.get("/status", headers=again)
        assert (same.status_code, same.headers[ALLOWED]) == (304, DESK)
        asks = {"Origin": DESK, "Access-Control-Request-Method": "GET"}
        asks["Access-Control-Request-Headers"] = "If-None-Match"
        assert client.options("/status", headers=asks).status_code == 200
        other = client.get("/status", headers={"Origin": "https://evil.example"})
        assert ALLOWED not in other.headers


def test_no_site_posts(lived_in: Site) -> None:
    """A browser asks first whether it may, and is told that it may not."""
    with TestClient(lived_in.app(token=TOKEN, cors_origins=(DESK,))) as client:
        asks = {"Origin": DESK, "Access-Control-Request-Method": "POST"}
        asks["Access-Control-Request-Headers"] = "Authorization"
        told = client.options("/checks", headers=asks)
        assert told.status_code == 400
        assert "POST" not in told.headers.get("access-control-allow-methods", "")
        assert BEARER["Authorization"] not in str(told.headers)
