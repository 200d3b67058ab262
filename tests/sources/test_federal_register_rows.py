"""The docket: one document a number, of what was published and what is on inspection."""

from contextlib import suppress
from datetime import date

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import SourceFault
from monitor.screening.acts.document import Document, Stage
from monitor.sources.federal_register.answers import Row, docket, inspected, page, published

URL = "http://127.0.0.1/"
BIS = {"agency_names": ["Industry and Security Bureau"]}


def rows(*said: dict[str, object]) -> list[Row]:
    return msgspec.convert(list(said), list[Row])


def in_print(number: str, **said: object) -> Document:
    return next(published(rows({"document_number": number, **said})))


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


def test_of_one_number_and_two_dates_there_are_two_documents() -> None:
    """Neither hides the other; the first has the bare number, and keeps it once it is known."""
    first, second = (in_print("1", publication_date=day) for day in ("2023-11-17", "2023-11-20"))
    for two in ([first, second], [second, first]):
        numbers = {one.number: one.publication_date for one in docket(two, [])}
        assert numbers == {"1": "2023-11-17", "1 (2023-11-20)": "2023-11-20"}
    assert [one.number for one in docket([second], [], [first])] == ["1 (2023-11-20)"]
    again = on_file("1", filed_at="2023-11-19T08:45:00-05:00", publication_date="2023-11-20")
    filed = {one.number: one.stage for one in docket([first], [again], [], date(2023, 11, 19))}
    assert filed == {"1": Stage.DOCUMENT, "1 (2023-11-20)": Stage.INSPECTION}


def test_what_is_published_does_not_go_back_to_inspection() -> None:
    """A row that is missing for once takes nothing back from what is known to be in print."""
    ours = in_print("1", publication_date="2023-11-17", citation="88 FR 80131")
    (one,) = docket([], [on_file("1", **FILED)], [ours])
    assert (one.stage, one.citation) == (Stage.DOCUMENT, "88 FR 80131")
    assert docket([], [], [ours]) == (), "and nothing is asked for again"


def test_a_row_without_dates_is_withdrawn_only_by_its_note() -> None:
    """Missing dates alone take back no announcement."""
    assert on_file("1", editorial_note="Withdrawn.").stage is Stage.WITHDRAWN
    assert on_file("1").stage is Stage.INSPECTION
    assert on_file("1", editorial_note=" ").stage is Stage.INSPECTION


def test_withdrawn_before_its_day_is_withdrawn_though_it_is_listed_early() -> None:
    """The documents show rules before their date: such a row is no publication yet."""
    early = in_print("1", publication_date="2023-11-17")
    withdrawn = on_file("1", editorial_note="Withdrawn.")
    for today, stage in ((16, Stage.WITHDRAWN), (17, Stage.DOCUMENT)):
        (one,) = docket([early], [withdrawn], today=date(2023, 11, today))
        assert one.stage is stage


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
