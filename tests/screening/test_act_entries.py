"""A removal of some of a party's entries stays one of some, though the lists have followed."""

from monitor.screening.acts.entries import SOME, still_some


def test_it_goes_on_to_be_one_of_some() -> None:
    said = f"it removes 1 of 2 {SOME}"
    assert still_some(["another reason", said]) == said


def test_any_other_removal_is_none_of_some() -> None:
    assert still_some(["only the preamble names it"]) is None
    assert still_some([]) is None
