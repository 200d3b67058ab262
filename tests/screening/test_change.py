"""What changed between two publications of a list; what the comparison forgives, and continuity."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.screening.change import Change, ChangeKind, compare
from monitor.screening.difference import field_changes
from monitor.screening.entry import Entry
from monitor.screening.names import name_key
from tests.screening.cases import row
from tests.upstream.parties import filler, institute, institute_in_csl, neighbors

LIST = filler(60)


def kinds(before: Sequence[Entry], after: Sequence[Entry]) -> list[str]:
    return [change.kind.value for change in compare(before, after).changes]


def fields(before: Entry, after: Entry) -> list[str]:
    return [change.field for change in field_changes(before, after)]


# -- rows come and go


def test_a_row_gone_is_a_removal_and_a_row_come_an_addition() -> None:
    """Each with its row."""
    found = compare([*LIST, institute()], [*LIST, row(name="Somebody Else")]).changes
    assert [(one.kind.value, one.before, one.after) for one in found] == [
        ("removed", institute(), None), ("added", None, row(name="Somebody Else")),
    ]  # fmt: skip


def test_one_of_two_same_name_rows_gone_is_an_amendment() -> None:
    """One row gone is not the party gone; the number of rows is what changed."""
    one, other = row(country="CN"), row(country="AE")
    (change,) = compare([*LIST, one, other], [*LIST, one]).changes
    assert change.kind is ChangeKind.AMENDED
    assert [(f.field, f.before, f.after) for f in change.fields] == [("rows", "2", "1")]
    (back,) = compare([*LIST, one], [*LIST, one, other]).changes
    assert [(f.field, f.before, f.after) for f in back.fields] == [("rows", "1", "2")]


def test_a_party_that_moves_to_another_country_is_amended() -> None:
    """As 111 entries did from Hong Kong to China, with an extra citation."""
    one = row(country="HK")
    other = replace(one, country="CN", citations=(*one.citations, "85 FR 83765"))
    (change,) = compare([*LIST, one], [*LIST, other]).changes
    assert [field.field for field in change.fields] == ["country", "citations"]
    assert not change.review


def test_a_list_of_two_rows_has_amendments_and_no_formats() -> None:
    """One row of two is half of the list, and one row all the same."""
    one, other = row(), row(name="Somebody Else", citations=("90 FR 1",))
    found = compare([one, other], [replace(one, addresses=("No. 2 East Road",)), other])
    assert ([change.kind for change in found.changes], found.reformatted) == (
        [ChangeKind.AMENDED], (),
    )  # fmt: skip


# -- what is no difference


@pytest.mark.parametrize(
    "said",
    [
        {"name": "Institute  of\u00a0Forensic Science"}, {"name": "INSTITUTE OF FORENSIC SCIENCE"},
        {"name": "Institute of Forensic Scienc?"}, {"addresses": ("No 18  West Road.",)},
        {"country": "cn"}, {"citations": ("85 F.R. No. 109, 34,505",)}, {"start_date": None},
        {"source": "ecfr"},
    ],
    ids=str,
)  # fmt: skip
def test_what_normalization_forgives_is_no_difference(said: dict[str, Any]) -> None:
    """Spelling, spacing, how a citation is written, and dates that come and go."""
    assert kinds([*LIST, row()], [*LIST, row(**said)]) == []


def test_aliases_in_another_order_or_cut_apart_otherwise_are_the_same() -> None:
    """`[a, b]`, `[b, a]` and `["a; b"]`."""
    one = row(aliases=("First Alias", "Second Alias"))
    assert fields(one, row(aliases=("Second Alias", "First Alias"))) == []
    assert fields(one, row(aliases=("First Alias; Second Alias",))) == []
    assert fields(row(), row(aliases=("",))) == []


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("name", {"name": "Institute of Forensic Science of China"}),
        ("aliases", {"aliases": ("New Alias",)}),
        ("addresses", {"addresses": ("No. 19 West Road",)}),
        ("addresses", {"addresses": ("No. 18 West Road", "Second")}),
        ("country", {"country": "AE"}), ("country", {"country": None}),
        ("license_requirement", {"license_requirement": "All items"}),
        ("license_policy", {"license_policy": "Policy of denial"}),
        ("citations", {"citations": ("85 FR 34505", "88 FR 80131")}),
    ],
)  # fmt: skip
def test_every_field_that_counts_is_seen(field: str, said: dict[str, Any]) -> None:
    """The fields of design section 5, each by itself, there and back."""
    assert fields(row(), row(**said)) == [field]
    assert fields(row(**said), row()) == [field]


# -- continuity


@pytest.mark.parametrize(
    "said",
    [
        {"name": "Institute of Forensic Sciences"},
        {"name": "Center for Evidence", "aliases": ("Institute of Forensic Science",)},
        {"name": "Institute of Forensic Sciences", "addresses": ("Elsewhere",)},
        {"name": "Institute of Forensic Sciences", "citations": ()},
        {"name": "Institute of Forensic Sciences", "country": "RU"},
    ],
    ids=["very similar", "shared alias", "by citation", "by address", "another country"],
)
def test_a_plain_successor_is_an_amendment_to_be_reviewed(said: dict[str, Any]) -> None:
    """A near name or one's name among the other's aliases, and evidence of its own."""
    (change,) = compare([*LIST, row()], [*LIST, row(**said)]).changes
    assert change.kind is ChangeKind.AMENDED
    assert change.review
    assert change.fields[0].field == "name"


@pytest.mark.parametrize(
    "said",
    [
        {
            "name": "Institute of Forensic Sciences", "addresses": ("Elsewhere",),
            "citations": ("90 FR 1",),
        },
        {"name": "Institute of Forensic Sciences", "citations": ("90 FR 1",)},
        {"name": "Forensic Genomics International"},
        {"name": "Material Identification Center"},
    ],
    ids=["nothing shared", "entered later", "another name", "unlike name, same address"],
)  # fmt: skip
def test_what_is_not_plainly_a_successor_is_a_removal(said: dict[str, Any]) -> None:
    """A removal must not be missed because something like it joins on the same day."""
    assert sorted(kinds([*LIST, row()], [*LIST, row(**said)])) == ["added", "removed"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Belka Orlan Co., Ltd.", "Belka Orlan Company Limited"),
     ("Belka LLC", "Belka Limited Liability Company"), ("Belka, JSC", "Belka Joint-Stock Company")],
)  # fmt: skip
def test_a_legal_form_spelled_out_is_the_same_party(one: str, other: str) -> None:
    """However short the name is, and nobody need look; another name stays one in any form."""
    for before, after in ((one, other), (other, one)):
        (change,) = compare([*LIST, row(name=before)], [*LIST, row(name=after)]).changes
        assert (change.kind, change.review) == (ChangeKind.AMENDED, False)
        assert change.renamed
    unlike = compare([*LIST, row(name=one)], [*LIST, row(name=other.replace("Belka", "Adro"))])
    assert sorted(change.kind for change in unlike.changes) == ["added", "removed"]


def test_the_successor_must_be_new() -> None:
    """A row that was there before inherits nothing."""
    other = row(name="Institute of Forensic Sciences")
    assert kinds([*LIST, row(), other], [*LIST, other]) == ["removed"]


def test_a_party_that_stays_on_another_row_needs_no_successor() -> None:
    """Else it would answer to another's name, and its own removal would be missed later."""
    one, other = row(country="CN"), row(country="CN", addresses=("Elsewhere",))
    come = row(name="Institute of Forensic Sciences", country="CN")
    found = compare([*LIST, one, other], [*LIST, one, come]).changes
    assert sorted(change.kind.value for change in found) == ["added", "amended"]
    assert not any(change.review for change in found)


