"""One odd row is that row's trouble: the others are read, it is named once and decides nothing."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import SourceFault
from monitor.screening.entry import Reading
from monitor.screening.unread import unread_text
from monitor.sources.csl import json_file as csl_json
from monitor.sources.csl import table_file as csl_csv
from tests.sources.test_csl_csv import BODY as TABLE
from tests.sources.test_csl_json import EL, document

BODY = json.dumps(document(), ensure_ascii=False).encode()
NAME = document()["results"][1]["name"].encode()
WHOLE = csl_json.read(BODY, EL)


def in_name(broken: bytes, *, at: int = 5) -> bytes:
    """The second row's name with these bytes in it."""
    return BODY.replace(b'"name": "' + NAME, b'"name": "' + NAME[:at] + broken + NAME[at:], 1)


def others(found: Reading, without: int) -> bool:
    """Whether all entries but that one were read, and the document's total fits."""
    every = list(WHOLE.entries["EL"])
    del every[without]
    return list(found.entries["EL"]) == every and found.declared_total == found.found_total


ESCAPES = (
    rb"\q", rb"\'", rb"\x27", rb"\u00zz", rb"\u12", rb"\ud800", rb"\udc00", rb"\ud800\u0041",
    b"\xff", b"\xe2\x80", b"\xed\xa0\x80", b"\n", b"\x00", b'"',
)  # fmt: skip


@pytest.mark.parametrize("broken", ESCAPES, ids=repr)
def test_a_broken_escape_costs_its_row_alone(broken: bytes) -> None:
    """Or half a letter, a bare line break, a quote in a text: whose row it was is still known."""
    found = csl_json.read(in_name(broken), EL)
    [row] = found.unread
    assert others(found, without=1)
    assert (row.list, len(found.remarks)) == ("EL", 1)
    text = unread_text(found.unread)
    assert text is not None
    assert text.holds("Microelectronics")


@pytest.mark.parametrize("at", [0, 3, -1], ids=["first", "last of the list", "last"])
@pytest.mark.parametrize("piece", [600, 10**6], ids=["in pieces", "at once"])
def test_wherever_the_broken_row_stands(at: int, piece: int) -> None:
    """Also at the ends of the document; a row of a list that nobody follows is counted."""
    whole = document()
    row = whole["results"][at]
    body = json.dumps(whole).encode().replace(b"%a" % row["id"], rb"broken \q", 1)
    body = body.replace(json.dumps(row["id"]).encode(), rb'"broken \q"', 1)
    found = csl_json.read(body, EL, piece=piece)
    assert (found.found_total, found.declared_total) == (24, 24)
    assert sum(found.counts.values()) == (24 if at == -1 else 23)
    assert [unread.list for unread in found.unread] == ([] if at == -1 else ["EL"])


SHAPES: tuple[dict[str, Any], ...] = (
    {"name": None}, {"name": ["A"]}, {"alt_names": 5}, {"alt_names": [["a"]]},
    {"addresses": "1 Road"}, {"addresses": [None]}, {"addresses": ["1 Road"]},
    {"start_date": 2020}, {"license_policy": {}},
    {"federal_register_notice": []}, {"source": 5}, {"source": None},
)  # fmt: skip


@pytest.mark.parametrize("odd", SHAPES, ids=str)
def test_a_field_of_a_wrong_type_costs_its_row_alone(odd: dict[str, Any]) -> None:
    """Named by its name where that can be read, and by what it says where not."""
    found = csl_json.read(json.dumps(document(**odd)).encode(), EL)
    [row] = found.unread
    assert others(found, without=1)
    assert row.list == (None if "source" in odd else "EL")
    assert row.named == (odd != {"name": None})
    [remark] = found.remarks
    assert "could not be read" in remark


@pytest.mark.parametrize("odd", [None, 5, "text", [], [[]], {}, True], ids=repr)
@pytest.mark.parametrize("at", [0, 2, 24])
def test_what_is_no_row_at_all_may_be_of_any_list(odd: object, at: int) -> None:
    """Null, a number, a text or a list where an object should be."""
    whole = document()
    whole["results"].insert(at, odd)
    whole["total"] += 1
    found = csl_json.read(json.dumps(whole).encode(), EL)
    assert found.entries == WHOLE.entries
    assert [(row.list, row.named) for row in found.unread] == [(None, False)]


