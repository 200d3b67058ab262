"""The whole appendix: the right document or a fault, every row accounted for."""

import gzip
import re
import time
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import SourceFault
from monitor.screening.destinations import alpha2
from monitor.screening.entry import Entry, Reading
from monitor.screening.full_text import FullText
from monitor.screening.names import NameIndex, name_key
from monitor.sources.ecfr.cell import read_entity
from monitor.sources.ecfr.table import read
from tests.sources.ecfr_xml import TITLES, XmlRow, appendix, row_for

INSTITUTE = "Ministry of Public Security's Institute of Forensic Science of China"
SHARED = next(
    (
        parent / "shared" / "data"
        for parent in Path(__file__).resolve().parents
        if (parent / "shared" / "data").is_dir()
    ),
    None,
)
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
    assert reading.remarks == ("a country heading is not known: ATLANTIS",)


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


def test_what_is_no_entry_is_said_aloud() -> None:
    """Reserved rows and footnote rows are no entries, and no row goes without a word."""
    body = appendix([ONE, XmlRow(CHINA, "[Reserved]", "", "", "")]).replace(
        b"</TBODY></TABLE></DIV>",
        b'<TR><TD colspan="5"><sup>1</sup> For this entity, see part 734.</TD></TR>'
        b"</TBODY></TABLE></DIV>",
    )
    reading = read(body)
    assert reading.counts == {"EL": 1}
    assert len(reading.entries["EL"]) == 1
    assert reading.remarks == (
        f"a reserved row under {CHINA}",
        "a row is no entry (a footnote?): 1 For this entity, see part 734.",
    )


def test_a_footnotes_mark_is_part_of_the_requirement_and_not_of_the_name() -> None:
    """A footnote added to an entry is an amendment; a digit on a name would change who it is."""
    row = XmlRow(CHINA, "Jiu Systems<sup>1</sup>, 1 A Road, China.", "See the EAR<sup>4</sup>")
    reading = read(appendix([row]))
    (entry,) = reading.entries["EL"]
    assert entry.name == "Jiu Systems"
    assert entry.license_requirement == "See the EAR4"
    assert FullText(reading.text or "").holds("Jiu Systems")


def test_a_row_that_continues_another_is_joined_to_it() -> None:
    """Aliases that run on into the next row stay with their party, and it is said."""
    rows = [
        XmlRow("FRANCE", "HEAD, a.k.a., the following two aliases:<br/>—HEAD Group; and"),
        XmlRow("FRANCE", "—HEAD France.<br/><br/>71 Boulevard national, France.", "", "", ""),
    ]
    reading = read(appendix(rows))
    (entry,) = reading.entries["EL"]
    assert entry.aliases == ("HEAD Group", "HEAD France")
    assert entry.addresses == ("71 Boulevard national, France",)
    assert len(reading.remarks) == 1


def test_a_requirement_and_a_policy_that_changed_places_are_put_right() -> None:
    """Where the citation stands in its own cell nothing has slipped: no text becomes an alias."""
    row = XmlRow(CHINA, "Jiu, a.k.a., the following alias:<br/>—JL.<br/><br/>1 A Road.",
                 "Presumption of denial", "For all items subject to the EAR.")  # fmt: skip
    reading = read(appendix([row]))
    (entry,) = reading.entries["EL"]
    assert entry.aliases == ("JL",)
    assert (entry.license_requirement, entry.license_policy) == (row.policy, row.requirement)
    assert (entry.citations, entry.start_date) == (("85 FR 34505",), "2020-06-05")
    assert len(reading.remarks) == 1


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


_BEHIND_A_NAME = re.compile(r";|, a\.k\.a|,(?: and)? to include|,? and$|\s*\(See")


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


