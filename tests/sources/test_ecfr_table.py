"""The whole appendix: the right document or a fault, every row accounted for."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import SourceFault
from monitor.screening.entry import Entry
from monitor.screening.full_text import FullText
from monitor.screening.names import name_key
from monitor.sources.ecfr.table import read
from tests.sources.ecfr_xml import TITLES, XmlRow, appendix, row_for

INSTITUTE = "Ministry of Public Security's Institute of Forensic Science of China"
CHINA = "CHINA, PEOPLE'S REPUBLIC OF"
ONE = XmlRow(CHINA, "Jiu Wei, 1 A Road, China.")


def entries(body: bytes) -> tuple[Entry, ...]:
    """The entries of a body that must be readable."""
    return read(body).entries["EL"]


@pytest.mark.parametrize(
    ("body", "at_once", "reason"),
    [
        (b"", False, "empty"),
        (appendix([ONE])[:-40], False, "cut off"),
        (b"<!DOCTYPE html><html><head><title>Request Access</title></head></html>", True,
         "Request Access"),
        (b"<html><body>captcha</body></html>", True, "HTML page"),
        (b'{"message":"Title 15 currently unavailable"}', True, "not XML"),
        (appendix([ONE], name="Supplement No. 6 to Part 744"), True, "Supplement No. 6"),
        (appendix([ONE], head="Supplement No. 4 to Part 744—Unverified List"), True, "Unverified"),
        (b"<ECFR></ECFR>", True, "0 times"),
        (b"<ECFR>" + appendix([ONE], declaration=False) * 2 + b"</ECFR>", True, "2 times"),
        (appendix([ONE], titles=[*TITLES[:4], "Remarks"]), True, "columns"),
        (appendix([ONE], titles=TITLES[:4]), True, "columns"),
        (appendix([]), True, "no entries"),
        (b'<DIV9 N="Supplement No. 4 to Part 744"><HEAD>Entity List</HEAD></DIV9>', True,
         "no table"),
        (b'<!DOCTYPE DIV9 [<!ENTITY a "b">]>' + appendix([ONE], declaration=False), True,
         "refused"),
        (b"<DIV9 N='Supplement No. 4 to Part 744'>" + b"<P>" * 100, True, "too deep"),
        (b"\xff\xfe<\x00", False, "UTF-8"),
        (appendix([XmlRow(CHINA, "x" * 300_000)]), True, "characters"),
        (appendix([ONE, XmlRow(CHINA, "\ufffd" * 3_000)]), False, "lost"),
    ],
)  # fmt: skip
def test_anything_but_the_whole_right_document_is_a_fault(
    body: bytes, at_once: bool, reason: str
) -> None:
    """Block pages, other appendices, cut XML, other columns: a failed look, never an absence."""
    with pytest.raises(SourceFault) as caught:
        read(body)
    assert reason in caught.value.reason
    assert caught.value.at_once is at_once


@pytest.mark.parametrize(
    "body",
    [
        appendix([ONE]),
        b"\xef\xbb\xbf" + appendix([ONE]),
        appendix([ONE], declaration=False),
        b"<ECFR>" + appendix([ONE], declaration=False) + b"</ECFR>",
        appendix([ONE], name="SUPPLEMENT NO.  4 TO PART 744"),
        appendix([ONE], titles=["COUNTRY", "Entity", "License Requirement", "License Review Policy",
                                "FEDERAL REGISTER CITATION 1"]),
        appendix([ONE]).replace(b"<TH ", b"<TD ").replace(b"</TH>", b"</TD>"),
        appendix([ONE]).replace(b"<THEAD>", b"<TBODY>").replace(b"</THEAD>", b"</TBODY>"),
        b'<DIV5 N="744"><DIV9 N="Supplement No. 3 to Part 744"><HEAD>Countries</HEAD></DIV9>'
        + appendix([ONE], declaration=False) + b"</DIV5>",
    ],
)  # fmt: skip
def test_the_right_document_is_read_in_every_wrapping(body: bytes) -> None:
    """A byte order mark, a wrapper, capitals, TD for TH: all the same document."""
    (entry,) = entries(body)
    assert (entry.name, entry.country, entry.start_date) == ("Jiu Wei", "CN", "2020-06-05")


def test_the_country_is_carried_forward() -> None:
    """It stands on its first row only, or on a row of its own, in capitals."""
    rows = [
        XmlRow("AFGHANISTAN", "A, Kabul."),
        XmlRow("AFGHANISTAN", "B, Kabul."),
        XmlRow("HONG KONG", "", "", "", ""),
        XmlRow("HONG KONG", "C, Kowloon."),
        XmlRow("TÜRKIYE", "D, Istanbul."),
        XmlRow("ATLANTIS", "E, Under the Sea."),
    ]
    reading = read(appendix(rows))
    assert [(e.name, e.country) for e in reading.entries["EL"]] == [
        ("A", "AF"), ("B", "AF"), ("C", "HK"), ("D", "TR"), ("E", "ATLANTIS"),
    ]  # fmt: skip
    assert reading.remarks == ("the country heading ATLANTIS is not known",)


@pytest.mark.parametrize("end", ["—Continued", "—CONTINUED", " (continued)", "-Con.", "—Cont'd"])
def test_a_heading_that_is_continued_is_the_same_country(end: str) -> None:
    """The table breaks over pages; the country does not."""
    reading = read(appendix([ONE, XmlRow(f"{CHINA}{end}", "Zhou, 2 B Road, China.")]))
    assert [entry.country for entry in reading.entries["EL"]] == ["CN", "CN"]
    assert reading.remarks == ()


def test_a_cell_that_covers_several_rows_stands_in_each() -> None:
    """Whichever column it is in: no row moves a column, and none is joined to another."""
    body = b"".join(
        b"<TR>" + b"".join(row) + b"</TR>"
        for row in (
            (b'<TD rowspan="2">CHINA</TD>', b"<TD>A, 1 Road</TD>", b'<TD rowspan="3">EAR</TD>',
             b"<TD>Denial</TD>", b"<TD>85 FR 1, 1/2/20.</TD>"),
            (b"<TD>B, 2 Road</TD>", b"<TD>Review</TD>", b"<TD>85 FR 2, 1/2/20.</TD>"),
            (b"<TD>CUBA</TD>", b"<TD>C, 3 Road</TD>", b"<TD>Denial</TD>",
             b"<TD>85 FR 3, 1/2/20.</TD>"),
            (b'<TD rowspan="9">IRAN</TD>', b"<TD>D, 4 Road</TD>", b'<TD rowspan="9">EAR</TD>',
             b"<TD>Denial</TD>", b"<TD>85 FR 4, 1/2/20.</TD>"),
            (b"<TD/>", b"<TD>E, 5 Road</TD>", b"<TD>EAR</TD>", b"<TD>Denial</TD>",
             b"<TD>85 FR 5, 1/2/20.</TD>"),
        )
    )  # fmt: skip
    reading = read(appendix([ONE]).replace(b"</TBODY>", body + b"</TBODY>"))
    found = [
        (e.name, e.country, e.license_requirement, e.license_policy, e.citations[0])
        for e in reading.entries["EL"][1:]
    ]
    assert found == [
        ("A", "CN", "EAR", "Denial", "85 FR 1"), ("B", "CN", "EAR", "Review", "85 FR 2"),
        ("C", "CU", "EAR", "Denial", "85 FR 3"), ("D", "IR", "EAR", "Denial", "85 FR 4"),
        ("E", "IR", "EAR", "Denial", "85 FR 5"),
    ]  # fmt: skip
    assert reading.remarks == ()


@pytest.mark.parametrize("rest", [("EAR", "Denial", "89 FR 1, 6/12/24."), ("", "", "")])
def test_an_address_alone_is_never_joined_to_the_row_before(rest: tuple[str, str, str]) -> None:
    """Its number says that it is an entry, whatever else its row says."""
    text = "Address 01, Unit 1102, 11/F, Enterprise Square, Hong Kong"
    found = entries(appendix([ONE, XmlRow(CHINA, f"{text}.", *rest), ONE._replace(cell="Z, 9.")]))
    assert [entry.name for entry in found] == ["Jiu Wei", text, "Z"]
    assert found[0].addresses == ("1 A Road, China",)


def test_rows_that_continue_alike_belong_each_to_their_own() -> None:
    """Identical rows count once, yet none is taken from the entry it continues."""
    rows = [
        XmlRow(CHINA, f"{name}, a.k.a., the following two aliases:<br/>—{name} One; and")
        for name in "AB"
    ]
    same = XmlRow(CHINA, "—Same.", "", "", "")
    reading = read(appendix([rows[0], same, rows[1], same, rows[0], same]))
    assert [(e.name, e.aliases) for e in reading.entries["EL"]] == [
        ("A", ("A One", "Same")), ("B", ("B One", "Same")),
    ]  # fmt: skip
    assert reading.counts == {"EL": 3}


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        ("<sup>1</sup> For this entity, see part 734.", ()),
        ("2 For this entity, see part 734.", ()),
        ("Note: for this entity, see part 734.", ()),
        ("See part 734.", ("a row is neither an entry nor a footnote: See part 734.",)),
    ],
)
def test_reserved_rows_and_footnotes_are_understood(text: str, remarks: tuple[str, ...]) -> None:
    """They are no entries, and nobody is told of them; of any other row without an entity, yes."""
    body = appendix([ONE, XmlRow(CHINA, "[Reserved]", "", "", "")]).replace(
        b"</TBODY></TABLE></DIV>",
        f'<TR><TD colspan="5">{text}</TD></TR></TBODY></TABLE></DIV>'.encode(),
    )
    reading = read(body)
    assert reading.counts == {"EL": 1}
    assert len(reading.entries["EL"]) == 1
    assert reading.remarks == remarks


def test_a_footnotes_mark_is_part_of_the_requirement_and_not_of_the_name() -> None:
    """A footnote added to an entry is an amendment; a digit on a name would change who it is."""
    row = XmlRow(CHINA, "Jiu Systems<sup>1</sup>, 1 A Road, China.", "See the EAR<sup>4</sup>")
    reading = read(appendix([row]))
    (entry,) = reading.entries["EL"]
    assert entry.name == "Jiu Systems"
    assert entry.license_requirement == "See the EAR4"
    assert FullText(reading.text or "").holds("Jiu Systems")


def test_a_row_that_continues_another_is_joined_to_it() -> None:
    """Aliases that run on into the next row stay with their party, and so do subordinates."""
    rows = [
        XmlRow("FRANCE", "HEAD, a.k.a., the following two aliases:<br/>—HEAD Group; and"),
        XmlRow("FRANCE", "—HEAD France.<br/><br/>71 Boulevard national, France.", "", "", ""),
        XmlRow("FRANCE", "Subordinate institution<br/>HEAD Two, 1 Rue, France.", "", "", ""),
    ]
    reading = read(appendix(rows))
    first, second = reading.entries["EL"]
    assert first.aliases == ("HEAD Group", "HEAD France")
    assert first.addresses == ("71 Boulevard national, France",)
    assert second.name == "HEAD subordinate institution: HEAD Two"
    assert reading.remarks == ()


def test_a_row_that_continues_another_without_saying_so_is_told() -> None:
    """It may be an entry of its own whose other cells were lost."""
    reading = read(appendix([ONE, XmlRow(CHINA, "Zhou Hao, 2 B Road, China.", "", "", "")]))
    assert reading.remarks == (
        "a row was read as more of the one before: Zhou Hao, 2 B Road, China.",
    )
    assert "Zhou Hao" in " ".join(reading.entries["EL"][0].addresses)


def test_a_requirement_and_a_policy_that_changed_places_are_put_right() -> None:
    """Where the citation stands in its own cell nothing has slipped: no text becomes an alias."""
    row = XmlRow(CHINA, "Jiu, a.k.a., the following alias:<br/>—JL.<br/><br/>1 A Road.",
                 "Presumption of denial", "For all items subject to the EAR.")  # fmt: skip
    reading = read(appendix([row]))
    (entry,) = reading.entries["EL"]
    assert entry.aliases == ("JL",)
    assert (entry.license_requirement, entry.license_policy) == (row.policy, row.requirement)
    assert (entry.citations, entry.start_date) == (("85 FR 34505",), "2020-06-05")
    assert reading.remarks == ()


def test_a_fraction_in_an_address_keeps_its_numerator() -> None:
    """It is raised as a footnote's mark is, and is none."""
    row = ONE._replace(
        cell="Jiu<sup>3</sup>, 1<sup>1</sup>&#x2044;<sub>2</sub> Miles, Landmark Plaza "
        "<sup>5</sup>&#x2044;<sub>6</sub>, 9<sup>th</sup> Floor, China."
    )
    (entry,) = entries(appendix([row]))
    assert entry.name == "Jiu"
    assert entry.addresses == ("1 1⁄2 Miles, Landmark Plaza 5⁄6, 9th Floor, China",)


