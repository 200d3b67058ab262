"""Linkage over the real texts: what truly left is gone, and all that was only respelled is linked.

The counts are kept to the number: a change of any of them is a change of what linkage does.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import pytest

from monitor.screening.entry import Entry
from monitor.screening.linkage import Links, across, link
from monitor.screening.names import NameIndex, same_name
from tests.screening.linkage.texts import (
    bis_2023,
    csl_2022,
    ecfr_2023,
    ecfr_2026,
)

pytestmark = pytest.mark.slow
INSTITUTE = "Ministry of Public Security's Institute of Forensic Science of China"


@cache
def codified() -> Links:
    """From the codified list of 2023 to that of 2026."""
    return link(ecfr_2023(), ecfr_2026())


def names(rows: Iterable[Entry]) -> list[str]:
    return sorted(row.name for row in rows)


def undoubted(links: Links) -> list[Entry]:
    """Whole parties gone, with nothing that could be their successor."""
    return [row for row in links.gone_parties if not links.doubts_of(row)]


def respelled(links: Links) -> list[tuple[str, str]]:
    """The names that normalization alone would not have paired."""
    return [
        (one.old.name, one.new.name)
        for one in links.links
        if not same_name(one.old.name, one.new.name)
    ]


def test_who_left_the_codified_list_between_2023_and_2026() -> None:
    """Six whole parties truly left; every other row goes on, though 770 came."""
    links = codified()
    assert names(undoubted(links)) == [
        "Department of Atomic Energy entity: Bhabha Atomic Research Center (BARC)",
        "Department of Atomic Energy entity: Indian Rare Earths",
        "Department of Atomic Energy entity: Indira Gandhi Atomic Research Center (IGCAR)",
        "Hefei Bitland Information Technology Co. Ltd.",
        "Jazirah Aviation Club",
        INSTITUTE,
    ]
    assert [doubt.old.name for doubt in links.doubts] in ([], ["PT. Kuantum Tekno Kreatif"])
    assert len(links.links) + len(links.gone) == len({row.digest() for row in ecfr_2023()})


@pytest.mark.slow
def test_who_left_the_screening_list_between_2022_and_2023() -> None:
    """Four parties; 16 more rows are one of several of a party that stays."""
    links = link(csl_2022(), bis_2023())
    assert names(undoubted(links)) == [
        "Ministry of Public Security?s Institute of Forensic Science of China",
        "Mushko Electronics Pvt. Ltd.",
        "Nanchang O-Film Tech",
        "Safe Technical Supply Co., LLC",
    ]
    assert names(doubt.old for doubt in links.doubts) == [
        "China National Offshore Oil Corporation Ltd.",
        "Huawei Technologies Co”peratief U.A.",
    ]
    assert len(links.gone) - len(links.gone_parties) == 16


@pytest.mark.slow
def test_the_two_sources_of_late_2023_are_one_list() -> None:
    """Every row of the codified list goes on in the other's, or the reason why not is known."""
    links = across(ecfr_2023(), bis_2023())
    causes = Counter(why_unlinked(links, row) for row in links.gone)
    assert causes == {
        "one of several rows of a party": 111,  # one row there for all its countries
        "a doubt, for a person": 4,
        "an alias of another row there": 4,
        "not there": 17,  # the institute; units named in another way; twins mended
    }
    late = {"88 FR 76128", "88 FR 80955", "88 FR 85097"}
    come = Counter(bool(late & set(row.citations)) for row in links.new_parties)
    assert come == {True: 59, False: 16}  # rules after the codified text; twins of linked rows
    assert len(respelled(links)) > 80


def why_unlinked(links: Links, row: Entry) -> str:
    """The cause for which a row of the codified list has no row in the screening list."""
    if row not in links.gone_parties:
        return "one of several rows of a party"
    if links.doubts_of(row):
        return "a doubt, for a person"
    if _in_an_alias(row):
        return "an alias of another row there"
    return "not there"


def _in_an_alias(row: Entry) -> bool:
    aliases = NameIndex((alias, None) for other in bis_2023() for alias in other.aliases)
    return any(aliases.find(name) for name in row.names)


@pytest.mark.slow
def test_no_removal_is_hidden_by_those_who_came() -> None:
    """The danger test: every old row's own successor is taken away; only strangers are left."""
    links = codified()
    strangers = link(ecfr_2023(), links.come)
    assert [(one.old.name, one.new.name) for one in strangers.links] == []
    assert len({doubt.old for doubt in strangers.doubts}) <= 3


@pytest.mark.slow
def test_no_removal_is_hidden_though_no_row_tells_its_age() -> None:
    """The same where the rows that came have lost their citations, as one in a hundred has."""
    come = [replace(row, citations=()) for row in codified().come]
    strangers = link(ecfr_2023(), come)
    assert [one for one in strangers.links if not one.review] == []
    assert len(strangers.links) <= 3
    assert len({doubt.old for doubt in strangers.doubts}) <= 10
