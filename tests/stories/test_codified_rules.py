"""The codified text of the rules as the eCFR brings it, day after day."""

from dataclasses import replace
from datetime import date

import pytest

from tests.stories.story import Story
from tests.upstream.ecfr_xml import Words

FIRST = date(2017, 1, 3)
STAYED = "At 90 FR 50857, Nov. 12, 2025, it was stayed, effective until Nov. 9, 2026."
SECTION = Words(("(a) A license is required.", "(b) Criteria."), (STAYED,))
INTRODUCTION = Words(("This supplement lists entities.",))


@pytest.mark.slow
def test_a_new_introduction_section_and_note_are_each_told_once_with_their_words(
    story: Story,
) -> None:
    """What was read at the first look, and mere form, is told nobody."""
    up = story.up.ecfr
    up.codifies(FIRST, "744.11", SECTION)
    up.codifies(FIRST, "supplement-4", INTRODUCTION)
    story.begins("2026-09-01 09:00", entries=20)
    assert [event.kind.value for event in story.events] == ["baseline"]

    spaced = Words(("This  supplement lists\u00a0entities. ",))
    up.codifies(date(2026, 9, 2), "supplement-4", spaced)
    news = Words(("This supplement lists entities, and those they own.",))
    up.codifies(date(2026, 9, 3), "supplement-4", news)
    other = replace(SECTION, paragraphs=("(a) No license is required.", "(b) Criteria."))
    up.codifies(date(2026, 9, 4), "744.11", other)
    up.codifies(date(2026, 9, 8), "744.11", replace(other, notes=()))
    told = []
    for day in (2, 3, 4, 8, 9):
        story.moves_to(story.now.replace(day=day))
        for event in story.looks().events:
            (change,) = event.changes
            kept = [
                story.running.ledger.bodies.is_sound(one.snapshot or "") for one in event.witnesses
            ]
            assert kept == [True, True]
            told.append((day, event.kind.value, change.field, change.before, change.after))
    introduction, section = "Supplement No. 4 to Part 744", "§ 744.11"
    assert told == [
        (3, "rule_changed", introduction, INTRODUCTION.paragraphs[0], news.paragraphs[0]),
        (4, "rule_changed", section, "(a) A license is required.", "(a) No license is required."),
        (8, "rule_changed", f"{section}, editors' notes", STAYED, None),
    ]
