"""The Affiliates Rule from October to December 2026, in each of the courses that its stay may take.

The stay of 90 FR 50857 lasts "until Nov. 9, 2026". Every party stays what it was.
"""

from dataclasses import dataclass, field
from datetime import date

import pytest

from monitor.status.rules import rules_now
from tests.screening.rules.drawn_up import prolonging, reinstating, revising
from tests.stories.story import Story, washington
from tests.upstream.rules import Rule

RAN_OUT = ("2026-11-10 00:05", "Stay ran out: the Affiliates Rule is in force again")
LAST_MINUTE, NEXT_DAY = "2026-11-09 23:55", "2026-11-10 00:05"


@dataclass(frozen=True)
class Course:
    act: Rule | None
    filed: str = ""
    told: list[tuple[str, str]] = field(default_factory=list)
    """When, in Washington, and how the title begins."""
    stands: tuple[str, str, str | None] = ("in_force", "2026-11-10", None)
    """The Affiliates Rule at the end of the year: state, since, until."""


COURSES = {
    "nothing comes": Course(None, told=[RAN_OUT]),
    "a rule prolongs the stay": Course(
        prolonging(), "2026-11-03 08:45",
        [
            ("2026-11-03 08:45", "Announced: a stay is prolonged"),
            ("2026-11-09 09:00", "In force: a stay is prolonged"),
        ],
        ("stayed", "2025-11-10", "2027-11-09"),
    ),
    "a rule is printed after the stay's last day": Course(
        prolonging(publication=date(2026, 11, 12)), "2026-11-09 16:15",
        [
            ("2026-11-09 16:15", "Announced: a stay is prolonged"),
            ("2026-11-12 09:00", "In force: a stay is prolonged"),
        ],
        ("stayed", "2025-11-10", "2027-11-09"),
    ),
    "a rule reinstates early": Course(
        reinstating(), "2026-10-19 08:45",
        [
            ("2026-10-19 08:45", "Announced: a stay is ended"),
            ("2026-10-26 09:00", "In force: a stay is ended"),
        ],
        ("in_force", "2026-10-26", None),
    ),
    "a rule revises § 744.11 and the introduction": Course(
        revising(), "2026-10-27 08:45",
        [
            ("2026-10-27 08:45", "Announced: a rule changes"),
            RAN_OUT,
            ("2026-12-01 09:00", "In force: a rule changes"),
        ],
    ),
}  # fmt: skip


def moments(course: Course) -> list[str]:
    """When the service looks: at each day on which something may be told, and after it."""
    days = {
        LAST_MINUTE, NEXT_DAY, "2026-10-20 09:00", "2026-10-26 09:00", "2026-10-28 09:00",
        "2026-11-04 09:00", "2026-11-09 09:00", "2026-11-10 09:00", "2026-11-12 09:00",
        "2026-12-01 09:00", "2026-12-31 09:00",
    }  # fmt: skip
    return sorted(days | ({course.filed} if course.filed else set()))


@pytest.mark.slow
@pytest.mark.parametrize("name", COURSES)
def test_a_rule_is_told_once_each_on_its_day_and_no_party_is_touched(
    name: str, story: Story
) -> None:
    """At the filing, on the day, and on the day after the last day of a stay that runs out."""
    course = COURSES[name]
    story.begins("2026-10-05 09:00", entries=20)
    before = states(story)
    told: list[tuple[str, str]] = []
    for when in moments(course):
        if course.act and when == course.filed:
            story.up.files(course.act, at=washington(when))
        if course.act and when[:10] == course.act.publication.isoformat():
            story.up.publishes(course.act)
        story.moves_to(washington(when))
        events = story.looks().events
        assert {event.kind.value for event in events} <= {"rule_changed"}
        told += [(when, event.title) for event in events]
    assert [when for when, _ in told] == [when for when, _ in course.told]
    for (_, title), (_, begins) in zip(told, course.told, strict=True):
        assert title.startswith(begins)
    assert states(story) == before
    with story.running.ledger.reading() as reading:
        found = {one.id: one for one in rules_now(reading, story.now)}
    rule = found["affiliates-rule"]
    assert (rule.state, rule.since, rule.until) == course.stands
    assert set(story.status().rules) <= set(found)


def states(story: Story) -> tuple[object, ...]:
    """What is decided of the watched party."""
    one = story.status()
    return one.state, one.pending, one.since, one.history