def test_what_the_editors_say_below_the_list_is_kept_apart() -> None:
    """A party they name may be listed by law and stand in no row: its name can be asked for."""
    notes = (
        b"<EDNOTE><HED>Editorial Notes:</HED><PSPACE>1. See <I>www.govinfo.gov.</I>\n</PSPACE>"
        b"<P>2. An entry for <E>S2C Limited</E> could not be incorporated.</P></EDNOTE>"
        b"<P>Not theirs.</P>"
        b"<EFFDNOT><HED>Effective Date Note:</HED><PSPACE>The text was stayed.</PSPACE></EFFDNOT>"
    )
    reading = read(appendix([ONE]).replace(b"</DIV9>", notes + b"</DIV9>"))
    assert reading.notes == (
        "1. See www.govinfo.gov.",
        "2. An entry for S2C Limited could not be incorporated.",
        "The text was stayed.",
    )
    assert FullText(reading.text or "").holds("S2C Limited")
    assert len(reading.entries["EL"]) == 1
    assert read(appendix([ONE])).notes == ()


SHORT = ("Country", "Entity", "Federal Register citation")
MILITARY = "Supplement No. 7 to Part 744"


def short_table(rows: list[tuple[str, str, str]], name: str, head: str, entity: str) -> bytes:
    """A list of three columns: country, party with its address, citation."""
    whole = [(country, cell, "", "", cited) for country, cell, cited in rows]
    body = appendix(
        whole, name=name, head=f"{name}—{head}", titles=(SHORT[0], entity, SHORT[2])
    ).decode()
    empty = '<TD align="left" class="gpotbl_cell"></TD>'
    return body.replace(empty * 2, "").encode()


