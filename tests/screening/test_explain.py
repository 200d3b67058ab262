"""Why a state is what it is, in sentences that are right and stand alone."""

from datetime import UTC, datetime, timedelta

from monitor.screening.decide.rules import Facts
from monitor.screening.state import WatchState
from monitor.screening.witness import Circumstances
from monitor.screening.words.status_text import first_sentence, reasons
from tests.screening.cases import INSTITUTE, MONDAY, Story, act


def said(story: Story, *, fresh: bool = True) -> tuple[str, ...]:
    """The reasons at the story's end."""
    look = Circumstances(story.now, 0, story.sources)
    facts = Facts(INSTITUTE, "EL", story.testimonies, story.acts, look)
    return reasons(story.state, facts, fresh=fresh)


def test_before_any_look() -> None:
    """Unknown, with the reason."""
    facts = Facts(INSTITUTE, "EL", {}, (), Circumstances(MONDAY, 0, ("csl",)))
    sentence = first_sentence(WatchState("mps-ifs", "EL"), facts, fresh=False)
    assert sentence == (
        "Status unknown for Institute of Forensic Science on the Entity List:"
        " no source has been read successfully yet."
    )


def test_listed_says_since_when_and_by_what() -> None:
    """With each source's word behind it."""
    lines = said(Story.listed())
    assert lines[0] == (
        "Institute of Forensic Science has been on the Entity List since 2020-06-05 by 85 FR 34505"
        " (the eCFR and the Consolidated Screening List list it;"
        " last read 2023-11-13 15:00 UTC)."
    )
    assert lines[1].startswith("The eCFR lists it")
    assert lines[2].startswith("The Consolidated Screening List lists it")


def test_silence_says_that_it_cannot_be_told_and_what_was_known() -> None:
    """Never a false calm."""
    sentence = said(Story.listed(), fresh=False)[0]
    assert sentence.startswith("Status unknown for Institute of Forensic Science")
    assert sentence.endswith("last known: listed since 2020-06-05 by 85 FR 34505.")


def test_a_suspicion_of_the_csl_says_why_it_waits() -> None:
    """That the list alone confirms nothing while the eCFR is asked."""
    story = Story.listed()
    story.csl("absent")
    lines = said(story)
    assert lines[0].startswith("Institute of Forensic Science may have left the Entity List")
    assert any("alone confirms nothing while the eCFR is enabled" in line for line in lines)


def test_a_suspicion_without_the_ecfr_counts_its_polls() -> None:
    """What would confirm it, and how far it is."""
    story = Story.listed("csl")
    story.csl("absent")
    story.csl("absent")
    assert any(
        "3 successful polls over at least 24 hours; 2 polls so far" in one for one in said(story)
    )


def test_a_removal_names_the_sources_that_have_yet_to_follow() -> None:
    """And, once they have, how long they took."""
    story = Story.listed()
    story.now = datetime(2023, 11, 17, 12, tzinfo=UTC)
    story.finds(act())
    lines = said(story)
    assert lines[0].startswith(
        "Institute of Forensic Science is not on the Entity List: it was removed effective"
        " 2023-11-16 by 88 FR 80131 (the eCFR and the Consolidated Screening List still list it;"
    )
    assert sum("has not followed yet" in line for line in lines) == 2
    story.polls(("ecfr", "absent"), ("csl", "absent"), after=30)
    assert sum("followed 1 day 6 hours after the first" in line for line in said(story)) == 2


def test_an_announcement_that_is_overdue_says_so() -> None:
    """Filed for the 17th and not published since: announced still, and no reason to be calm."""
    story = Story.listed(stale_after=timedelta(days=60))
    story.finds(act(inspection=True))
    story.waits(days=4)
    assert not any("has not been found" in line for line in said(story))
    story.waits(days=1)
    overdue = [line for line in said(story) if "to be published on 2023-11-17 and has not" in line]
    assert len(overdue) == 2
    assert overdue[0] == said(story)[0]


def test_an_announcement_that_its_document_no_longer_bears_out_says_so() -> None:
    """As printed it does something else, or does not name the party at all."""
    for now in ([act("revises")], [act(review=True)], []):
        story = Story.listed(stale_after=timedelta(days=60))
        story.finds(act(inspection=True))
        story.acts = now
        assert "needs a human reader" in said(story)[0]


def test_a_list_has_its_time_from_the_day_an_act_takes_effect() -> None:
    """Announced a month ahead, confirmed today: no list is late yet."""
    story = Story.listed(stale_after=timedelta(days=60))
    story.finds(act(published="2023-11-13", effective="2023-12-15"))
    assert story.waits(days=33) == ["removal_confirmed"]
    assert not any("may be stale" in line for line in said(story))
    story.waits(days=9)
    assert sum("may be stale" in line for line in said(story)) == 2


def test_an_announcement_says_when_it_comes_into_force() -> None:
    """With the document."""
    story = Story.listed(stale_after=timedelta(days=60))
    story.finds(act(published="2023-11-13", effective="2023-12-15"))
    lines = said(story)
    assert "its removal is announced by 88 FR 80131" in lines[0]
    assert any("takes effect on 2023-12-15" in line for line in lines)