@settings(max_examples=60, deadline=None)
@given(st.lists(published(), min_size=1, max_size=8, unique_by=Entry.digest))
def test_what_is_written_is_read(written: list[Entry]) -> None:
    """Any table in the true style gives back its entries, in their order, without a remark."""
    rows = sorted((row_for(entry) for entry in written), key=lambda row: row.heading)
    ordered = sorted(written, key=lambda entry: row_for(entry).heading)
    reading = read(appendix(rows))
    assert list(reading.entries["EL"]) == ordered
    assert reading.remarks == ()


@pytest.fixture(scope="module")
def real() -> bytes:
    """Supplement No. 4 of 2023-11-08."""
    path = SHARED / "ecfr-supp4-2023-11-08-reconstructed.xml.gz" if SHARED else None
    if path is None or not path.exists():
        pytest.skip("needs the sample ecfr-supp4-2023-11-08-reconstructed.xml.gz")
    return gzip.decompress(path.read_bytes())


@pytest.fixture(scope="module")
def listed(real: bytes) -> Reading:
    """The same, read once."""
    return read(real)


def test_the_real_table_is_accounted_for(listed: Reading) -> None:
    """All 2,652 rows are read, and the few that bled into one another are each told."""
    assert listed.counts == {"EL": 2_652}
    assert len(listed.remarks) < 30
    assert all(len(remark) <= 200 for remark in listed.remarks)
    assert {
        entry.country for entry in listed.entries["EL"] if len(entry.country or "") != 2
    } == set()
    assert not [entry for entry in listed.entries["EL"] if not entry.name or len(entry.name) > 500]


def test_the_institute_is_read_to_the_letter(listed: Reading) -> None:
    """The entry that matters most."""
    (entry,) = [e for e in listed.entries["EL"] if e.name == INSTITUTE]
    center = "Center of the Ministry of Public Security of the People's Republic of China"
    assert entry == Entry(
        list="EL",
        name=INSTITUTE,
        aliases=(f"Forensic Identification {center}", f"Material Identification {center}"),
        addresses=(
            "No. 18 West Dongbeiwang Road, Haidian District, China",
            "Ministry of Public Security, Xicheng District, Beijing, China",
            "No. 17 Mulidi South Lane, Xicheng District, Beijing, China",
            (
                "Tumushuke Municipal Public Security Bureau, Qian Hai West Road, Tumushuke City, "
                "Xinjiang Uyghur Autonomous Region"
            ),
        ),
        country="CN",
        license_requirement="For all items subject to the EAR. (See § 744.11 of the EAR).",
        license_policy=(
            "Case-by-case review for ECCNs 1A004.c, 1A004.d, 1A995, 1A999.a, 1D003, 2A983, 2D983, "
            "and 2E983, and for EAR99 items described in the Note to ECCN 1A995; case-by-case "
            "review for items necessary to detect, identify and treat infectious disease; and "
            "presumption of denial for all other items subject to the EAR"
        ),
        citations=("85 FR 34505", "85 FR 44161"),
        start_date="2020-06-05",
        source="ecfr",
    )


