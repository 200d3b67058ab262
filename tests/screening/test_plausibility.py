"""Whether a whole document of the right kind can be believed."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from monitor.screening.entry import Entry, Reading, UnreadRow
from monitor.screening.plausibility import (
    Accepted,
    Bounds,
    Doubt,
    doubts,
    held,
    loss,
    of_size,
    placed,
    unsettled,
)
from tests.upstream.parties import canaries, filler, institute

LIST = (*canaries(), *filler(97))
BOUNDS = Bounds({"EL": 50}, 0.1, ("Bharat Electronics Limited (BEL)",))
BEFORE = Accepted({"EL": 100, "SDN": 10})


def reading(
    rows: tuple[Entry, ...] = LIST,
    counts: Mapping[str, int] | None = None,
    total: tuple[int | None, int] = (None, 0),
) -> Reading:
    said = {"EL": len(rows), "SDN": 10} if counts is None else counts
    return Reading({"EL": rows}, said, declared_total=total[0], found_total=total[1])


def codes(found: tuple[Doubt, ...]) -> list[tuple[str | None, str]]:
    return [(doubt.list, doubt.code) for doubt in found]


def judged(one: Reading, bounds: Bounds = BOUNDS) -> list[tuple[str | None, str]]:
    return codes(doubts(one, bounds, BEFORE, ("EL",)))


def test_a_plausible_reading_raises_no_doubt() -> None:
    """Nor does the very first, nor one that grew."""
    assert judged(reading()) == []
    assert codes(doubts(reading(), BOUNDS, Accepted(), ("EL",))) == []
    assert judged(reading((*LIST, *filler(190)[97:]))) == []


def test_a_total_that_does_not_fit_holds_everything() -> None:
    """More or fewer than declared; a document without a total says nothing."""
    assert judged(reading(total=(100, 99))) == [(None, "total")]
    assert judged(reading(total=(99, 100))) == [(None, "total")]
    assert judged(reading(total=(None, 99))) == []
    assert held([Doubt(None, "total", "")], ("EL", "UVL")) == {"EL", "UVL"}


def test_a_list_that_was_there_must_be_there() -> None:
    """Also one that nobody watches; the others go on."""
    found = doubts(reading(counts={"EL": 100}), BOUNDS, BEFORE, ("EL",))
    assert codes(found) == [("SDN", "missing")]
    assert held(found, ("EL",)) == {"SDN"}


def test_a_watched_list_must_be_there_even_at_first() -> None:
    """An empty list is no list."""
    found = doubts(reading((), counts={}), Bounds(), Accepted(), ("EL",))
    assert codes(found) == [("EL", "missing")]


@pytest.mark.parametrize(
    ("rows", "expected"), [(100, []), (90, []), (89, ["shrink"]), (49, ["floor", "shrink"])]
)
def test_floor_and_shrink(rows: int, expected: list[str]) -> None:
    """A tenth may go, not more; numbers are in the reasons."""
    assert judged(reading(LIST[:rows])) == [("EL", code) for code in expected]
    for doubt in doubts(reading(LIST[:rows]), BOUNDS, BEFORE, ("EL",)):
        assert str(rows) in doubt.reason


def test_a_missing_canary_holds_its_list() -> None:
    """Each is named; spelling does not matter."""
    without = tuple(entry for entry in LIST if "Bharat" not in entry.name)
    assert judged(reading(without)) == [("EL", "canary:Bharat Electronics Limited (BEL)")]
    assert judged(reading(), Bounds(canaries=("BHARAT ELECTRONICS LIMITED  (bel)",))) == []


# -- release by the other list source


def test_the_other_source_showing_the_same_change_releases() -> None:
    """All that went from the held list is gone there too, and it is whole itself."""
    assert loss(LIST, LIST[30:], LIST[30:]).same
    assert loss(LIST, LIST[30:], (*LIST[30:], institute())).same


@pytest.mark.parametrize(
    "there",
    [LIST, LIST[15:], LIST[60:], ()],
    ids=["unchanged", "half of it", "shorter itself", "nothing"],
)
def test_a_source_that_does_not_show_it_releases_nothing(there: tuple[Entry, ...]) -> None:
    """Nor one that has itself lost what the held one still has."""
    assert not loss(LIST, LIST[30:], there).same


def test_without_a_change_nothing_is_released() -> None:
    """A floor broken from the start is not confirmed by a second short list."""
    assert not loss((), LIST[:40], LIST[:40]).same


def test_another_source_settles_doubts_of_size_and_no_other() -> None:
    """A list that is missing or miscounted stays held, whatever the other source shows."""
    small = Doubt("EL", "shrink", "")
    canary = Doubt("EL", "canary:Huawei", "")
    others = (Doubt("EL", "missing", ""), Doubt(None, "total", ""), Doubt("UVL", "floor", ""))
    assert unsettled((small, canary, *others), {"EL"}) == others
    assert unsettled((small, canary), set()) == (small, canary)
    assert not of_size(Doubt(None, "canary:Huawei", ""))


def test_a_canary_in_a_row_that_could_not_be_read_is_there() -> None:
    """One broken row holds no list; a row without a name may be the one that is missing."""
    without = tuple(entry for entry in LIST if "Bharat" not in entry.name)
    held = [("EL", "canary:Bharat Electronics Limited (BEL)")]
    for text, named, found in (
        ("Bharat Electronics Limited (BEL)", True, []),
        ("Marten Works", True, held),
        ("null", False, []),
    ):
        odd = replace(reading(without), unread=(UnreadRow("EL", text, named),))
        assert judged(odd) == found


def test_a_missing_canary_is_laid_to_the_lists_it_stood_on() -> None:
    """One that never stood anywhere doubts the whole; of a list that is missing it says no more."""
    huawei, missing = Doubt(None, "canary:Huawei", ""), Doubt("UVL", "missing", "")
    on_two = {"Huawei": ("EL", "UVL")}
    assert codes(placed([huawei], on_two)) == [("EL", huawei.code), ("UVL", huawei.code)]
    assert codes(placed([huawei, missing], on_two)) == [("EL", huawei.code), ("UVL", "missing")]
    assert placed([huawei], {}) == (huawei,)
