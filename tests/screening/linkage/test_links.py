"""The rules of linkage, one by one, and what holds for every list."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.screening.entry import Entry
from monitor.screening.linkage import Links, across, link
from monitor.screening.names import Likeness
from tests.upstream.parties import filler

LIST = filler(60)


def row(name: str, **said: Any) -> Entry:
    """A row that stands on a rule which no row of the filler stands on."""
    plain = Entry("EL", name, country="CN", citations=("85 FR 34505",), start_date="2020-06-05")
    return replace(plain, **said)


def linked(old: Entry, new: Entry, *, beside: Sequence[Entry] = ()) -> Links:
    """One row that went and one that came, in a list that stays."""
    return link([*LIST, *beside, old], [*LIST, *beside, new])


# -- one name


@pytest.mark.parametrize("country", ["RU", "UNKNOWN LAND", None, ""])
def test_a_country_blocks_no_link_of_one_name(country: str | None) -> None:
    """Moved, unknown or left out."""
    one, other = row("Belka Orlan Trading"), row("Belka Orlan Trading", country=country)
    assert linked(one, other).successor(one) == other
    assert linked(other, one).successor(other) == one


def test_rows_of_one_name_link_within_their_country_first() -> None:
    """Whatever else makes the other row more alike."""
    here = row("Belka Orlan Trading", country="CN", addresses=("1 Road",), aliases=("Belka",))
    there = row("Belka Orlan Trading", country="RU", addresses=("2 Road",))
    new_here = replace(here, addresses=("2 Road",), aliases=())
    new_there = replace(there, addresses=("1 Road",), aliases=("Belka",))
    links = link([*LIST, here, there], [*LIST, new_here, new_there])
    assert (links.successor(here), links.successor(there)) == (new_here, new_there)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Belka Orlan Co., Ltd.", "Belka Orlan Company Limited"),
        ("Belka Orlan Trading (BOT)", "Belka Orlan Trading"),
        ("Belka & Orlan Trading", "Belka and Orlan Trading"),
        ("Belka Orlan Trading", "Belka Orlan Trading (f.k.a., Strelka Works)"),
    ],
)
def test_form_alone_is_the_same_name(one: str, other: str) -> None:
    """It links without evidence, and no person need look."""
    for before, after in ((one, other), (other, one)):
        found = linked(row(before), row(after)).link_of(row(before))
        assert found is not None
        assert (found.likeness, found.form_only, found.review) == (Likeness.SAME, True, False)


def test_a_place_behind_a_name_is_form_where_an_address_has_it() -> None:
    """As "HiSilicon Co., Ltd., Wuhan, Hubei" of one source in Wuhan, Hubei of the other."""
    one = row("Belka Orlan Works, Wuhan, Hubei")
    other = row("Belka Orlan Works", addresses=("Wuhan, Hubei, China",))
    for old, new in ((one, other), (other, one)):
        found = across([*LIST, old], [*LIST, new]).link_of(old)
        assert found is not None
        assert found.form_only


def test_a_place_is_no_form_where_two_rows_bear_what_is_left() -> None:
    """The 48th institutes of Kirov and of Sergiev Posad are two."""
    kirov = row("Belka Orlan Institute, Kirov", addresses=("Kirov, Russia",))
    posad = row("Belka Orlan Institute, Sergiev Posad", addresses=("Sergiev Posad, Russia",))
    plain = row("Belka Orlan Institute", addresses=("Kirov, Russia",), citations=("86 FR 1",))
    alone = link([*LIST, kirov], [*LIST, plain]).link_of(kirov)
    assert alone is not None
    assert alone.form_only
    assert link([*LIST, kirov, posad], [*LIST, plain]).links[len(LIST) :] == ()


# -- near names


NEAR = ("Strelka Precision Instruments", "Strelka Orlan Precision Instruments")
EVIDENCE: dict[str, dict[str, Any]] = {
    "an alias": {"aliases": ("Orlan Pribor Works",)},
    "an address": {"addresses": ("17 Lenin Street, Omsk, Russia",)},
    "citations": {"citations": ("85 FR 34505",)},
}
NOTHING: dict[str, Any] = {"citations": ()}


@pytest.mark.parametrize("kind", EVIDENCE)
def test_a_near_name_links_by_evidence_of_its_own(kind: str) -> None:
    """And is always to be reviewed."""
    said = {**NOTHING, **EVIDENCE[kind]}
    one, other = row(NEAR[0], **said), row(NEAR[1], **said)
    found = linked(one, other).link_of(one)
    assert found is not None
    assert (found.likeness, found.review) == (Likeness.NEAR, True)
    assert found.evidence


def test_a_near_name_without_evidence_is_a_doubt() -> None:
    """Never a link, and never a removal in silence."""
    one, other = row(NEAR[0], **NOTHING), row(NEAR[1], **NOTHING)
    links = linked(one, other)
    assert links.gone == (one,)
    assert [(doubt.old, doubt.new) for doubt in links.doubts] == [(one, other)]


@pytest.mark.parametrize("kind", ["an alias", "an address"])
def test_what_another_row_shares_proves_nothing(kind: str) -> None:
    """Two firms of one tower, or under one short name."""
    said = {**NOTHING, **EVIDENCE[kind]}
    neighbor = row("Quite Another Party", **said)
    one, other = row(NEAR[0], **said), row(NEAR[1], **said)
    links = linked(one, other, beside=[neighbor])
    assert links.successor(one) is None
    assert links.doubts_of(one)


def test_citations_prove_nothing_between_two_rows_that_are_both_near() -> None:
    """A rule names whole families; which of them stayed cannot be told by it."""
    one, two = row(NEAR[0]), row("Orlan Precision Instruments")
    links = link([*LIST, one, two], [*LIST, row(NEAR[1])])
    assert len(links.links) == len(LIST)
    assert {doubt.old for doubt in links.doubts} == {one, two}


def test_a_name_among_the_others_aliases_needs_other_evidence() -> None:
    """Two firms that are each called as the other are two all the same, until more is known."""
    one = row("Strelka Precision Instruments", **NOTHING)
    other = row("Vostok Trade House", aliases=(one.name,), **NOTHING)
    links = linked(one, other)
    assert links.gone == (one,)
    assert links.doubts_of(one)
    address = EVIDENCE["an address"]
    known, renamed = replace(one, **address), replace(other, **address)
    assert linked(known, renamed).successor(known) == renamed


def test_nearly_equal_names_link_where_each_is_the_others_best() -> None:
    """One letter wrong in a long name; with review."""
    one = row("Strelka Precision Instruments Manufacturing Combine", **NOTHING)
    other = replace(one, name="Strelka Precision Instruments Manufacturing Combime")
    found = linked(one, other).link_of(one)
    assert found is not None
    assert found.review


def test_nearly_equal_names_are_doubts_where_two_are_as_near() -> None:
    """Nobody can say which of the two the old one is."""
    one = row("Strelka Precision Instruments Manufacturing Combine", **NOTHING)
    come = [
        replace(one, name="Strelka Precision Instruments Manufacturing Conbine"),
        replace(one, name="Strelka Precision Instruments Manufacturing Combime"),
    ]
    links = link([*LIST, one], [*LIST, *come])
    assert links.gone == (one,)
    assert {doubt.new for doubt in links.doubts} == set(come)


def test_a_row_entered_later_is_no_successor() -> None:
    """None of its citations is as old as those of the row that went: a rule of its own."""
    said = EVIDENCE["an address"]
    one, other = row(NEAR[0], **said), row(NEAR[1], **said, citations=("91 FR 100",))
    links = linked(one, other)
    assert links.gone == (one,)
    assert links.doubts_of(one)


def test_a_row_entered_later_and_merely_near_holds_back_nothing() -> None:
    """Else every addition would put a removal of that day in doubt."""
    one, other = row(NEAR[0]), row(NEAR[1], citations=("91 FR 100",))
    assert linked(one, other).doubts == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("China Strelka Corporation 13th Research Institute",
         "China Strelka Corporation 55th Research Institute"),
        ("Second Strelka Design Bureau", "Third Strelka Design Bureau"),
        ("Strelka Corporation subordinate institution: Belka Works",
         "Strelka Corporation subordinate institution: Orlan Works"),
        ("Strelka Aviation Corporation",
         "Strelka Aviation Corporation subordinate institution: Orlan Works"),
    ],
)  # fmt: skip
def test_numbers_and_units_are_never_bridged(one: str, other: str) -> None:
    """Whatever the evidence."""
    said = {**EVIDENCE["an alias"], **EVIDENCE["an address"]}
    for before, after in ((one, other), (other, one)):
        assert (
            linked(row(before, **said), row(after, **said)).successor(row(before, **said)) is None
        )


def test_two_that_stood_side_by_side_are_two_parties() -> None:
    """A row inherits nothing from one that stood beside it, however near."""
    said = EVIDENCE["an address"]
    one, other = row(NEAR[0], **said), row(NEAR[1], **said)
    moved = replace(other, addresses=("Elsewhere",))
    links = link([*LIST, one, other], [*LIST, other, moved])
    assert links.successor(one) is None


def test_another_name_at_the_same_address_on_the_same_rule_could_be_the_successor() -> None:
    """It is asked, and never linked."""
    said = EVIDENCE["an address"]
    one, other = row("Strelka Precision Instruments", **said), row("Vostok Trade", **said)
    links = linked(one, other)
    assert links.gone == (one,)
    (doubt,) = links.doubts
    assert (doubt.old, doubt.new) == (one, other)


def test_a_party_on_two_rows_that_loses_one_stays() -> None:
    """As the bureau mends twins: "AOOK Technology Ltd." beside "… Limited"."""
    said = EVIDENCE["an address"]
    one, other = row("Strelka Trading Ltd.", **said), row("Strelka Trading Limited", **said)
    links = link([*LIST, one, other], [*LIST, other])
    assert links.gone == (one,)
    assert links.gone_parties == ()
    assert links.further[one.digest()] == other


# -- every list

names = st.sampled_from(
    [
        *(entry.name for entry in LIST[:6]),
        *NEAR, "Strelka 13th Institute", "Strelka 55th Institute", "Strelka Trading Ltd.",
    ]
)  # fmt: skip
rows = st.builds(
    row,
    names,
    aliases=st.lists(st.sampled_from(["Orlan Pribor Works", "OPW"]), max_size=2).map(tuple),
    addresses=st.lists(st.sampled_from(["17 Lenin St, Omsk", "Kabul"]), max_size=2).map(tuple),
    country=st.sampled_from(["CN", "RU", None]),
    citations=st.lists(st.sampled_from(["85 FR 1", "86 FR 2"]), max_size=2).map(tuple),
)
lists = st.lists(rows, max_size=10)


@given(lists)
def test_a_list_linked_to_itself_is_itself(some: list[Entry]) -> None:
    """Every row goes on as itself."""
    links = link(some, some)
    assert all(one.old == one.new for one in links.links)
    assert (links.gone, links.come, links.doubts) == ((), (), ())


@given(lists, lists, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    old: list[Entry], new: list[Entry], chance: Random
) -> None:
    """Nor how often a row is given."""
    turned, again = [*old, *old], [*new]
    chance.shuffle(turned)
    chance.shuffle(again)
    one, other = link(old, new), link(turned, again)
    assert {(a.old, a.new, a.likeness) for a in one.links} == {
        (a.old, a.new, a.likeness) for a in other.links
    }
    assert set(one.gone) == set(other.gone)
    assert {(a.old, a.new) for a in one.doubts} == {(a.old, a.new) for a in other.doubts}


@given(lists, lists)
def test_every_row_is_linked_once_or_left_over(old: list[Entry], new: list[Entry]) -> None:
    """One to one; nothing is lost and nothing counted twice."""
    links = link(old, new)
    for mine, left, texts in (
        ([one.old for one in links.links], links.gone, old),
        ([one.new for one in links.links], links.come, new),
    ):
        found = [entry.digest() for entry in (*mine, *left)]
        assert sorted(found) == sorted({entry.digest() for entry in texts})


@given(lists, lists)
def test_what_is_never_bridged_is_never_linked(old: list[Entry], new: list[Entry]) -> None:
    """The institutes with different numbers, however much they share."""
    for one in link(old, new).links:
        assert ("13th" in one.old.name, "55th" in one.old.name) == (
            "13th" in one.new.name, "55th" in one.new.name,
        )  # fmt: skip