def test_a_new_row_of_a_known_party_is_no_successor() -> None:
    """The party was there before; it did not become another."""
    known = row(name="Institute of Forensic Sciences", addresses=("Elsewhere",))
    more = row(name="Institute of Forensic Sciences")
    assert "removed" in kinds([*LIST, row(), known], [*LIST, known, more])


def test_what_could_be_a_successor_is_a_removal_with_a_doubt() -> None:
    """It is told at once, and whoever judges it knows what to ask."""
    old, new = row(), row(name="Material Identification Center")
    found = compare([*LIST, old], [*LIST, new])
    assert [(doubt.old, doubt.new) for doubt in found.doubts] == [(old, new)]
    assert found.doubts[0].reasons


def test_one_of_two_rows_of_a_party_gone_is_no_removal_though_form_differs() -> None:
    """The bureau mends twins: "Orlan Trading Ltd." beside "Orlan Trading Limited"."""
    one, other = row(name="Orlan Trading Ltd."), row(name="Orlan Trading Limited")
    (change,) = compare([*LIST, one, other], [*LIST, other]).changes
    assert change.kind is ChangeKind.AMENDED
    assert [(f.field, f.before, f.after) for f in change.fields] == [("rows", "2", "1")]


def test_neighbors_are_never_successors_of_the_institute() -> None:
    """Its near names on the list, joining on the day it leaves."""
    for entry in (institute(), institute_in_csl()):
        for other in neighbors():
            assert "amended" not in kinds([*LIST, entry], [*LIST, other])


# -- format


def test_one_field_changed_in_very_many_rows_is_a_format_and_no_amendment() -> None:
    """More than a tenth of the rows: `alt_names` changed its shape everywhere in October 2022."""
    after = [replace(entry, license_policy="POLICY 2") for entry in LIST[:7]] + [*LIST[7:]]
    found = compare(LIST, after)
    assert (found.changes, found.reformatted) == ((), ("license_policy",))