def test_the_lists_of_three_columns_are_read_by_the_same_reader() -> None:
    """Which list stands in the document is said by the division, and is asked for by code."""
    listed = [
        (
            "CANADA",
            "Laval, a.k.a. Option, 1305 Rue, Canada",
            "83 FR 22844, May 17, 2018; 84 FR 1, Jan. 3, 2019.",
        ),
        ("CHINA", "[Reserved]", "[Reserved]"),
    ]
    unverified = short_table(
        listed, "Supplement No. 6 to Part 744", "Unverified List", "Listed person and address"
    )
    reading = read(unverified, "UVL")
    assert reading.entries == {
        "UVL": (
            Entry("UVL", "Laval", ("Option",), ("1305 Rue, Canada",), "CA",
                  citations=("83 FR 22844", "84 FR 1"), start_date="2018-05-17", source="ecfr"),
        )
    }  # fmt: skip
    assert (reading.counts, reading.remarks) == ({"UVL": 1}, ())
    with pytest.raises(SourceFault, match="0 times Supplement No"):
        read(unverified, "MEU")
    with pytest.raises(SourceFault, match="columns are not the 3 known"):
        read(short_table(listed, MILITARY, "'Military End-User' (MEU) List", "Person"), "MEU")


def test_a_row_below_an_unlisted_parent_is_a_party_with_or_without_a_marker_row() -> None:
    """The Military End-User List writes the parent, then "Subordinate institution:" or nothing."""
    rows = [
        ("CHINA", "Zhou, 9 Road, China", "85 FR 83799, 12/23/2020."),
        ("CHINA", "The following two subordinate institutions of Aero Company:", ""),
        ("CHINA", "Subordinate instituion:", ""),
        ("CHINA", "One Co. Ltd., 1 A Road, China.", ""),
        ("CHINA", "Two Co. Ltd., 2 B Road, China", ""),
        ("CHINA", "Jiu, 3 C Road, China", "85 FR 83799, 12/23/2020."),
    ]
    reading = read(short_table(rows, MILITARY, "'Military End-User' (MEU) List", "Entity"), "MEU")
    found = [(entry.name, entry.addresses, entry.citations) for entry in reading.entries["MEU"]]
    assert found == [
        ("Zhou", ("9 Road, China",), ("85 FR 83799",)),
        ("One Co. Ltd.", ("1 A Road, China",), ()),
        ("Two Co. Ltd.", ("2 B Road, China",), ()),
        ("Jiu", ("3 C Road, China",), ("85 FR 83799",)),
    ]
    assert reading.remarks == ()


