"""Clocks that jump, hours that come twice, looks that come late; held lists; our own line."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor import wiring
from monitor.poll import check
from monitor.replay.configured import settings_for
from monitor.replay.deeds import Breaks, Delists, Mends
from monitor.replay.player import Clock
from monitor.replay.scenario import Scenario
from monitor.replay.stage import Stage
from monitor.screening.event import Kind

MORNING = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
INSTITUTE = ("institute",)


class Service:
    """The monitor beside a stage, told what to do hour by hour."""

    def __init__(self, folder: Path, stack: ExitStack, **said: object) -> None:
        plain = {"title": "Hours", "begins": MORNING.isoformat(), "steps": []}
        scenario = Scenario.model_validate({**plain, **said})
        self.clock = Clock(MORNING)
        self.stage = Stage(scenario, self.clock, folder)
        found = settings_for(scenario, folder, "sqlite:///:memory:")
        self.parts = stack.enter_context(wiring.build(found, self.clock, self.stage.https))

    def looks(self, only: str | None = None, **later: float) -> list[str]:
        """So much later, every source is looked at; the kinds that are told."""
        self.clock.now += timedelta(**later)
        return [event.kind.value for event in check(self.parts, only).events]

    def breaks(self, host: str, how: str, **said: object) -> None:
        self.stage.does(Breaks.model_validate({"breaks": host, "how": how, **said}))

    def mends(self, host: str) -> None:
        self.stage.does(Mends.model_validate({"mends": host}))

    def delists(self, *hosts: str, who: tuple[str, ...] = INSTITUTE) -> None:
        self.stage.does(Delists.model_validate({"delists": who, "hosts": hosts}))


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with ExitStack() as stack:
        made = Service(tmp_path, stack)
        assert made.looks() == ["baseline"]
        yield made


def test_a_clock_that_jumps_back_and_forth_tells_nothing(service: Service) -> None:
    """A day back, three years on and back again, with nothing changed upstream."""
    assert service.looks(hours=-24) == []
    assert service.looks(days=1) == []
    assert service.looks(hours=-1) == []
    assert service.looks(hours=2) == []


def test_a_clock_that_jumps_back_does_not_confirm_early(service: Service) -> None:
    """Turns are ordered by polls: 24 hours of rule (c) are not made by a jump backwards."""
    service.delists("ecfr")
    assert service.looks(hours=1) == ["removal_suspected"]
    assert service.looks(hours=-30) == []
    assert service.looks(hours=1) == []
    assert service.looks(hours=31) == []


def test_the_hour_that_comes_twice_is_told_once(tmp_path: Path) -> None:
    """The end of daylight saving in Washington: 01:30 twice, an act in force that day once."""
    with ExitStack() as stack:
        service = Service(tmp_path, stack)
        service.clock.now = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
        assert service.looks() == ["baseline"]
        service.delists("csl", "ecfr")
        assert service.looks(hours=1) == ["removal_suspected", "removal_confirmed"]
        assert service.looks(hours=1) == []


def test_a_look_a_year_late_is_a_look(service: Service) -> None:
    """Nothing changed: it was stale in between, and is told as fresh; nobody left."""
    assert service.looks(days=366) in ([], ["watch_fresh"])
    service.delists("csl", "ecfr")
    assert service.looks(days=366)[-2:] == ["removal_suspected", "removal_confirmed"]


def test_two_checks_in_one_second_tell_once(service: Service) -> None:
    """The second finds nothing new, whatever the first told."""
    service.delists("csl")
    assert service.looks(hours=1) == ["removal_suspected"]
    assert service.looks() == []
    service.delists("ecfr")
    assert service.looks(hours=1) == ["removal_confirmed"]
    assert service.looks() == []


def test_a_held_list_is_released_when_the_other_source_follows(service: Service) -> None:
    """The CSL is held first; the eCFR shows the same; the same bytes of the CSL are let go."""
    many = ("institute", "crowd:1-20")
    service.delists("csl", who=many)
    assert service.looks("csl", minutes=10) == ["snapshot_quarantined"]
    service.delists("ecfr", who=many)
    assert service.looks("ecfr", minutes=10) == ["removal_suspected"]
    assert service.looks("csl", minutes=10) == ["removal_confirmed"]


def test_two_lists_that_lose_different_rows_release_nothing(service: Service) -> None:
    """Each is held, and neither bears the other out."""
    service.delists("csl", who=("institute", "crowd:1-20"))
    service.delists("ecfr", who=("institute", "crowd:40-60"))
    assert service.looks(hours=1) == ["snapshot_quarantined", "snapshot_quarantined"]
    assert service.looks(hours=1) == []


def test_two_halves_of_one_fault_are_no_mass_removal(service: Service) -> None:
    """Both lists cut in half, each in its own order: held, whatever they have in common."""
    service.breaks("csl", "keeps", share=0.5)
    service.breaks("ecfr", "no_rows")
    told = service.looks(hours=1)
    assert not [kind for kind in told if kind.startswith("removal")]


def test_our_own_line_is_one_message_and_who_stays_away_is_told_alone(service: Service) -> None:
    """All silent: one message at the third round; one source stays away: its own."""
    service.breaks("all", "unreachable")
    assert service.looks(hours=1) == []
    assert service.looks(hours=1) == []
    assert service.looks(hours=1) == ["source_failing"]
    assert service.looks(hours=1) == []
    service.mends("csl")
    service.mends("federal_register")
    assert service.looks(hours=1) == ["source_failing"]
    assert service.looks(hours=1) == ["source_recovered"]
    service.mends("ecfr")
    assert service.looks(hours=1) == []
    assert service.looks(hours=1) == ["source_recovered"]


def test_two_sources_silent_are_two_messages(service: Service) -> None:
    """While the third answers, the line is not to blame."""
    service.breaks("csl", "timeout")
    service.breaks("ecfr", "unreachable")
    for _ in range(2):
        assert service.looks(hours=1) == []
    assert service.looks(hours=1) == ["source_failing", "source_failing"]


def test_a_host_that_refuses_is_no_dead_line(service: Service) -> None:
    """Somebody answered, if only to refuse: each source is told by itself."""
    service.breaks("all", "refuses", status=503)
    for _ in range(2):
        service.looks(hours=1)
    assert service.looks(hours=1) == ["source_failing"] * 3


def test_the_status_says_that_a_list_may_be_stale(service: Service) -> None:
    """A confirmed removal that the CSL has not followed for nine days."""
    from monitor.status.status import statuses

    service.delists("ecfr")
    for hours in (1, 12, 12, 24 * 9):
        service.looks(hours=hours)
    with service.parts.ledger.reading() as reading:
        (status,) = statuses(service.parts, reading, service.clock())
    assert (status.state, Kind(status.last_event.kind if status.last_event else "")) == (
        "not_listed", Kind.REMOVAL_CONFIRMED,
    )  # fmt: skip
    assert any("has not followed yet" in line and "may be stale" in line for line in status.reasons)
