"""Which party a row is, and which parties a watch is bound to."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from monitor.screening.entry import Entry
from monitor.screening.linkage import link
from monitor.screening.parties import (
    Bound,
    ListParties,
    Party,
    PartyRow,
    WatchedNames,
    new_bindings,
    parties_of_new_rows,
)
from tests.upstream.parties import filler

LIST = filler(20)
BELKA, ORLAN = 1, 2
NEW = 100
"""The first party that is given out."""


def row(name: str, *, source: str = "csl", **said: Any) -> Entry:
    """A row on a rule of its own."""
    plain = Entry("EL", name, country="CN", citations=("85 FR 34505",), source=source)
    return replace(plain, **said)


def belka(**said: Any) -> Entry:
    """A row of the party that most tests are about."""
    return row("Belka Trading", **said)


def parties(
    come: Sequence[Entry],
    *,
    gone: Iterable[PartyRow] = (),
    stays: Sequence[PartyRow] = (),
    elsewhere: Sequence[PartyRow] = (),
) -> list[Party]:
    """The parties of the rows that came, in their order, beside a list that stays."""
    fresh, gone = count(NEW), tuple(gone)
    here = [*LIST, *(row.entry for row in stays)]
    found = parties_of_new_rows(
        come,
        links=link([*here, *(row.entry for row in gone)], [*here, *come]),
        before={row.entry.digest(): row.party for row in gone},
        stays=stays,
        elsewhere=lambda: elsewhere,
        fresh=lambda: next(fresh),
    )
    return [found[row.digest()] for row in come]


def test_a_row_goes_on_as_the_party_of_the_row_it_takes_the_place_of() -> None:
    """Also under another name, where linkage says so; it is not a party come anew."""
    old = belka(addresses=("1 Lesnaya Street, Moscow",))
    renamed = replace(old, name="Belka Tradings")
    assert parties([renamed], gone=[PartyRow(old, BELKA)]) == [BELKA]


def test_a_row_of_a_name_that_stays_is_that_partys() -> None:
    """A party in two lands has two rows: the second is no party of its own."""
    stays = [PartyRow(belka(), BELKA)]
    assert parties([belka(country="RU")], stays=stays) == [BELKA]
    first_text = parties_of_new_rows(
        [belka(country="RU")],
        links=None,
        before={},
        stays=stays,
        elsewhere=lambda: (),
        fresh=lambda: NEW,
    )
    assert list(first_text.values()) == [BELKA]


def test_a_row_that_came_in_a_place_of_one_gone_brings_a_further_row_of_its_name_along() -> None:
    """The party has a new name, and in the same text a second row of it."""
    old = belka(addresses=("1 Lesnaya Street, Moscow",))
    renamed = replace(old, name="Belka Tradings")
    second = row("Belka Tradings", country="RU", citations=("90 FR 1",))
    assert parties([renamed, second], gone=[PartyRow(old, BELKA)]) == [BELKA, BELKA]


def test_a_row_that_the_other_source_has_is_that_sources_party() -> None:
    """Whichever of the two published it first."""
    for mine, other in (("csl", "ecfr"), ("ecfr", "csl")):
        there = [PartyRow(belka(source=other), BELKA)]
        assert parties([belka(source=mine)], elsewhere=there) == [BELKA]


def test_two_rows_that_stand_side_by_side_are_two_parties() -> None:
    """The other source's party has its row here: a near name beside it is somebody else."""
    here = belka(addresses=("1 Lesnaya Street, Moscow",))
    there = PartyRow(replace(here, source="ecfr", name="Belka Tradings"), BELKA)
    near = row("Belka Tradings", citations=("90 FR 1",))
    assert parties([near], stays=[PartyRow(here, BELKA)], elsewhere=[there]) == [NEW]


def test_rows_of_one_new_name_are_one_new_party() -> None:
    """Each other name is another."""
    come = [belka(), row("Orlan Works"), belka(country="RU")]
    assert parties(come) == [NEW, NEW + 1, NEW]


# -- what a watch is bound to

ROWS = (
    PartyRow(belka(), BELKA),
    PartyRow(row("Orlan Works", aliases=("Belka Trading", "Filin")), ORLAN),
)


def test_who_bears_a_watchs_name_as_its_name_goes_before_who_bears_it_as_alias() -> None:
    """The alias alone is enough where nobody is called so."""
    known = ListParties(ROWS)
    assert known.bound("w", ["Belka Trading"]) == [Bound("w", BELKA, "name")]
    assert known.bound("w", ["Filin"]) == [Bound("w", ORLAN, "alias")]
    assert known.bound("w", ["Filin", "Belka Trading"]) == [Bound("w", BELKA, "name")]
    assert known.bound("w", ["Strelka"]) == []


def bound(name: str, *come: PartyRow, free: bool) -> list[Bound]:
    """What rows that came bind the one watch of this name to, on a list of `ROWS`."""
    return new_bindings(
        come,
        WatchedNames({"w": [name]}),
        names=lambda _: [name],
        free=lambda _: free,
        everyone=lambda: ListParties(ROWS),
    )


def test_an_alias_binds_only_a_watch_whose_parties_have_no_row_left() -> None:
    """A name binds in any case: two bodies of one name may both be meant."""
    assert bound("Filin", ROWS[1], free=True) == [Bound("w", ORLAN, "alias")]
    assert bound("Filin", ROWS[1], free=False) == []
    for free in (True, False):
        assert bound("Belka Trading", ROWS[0], free=free) == [Bound("w", BELKA, "name")]


def test_only_rows_that_came_bind() -> None:
    """Who bears the name all along and was told apart is not bound by another's coming."""
    assert bound("Belka Trading", ROWS[1], free=True) == []
    assert bound("Strelka", *ROWS, free=True) == []
