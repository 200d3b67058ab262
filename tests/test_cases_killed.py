"""kill -9 at any moment of finding or deciding a case loses none and tells none twice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.extent import so_many
from tests.installed import SECRET
from tests.test_killed import ELSEWHERE, Killer, as_template, runs
from tests.upstream.parties import INSTITUTE, institute
from tests.upstream.rules import addition
from tests.upstream.server import Upstream
from tests.worlds import WATCH, World

NEAR = "Forensic Science Institute of the Ministry of Public Security"
KINDS = ["baseline", "possible_match", "notice_found", "listing_confirmed", "removal_confirmed"]
TRIES = 12
"""Steps tried in a slow run, evenly over the whole."""
# Apprise imports a module that Python 3.13 leaves out; it minds that itself.
pytestmark = [
    pytest.mark.sqlite,
    pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning"),
]


@pytest.fixture
def hook(tmp_path: Path) -> Iterator[Killer]:
    with Killer(tmp_path) as running:
        yield running


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The institute left both lists long ago; two webhooks are told whatever is told of a case."""
    with Upstream(date(2023, 11, 20)) as up:
        up.is_furnished()
        up.delists(INSTITUTE, ecfr=date(2023, 11, 17))
        made = World(up, tmp_path)
        made.watches(WATCH)
        made.asks("csl", "ecfr", "federal_register")
        hooks = [
            {"id": name, "url": f"{ELSEWHERE}/{name}", "secret": SECRET, "kinds": KINDS}
            for name in ("one", "two")
        ]
        made.writes("monitor.yaml", {"webhooks": hooks})
        yield made
        made.ends()


def near_row(world: World) -> None:
    """A row under a name near the watch's joins both lists."""
    world.passes(hours=24)
    plain = replace(institute(), name=NEAR, aliases=(), addresses=(), citations=("88 FR 90001",))
    world.up.lists(replace(plain, start_date="2023-11-21"), on=world.now.date())


def at_first_look(world: World) -> None:
    """The row is there before anybody has looked."""
    near_row(world)


def by_a_new_row(world: World) -> None:
    world.check()
    near_row(world)


def by_an_act(world: World) -> None:
    """A document on inspection adds the name."""
    world.check()
    world.passes(hours=24)
    day = world.now.date()
    near = replace(institute(), name=NEAR, aliases=(), addresses=(), start_date=None)
    act = addition(near, number="2023-26001", publication=day, citation="88 FR 90001")
    world.up.publishes(act)


def waiting(world: World) -> str:
    """The id of the one case that waits for a person."""
    by_a_new_row(world)
    world.check(send=True)
    world.ends()
    [case] = world.run("cases", "--json").json["cases"]
    world.passes(hours=1)
    return str(case["id"])


def gone(world: World) -> str:
    """The same, after its row went."""
    case = waiting(world)
    world.passes(hours=24)
    world.up.delists(NEAR, ecfr=world.now.date())
    world.check()
    world.passes(hours=1)
    return case


@dataclass(frozen=True)
class Finding:
    """How a case is found, and the events that there are in the end."""

    begins: Callable[[World], None]
    kinds: tuple[str, ...]


FINDINGS = {
    "at-first-look": Finding(at_first_look, ("baseline",)),
    "by-a-new-row": Finding(by_a_new_row, ("baseline", "possible_match")),
    "by-an-act": Finding(by_an_act, ("baseline", "possible_match")),
}


@dataclass(frozen=True)
class Deciding:
    """What a person decides of which case, and the events that come of it."""

    begins: Callable[[World], str]
    decision: str
    kinds: tuple[str, ...]


DECIDINGS = {
    "same": Deciding(waiting, "same", ("listing_confirmed",)),
    "different": Deciding(waiting, "different", ()),
    "same-once-gone": Deciding(gone, "same", ("removal_confirmed",)),
}
WAYS = ("command", "post")


def finds_one(world: World, hook: Killer, finding: Finding, tries: int) -> None:
    """One case and one telling of it, wherever the first check died."""
    finding.begins(world)
    as_template(world)
    found = runs(world, hook, tries)
    assert all(one["killed"] for one in found)
    for one in found:
        assert one["clean"], one
        assert [kind for kind, _ in one["events"]] == [*finding.kinds], one
        assert [decision for _, decision in one["cases"]] == [None], one
        told_once(one, hook, finding.kinds[-1])
    assert len({tuple(map(tuple, one["cases"])) for one in found}) == 1


def decides_one(world: World, hook: Killer, deciding: Deciding, way: str, tries: int) -> None:
    """A decision is whole or not at all, and what follows of it is told once."""
    case = deciding.begins(world)
    as_template(world)
    found = runs(world, hook, tries, way, case, deciding.decision)
    assert all(one["killed"] for one in found)
    for one in found:
        assert one["clean"], one
        [(_, decision)] = one["after"]["cases"]
        new = kinds_since(one["after"], one)
        assert (decision, new) in {(None, deciding.kinds), (deciding.decision, ())}, one
        assert one["cases"] == [[case, deciding.decision]], one
        for kind in deciding.kinds:
            told_once(one, hook, kind)
    decisions = {one["after"]["cases"][0][1] for one in found}
    assert decisions == {None, deciding.decision}


def kinds_since(before: dict[str, Any], after: dict[str, Any]) -> tuple[str, ...]:
    """The kinds of the events that came between two ledgers."""
    assert after["events"][: len(before["events"])] == before["events"]
    return tuple(kind for kind, _ in after["events"][len(before["events"]) :])


def told_once(one: dict[str, Any], hook: Killer, kind: str) -> None:
    """One event of the kind; both channels were told of it, under its id alone."""
    [event] = [id_ for each, id_ in one["events"] if each == kind]
    assert {status for _, _, status in one["sent"]} == {"sent"}, one
    told = [(path, id_) for path, id_ in hook.told(one["step"]) if id_ == event]
    assert {path.rpartition("/")[2] for path, _ in told} == {"one", "two"}, one
    assert 2 <= len(told) <= 4, told


@pytest.mark.slow
def test_a_check_killed_while_it_finds_a_case(world: World, hook: Killer) -> None:
    """Evenly over its steps."""
    finds_one(world, hook, FINDINGS["by-a-new-row"], TRIES)


@pytest.mark.slow
def test_a_decision_killed_on_its_way(world: World, hook: Killer) -> None:
    """Evenly over its steps."""
    decides_one(world, hook, DECIDINGS["same"], "command", TRIES)


@pytest.mark.long
@pytest.mark.parametrize("finding", FINDINGS.values(), ids=FINDINGS)
def test_a_check_killed_at_every_step_of_finding(
    finding: Finding, world: World, hook: Killer
) -> None:
    """At first look, by a row that comes, by an act on inspection."""
    finds_one(world, hook, finding, so_many(1_000, TRIES))


@pytest.mark.long
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("deciding", DECIDINGS.values(), ids=DECIDINGS)
def test_a_decision_killed_at_every_step(
    deciding: Deciding, way: str, world: World, hook: Killer
) -> None:
    """The same and another, of a row that stands and of one that went; by command and over HTTP."""
    decides_one(world, hook, deciding, way, so_many(1_000, TRIES))