@pytest.mark.parametrize(
    ("day", "named"),
    [
        ("2023-11-31", True),
        ("soon", True),
        ("31/12/2023", True),
        ("0017-05-26", False),
        ("", False),
    ],
)
def test_an_impossible_date_is_left_out_and_named(day: str, named: bool) -> None:
    """Its row is read; years like 0017 have been published for long, and are told nobody."""
    found = csl_json.read(json.dumps(document(start_date=day)).encode(), EL)
    assert [entry.name for entry in found.entries["EL"]] == [e.name for e in WHOLE.entries["EL"]]
    assert found.unread == ()
    assert [day in remark for remark in found.remarks] == [True] * named


def test_dates_that_all_changed_their_form_are_one_remark() -> None:
    """A remark for each would be told anew at every look."""
    whole = document()
    row = whole["results"][0]
    whole["results"] += [
        {**row, "name": f"Works {n}", "start_date": f"June {n}"} for n in range(90)
    ]
    whole["total"] += 90
    [remark] = csl_json.read(json.dumps(whole).encode(), EL).remarks
    assert "many rows" in remark


@pytest.mark.parametrize("wrong", [3, 12])
def test_where_many_rows_are_odd_the_format_has_changed(wrong: int) -> None:
    """Then it is a broken contract, told at once: a few rows are no sample of what is gone."""
    whole = document()
    for row in whole["results"][:wrong]:
        row["name"] = 5
    with pytest.raises(SourceFault, match="another shape") as caught:
        csl_json.read(json.dumps(whole).encode(), EL)
    assert caught.value.at_once


@given(st.integers(1, len(BODY) - 1), st.sampled_from(ESCAPES))
def test_a_broken_and_cut_document_is_refused(cut: int, broken: bytes) -> None:
    """A cut at any place, also behind a row, is no whole document with one broken row."""
    with pytest.raises(SourceFault):
        csl_json.read(in_name(broken)[:-cut], EL)


@pytest.mark.parametrize("tail", [b"", b"]", b"}", b"]}}", b']}, {"a": 1}'], ids=repr)
def test_what_ends_behind_a_row_is_cut(tail: bytes) -> None:
    """The last row ends as a document may: it is none."""
    row = json.dumps({**document()["results"][1], "alt_names": ["A"]}).encode()
    start = b'{"results": [' + row + b", "
    bodies = (start + row + tail, start + row.replace(b'"EL', b'"E"L') + tail)
    for body in (*bodies, start + row[:-1] + b', "x": ["y"]}' + tail):
        with pytest.raises(SourceFault):
            csl_json.read(body, EL)


# -- the table

Rows = list[list[str]]


def spoiled(change: Callable[[Rows], Rows]) -> bytes:
    """The table with its rows changed, header first; fields are written as they stand."""
    rows = change([*csv.reader(io.StringIO(TABLE.decode(), newline=""))])
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def changed(change: Callable[[list[str]], list[str]]) -> Callable[[Rows], Rows]:
    """The third row of the table, changed."""
    return lambda rows: [*rows[:3], change(rows[3]), *rows[4:]]


@pytest.mark.parametrize(
    "body",
    [
        spoiled(changed(lambda row: row[:-3])),
        spoiled(changed(lambda row: [*row, "more"])),
        spoiled(lambda rows: [*rows[:3], ["/", "1"], rows[3], *rows[4:]]),
        spoiled(lambda rows: rows).replace(b"Entity List (EL)", b"Entity\xff List (EL)", 1),
        spoiled(lambda rows: rows).replace(b"Microelectronics", b"Micro\xe9lectronics", 1),
        spoiled(lambda rows: rows).replace(b"Microelectronics", b'Micro",electronics"x', 1),
    ],
    ids=["short", "long", "another row", "no UTF-8 in its list", "no UTF-8", "a quote"],
)
def test_an_odd_row_of_the_table_is_set_aside(body: bytes) -> None:
    """Where it was not the last: the last may be where the table was cut."""
    found, whole = csl_csv.read(body, EL), csl_csv.read(TABLE, EL)
    assert len(found.unread) == len(found.remarks) == 1
    lost = [entry for entry in whole.entries["EL"] if entry not in found.entries["EL"]]
    text = unread_text(found.unread)
    assert text is not None
    assert [text.holds(entry.name.split()[1]) for entry in lost] == [True] * len(lost)
    assert len(found.entries["EL"]) + len(lost) == len(whole.entries["EL"])
    assert len(lost) <= 1