def test_a_name_across_two_rows_or_around_a_mark_is_in_the_full_text() -> None:
    """Neither a row's end nor a footnote's mark in the midst of a name makes it absent."""
    rows = [
        XmlRow(CHINA, "Institute of Public"),
        XmlRow(CHINA, "Security Science, 1 A Road, China.", "", "", ""),
    ]
    body = appendix(rows).replace(b"</DIV9>", b"<P>See Jiu Wei<sup>2</sup>\nWorks.</P></DIV9>")
    text = FullText(read(body).text or "")
    assert text.holds("Institute of Public Security Science")
    assert text.holds("Jiu Wei Works")
    assert text.holds("Jiu Wei 2 Works")
    assert not text.holds("Jiu Wei Science")


def test_several_tables_are_one_list() -> None:
    """A second table, with titles or without, continues the first, and so does the country."""
    first, second = appendix([ONE]), appendix([XmlRow("", "Zhou, 2 B Road, China.")])
    table = second[second.index(b"<TABLE") : second.index(b"</TABLE>") + 8]
    titles = table[table.index(b"<THEAD") : table.index(b"</THEAD>") + 8]
    for more in (table, table.replace(titles, b"")):
        names = [entry.name for entry in entries(first.replace(b"</TABLE>", b"</TABLE>" + more))]
        assert names == ["Jiu Wei", "Zhou"]


