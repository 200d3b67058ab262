"""A party that the law's text names in no row, as editors' notes do: nobody says that it is not."""

from datetime import UTC, datetime

from tests.screening.cases import Story, act


def test_a_first_look_that_finds_only_a_note_is_no_calm() -> None:
    """The CSL lacks it as well; the state is unknown, and that is told."""
    story = Story()
    assert story.polls(("ecfr", "unknown"), ("csl", "absent")) == ["baseline"]
    assert story.state.unclear
    assert story.last.title.startswith("First check: nobody can tell whether")
    assert story.last.review


def test_the_csl_decides() -> None:
    story = Story()
    assert story.polls(("ecfr", "unknown"), ("csl", "listed")) == ["baseline"]
    assert (story.state.state, story.state.unclear) == ("listed", False)


def test_the_act_decides_though_no_list_has_a_row() -> None:
    """The amendment could not be incorporated; it is in force all the same."""
    added = act("adds", number="2024-28267", published="2024-12-05", effective="2024-12-02")
    story = Story(sources=("ecfr",), now=datetime(2026, 7, 24, 15, tzinfo=UTC), acts=[added])
    assert story.polls(("ecfr", "unknown")) == ["baseline"]
    assert (story.state.state, story.state.document_number) == ("listed", "2024-28267")


def test_a_note_that_comes_later_ends_the_calm() -> None:
    """Without an event: the act was one. A row then confirms, and a note taken back is absence."""
    story, unclear = Story.not_listed(), list[bool]()
    told: list[str] = []
    for verdict in ("unknown", "absent", "unknown", "listed"):
        told += story.ecfr(verdict)
        unclear.append(story.state.unclear)
    assert unclear == [True, False, True, False]
    assert told == ["listing_confirmed"]


def test_a_removed_party_in_a_note_stays_removed() -> None:
    """An act took it out; that the editors name it changes nothing."""
    story = Story.listed(now=datetime(2023, 11, 17, 15, tzinfo=UTC))
    assert story.finds(act()) == ["removal_confirmed"]
    story.ecfr("unknown")
    assert not story.state.unclear
