"""The list's table: columns by name, every row whole, or refused."""

import csv
import gzip
import io
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import SourceFault
from monitor.sources.csl import table_file as csl_csv
from tests.real import data
from tests.upstream import csl_file
from tests.upstream.parties import INSTITUTE_AS_CSL_HAD_IT, filler, institute_in_csl, other_lists
from tests.worlds import START

EL = frozenset({"EL"})
ENTRIES = (*filler(5), institute_in_csl(), *other_lists())
BODY = csl_file.as_csv(
    csl_file.document([csl_file.row_for(entry) for entry in ENTRIES], START)
)  # fmt: skip

Rows = list[list[str]]


def spoiled(change: Callable[[Rows], Rows], delimiter: str = ",") -> bytes:
    """The table with its rows changed, header first."""
    rows = change([*csv.reader(io.StringIO(BODY.decode(), newline=""))])
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def test_a_whole_table_is_read() -> None:
    """Entries of the lists asked for, counts of all."""
    found = csl_csv.read(BODY, EL)
    assert found.counts == {"EL": 6, "SDN": 5, "UVL": 5, "MEU": 5, "DPL": 5}
    assert found.found_total == 26
    last = found.entries["EL"][-1]
    assert (last.name, last.country) == (INSTITUTE_AS_CSL_HAD_IT, "CN")
    assert last.citations == ("85 FR 34505", "85 FR 44159")
    assert len(last.aliases) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: [row[::-1] for row in rows],
        lambda rows: [["new column" if at == 0 else "1", *row] for at, row in enumerate(rows)],
        lambda rows: [[f" {name} " for name in rows[0]], *rows[1:]],
        lambda rows: [*rows, []],
    ],
    ids=["columns backwards", "a column in front", "spaces in the header", "an empty line"],
)  # fmt: skip
def test_the_order_of_columns_does_not_matter(change: Callable[[Rows], Rows]) -> None:
    """A column was added in front in July 2020."""
    found = csl_csv.read(spoiled(change), EL)
    assert found.entries == csl_csv.read(BODY, EL).entries


def test_a_mark_of_byte_order_and_tabs_are_understood() -> None:
    """utf-8-sig, and the TSV twin."""
    expected = csl_csv.read(BODY, EL).entries
    assert csl_csv.read(b"\xef\xbb\xbf" + BODY, EL).entries == expected
    assert csl_csv.read(spoiled(lambda rows: rows, "\t"), EL, delimiter="\t").entries == expected


def test_an_unknown_column_is_remarked_on() -> None:
    """And ignored."""
    body = spoiled(lambda rows: [["shoe_size", *rows[0]], *(["1", *row] for row in rows[1:])])
    found = csl_csv.read(body, EL)
    assert found.remarks == ("unknown field “shoe_size”",)


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: [*rows[:3], rows[0], *rows[3:]],
        lambda rows: [*rows[:-1], rows[-1][:9]],
        lambda rows: [*rows[:-1], [*rows[-1], "more"]],
        lambda rows: [[name for name in rows[0] if name != "alt_names"], *rows[1:]],
        lambda rows: rows[1:],
        lambda _: [],
        lambda _: [["/", "1"]],
    ],
    ids=["the header twice", "a short row", "a long row", "a column gone", "no header", "nothing",
         "another table"],
)  # fmt: skip
def test_a_table_that_is_not_whole_is_refused(change: Callable[[Rows], Rows]) -> None:
    """Better no look than half a look."""
    with pytest.raises(SourceFault):
        csl_csv.read(spoiled(change), EL)


@pytest.mark.parametrize(
    "name", ["csl-2023-11-30-truncated.csv.gz", "csl-corrupt-1.csv", "csl-corrupt-2.csv"]
)
def test_the_real_broken_files_are_refused(name: str) -> None:
    """Header twice, cut in mid-row; two broken by who knows what."""
    body = data(name).read_bytes()
    with pytest.raises(SourceFault) as caught:
        csl_csv.read(gzip.decompress(body) if name.endswith(".gz") else body, EL)
    assert caught.value.reason


def test_bytes_that_are_no_text_are_refused() -> None:
    """In the header, at the end, or in many rows."""
    for body in (b"\xff" + BODY, BODY + b"\xff", BODY.replace(b"Microelectronics", b"Micro\xff")):
        with pytest.raises(SourceFault):
            csl_csv.read(body, EL)


def test_a_cut_inside_a_row_is_seen() -> None:
    """At every byte of the last row but its end, which only the size of the table can show."""
    last = BODY.rstrip(b"\n").rfind(b"\n") + 1
    for at in range(last + 1, len(BODY) - 40):
        with pytest.raises(SourceFault):
            csl_csv.read(BODY[:at], EL)


@given(st.data())
def test_a_spoiled_table_is_read_or_refused_and_nothing_else(data_: st.DataObject) -> None:
    """Whatever bytes are in it."""
    body = bytearray(BODY)
    for _ in range(data_.draw(st.integers(1, 4))):
        at = data_.draw(st.integers(0, len(body) - 1))
        body[at : at + data_.draw(st.integers(0, 3))] = data_.draw(st.binary(max_size=4))
    with suppress(SourceFault):
        csl_csv.read(bytes(body), EL)