@pytest.mark.parametrize(
    ("cell", "citations", "start"),
    [
        ("85 FR 34505, 6/5/20.<br/>85 FR 44161, 7/22/20.", ("85 FR 34505", "85 FR 44161"),
         "2020-06-05"),
        ("85 FR 34505, 6/5/20. 85 FR 44161, 7/22/20.", ("85 FR 34505", "85 FR 44161"),
         "2020-06-05"),
        ("73 FR 54508. 9/22/08;<br/>74 FR 8184. 2/24/09", ("73 FR 54508", "74 FR 8184"),
         "2008-09-22"),
        ("64 FR 28909,<br/>5/28/99.<br/>75 FR 78883,<br/>12/17/10.", ("64 FR 28909", "75 FR 78883"),
         "1999-05-28"),
        ("88 FR FR 12158, 2/27/23.", ("88 FR 12158",), "2023-02-27"),
        ("88 FR 121582/27/23.", ("88 FR 12158",), "2023-02-27"),
        ("63 FR 64322, 11/19/1998", ("63 FR 64322",), "1998-11-19"),
        ("81 FR 61601 preview citation details, 9/7/16. 89 FR 51652, 6/18/24.",
         ("81 FR 61601", "89 FR 51652"), "2016-09-07"),
        ("87 FR 7039, February 8, 2022.; 89 FR 1, Sept. 27, 2023.", ("87 FR 7039", "89 FR 1"),
         "2022-02-08"),
        ("87 FR 7039, February 30, 2022.", ("87 FR 7039",), None),
        ("87 FR 34154, 13/40/22.", ("87 FR 34154",), None),
    ],
)  # fmt: skip
def test_citations_are_read_in_every_punctuation(
    cell: str, citations: tuple[str, ...], start: str | None
) -> None:
    """Volume and page in order; the first date is the day of listing, if a calendar has it."""
    (entry,) = entries(appendix([ONE._replace(citation=cell)]))
    assert (entry.citations, entry.start_date) == (citations, start)


