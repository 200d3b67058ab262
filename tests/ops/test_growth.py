"""No parser's time grows faster than its text: each place, filled with any unit and its double.

Units that once were slow are in the quick table; the long form draws new ones for ten minutes a
parser. Time is that of the processor, so that a busy machine does not matter.
"""

import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from html import escape
from random import Random

import pytest

from monitor.errors import SourceFault
from monitor.sources.csl import json_file
from monitor.sources.ecfr import table
from monitor.sources.ecfr.provisions import read_provisions
from tests.extent import so_many
from tests.ops.test_fuzz import judged

SECONDS = so_many(600, 2)
"""A parser: its places share them."""
SEED = int(os.environ.get("FUZZ_SEED", "744"))
TIMES = 3.0
"""Twice the text may take so many times as long …"""
TOO_LITTLE = 0.25
"""… unless it takes less than this, in seconds: then nothing can be said."""
UNITS = (
    "-", "—", " ", "(", ")", "[", "( ", "A-", "a-", "A-\n", "a, ", "A., ", "; ", "; and ", ". ",
    "\n", "\n\n", "?", "\ufffd", "1 ", "1 FR ", "1 FR 1, ", "85 FR 34505, 6/5/20.", "“", "``", "''",
    "a ", "A ", "Co., Ltd., ", "a.k.a., ", "a.k.a., the following two aliases: ", "—A; and\n",
    "(a.k.a., ", "Subordinate institution: ", "/", "1/", "&amp;", "* ", "<", "<a ", "No. 1 ",
    "Address 1, ", "continued ", "(continued", "con't", "é", "一", "\U0001f642", "e\u0301", "_",
    "[eacute]", "[[Page 1]]", "0\n", "\\1\\", "by removing the entry for ``", "under CHINA: ",
    "Supplement No. 4 to part 744 is amended ", "This rule is effective November 16, 2023. ",
    "Federal Register / Vol. 1, No. 1 / ", "-\n", "a. By ", "(1) ", "---- \n", "......", " . ",
    "of the ", "31 Research Institute, ", "\u00a0", "PART 744 ", "DATES: ", "A.B. ",
    "Acting Deputy ", "Assistant Secretary ", "A" * 60 + " ",
)  # fmt: skip
HEADS = ("Country", "Entity", "License requirement", "License review policy",
         "Federal Register citation")  # fmt: skip
CELLS = ("CHINA, PEOPLE'S REPUBLIC OF", "Name, a.k.a., the following alias:\n—Al.\nan address.",
         "For all items subject to the EAR.", "Presumption of denial", "85 FR 34505, 6/5/20.",
         )  # fmt: skip
FIELDS = ("name", "alt_names", "addresses", "federal_register_notice", "start_date",
          "license_requirement", "source")  # fmt: skip
Place = tuple[Callable[[bytes], object], Callable[[str], bytes], int]


def a_table(column: int, where: str) -> Callable[[str], bytes]:
    """A codified list of one row, with a text alone in a cell, behind it or before it."""

    def made(text: str) -> bytes:
        good = CELLS[column]
        cell = {"alone": text, "behind": good + text, "before": text + good}[where]
        cells = (*CELLS[:column], cell, *CELLS[column + 1 :])
        row = "".join(f"<TD>{escape(one)}</TD>" for one in cells).replace("\n", "<br/>")
        head = "".join(f"<TH>{name}</TH>" for name in HEADS)
        return (
            '<DIV9 N="Supplement No. 4 to Part 744"><HEAD>Entity List</HEAD><TABLE><THEAD><TR>'
            f"{head}</TR></THEAD><TBODY><TR>{row}</TR></TBODY></TABLE></DIV9>"
        ).encode()

    return made