CETC = "China Electronics Technology Group Corporation 13th Research Institute (CETC 13)"
HARD = {
    "Lukoil, OAO": "Lukoil|Lukoil Oil Company|Neftyanaya Kompaniya Lukoil OOO|NK Lukoil OAO|#1",
    "Parto System Tehran": "Rayan Parto System Tehran|Rayane Parto System Tehran|#2",
    "Encyclopedia Electronics Center": (
        "Hassan Matni Import Export Co.|Nazir Matni Electronics|#1"
    ),
    "Beijing FJR Optoelectronic Technology Company Ltd": (
        "FJIR Optoelectronic Technology Company Ltd.|Beijing Fu Jerry|Fu Jirui|#4"
    ),
    f"{CETC} subordinate institution: Hebei Brightway International": (
        "Hebei Brightway International|#2"
    ),
    "Beijing Hileed Solutions Co., Ltd.": (
        "Beijing Alite Technologies Co.|ALCO|Beijing Haili Lianhe Keji Youxian Gongsi|#4"
    ),
    "Gazprom Neft": (
        "Gazprom Neft OAO|JSC Gazprom Neft|Open Joint-Stock Company Gazprom Neft|"
        "Sibirskaya Neftyanaya Kompaniya OAO|#4"
    ),
    "Pakistan Atomic Energy Commission (PAEC) subordinate entity: National Development Complex "
    "(NDC)": (
        "National Development Complex (NDC)|National Development Centre|National Defense Complex|#2"
    ),
    "Huawei Technologies Co., Ltd. affiliated entity: Huawei Marine Networks Co., Ltd.": (
        "Huawei Marine Networks Co., Ltd.|Huawei Marine|HMN Technologies|"
        "Huahai Zhihui Technology Co., Ltd.|HMN Tech.|#1"
    ),
    "China HEAD Aerospace Technology Co.": (
        "China HEAD|China HEAD Technology Co|HEAD Aerospace|HEAD Aerospace Group|"
        "HEAD Aerospace Netherlands|HEAD France|HEAD Technology France|#1"
    ),
    "Joint Stock Company Production Association Sever": (
        "AO PO Sever|JSC PA Sever|JSC PO North|Proizvodstvennoe Obedinenie Sever|#0"
    ),
    "Chengdu Latest Electronics Technology Company": "#4",
    "Aeolian Airlines": "#3",
    "Seyyed Abdolreza Mousavi": "#1",
    "Neft-Aktiv LLC": "OOO Neft—Aktiv|RN-Aktiv OOO|#1",
    "Special Design and Technical Bureau for Relay Technology": (
        "Relay Technology Bureau JSC|JSCT SKTB RT|#1"
    ),
    "OOO 'DSK'": "OOO 'Dorozhnaya Stroitelnaya Kompania'|#1",
    "Scientific Studies and Research Center (SSRC)": (
        "Center for Scientific Studies and Research (SSRC)|"
        "Scientific Studies Research Centre (SSRC)|"
        "Centre d'Etudes et de Recherches Scientifiques (CERS)|"
        "Center for Study and Research (CERS)|Scientific Studies and Research Council, "
        "Syrian Scientific Research Council, Scientific Research Council (SRC)|"
        "Scientific Studies and Research Council|Syrian Scientific Research Council|"
        "Scientific Research Council (SRC)|#1"
    ),
    "Shenzhen HiSilicon Technologies Co., Electrical Research Center": "#1",
    "Maple Engineering Pvt. Ltd. Consultants, Importers and Exporters": "#1",
    "Djamshid Nezhad": "Nezhad Djamshid|#2",
    "Mohammad Azam": "Mohammad Akram|#1",
}
"""Names, with their aliases and the number of their addresses, read by hand."""


@pytest.mark.parametrize("name", HARD)
def test_hard_cells_read_by_hand(listed: Reading, name: str) -> None:
    """Cells whose drafting is odd, checked against the published text."""
    found = [entry for entry in listed.entries["EL"] if entry.name == name]
    assert HARD[name] in ["|".join((*e.aliases, f"#{len(e.addresses)}")) for e in found]


_ROW = re.compile(r"<TR>(.*?)</TR>", re.DOTALL)
_CELL = re.compile(r"<TD\b[^>]*?(?:/>|>(.*?)</TD>)", re.DOTALL)
_CITED = re.compile(r"(\d+) FR (?:FR )?(\d{1,5})")


def cells(body: bytes) -> list[list[str]]:
    """The body's rows as five texts, by other means than the parser's."""
    text = unescape(re.sub(r"<br/>", "\n", body.decode()).partition("<TBODY>")[2])
    return [
        [re.sub(r"<[^>]+>", " ", cell).strip() for cell in _CELL.findall(row)]
        for row in _ROW.findall(text)
    ]


def words(text: str) -> set[str]:
    """The words of a text, whatever stands between them."""
    return set(re.findall(r"[^\W_]+", text.casefold()))


