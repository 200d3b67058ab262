"""The names of late 2023 as both sources wrote them, judged with the rows that bear them."""

from collections import Counter
from functools import cache

import pytest

from monitor.screening.entry import Entry
from monitor.screening.linkage import across
from monitor.screening.linkage.evidence import Leftover
from monitor.screening.linkage.judged import held_together
from monitor.screening.linkage.text import Text
from monitor.screening.names import Likeness, weaker
from tests.screening.linkage.texts import NamePair, bis_2023, ecfr_2023, name_pairs


@cache
def judgement() -> Leftover:
    """Both whole texts as context; every row may be held against every other."""
    old, new = ecfr_2023(), bis_2023()
    return Leftover(Text(old), Text(new), old, new, across=True)


def named(rows: tuple[Entry, ...], name: str) -> list[Entry]:
    return [row for row in rows if row.name == name]


def verdict(pair: NamePair) -> str:
    """The best that the rows of two names come to.

    `same` would link, `near` has a near name and `doubt` another one, both without proof.
    """
    found = [
        held_together(judgement(), one, other)
        for one in named(ecfr_2023(), pair.other)
        for other in named(bis_2023(), pair.one) or named(ecfr_2023(), pair.one)
    ]
    if any(one.proven for one in found):
        return "same"
    if any(one.likeness is Likeness.NEAR for one in found):
        return "near"
    return "doubt" if any(one.doubtful for one in found) else "other"


@pytest.mark.slow
def test_one_party_in_two_spellings_is_never_two() -> None:
    """None of the 98 is other; at least 80 would link, and the rest are asked."""
    found = Counter(verdict(pair) for pair in name_pairs() if pair.same)
    assert found["same"] >= 80
    assert found["same"] + found["near"] == 98
    assert found["same"] == 90


@pytest.mark.slow
def test_two_parties_that_stood_side_by_side_are_never_the_same() -> None:
    """By name none is; by name and address one pair would be, if the two did not stand together."""
    apart = [pair for pair in name_pairs() if not pair.same]
    old, new = judgement().old.names, judgement().new.names
    assert not [
        pair
        for pair in apart
        if weaker(old.compare(pair.one, pair.other), new.compare(pair.one, pair.other)).likeness
        is Likeness.SAME
    ]
    assert [(pair.one, pair.other) for pair in apart if verdict(pair) == "same"] == [
        ("Kazan Helicopter Plant PJSC", "PJSC Kazan Helicopters")
    ]
    assert all(judgement().old.has(pair.one) for pair in apart)


@pytest.mark.slow
def test_no_two_parties_that_stood_side_by_side_are_linked() -> None:
    """Nor is any of them a doubt, when the two whole texts are linked."""
    links = across(ecfr_2023(), bis_2023())
    apart = {(pair.other, pair.one) for pair in name_pairs() if not pair.same}
    assert not apart & {(link.old.name, link.new.name) for link in links.links}
    assert not apart & {(doubt.old.name, doubt.new.name) for doubt in links.doubts}
