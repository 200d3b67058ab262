"""Acts through the whole service: who is on /acts from the filing on, and each change's act."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.upstream.ecfr_xml import heading_of
from tests.upstream.parties import INSTITUTE, filler
from tests.upstream.rules import addition, institute_removal, removal
from tests.upstream.server import Upstream
from tests.web.rfc4287 import faults
from tests.worlds import WATCH, World

pytestmark = pytest.mark.slow
FILED = datetime(2023, 11, 16, 13, 50, tzinfo=UTC)
"""08:50 in Washington."""
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def asking_all(tmp_path: Path) -> Iterator[World]:
    """A world that reads every source, on the day before the filing, nine in Washington."""
    with Upstream(date(2023, 11, 15)).is_furnished() as up:
        world = World(up, tmp_path, datetime(2023, 11, 15, 14, 0, tzinfo=UTC))
        world.watches(WATCH)
        world.asks("csl", "ecfr", "federal_register")
        world.tells()
        world.check()
        yield world
        world.ends()


def read(world: World, path: str) -> Any:
    """The JSON of a route."""
    with world.web() as client:
        answer = client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()


def removals(world: World) -> list[tuple[str, str | None, str | None]]:
    """By source's date: number and citation of every removal on /changes, oldest first."""
    found = read(world, "/changes?list=EL")["changes"]
    return [
        (one["at"][:10], one["document_number"], one["citation"])
        for one in reversed(found)
        if one["kind"] == "removed"
    ]


def test_november_2023_from_the_filing_to_the_lists(asking_all: World) -> None:
    """On inspection at once, published on its day; each list's removal names the act."""
    world, up = asking_all, asking_all.up
    assert read(world, "/acts") == {"acts": [], "next": None}
    up.files(institute_removal(), at=FILED)
    world.check(after=24)
    (act,) = read(world, "/acts")["acts"]
    (party,) = act["parties"]
    assert (act["document_number"], act["stage"]) == ("2023-25557", "inspection")
    assert act["effective_on"] == "2023-11-16"
    assert (party["kind"], party["name"], party["country"]) == ("removed", INSTITUTE, "CN")
    assert (party["list"], party["certain"]) == ("EL", True)
    assert "removing the entry for" in party["instruction"]
    assert party["now"] == {"csl": "listed", "ecfr": "listed"}

    up.publishes(institute_removal())
    up.delists(INSTITUTE, csl=False, ecfr=date(2023, 11, 17))
    world.check(after=24)
    up.delists(INSTITUTE)
    world.check(after=24)
    act = read(world, "/acts/2023-25557")
    assert (act["stage"], act["citation"]) == ("published", "88 FR 80131")
    assert datetime.fromisoformat(act["filed_at"]) == FILED
    assert act["parties"][0]["now"] == {"csl": "absent", "ecfr": "absent"}
    assert removals(world) == [
        ("2023-11-17", "2023-25557", "88 FR 80131"), ("2023-11-18", "2023-25557", "88 FR 80131"),
    ]  # fmt: skip


def test_an_act_that_is_found_after_the_list_moved(asking_all: World) -> None:
    """The change learns of its act at the look that brings it."""
    world, up = asking_all, asking_all.up
    up.register.answers(500)
    up.delists(INSTITUTE, ecfr=date(2023, 11, 17))
    world.check(after=48)
    assert {told[1:] for told in removals(world)} == {(None, None)}
    up.register.recovers()
    up.publishes(institute_removal())
    world.check(after=1)
    assert {told[1:] for told in removals(world)} == {("2023-25557", "88 FR 80131")}


def test_a_withdrawn_act_keeps_its_parties(asking_all: World) -> None:
    """It stays on /acts as withdrawn; what it said is still there, and it explains no change."""
    world, up = asking_all, asking_all.up
    up.files(institute_removal(), at=FILED)
    world.check(after=24)
    up.withdraws("2023-25557")
    world.check(after=1)
    act = read(world, "/acts/2023-25557")
    assert (act["stage"], len(act["parties"])) == ("withdrawn", 1)
    up.delists(INSTITUTE)
    world.check(after=24)
    assert {told[1] for told in removals(world)} == {None}


def test_who_nobody_watches_is_there_too(asking_all: World) -> None:
    """Two acts, newest first; by list and since a day; pages and the feed name them all."""
    world, up = asking_all, asking_all.up
    old, other = filler(2)
    up.publishes(
        removal(old.name, number="2023-25001", publication=date(2023, 11, 14),
                effective=date(2023, 11, 14), citation="88 FR 79001",
                heading=heading_of(old.country))
    )  # fmt: skip
    up.files(
        addition(other, number="2023-25900", publication=date(2023, 11, 20),
                 effective=date(2023, 11, 20), citation="88 FR 81000", title="One more entity")
    )  # fmt: skip
    world.check(after=1)
    with world.web() as client:
        numbers = [act["document_number"] for act in client.get("/acts").json()["acts"]]
        assert numbers == ["2023-25900", "2023-25001"]
        since = client.get("/acts?since=2023-11-15").json()["acts"]
        assert [act["document_number"] for act in since] == ["2023-25900"]
        assert client.get("/acts?list=UVL").json()["acts"] == []
        after = client.get("/acts?cursor=2023-25900").json()
        assert [act["document_number"] for act in after["acts"]] == ["2023-25001"]
        assert client.get("/acts?cursor=2023-1").status_code == 404
        assert client.get("/acts/2023-1").status_code == 404
        for path in ("/acts", "/acts/2023-25900"):
            text = client.get(path, headers={"Accept": "text/html"}).text
            assert "One more entity" in text
            assert "On public inspection" in text
            assert other.name.replace("&", "&amp;").replace("'", "&#39;") in text
        feed = client.get("/acts.atom").content
    root = ET.fromstring(feed)
    assert faults(feed) == []
    assert [one.text for one in root.iter(f"{ATOM}title")][1:] == [
        "On public inspection: One more entity", "Published: Entity List Removal",
    ]  # fmt: skip
    assert other.name in str(root.findtext(f"{ATOM}entry/{ATOM}summary"))
