"""The docket: one document a number, of what was published and what is on inspection."""

from contextlib import suppress

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import SourceFault
from monitor.screening.document import Document, Stage
from monitor.sources.federal_register_rows import Row, docket, inspected, page, published

URL = "http://127.0.0.1/"
BIS = {"agency_names": ["Industry and Security Bureau"]}


def rows(*said: dict[str, object]) -> list[Row]:
    return msgspec.convert(list(said), list[Row])


def in_print(number: str, **said: object) -> Document:
    return next(published(rows({"document_number": number, **said}), URL))


def on_file(number: str, **said: object) -> Document:
    return next(inspected(rows({"document_number": number, **BIS, **said}), URL))


FILED = {"filed_at": "2023-11-16T08:45:00-05:00", "publication_date": "2023-11-17"}


def test_the_published_row_wins_and_keeps_the_filing() -> None:
    """An act seen on inspection and again when published is one act, with both its dates."""
    ours = in_print("1", publication_date="2023-11-17", citation="88 FR 80131")
    (one,) = docket([ours], [on_file("1", filing_type="special", **FILED)])
    assert (one.stage, one.citation) == (Stage.DOCUMENT, "88 FR 80131")
    assert (one.filed_at, one.filing_type) == ("2023-11-16T08:45:00-05:00", "special")


def test_withdrawn_stays_unless_published() -> None:
    """A withdrawn document is known as such; once in print it is law."""
    withdrawn = on_file("1", editorial_note="Withdrawn.")
    assert [one.stage for one in docket([], [withdrawn])] == [Stage.WITHDRAWN]
    (one,) = docket([in_print("1", publication_date="2023-11-17")], [withdrawn])
    assert (one.stage, one.editorial_note) == (Stage.DOCUMENT, "Withdrawn.")


def test_of_two_published_the_later_is_kept() -> None:
    """A number printed twice is one document."""
    two = [in_print("1", publication_date=day) for day in ("2023-11-17", "2023-11-20")]
    assert [one.publication_date for one in docket(two, [])] == ["2023-11-20"]
    assert [one.publication_date for one in docket(two[::-1], [])] == ["2023-11-20"]


@given(st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcd")))
def test_one_document_a_number(printed: list[str], filed: list[str]) -> None:
    """Whatever comes, every number is there once, and nothing printed is only on inspection."""
    found = docket([in_print(one) for one in printed], [on_file(one, **FILED) for one in filed])
    assert sorted(one.number for one in found) == sorted({*printed, *filed})
    assert {one.number for one in found if one.stage is Stage.DOCUMENT} == set(printed)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    """No body makes another error than a SourceFault."""
    with suppress(SourceFault):
        page(body, URL).rows(URL)
