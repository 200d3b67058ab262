"""An act is told though no list has ever been read: whatever else is broken."""

from datetime import UTC, datetime

from tests.screening.cases import MONDAY, Story, act

FILED = act(inspection=True)
PUBLISHED = act()
NOON_OF_THE_17TH = datetime(2023, 11, 17, 17, 0, tzinfo=UTC)


def test_a_removal_on_inspection_is_announced_without_any_list() -> None:
    """Once, and the state stays untold: only a list or the act in force can give it."""
    story = Story(now=datetime(2023, 11, 16, 14, 0, tzinfo=UTC))
    assert story.finds(FILED) == ["removal_announced"]
    assert story.finds(FILED, after=1) == []
    assert story.state.state is None


def test_its_coming_into_force_is_confirmed_without_any_list() -> None:
    """The law decides; the lists that come later and agree make no further event."""
    story = Story(now=datetime(2023, 11, 16, 14, 0, tzinfo=UTC))
    story.finds(FILED)
    story.until(NOON_OF_THE_17TH)
    assert story.finds(PUBLISHED) == ["removal_confirmed"]
    assert (story.state.state, story.state.since) == ("not_listed", "2023-11-16")
    told = story.polls(("csl", "absent"), ("ecfr", "absent"), after=24)
    assert told == ["watch_fresh"], "and nothing of a removal"


def test_lists_that_have_yet_to_follow_do_not_undo_it() -> None:
    """A source's first word after an act is lag."""
    story = Story(now=NOON_OF_THE_17TH)
    assert story.finds(PUBLISHED) == ["removal_confirmed"]
    assert story.polls(("csl", "listed"), ("ecfr", "listed"), after=1) == []
    assert story.state.state == "not_listed"


def test_withdrawn_before_any_list_was_read() -> None:
    """What was announced is called off as it would be otherwise."""
    story = Story(now=datetime(2023, 11, 16, 14, 0, tzinfo=UTC))
    story.finds(FILED)
    assert story.finds(act(withdrawn=True, published=None), after=2) == ["removal_cancelled"]


def test_an_older_act_waits_for_the_lists() -> None:
    """An act in force before the watch began is its past, told with the first state."""
    story = Story(now=MONDAY)
    assert story.finds(act(published="2023-11-02", effective="2023-11-01")) == []
    assert story.polls(("csl", "absent"), after=1) == ["baseline"]


def test_a_first_run_still_tells_the_baseline_first() -> None:
    """With the lists about to be read, the act waits for them."""
    story = Story(now=datetime(2023, 11, 16, 14, 0, tzinfo=UTC))
    story.acts = [FILED]
    assert story.polls(("ecfr", "listed"), ("csl", "listed")) == ["baseline", "removal_announced"]