_OF_THE_LIST = words(
    "a.k.a. aka f.k.a. fka d.b.a. dba also known as formerly and the following follow one two "
    "three four five six seven eight nine ten eleven twelve thirteen seventeen 13 22 alias aliases "
    "including named subordinate institution institutions entity entities affiliated address "
    "addresses alt alternate see under apply applies to include of for mdash"
)
"""The words with which the list strings names and addresses together."""


def test_every_row_of_the_real_table_is_an_entry(real: bytes, listed: Reading) -> None:
    """Counted without the parser: each row opens with the name of an entry of its country.

    That entry cites what the row cites. Only the rows that open with a bullet have no entry of
    their own, and two that are told here.
    """
    rows, country, unlisted = cells(real), "", []
    by_name: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for entry in listed.entries["EL"]:
        by_name.setdefault((entry.country or "", entry.citations), []).append(name_key(entry.name))
    for heading, entity, _, _, citation in rows:
        country = alpha2(heading) or country
        cited = tuple(dict.fromkeys(f"{v} FR {p}" for v, p in _CITED.findall(citation)))
        key = name_key(entity)
        if not any(key.startswith(name) for name in by_name.get((country, cited), ())):
            unlisted.append(entity)
    assert len(rows) == 2_652
    assert [row[:29] for row in unlisted if not row.startswith("—")] == [
        "Hyper Systems Union Limited, ",  # the next row is its second party's, with more citations
        "The following Department of A",  # the name of each of its parties stands behind a bullet
    ]
    assert len(unlisted) == 8


def test_no_word_of_a_real_cell_is_lost(real: bytes) -> None:
    """Every word of every entity cell is in an entry, but for those that string it together."""
    dropped: set[str] = set()
    for _, entity, *_ in cells(real):
        parties = read_entity(entity).parties
        kept = [words(" ".join((p.name, *p.aliases, *p.addresses))) for p in parties]
        text = re.sub(r"\(see [^()]*(?:\([^()]*\)[^()]*)*\)?", "", entity, flags=re.IGNORECASE)
        dropped |= words(text) - _OF_THE_LIST.union(*kept)
    note = words("(all of preceding located in or near … Province)") - {"of"}
    glued = {"and72", "andblg", "andhouse", "and495"}
    assert dropped == note | glued


def test_no_bullet_of_the_real_table_is_lost(real: bytes, listed: Reading) -> None:
    """Counted without the parser: every text behind an em dash that opens a line is in an entry."""
    bullets = re.findall(r"(?:<br/>|cell\">)\s*(?:—|mdash;)([^<]+)", unescape(real.decode()))
    index = NameIndex((name, True) for entry in listed.entries["EL"] for name in entry.names)
    names = [_BEHIND_A_NAME.split(bullet)[0].strip() for bullet in bullets]
    wholes = [name_key(" ".join((*e.aliases, *e.addresses))) for e in listed.entries["EL"]]
    unexplained = [
        name
        for name in names
        if not index.find(name) and not any(name_key(name) in whole for whole in wholes)
    ]
    assert len(bullets) > 3_400
    assert unexplained == []


def test_hong_kong_stands_under_china_with_its_extra_citation(listed: Reading) -> None:
    """The move of 2020-12-23 (85 FR 83765) left its page on the rows that moved."""
    moved = [e for e in listed.entries["EL"] if any(c.startswith("85 FR 837") for c in e.citations)]
    kowloon = [e for e in moved if any("Hong Kong" in place for place in e.addresses)]
    assert len(kowloon) > 90
    assert {entry.country for entry in kowloon} == {"CN"}


def test_every_real_name_is_held_by_the_real_text(listed: Reading) -> None:
    """The full-text rule sees every party that the rows show, at least under its own name."""
    text = FullText(listed.text or "")
    unseen = [e.name for e in listed.entries["EL"] if not any(map(text.holds, e.names))]
    assert unseen == []
