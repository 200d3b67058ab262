"""The list's JSON: read strictly, forgiving what upstreams have been, refusing all else."""

import gzip
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.errors import SourceFault
from monitor.screening.change import compare
from monitor.sources.csl import json_file as csl_json
from monitor.sources.csl import table_file as csl_csv
from tests.real import data, whole_csl
from tests.upstream import csl_file
from tests.upstream.parties import INSTITUTE_AS_CSL_HAD_IT, filler, institute_in_csl, other_lists
from tests.worlds import START

EL = frozenset({"EL"})


def document(**changes: Any) -> dict[str, Any]:
    """A small whole file; `changes` are made to its second row."""
    entries = (*filler(3), institute_in_csl(), *other_lists())
    whole = csl_file.document([csl_file.row_for(entry) for entry in entries], START)
    whole["results"][1].update(changes)
    return whole


def read(whole: object) -> Any:
    return csl_json.read(json.dumps(whole).encode(), EL)


def second(**changes: Any) -> Any:
    """The second entry, with these changes of its row."""
    return read(document(**changes)).entries["EL"][1]


def test_rows_of_followed_lists_are_read_and_the_others_counted() -> None:
    """With the file's own total and time."""
    found = read(document())
    assert [entry.name for entry in found.entries["EL"]][-1] == INSTITUTE_AS_CSL_HAD_IT
    assert found.counts == {"EL": 4, "SDN": 5, "UVL": 5, "MEU": 5, "DPL": 5}
    assert (found.declared_total, found.found_total) == (24, 24)
    assert found.as_of.startswith("2023-11-20T13:00:00")
    assert found.remarks == ()
    assert all(entry.source == "csl" for entry in found.entries["EL"])


def test_identical_rows_count_once() -> None:
    """As one entry; the total is of rows."""
    whole = document()
    whole["results"].append(whole["results"][0])
    found = read(whole)
    assert (found.counts["EL"], len(found.entries["EL"]), found.found_total) == (4, 4, 25)


@pytest.mark.parametrize(
    ("given", "aliases"),
    [
        (None, ()), ([], ()), ([""], ()), ([None], ()), ("", ()), (["A", "B"], ("A", "B")),
        ("A; B; and C", ("A", "B", "C")), (["A; and B"], ("A", "B")), (["A", "A "], ("A",)),
        ([" A\u00a0 B "], ("A B",)),
    ],
    ids=str,
)  # fmt: skip
def test_every_shape_that_aliases_have_had(given: object, aliases: tuple[str, ...]) -> None:
    """Lists, null, `[""]`, one text with separators."""
    assert second(alt_names=given).aliases == aliases


@pytest.mark.parametrize(
    ("given", "citations"),
    [
        ("85 FR 34505; 85 FR 44159", ("85 FR 34505", "85 FR 44159")),
        ("85 F.R. 34,505", ("85 FR 34505",)), ("85 FR No. 109, 34505 (June 5)", ("85 FR 34505",)),
        ("85 FR 1, 85 FR 1", ("85 FR 1",)), (None, ()), ("", ()),
        ("Order of 1999", ("Order of 1999",)),
    ],
    ids=str,
)  # fmt: skip
def test_every_way_notices_are_written(given: str | None, citations: tuple[str, ...]) -> None:
    """Volume and page; a notice without either stands as it is."""
    assert second(federal_register_notice=given).citations == citations


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("2020-06-05", "2020-06-05"), ("06/05/2020", "2020-06-05"), ("6/5/2020", "2020-06-05"),
        ("0017-03-01", None), ("", None), (None, None), ("2020-02-31", None), ("soon", None),
        ("2020-06-05T00:00:00Z", "2020-06-05"), ("20200605", None),
    ],
)  # fmt: skip
def test_dates_that_cannot_be_true_are_none(given: str | None, day: str | None) -> None:
    """The year 0017 has been published."""
    assert second(start_date=given).start_date == day


def test_a_country_is_that_of_the_first_address_with_one() -> None:
    """Addresses are one line each, parts joined."""
    place = {
        "address": "1 Road",
        "city": "Beijing",
        "state": None,
        "postal_code": " ",
        "country": None,
    }
    found = second(addresses=[place, {**place, "country": "CN"}, {"country": "AE"}])
    assert found.country == "CN"
    assert found.addresses == ("1 Road, Beijing", "1 Road, Beijing, CN", "AE")
    assert second(addresses=None).country is None


def test_an_unknown_field_is_remarked_on_and_ignored() -> None:
    """The first row speaks for all."""
    whole = document()
    whole["results"][0]["new_field"] = 1
    assert read(whole).remarks == ("unknown field “new_field”",)


def test_metadata_may_be_gone() -> None:
    """`sources_used` went overnight in 2019; only the results are needed."""
    found = read({"results": document()["results"]})
    assert (found.declared_total, found.as_of, len(found.entries["EL"])) == (None, None, 4)


@pytest.mark.parametrize(
    "whole",
    [
        {}, [], None, {"results": None}, {"results": {}}, {"results": [1]}, {"results": [{}]},
        {"results": [{"source": 1, "name": "x"}]}, {"results": [], "total": "9"},
    ],
    ids=lambda one: json.dumps(one)[:40],
)  # fmt: skip
def test_another_shape_is_a_broken_contract(whole: object) -> None:
    """Told at once, with the place."""
    with pytest.raises(SourceFault) as caught:
        read(whole)
    assert caught.value.at_once
    assert "another shape" in caught.value.reason