def test_a_tenth_is_not_more_than_a_tenth() -> None:
    """Six of sixty are amendments."""
    after = [replace(entry, license_policy="POLICY 2") for entry in LIST[:6]] + [*LIST[6:]]
    found = compare(LIST, after)
    assert (len(found.changes), found.reformatted) == (6, ())


def test_other_changes_in_a_day_of_new_format_are_told() -> None:
    """Removals, and amendments of other fields, do not drown."""
    after = [replace(entry, license_policy="POLICY 2") for entry in LIST]
    after[0] = replace(after[0], citations=("90 FR 1",))
    found = compare([*LIST, row()], after)
    assert found.reformatted == ("license_policy",)
    assert sorted(change.kind.value for change in found.changes) == ["amended", "removed"]
    amended = next(change for change in found.changes if change.kind is ChangeKind.AMENDED)
    assert [field.field for field in amended.fields] == ["citations"]


def test_a_new_format_of_all_names_keeps_the_successors() -> None:
    """No amendments, but every party still has a row to answer to: none of them has left."""
    after = [replace(entry, name=f"{entry.name} [PRC]") for entry in LIST[:20]]
    found = compare(LIST[:20], after)
    assert found.reformatted == ("name",)
    assert {
        (change.kind, change.review, change.renamed, change.fields) for change in found.changes
    } == {(ChangeKind.AMENDED, False, True, ())}


# -- properties

entries = st.builds(
    Entry,
    list=st.just("EL"),
    name=st.sampled_from([entry.name for entry in LIST[:12]]),
    aliases=st.lists(st.sampled_from(["One Alias", "Two Alias"]), max_size=2).map(tuple),
    addresses=st.lists(st.sampled_from(["1 Road", "2 Road", "3 Road"]), max_size=2).map(tuple),
    country=st.sampled_from(["CN", "RU", None]),
    license_policy=st.sampled_from([None, "Denial"]),
    citations=st.lists(st.sampled_from(["85 FR 1", "86 FR 2"]), max_size=2).map(tuple),
)
lists = st.lists(entries, max_size=14)


def respelled(entry: Entry) -> Entry:
    """The same row out of an importer that writes differently."""
    return replace(
        entry,
        name=f" {entry.name.upper().replace(' ', '  ')}",
        aliases=tuple(reversed([alias.upper() for alias in entry.aliases])),
        addresses=tuple(address.replace(" ", "\u00a0") for address in entry.addresses),
        source="ecfr",
    )


def test_rows_of_one_name_are_paired_with_their_own_twins() -> None:
    """Respelled rows of one party find each other before the most alike of the rest are taken."""
    rows = [
        Entry(list="EL", name="Harbin Hualian", country="CN", addresses=addresses)
        for addresses in (("1 Road", "1 Road"), ("1 Road", "2 Road"), ("2 Road", "2 Road"))
    ]
    for turned in itertools.permutations(rows):
        assert compare(rows, [respelled(one) for one in turned]).changes == ()


@given(lists)
def test_a_list_against_itself_gives_nothing(rows: list[Entry]) -> None:
    """Nor against itself with every row twice."""
    assert compare(rows, rows).changes == ()
    assert compare(rows, [*rows, *rows]).changes == ()


@given(lists, st.randoms(use_true_random=False))
def test_order_case_and_spacing_do_not_matter(rows: list[Entry], chance: object) -> None:
    """The same rows shuffled and respelled are the same list."""
    shuffled = [*dict.fromkeys(rows)]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    found = compare(rows, [respelled(one) for one in shuffled])
    assert found.changes == ()
    assert found.reformatted == ()


@given(lists, lists)
def test_applying_the_changes_gives_the_new_list(old: list[Entry], new: list[Entry]) -> None:
    """Removed rows go, added rows come, amended ones are replaced: nothing else is left over."""
    found = compare(old, new)
    if found.reformatted:
        return
    rows = {entry.digest(): entry for entry in old}
    for change in found.changes:
        _apply(rows, change)
    assert _parties(rows.values()) == _parties(new)


def _apply(rows: dict[str, Entry], change: Change) -> None:
    counted = any(field.field == "rows" for field in change.fields)
    more = counted and int(change.fields[0].after or 0) > int(change.fields[0].before or 0)
    if change.before is not None and not more:
        rows.pop(change.before.digest(), None)
    if change.after is not None and (not counted or more):
        rows[change.after.digest()] = change.after


def _parties(rows: object) -> set[str]:
    return {name_key(entry.name) for entry in rows}  # type: ignore[attr-defined]


@given(lists, lists)
def test_no_party_goes_untold_and_none_is_told_that_stays(
    old: list[Entry], new: list[Entry]
) -> None:
    """A name on no new row is a removal or goes on under another; one that stays is neither."""
    told = {
        name_key(change.before.name)
        for change in compare(old, new).changes
        if change.before is not None and (change.kind is ChangeKind.REMOVED or change.renamed)
    }
    assert told == _parties(old) - _parties(new)
