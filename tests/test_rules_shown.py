"""What governs the lists, on its page, in JSON, by command, and as a line on each watch."""

from datetime import UTC, datetime

import pytest

from tests.worlds import WATCH, World

LAST_DAY = datetime(2026, 11, 10, 4, 59, tzinfo=UTC)
NEXT_DAY = datetime(2026, 11, 10, 5, 0, tzinfo=UTC)
BROWSER = {"Accept": "text/html"}


@pytest.fixture
def world(world: World) -> World:
    """Without anything read; the listed watch is on two lists."""
    world.watches({**WATCH, "lists": ["EL", "MEU"]})
    return world


@pytest.mark.parametrize(
    ("now", "state", "since", "until", "line"),
    [
        (LAST_DAY, "stayed", "2025-11-10", "2026-11-09", "is stayed until 2026-11-09 by 90 FR"),
        (NEXT_DAY, "in_force", "2026-11-10", None, "reached as well since 2026-11-10"),
    ],
)
def test_the_page_the_json_and_the_watch_say_the_same(
    now: datetime, state: str, since: str, until: str | None, line: str, world: World
) -> None:
    """To the minute in which Washington's day ends."""
    world.now = now
    with world.web() as client:
        rule = client.get("/rules").json()["rules"][0]
        page = client.get("/rules", headers=BROWSER)
        status = client.get("/status/mps-ifs?list=MEU").json()
        watch = client.get("/watch/mps-ifs", headers=BROWSER).text
    assert (rule["state"], rule["since"], rule["until"]) == (state, since, until)
    assert page.status_code == 200
    assert "Affiliates Rule" in page.text
    assert rule["since"] in page.text
    assert status["rules"] == ["affiliates-rule", "744.21", "supplement-7", "supplement-8"]
    assert [one for one in status["reasons"] if line in one]
    assert line in watch


def test_the_command_shows_any_day(world: World) -> None:
    """In words and as JSON; an act that was not there yet is not shown."""
    ran = world.run("rules", "--now", "2026-11-09T12:00-05:00")
    assert ran.code == 0
    assert ran.out.startswith(
        "affiliates-rule stayed since 2025-11-10 until 2026-11-09, 90 FR 50857"
    )
    before = world.run("rules", "--json", "--now", "2025-06-01").json["rules"]
    assert {one["state"] for one in before} == {"in_force"}
    assert {one["citation"] for one in before} == {None}
    assert world.run("rules", "--now", "soon").code == 2
    later = world.run("status", "--json", "--now", "2026-11-10T12:00-05:00").json["watches"][0]
    assert any("reached as well since 2026-11-10" in reason for reason in later["reasons"])