def test_a_citation_not_understood_is_said_aloud() -> None:
    """No date is guessed."""
    reading = read(appendix([ONE._replace(citation="see the notice")]))
    assert reading.entries["EL"][0].citations == ()
    assert reading.remarks == ("a citation is not understood: see the notice",)


@pytest.mark.slow
@pytest.mark.parametrize(
    "cell",
    ["a. " * 19_000, "Institute, " * 5_000, "(see " * 11_000, "(" * 50_000, ";" * 50_000,
     "a.k.a., " * 7_000, "X, a.k.a., " + "Institute Q, " * 4_000, "—a<br/>" * 8_000,
     "X, a.k.a., the following two aliases:" * 1_500, "1 " * 25_000, "Ltd. " * 10_000],
)  # fmt: skip
def test_a_hostile_cell_costs_no_more_than_a_moment(cell: str) -> None:
    """Work stays in proportion to the text, whatever it repeats."""
    # Processor time: what the machine does beside it does not count.
    began = time.process_time()
    read(appendix([ONE, XmlRow(CHINA, cell)]))
    assert time.process_time() - began < 2


def test_remarks_without_end_become_a_number() -> None:
    """A new drafting style does not flood the reader."""
    rows = [ONE._replace(citation=f"notice {number}") for number in range(600)]
    remarks = read(appendix(rows)).remarks
    assert len(remarks) == 501
    assert remarks[-1].startswith("and 100 more remarks")


WORD = st.sampled_from(["Jiu", "Wei", "Hao", "Tongfang", "Beidou", "Zhou", "Krylov", "Xiamen"])
NAME = st.lists(WORD, min_size=1, max_size=4).map(" ".join)
PLACE = st.builds(lambda n, w: f"No. {n} {w} Road, Beijing, China", st.integers(1, 99), WORD)


@st.composite
def published(draw: st.DrawFn) -> Entry:
    """An entry as a rule might write it."""
    names = draw(st.lists(NAME, min_size=1, max_size=5, unique_by=name_key))
    return Entry(
        list="EL",
        name=names[0],
        aliases=tuple(names[1:]),
        addresses=tuple(draw(st.lists(PLACE, min_size=1, max_size=3, unique=True))),
        country=draw(st.sampled_from(["CN", "RU", "PK", "HK"])),
        license_requirement="For all items subject to the EAR. (See § 744.11 of the EAR)",
        license_policy="Presumption of denial",
        citations=("85 FR 34505", "85 FR 44161"),
        start_date=draw(st.dates(date(1998, 1, 1), date(2030, 12, 31))).isoformat(),
        source="ecfr",
    )


@given(st.lists(published(), min_size=1, max_size=8, unique_by=Entry.digest))
def test_what_is_written_is_read(written: list[Entry]) -> None:
    """Any table in the true style gives back its entries, in their order, without a remark."""
    rows = sorted((row_for(entry) for entry in written), key=lambda row: row.heading)
    ordered = sorted(written, key=lambda entry: row_for(entry).heading)
    reading = read(appendix(rows))
    assert list(reading.entries["EL"]) == ordered
    assert reading.remarks == ()
