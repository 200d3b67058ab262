"""What other people's programs hang on: every JSON has exactly the keys that the contract names.

The schemas in `schemas/` are the contract's shapes with no key more and none less; here they are
held over real outputs of a story with everything in it.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from tests.receivers import Recorder
from tests.upstream.parties import INSTITUTE, institute_in_csl
from tests.upstream.rules import institute_removal
from tests.upstream.server import Upstream
from tests.worlds import WATCH, World

SCHEMAS = Path(__file__).parent / "schemas"
ABSENT: dict[str, object] = {
    "id": "nobody",
    "name": "Nobody At All Limited",
    "lists": ["EL", "UVL"],
}


@pytest.fixture(scope="module")
def registry() -> Registry[Any]:
    """Every schema, by its id."""
    read = [json.loads(path.read_text("utf-8")) for path in sorted(SCHEMAS.glob("*.schema.json"))]
    resources = [(one["$id"], Resource.from_contents(one)) for one in read]
    found: Registry[Any] = Registry().with_resources(resources)
    return found


@pytest.fixture
def holds(registry: Registry[Any]) -> Any:
    """Says what in a document is not as its schema wants it."""

    def hold(name: str, document: Any) -> None:
        schema = registry.contents(f"https://schemas.invalid/{name}.schema.json")
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema, registry=registry)
        assert [f"{one.json_path}: {one.message}" for one in validator.iter_errors(document)] == []

    return hold


def rounds(world: World, hook: Recorder) -> Iterator[Any]:
    """A story in which every source fails and recovers, and every kind of thing happens."""
    up = world.up
    world.watches(WATCH, ABSENT)
    world.asks("csl", "ecfr", "federal_register")
    world.tells(f"{hook.url}/told")
    yield world.check()
    up.csl.amends(INSTITUTE, citations=(*institute_in_csl().citations, "89 FR 25505"))
    yield world.check(after=1)
    up.csl.halves_list("EL")
    up.ecfr.answers(404)
    yield world.check(after=1)
    up.csl.recovers()
    up.ecfr.recovers()
    hook.fails()
    up.delists(INSTITUTE)
    yield world.check(after=1)
    hook.recovers()
    up.files(institute_removal())
    yield world.check(after=1, send=False)
    up.delists(INSTITUTE, csl=False, ecfr=world.now.date())
    yield world.check(after=24)
    world.passes(days=6)
    up.csl.answers(500)
    up.ecfr.answers(503)
    up.register.answers(500)
    yield world.check()


@dataclass(frozen=True)
class Told:
    """A world whose story is over."""

    world: World
    hook: Recorder
    documents: list[Any]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """The story, told once for all tests here, which only read."""
    with (
        pytest.MonkeyPatch.context() as patch,
        Upstream(date(2023, 11, 20)).is_furnished() as up,
        Recorder() as hook,
    ):
        patch.setattr(time, "sleep", lambda _seconds: None)
        world = World(up, tmp_path_factory.mktemp("story"))
        yield Told(world, hook, [ran.json for ran in rounds(world, hook)])
        world.ends()


@pytest.mark.slow
def test_check_has_the_contracts_shape(story: Told, holds: Any) -> None:
    """In quiet rounds and in rounds full of trouble."""
    for document in story.documents:
        holds("check", document)
    kinds = {event["kind"] for document in story.documents for event in document["events"]}
    assert {"baseline", "entry_amended", "removal_suspected", "removal_confirmed"} <= kinds
    assert {"snapshot_quarantined", "source_failing", "watch_stale"} <= kinds
    outcomes = {one["outcome"] for document in story.documents for one in document["deliveries"]}
    assert {"sent", "retry", "skipped"} <= outcomes
    assert {len(document["watches"]) for document in story.documents} == {3}


def test_every_route_has_the_contracts_shape(story: Told, holds: Any) -> None:
    """One STATUS a watch and list; the others in their envelopes."""
    with story.world.web() as client:
        for name in ("status", "events", "polls", "sources", "changes", "cases", "rules", "acts"):
            answer = client.get(f"/{name}")
            assert answer.status_code == 200
            holds(name, answer.json())
        holds("one-status", client.get("/status/mps-ifs").json())
        holds("one-status", client.get("/status/nobody?list=UVL").json())
        holds("act", client.get("/acts/2023-25557").json())
        newest = client.get("/events").json()["events"][0]
        holds("event", client.get(f"/events/{newest['id']}").json())
        found = client.get("/entries", params={"q": "Bharat Electronics"}).json()
        assert found["entries"]
        holds("entries", found)
        statuses = client.get("/status").json()["watches"]
    assert [(status["watch"], status["list"]) for status in statuses] == [
        ("mps-ifs", "EL"), ("nobody", "EL"), ("nobody", "UVL"),
    ]  # fmt: skip


def test_the_commands_have_the_contracts_shape(story: Told, holds: Any) -> None:
    """`status`, `history`, and a check by command."""
    world = story.world
    holds("check", world.commands("--no-deliver").json)
    holds("statuses", world.run("status", "--json").json)
    holds("statuses", world.run("status", "nobody", "--json").json)
    holds("rules", world.run("rules", "--json", "--now", "2026-11-10T12:00-05:00").json)
    history = world.run("history", "mps-ifs", "--json").json
    holds("history", history)
    assert history["history"]
    assert history["events"]


def test_a_webhook_is_told_the_same_event(story: Told, holds: Any) -> None:
    """A CloudEvent whose data is the EVENT of the contract."""
    assert story.hook.received
    with story.world.web() as client:
        for one in story.hook.received:
            holds("webhook", one.json())
            event = one.json()["data"]
            assert client.get(f"/events/{event['id']}").json() == event


def test_a_case_has_the_contracts_shape(world: World, holds: Any) -> None:
    """In a status, in the list, alone, by command, and in the event that tells it."""
    near = "Forensic Science Institute of the Ministry of Public Security"
    world.watches({"id": "forensic", "name": near, "lists": ["EL"]}, ABSENT)
    holds("check", world.commands().json)
    with world.web() as client:
        told = client.get("/cases").json()
        holds("cases", told)
        holds("case", client.get(f"/cases/{told['cases'][0]['id']}").json())
        holds("one-status", client.get("/status/forensic").json())
        assert client.get("/status/forensic").json()["cases"]
    for case in world.run("cases", "--json").json["cases"]:
        holds("case", case)
    id_ = told["cases"][0]["id"]
    decided = world.run(
        "cases", "decide", id_, "same", "--json", "--now", world.now.isoformat()
    ).json
    holds("case", decided["case"])
    for event in decided["events"]:
        holds("event", event)


def test_an_empty_service_has_the_same_shapes(world: World, holds: Any) -> None:
    """Before anything was ever asked."""
    with world.web() as client:
        for name in ("status", "events", "polls", "sources", "changes", "rules", "acts"):
            holds(name, client.get(f"/{name}").json())
        assert client.get("/status").json()["watches"][0]["state"] == "unknown"
    holds("statuses", world.run("status", "--json").json)


def test_a_source_without_network_is_unknown_with_a_reason(world: World, holds: Any) -> None:
    """Exit code 3, no alert, and the state says why."""
    world.asks("csl", urls=["http://127.0.0.1:9/consolidated.json"])
    ran = world.commands()
    holds("check", ran.json)
    assert (ran.code, ran.kinds) == (3, [])
    assert ran.status["state"] == "unknown"
    assert any("failed" in reason for reason in ran.status["reasons"])