def a_row(name: str) -> Callable[[str], bytes]:
    """A list of one row, with a text in one of its fields."""

    def made(text: str) -> bytes:
        row: dict[str, object] = {"source": "Entity List (EL)", "name": "a", "alt_names": ["b"]}
        row |= {"addresses": [{"address": "c"}], "federal_register_notice": "1 FR 1"}
        row[name] = {"alt_names": [text], "addresses": [{"address": text}]}.get(name, text)
        return json.dumps({"results": [row], "total": 1}).encode()

    return made


def an_act(begin: str) -> Callable[[str], bytes]:
    """An act that says a text, and what it does to a party behind it."""
    return lambda text: f"{begin}{text} by removing the entry for ``Hefei Bitland''. ".encode()


def a_provision(words: str, note: str) -> Callable[[str], bytes]:
    """A section of the part, with a text in its words or in its note."""

    def made(text: str) -> bytes:
        said, noted = (escape(one.format(text)) for one in (words, note))
        return (
            f'<DIV5 N="744"><DIV8 N="744.11" TYPE="SECTION"><HEAD>§ 744.11</HEAD><P>{said}</P>'
            f"<EFFDNOT><PSPACE>{noted}</PSPACE></EFFDNOT></DIV8></DIV5>"
        ).encode()

    return made


def listed(body: bytes) -> object:
    return json_file.read(body, frozenset({"EL"}))


AMENDED = "Supplement No. 4 to part 744 is amended under CHINA by removing the entries for ``A'' "
PLACES: dict[str, Place] = {
    **{
        f"column {column}, {where}": (table.read, a_table(column, where), 12_000)
        for column in range(5)
        for where in ("alone", "behind", "before")
    },
    **{name: (listed, a_row(name), 60_000) for name in FIELDS},
    "a section": (read_provisions, a_provision("{}", ""), 60_000),
    "an effective-date note": (read_provisions, a_provision("", "{}"), 60_000),
    "an act's preamble": (judged, an_act(""), 40_000),
    "an act's instruction": (judged, an_act(AMENDED), 40_000),
}


def took(read: Callable[[bytes], object], body: bytes) -> float:
    begun = time.process_time()
    with suppress(SourceFault):
        read(body)
    return time.process_time() - begun


def grows_straight(place: str, unit: str) -> None:
    """Fails where the double takes much longer than twice; one slow run alone is an accident."""
    read, made, size = PLACES[place]
    text = unit * (2 * size // len(unit) + 1)
    half, whole = made(text[:size]), made(text[: 2 * size])
    long, short = took(read, whole), took(read, half)
    for _ in range(2):
        if long < max(TOO_LITTLE, TIMES * short):
            return
        long, short = min(long, took(read, whole)), took(read, half)
    assert long < max(TOO_LITTLE, TIMES * short), f"{place}: {unit!r}: {short:.2f}, {long:.2f}"


@pytest.mark.parametrize(
    ("place", "unit"),
    [
        ("column 0, alone", "-"),
        ("column 0, behind", "("),
        ("an act's instruction", "A-"),
        ("federal_register_notice", "1 FR 1, "),
    ],
)
def test_what_was_slow_once(place: str, unit: str) -> None:
    """Country cells of dashes or brackets, runs of "A-"."""
    read, made, size = PLACES[place]
    assert took(read, made(unit * (size // len(unit) // 4))) < 0.5


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_every_unit_in_every_place(place: str) -> None:
    """The time grows with the text and no faster."""
    for unit in UNITS:
        grows_straight(place, unit)


@pytest.mark.long
@pytest.mark.parametrize("place", PLACES)
def test_ten_minutes_of_new_units(place: str) -> None:
    """Units put together of others at random."""
    chosen = Random(f"{SEED} {place}")
    sharing = sum(read is PLACES[place][0] for read, _, _ in PLACES.values())
    ends, number = time.monotonic() + SECONDS / sharing, 0
    while time.monotonic() < ends:
        grows_straight(place, "".join(chosen.choices(UNITS, k=chosen.randint(1, 4))))
        number += 1
    assert number > 0
