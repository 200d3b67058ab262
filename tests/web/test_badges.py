"""Badges: a calm color only for what is surely known."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from fastapi.testclient import TestClient

from monitor.screening.witness import PollOutcome
from monitor.status.status import SourceStatus, Status
from monitor.web.badges import CALM, badge_of, picture
from monitor.web.shapes import Badge
from tests.web.world import Site

ENDPOINT = {
    "type": "object",
    "required": ["schemaVersion", "label", "message"],
    "additionalProperties": False,
    "properties": {
        "schemaVersion": {"const": 1},
        "label": {"type": "string", "minLength": 1},
        "message": {"type": "string", "minLength": 1},
        "color": {"enum": ["blue", "green", "orange", "red"]},
        "cacheSeconds": {"type": "integer", "minimum": 300},
    },
}
"""https://shields.io/badges/endpoint-badge, as far as it is used here."""
KNOWN = Status(
    watch="a", name="Acme", list="EL", state="listed", pending=None, last_known_state="listed",
    since="2020-06-05", citation=None, document_number=None, document_url=None, checked_at=None,
    fresh=True, stale_after="4d", reasons=(), sources=(), history=(), last_event=None,
)  # fmt: skip
HELD = SourceStatus("csl", "listed", None, None, None, PollOutcome.QUARANTINED, None, None, (), "x")


@pytest.mark.parametrize(
    ("state", "pending", "fresh", "sources"),
    list(product(("listed", "not_listed", "unknown"), (None, "removal_suspected"), (True, False),
                 ((), (HELD,)))),
)  # fmt: skip
def test_calm_only_if_known_fresh_settled_and_believed(
    state: str, pending: str | None, fresh: bool, sources: tuple[SourceStatus, ...]
) -> None:
    """Every combination; three in a hundred doubts are doubts too."""
    status = replace(KNOWN, state=state, pending=pending, fresh=fresh, sources=sources)
    calm = state != "unknown" and pending is None and fresh and not sources
    assert (badge_of(status).color in CALM) is calm


def test_the_badge_of_a_watch(client: TestClient) -> None:
    """Pending is told and not calm; the endpoint's schema holds."""
    told = client.get("/badge/mps-ifs.json").json()
    jsonschema.validate(told, ENDPOINT)
    assert (told["message"], told["color"]) == ("removal suspected", "orange")
    assert client.get("/badge/nobody.json").json()["message"].startswith("not listed since")


def test_stale_is_never_calm(site: Site) -> None:
    """The same badge a week after the last look."""
    site.check()
    with site.client() as client:
        assert client.get("/badge/mps-ifs.json").json()["color"] == "blue"
        site.world.now += timedelta(days=7)
        assert client.get("/badge/mps-ifs.json").json() == {
            "schemaVersion": 1,
            "label": "Entity List",
            "message": "status unknown",
            "color": "red",
            "cacheSeconds": 300,
        }


def test_a_text_held_back_is_never_calm(site: Site) -> None:
    """Neither while it is the newest look nor when the looks after it fail."""
    site.check()
    with site.client() as client:
        site.world.passes(hours=1)
        site.world.up.csl.halves_list("EL")
        site.check("csl")
        assert client.get("/badge/mps-ifs.json").json()["color"] == "orange"
        site.world.up.csl.recovers()
        site.world.up.csl.html_page()
        site.world.passes(hours=1)
        site.check("csl")
        told = client.get("/badge/mps-ifs.json").json()
        assert (told["color"], told["message"]) == ("orange", "listed, newer snapshot quarantined")
        site.world.up.csl.recovers()
        site.world.passes(hours=1)
        site.check("csl")
        assert client.get("/badge/mps-ifs.json").json()["color"] == "blue"


def test_the_picture_is_xml_with_a_text(client: TestClient) -> None:
    """A screen reader hears what it says; hostile text is text."""
    told = client.get("/badge/mps-ifs.svg")
    assert told.headers["content-type"] == "image/svg+xml"
    root = ET.fromstring(told.content)
    assert root.get("aria-label") == "Entity List: removal suspected"
    hostile = picture(Badge(1, "<script>", '"&\x00', "red", 300))
    assert ET.fromstring(hostile).get("aria-label") == '<script>: "&\ufffd'