@pytest.mark.parametrize("part", [0.0, 0.01, 0.5, 0.9, 0.9999])
def test_a_cut_document_is_refused(part: float) -> None:
    """Wherever it ends; that is the way's fault, and not told at once."""
    body = json.dumps(document()).encode()
    with pytest.raises(SourceFault) as caught:
        csl_json.read(body[: int(len(body) * part)], EL)
    assert not caught.value.at_once


@given(st.data())
def test_a_spoiled_document_is_read_or_refused_and_nothing_else(data_: st.DataObject) -> None:
    """Whatever bytes are in it: no other exception ever leaves the parser."""
    body = bytearray(json.dumps(document()).encode())
    for _ in range(data_.draw(st.integers(1, 4))):
        at = data_.draw(st.integers(0, len(body) - 1))
        body[at : at + data_.draw(st.integers(0, 3))] = data_.draw(st.binary(max_size=4))
    with suppress(SourceFault):
        csl_json.read(bytes(body), EL)


@given(st.binary(max_size=60))
@example(b"[" * 100_000)
@example(b'{"results":' + b"[" * 100_000)
@example(b'\xef\xbb\xbf{"results":[]}')
@example(b'{"results":[{"source":"(EL)","name":"\\ud800"}]}')
@example(b'{"results":[{"source":"(EL)","name":"x","\xff":1}]}')
@example(b'{"results":[{"source":"(SDN)","\\ud800":1,"name":"\xff"}]}')
@example(b'{"results":[],"total":1e999}')
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    """Also the hostile ones."""
    with suppress(SourceFault):
        csl_json.read(body, EL)


# -- the real list


@pytest.mark.slow
def test_the_real_list_says_the_same_as_json_and_as_csv() -> None:
    """2,001 entries, the institute among them; one address has a separator of its own in it."""
    csv_body = gzip.decompress(data("csl-2022-05-16-consolidated.csv.gz").read_bytes())
    one = csl_json.read(json.dumps(whole_csl()).encode(), EL)
    other = csl_csv.read(csv_body, EL)
    assert one.counts["EL"] == 2001
    assert dict(one.counts) == dict(other.counts)
    changes = compare(one.entries["EL"], other.entries["EL"]).changes
    assert [field.field for change in changes for field in change.fields] == ["addresses"]
    assert INSTITUTE_AS_CSL_HAD_IT in {entry.name for entry in one.entries["EL"]}


# -- decoded in pieces

SMALL = 600
"""Bytes of a piece, so that a small document has many."""
HOSTILE = '},{"results":[' + '"}, {' * 40


def large(**more: Any) -> dict[str, Any]:
    """A document of several pieces with hostile texts in it; `more` of its own fields."""
    whole = document()
    row = whole["results"][0]
    whole["results"] += [{**row, "name": f"Works {number}"} for number in range(60)]
    whole["results"][::9] = [{**one, "remarks": HOSTILE} for one in whole["results"][::9]]
    return {**whole, **more}


def said(text: bytes, piece: int) -> Any:
    """The reading, or the words of the refusal."""
    try:
        return csl_json.read(text, EL, piece=piece)
    except SourceFault as fault:
        return fault.reason


@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": "), (" ,\n ", " : ")])
@pytest.mark.parametrize(
    "more",
    [
        {},
        {"sources_used": [{"source": "a"}, {"source": "b" * 3 * SMALL}, {"source": "c"}]},
        {"about": [[{"results": [{"source": "Entity List (EL)"}]}, {"b": "b" * 3 * SMALL}, {}]]},
        {"total": "many"},
        {"results": []},
    ],
    ids=["as it is", "another array of objects", "rows elsewhere", "wrong total", "no rows"],
)
@pytest.mark.parametrize("turned", [False, True], ids=["as written", "fields turned round"])
@pytest.mark.parametrize("piece", [SMALL, SMALL + 97, 7 * SMALL])
def test_pieces_say_the_same_as_the_whole(
    separators: tuple[str, str], more: dict[str, Any], turned: bool, piece: int
) -> None:
    """Wherever the rows stand, whatever stands beside them, however it is written."""
    whole = large(**more)
    if turned:
        whole = dict(reversed(whole.items()))
    text = json.dumps(whole, separators=separators).encode()
    assert said(text, piece) == said(text, len(text))
    assert isinstance(said(text, piece), str) == ("total" in more)


@given(cut=st.integers(1, 30_000), piece=st.integers(200, 3_000))
def test_a_document_that_is_cut_is_refused_in_the_same_words(cut: int, piece: int) -> None:
    """No piece of a broken file is taken for a file."""
    text = json.dumps(large()).encode()[:-cut]
    assert said(text, piece) == said(text, len(text) + 1)
    assert isinstance(said(text, piece), str)


FOREIGN = (b"},{", b'},{"id"', b'"},{"id"', b"]", b'"', b'"results":[', b"}]")


@given(at=st.integers(0, 30_000), put=st.sampled_from(FOREIGN))
def test_a_document_with_a_foreign_piece_reads_the_same(at: int, put: bytes) -> None:
    """Read or refused, in pieces as at once."""
    text = json.dumps(large()).encode()
    text = text[:at] + put + text[at:]
    assert said(text, SMALL) == said(text, len(text) + 1)


def test_a_document_is_really_read_in_pieces() -> None:
    """Else the tests above would compare a thing with itself."""
    whole = document()
    whole["results"] += [whole["results"][0]] * 60
    body = json.dumps(whole).encode()
    found = csl_json.read_in_pieces(body, EL, csl_json.Rows(), SMALL)
    assert found is not None
    assert found.rows == len(whole["results"])
