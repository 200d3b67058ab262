"""Clocks that jump, hours that come twice, looks that come late; held lists; our own line."""

import pytest

from monitor.screening.event import Kind
from tests.stories.story import Story
from tests.upstream.parties import INSTITUTE, filler

MORNING = "2026-03-02 09:00"
CROWD = [entry.name for entry in filler(60)]


@pytest.fixture(autouse=True)
def first_look(story: Story) -> None:
    """The institute is listed, and has been looked at once."""
    story.begins(MORNING)
    assert [event.kind for event in story.events] == [Kind.BASELINE]


def goes(story: Story, *names: str, csl: bool = False, ecfr: bool = False) -> None:
    """Entries leave one list or both."""
    for name in names or (INSTITUTE,):
        story.up.delists(name, csl=csl, ecfr=story.today if ecfr else None)


@pytest.mark.slow
def test_a_clock_that_jumps_back_and_forth_tells_nothing(story: Story) -> None:
    """A day back, three years on and back again, with nothing changed upstream."""
    assert story.later(hours=-24) == []
    assert story.later(days=1) == []
    assert story.later(hours=-1) == []
    assert story.later(hours=2) == []


@pytest.mark.slow
def test_a_clock_that_jumps_back_does_not_confirm_early(story: Story) -> None:
    """Turns are ordered by polls: 24 hours of rule (c) are not made by a jump backwards."""
    goes(story, ecfr=True)
    assert story.later(hours=1) == ["removal_suspected"]
    assert story.later(hours=-30) == []
    assert story.later(hours=1) == []
    assert story.later(hours=31) == []


@pytest.mark.slow
def test_the_hour_that_comes_twice_is_told_once(story: Story) -> None:
    """The end of daylight saving in Washington: 01:30 twice, both lists following once."""
    story.ends_at("2026-11-01T05:30:00+00:00")
    goes(story, csl=True, ecfr=True)
    assert story.later(hours=1) == ["removal_suspected", "removal_confirmed"]
    assert story.later(hours=1) == []


@pytest.mark.slow
def test_a_look_a_year_late_is_a_look(story: Story) -> None:
    """It was stale in between, and is told as fresh; nobody left. A stay may have run out since."""
    assert set(story.later(days=366)) <= {"watch_fresh", "rule_changed"}
    goes(story, csl=True, ecfr=True)
    assert story.later(days=366)[-2:] == ["removal_suspected", "removal_confirmed"]


@pytest.mark.slow
def test_two_checks_in_one_second_tell_once(story: Story) -> None:
    """The second finds nothing new, whatever the first told."""
    goes(story, csl=True)
    assert story.later(hours=1) == ["removal_suspected"]
    assert story.later() == []
    goes(story, ecfr=True)
    assert story.later(hours=1) == ["removal_confirmed"]
    assert story.later() == []


@pytest.mark.slow
def test_a_held_list_is_released_when_the_other_source_follows(story: Story) -> None:
    """The CSL is held first; the eCFR shows the same; the same bytes of the CSL are let go."""
    many = (INSTITUTE, *CROWD[:20])
    goes(story, *many, csl=True)
    assert story.later("csl", minutes=10) == ["snapshot_quarantined"]
    goes(story, *many, ecfr=True)
    assert story.later("ecfr", minutes=10) == ["removal_suspected"]
    assert story.later("csl", minutes=10) == ["removal_confirmed"]


@pytest.mark.slow
def test_two_lists_that_lose_different_rows_release_nothing(story: Story) -> None:
    """Each is held, and neither bears the other out."""
    goes(story, INSTITUTE, *CROWD[:20], csl=True)
    goes(story, INSTITUTE, *CROWD[39:], ecfr=True)
    assert story.later(hours=1) == ["snapshot_quarantined", "snapshot_quarantined"]
    assert story.later(hours=1) == []


@pytest.mark.slow
def test_two_halves_of_one_fault_are_no_mass_removal(story: Story) -> None:
    """Both lists cut in half, each in its own order: held, whatever they have in common."""
    story.up.csl.halves_list("EL")
    story.up.ecfr.keeps(0.0)
    told = story.later(hours=1)
    assert not [kind for kind in told if kind.startswith("removal")]


@pytest.mark.slow
def test_our_own_line_is_one_message_and_who_stays_away_is_told_alone(story: Story) -> None:
    """All silent: one message at the third round; one source stays away: its own."""
    for host in story.up.hosts:
        host.resets()
    assert story.later(hours=1) == []
    assert story.later(hours=1) == []
    assert story.later(hours=1) == ["source_failing"]
    assert story.later(hours=1) == []
    story.up.csl.recovers()
    story.up.register.recovers()
    assert story.later(hours=1) == ["source_failing"]
    assert story.later(hours=1) == ["source_recovered"]
    story.up.ecfr.recovers()
    assert story.later(hours=1) == []
    assert story.later(hours=1) == ["source_recovered"]


@pytest.mark.slow
def test_two_sources_silent_are_two_messages(story: Story) -> None:
    """While the third answers, the line is not to blame."""
    story.up.csl.hangs(3600)
    story.up.ecfr.resets()
    for _ in range(2):
        assert story.later(hours=1) == []
    assert story.later(hours=1) == ["source_failing", "source_failing"]


@pytest.mark.slow
def test_a_host_that_refuses_is_no_dead_line(story: Story) -> None:
    """Somebody answered, if only to refuse: each source is told by itself."""
    for host in story.up.hosts:
        host.answers(503)
    for _ in range(2):
        story.later(hours=1)
    assert story.later(hours=1) == ["source_failing"] * 3


@pytest.mark.slow
def test_the_status_says_that_a_list_may_be_stale(story: Story) -> None:
    """A confirmed removal that the CSL has not followed for nine days."""
    goes(story, ecfr=True)
    for hours in (1, 12, 12, 24 * 9):
        story.later(hours=hours)
    status = story.status()
    assert status.state == "not_listed"
    assert story.events[-1].kind is Kind.REMOVAL_CONFIRMED
    assert any("has not followed yet" in line and "may be stale" in line for line in status.reasons)
