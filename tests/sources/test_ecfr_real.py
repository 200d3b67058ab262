"""The codified lists as really published: nothing lost, nothing that is no name in a name.

What is expected is taken from the text by other means than the reader's, and from lists of the same
parties that others published.
"""

import csv
import gzip
import io
import re
from collections import Counter
from dataclasses import dataclass
from html import unescape

import pytest

from monitor.screening.destinations import alpha2
from monitor.screening.entry import Entry, Reading
from monitor.screening.footnotes import footnotes_of
from monitor.screening.full_text import FullText
from monitor.screening.names import NameIndex, name_key
from monitor.sources.ecfr.cell import read_entity
from monitor.sources.ecfr.rows import gather, plain
from monitor.sources.ecfr.table import read
from monitor.sources.ecfr.xml import RAISED, read_appendix
from tests.extent import mostly_slow
from tests.real import data, whole_csl

INSTITUTE = "Ministry of Public Security's Institute of Forensic Science of China"
PART = "ecfr-part744-2026-07-23.xml.gz"
"""The whole part: Supplements No. 1 to 8."""
FILES = {2023: "ecfr-supp4-2023-11-08-reconstructed.xml.gz", 2026: PART}
_INLINE = re.compile(r"</?(?:sup|sub|E|I)\b[^>]*>")
_ROW = re.compile(r"<TR>(.*?)</TR>", re.DOTALL)
_CELL = re.compile(r"<TD\b[^>]*?(?:/>|>(.*?)</TD>)", re.DOTALL)
_CITED = re.compile(r"(\d+) FR (?:FR )?(\d{1,5})")


@dataclass(frozen=True)
class Published:
    """One version of a list, and its rows as five texts by other means than the reader's."""

    year: int
    reading: Reading
    rows: list[list[str]]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What was read."""
        return self.reading.entries["EL"]


def division(whole: str, number: int) -> str:
    """The text of one supplement."""
    start = whole.index(f'<DIV9 N="Supplement No. {number} to Part 744"')
    return whole[start : whole.index("</DIV9>", start)]


def cells(xml: str) -> list[list[str]]:
    """The rows below the titles of a table, as texts."""
    body = re.sub(r"(?<=\d)<sup>(?=\d)", " ", xml.partition("<TBODY>")[2].partition("</TBODY>")[0])
    text = unescape(re.sub(r"\s*<br/>\s*", "\n", _INLINE.sub("", re.sub(r"\n", " ", body))))
    return [
        [re.sub(r"<[^>]+>", " ", cell).strip() for cell in _CELL.findall(row)]
        for row in _ROW.findall(text)
    ]


@pytest.fixture(scope="module", params=mostly_slow(sorted(FILES, reverse=True), quick=len(FILES)))
def published(request: pytest.FixtureRequest) -> Published:
    """Supplement No. 4 of one date; of 2026 it is read out of the whole part."""
    body = gzip.decompress(data(FILES[request.param]).read_bytes())
    return Published(request.param, read(body), cells(division(body.decode(), 4)))


@pytest.fixture(scope="module")
def then() -> Reading:
    """The Entity List of 2023-11-08."""
    return read(gzip.decompress(data(FILES[2023]).read_bytes()))


@pytest.fixture(scope="module")
def now() -> dict[str, Reading]:
    """The three lists of 2026-07-23, by code, out of one document."""
    body = gzip.decompress(data(PART).read_bytes())
    return {code: read(body, code) for code in ("EL", "UVL", "MEU")}


@pytest.mark.slow
def test_every_row_is_counted_and_its_country_known(published: Published) -> None:
    """As many rows as the text has; each country is one of the world's."""
    assert published.reading.counts == {"EL": {2023: 2_652, 2026: 3_415}[published.year]}
    assert len(published.rows) == published.reading.counts["EL"]
    assert {e.country for e in published.entries if len(e.country or "") != 2} == set()


@pytest.mark.slow
def test_the_table_of_today_leaves_nothing_to_remark(now: dict[str, Reading]) -> None:
    """Footnotes, reserved rows, subordinates, notes and the site's debris are understood."""
    assert {code: reading.remarks for code, reading in now.items()} == {
        "EL": (), "UVL": (), "MEU": (),
    }  # fmt: skip
    assert not [e for e in now["EL"].entries["EL"] if not e.citations or not e.start_date]


@pytest.mark.slow
def test_the_rows_that_bled_into_one_another_are_each_told(then: Reading) -> None:
    """Eight sentences about five entries; the printed page really was so."""
    assert [remark[:60] for remark in then.remarks] == [
        "the cells of Joint Stock Company Production Association Seve",
        "the cells of Joint Stock Company Scientific Production Enter",
        "the cells of Joint Stock Company Special Relay System Design",
        "the cell of Hyper Systems Union Limited also holds the party",
        "the entry of Huawei Technologies Morocco has a list that is ",
        "the entry Joint Stock Company Production Association Sever, ",
        "the entry Joint Stock Company Scientific Production Enterpri",
        "the entry Joint Stock Company Special Relay System Design an",
    ]
    assert all(len(remark) <= 200 for remark in then.remarks)


@pytest.mark.slow
def test_the_institute_is_read_to_the_letter(then: Reading) -> None:
    """The entry that matters most."""
    (entry,) = [e for e in then.entries["EL"] if e.name == INSTITUTE]
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
HARD_THEN = {
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


_NOW = {
    "Anhui Kehua Sci-Tech Trading Co., Ltd.": (
        "Anhui Kehua Trading Co., Ltd.|Hefei Haoyu Science and Trade Co., Ltd.|#4"
    ),
    "Associated Opto-electronics (Chongqing) Co., Ltd.": (
        "AOE|Chongqing Hangwei Optoelectronics Technology Co., Ltd.|#1"
    ),
    "Beijing Zhongdun Security Technology Group Co., Ltd.": (
        "Beijing Zhongdun Security Technology Development Co.|#2"
    ),
    "Chongqing Southwest Integrated Circuit Design Co., Ltd.": (
        "SWID|Chongqing Southwest Integrate|#3"
    ),
    "Fujian Sophon Technology Co., Ltd.": "Fujian Suanfeng Technology Co., Ltd.|#1",
    "ORICAS Import and Export (Beijing) Corporation": (
        "ORICAS|Dongfang Guoke (Beijing) Import and Export Co., Ltd.|#9"
    ),
    "Physike Technology Co., Ltd.": (
        "Beijing Feisco Technology Co., Ltd.|Physike Hong Kong Tech Co., Ltd.|"
        "Physike HK Technology Co., Ltd.|#3"
    ),
    "Singleton (Suzhou) Electronics Technology Co., Ltd.": (
        "Suzhou Singleton|Suzhou Hefu Technology Co., Ltd.|Singleton Group China|#1"
    ),
    "PT. Kuantum Tekno Kreatif": "#1",
    "Nur Rochman Achmad": "#2",
    "New H3C Semiconductor Technologies Co., Ltd.": "#3",
    "Sky Float Aviation FZE": "#1",
    "MAK Logistics": "#1",
    "DJI": (
        "Shenzhen DJI Innovation Technology Co., Ltd.|SZ DJI Technology Co., Ltd.|"
        "Shenzhen DJI Sciences and Technologies Ltd.|Da-Jiang Innovations|#1"
    ),
    "Ervacan Makina Ekipmanları ve Sanayi Tedarik Ltd Şti": (
        "Ervacan|Ervacan Makina Ekipmanlari Ve Sanayi Tedarik Ltd. Sti|"
        "Ervacan Machinery Equipment and Industry Supply Ltd.|Ervacan Makina|"
        "Ervacan Makina Ekipmanlari Ve Sanayi Tedarik Limited Sirketi|Ervacan Makina Ltd.|#1"
    ),
    "Address 10, 7/F MW Tower, 111 Bonham Strand, Sheung Wan, Hong Kong": "Address 10|#1",
    "Department of Atomic Energy entity: Fuel reprocessing and enrichment facilities": (
        "Fuel reprocessing and enrichment facilities|#0"
    ),
}
"""The same of today."""


def told(entry: Entry) -> str:
    """Its aliases and the number of its addresses."""
    return "|".join((*entry.aliases, f"#{len(entry.addresses)}"))


@pytest.mark.slow
@pytest.mark.parametrize("name", HARD_THEN)
def test_hard_cells_read_by_hand(then: Reading, name: str) -> None:
    """Cells whose drafting is odd, checked against the published text."""
    assert HARD_THEN[name] in [told(e) for e in then.entries["EL"] if e.name == name]


@pytest.mark.slow
@pytest.mark.parametrize("name", _NOW)
def test_hard_cells_of_today_read_by_hand(now: dict[str, Reading], name: str) -> None:
    """Each was misread once, or is of a kind that was."""
    assert _NOW[name] in [told(e) for e in now["EL"].entries["EL"] if e.name == name]


@pytest.mark.slow
def test_an_entry_that_is_an_address_keeps_all_of_it(now: dict[str, Reading]) -> None:
    """Nineteen of them; the number is an alias, for the CSL has no more."""
    found = [e for e in now["EL"].entries["EL"] if e.name.startswith("Address ")]
    assert len(found) == 19
    assert all(f"{e.aliases[0]}, {e.addresses[0]}" == e.name for e in found)
    assert len({e.aliases for e in found}) == 18  # Hong Kong's first and Turkey's are both 01


@pytest.mark.slow
def test_a_party_that_only_the_editors_name_can_be_asked_for(now: dict[str, Reading]) -> None:
    """The act of 2024-12-05 lists S2C Limited; no row could be written."""
    reading = now["EL"]
    assert [n for n in reading.notes if FullText(n).holds("S2C Limited")] == [reading.notes[1]]
    assert not [e for e in reading.entries["EL"] if "S2C Limited" in e.names]
    assert FullText(reading.text or "").holds("S2C Limited")
    assert len(reading.notes) == 3


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "source", "listed", "equal"),
    [("MEU", "Military End User", 71, 67), ("UVL", "Unverified", 201, 129)],
)
def test_the_names_of_the_other_lists_are_those_of_the_csl(
    now: dict[str, Reading], code: str, source: str, listed: int, equal: int
) -> None:
    """Of 2022: one military end user has left since, and many of the unverified."""
    rows = [row for row in whole_csl()["results"] if row["source"].startswith(source)]
    names = {name_key(n) for e in now[code].entries[code] for n in e.names}
    assert len(rows) == listed
    assert sum(name_key(row["name"]) in names for row in rows) >= equal


@pytest.mark.slow
def test_units_of_an_unlisted_parent_are_military_end_users(now: dict[str, Reading]) -> None:
    """Eight of the Aero-Engine Company and seven of the Aviation Industry Corporation."""
    units = [
        e for e in now["MEU"].entries["MEU"] if " subordinate institution: " in "".join(e.aliases)
    ]
    assert len(units) == 15
    assert all(len(e.addresses) == 1 and e.country == "CN" for e in units)
    assert len(now["MEU"].entries["MEU"]) == 70


@pytest.mark.slow
def test_hong_kong_stands_under_china_with_its_extra_citation(then: Reading) -> None:
    """The move of 2020-12-23 (85 FR 83765) left its page on the rows that moved."""
    moved = [e for e in then.entries["EL"] if any(c.startswith("85 FR 837") for c in e.citations)]
    kowloon = [e for e in moved if any("Hong Kong" in place for place in e.addresses)]
    assert len(kowloon) > 90
    assert {entry.country for entry in kowloon} == {"CN"}


def words(text: str) -> set[str]:
    """The words of a text, whatever stands between them."""
    return set(re.findall(r"[^\W_]+", text.casefold()))


_OF_THE_LIST = words(
    "a.k.a. aka f.k.a. fka d.b.a. dba also known as formerly and the following follow one two "
    "three four seven thirteen 22 alias aliases aliaes including named subordinate institution "
    "institutions entity entities affiliated address addresses alt alternate under apply applies "
    "to include of for mdash"
)
"""The words with which the list strings names and addresses together."""
_ANNOUNCED = re.compile(r"\bfollow(?:ing)?\s+(?:one )?\w+(?=\s+alia)", re.IGNORECASE)
_CONTINUES = ("—", "Subordinate institution\n", "The following addresses apply", "Affiliated ent")
_REFERENCE = re.compile(
    r"\((?:for alternate addresses, )?see [^()]*(?:\([^()]*\)[^()]*)*\)?", re.IGNORECASE
)
_NOTE = words("(all of preceding located in or near … Province)") - {"of"}
_GLUED = {"and72", "andblg", "andhouse", "and495"}


def whole_cells(rows: list[list[str]]) -> list[str]:
    """The entity cells, with what continues them in the rows below."""
    found: list[str] = []
    for _, entity, *_ in rows:
        if entity.startswith(_CONTINUES):
            found[-1] += f"\n{entity}"
        else:
            found.append(entity)
    return found


@pytest.mark.slow
def test_no_word_of_a_cell_is_lost(published: Published) -> None:
    """Every word of every entity cell is in an entry, but for those that string it together."""
    dropped: set[str] = set()
    for entity in whole_cells(published.rows):
        parties = read_entity(entity).parties
        kept = [words(" ".join((p.name, *p.aliases, *p.addresses))) for p in parties]
        text = _ANNOUNCED.sub("", _REFERENCE.sub("", entity))
        dropped |= words(text) - _OF_THE_LIST.union(*kept)
    assert dropped == _NOTE | _GLUED


@pytest.mark.slow
@pytest.mark.parametrize(("code", "number", "rows"), [("UVL", 6, 186), ("MEU", 7, 90)])
def test_no_word_of_the_other_lists_is_lost(
    now: dict[str, Reading], code: str, number: int, rows: int
) -> None:
    """Every row: an entry, more of one, or reserved; the parents of MEU's units are in no list."""
    found = cells(division(gzip.decompress(data(PART).read_bytes()).decode(), number))
    assert len(found) == rows
    entries = now[code].entries[code]
    kept = [words(" ".join((*e.names, *e.addresses))) for e in entries]
    said = [
        words(entity) - _OF_THE_LIST - words("reserved eight instituion") for _, entity, _ in found
    ]
    assert [some for some in said if not any(some <= own for own in kept)] == []
    parents = {"UVL": 0, "MEU": 2}[code]
    assert sum(1 for some in said if not some) + len(entries) + parents == rows


@pytest.mark.slow
def test_every_raised_digit_is_a_footnote_of_its_entry() -> None:
    """Counted without the reader of footnotes, which has the digits in the line alone."""
    table = read_appendix(gzip.decompress(data(PART).read_bytes())).tables[0]
    found: Counter[tuple[str, ...]] = Counter()
    for row in gather(row for row in table if not row.heading).listed:
        raised = re.findall(f"{RAISED}[^{RAISED}]*([1-9]){RAISED}", row.requirement)
        assert footnotes_of(plain(row.requirement)) == tuple(sorted(set(raised)))
        found[tuple(raised)] += 1
    assert found == {(): 2394, ("3",): 775, ("1", "2"): 130, ("4",): 96, ("5",): 16}


@pytest.mark.slow
def test_every_row_is_an_entry(published: Published) -> None:
    """Counted without the reader: each row opens with the name of an entry of its country.

    That entry cites what the row cites. Only the rows that continue another have no entry of their
    own, and those that are told here.
    """
    country, unlisted = "", []
    by_name: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for entry in published.entries:
        by_name.setdefault((entry.country or "", entry.citations), []).append(name_key(entry.name))
    for heading, entity, _, _, citation in published.rows:
        country = alpha2(heading) or country
        cited = tuple(
            dict.fromkeys(f"{v} FR {p}" for v, p in _CITED.findall(unpreviewed(citation)))
        )
        key = name_key(entity)
        if not any(key.startswith(name) for name in by_name.get((country, cited), ())):
            unlisted.append(entity[:29])
    unmarked = [row for row in unlisted if not row.startswith("—")]
    assert (
        unmarked
        == {
            2023: [
                "Hyper Systems Union Limited, ",  # the next row is its second party's
                "The following Department of A",  # its parties' names stand behind bullets
            ],
            2026: [
                "Subordinate institution\n201 R",
                "Subordinate institution\n208th",
                "The following addresses apply",
                "Affiliated entities:\nBeijing ",
                "The following Department of A",
            ],
        }[published.year]
    )
    assert len(unlisted) == {2023: 8, 2026: 5}[published.year]


def unpreviewed(citation: str) -> str:
    """Without the site's own words."""
    return citation.replace(" preview citation details", "")


_BEHIND_A_NAME = re.compile(r";|,? \(?[afd]\.k\.a|,(?: and)? to include|,? and$|\s*\(See")
_BULLET = re.compile(r"(?:^|\n)(?:—|mdash;)(?:DBA )?([^\n]+)")


@pytest.mark.slow
def test_no_bullet_is_lost(published: Published) -> None:
    """Counted without the reader: the text behind a dash that opens a line is in an entry."""
    bullets = [bullet for row in published.rows for bullet in _BULLET.findall(row[1])]
    index = NameIndex((name, True) for entry in published.entries for name in entry.names)
    names = [_BEHIND_A_NAME.split(" ".join(bullet.split()))[0].strip() for bullet in bullets]
    wholes = [name_key(" ".join((*e.aliases, *e.addresses))) for e in published.entries]
    unexplained = [
        name
        for name in names
        if not index.find(name) and not any(name_key(name) in whole for whole in wholes)
    ]
    assert len(bullets) > {2023: 3_400, 2026: 5_000}[published.year]
    assert unexplained == []


_MARKER = re.compile(
    r"\b(?:[afdn]\.\s?[kb]\.\s?a\b|aka\b|fka\b|also known as|formerly known|the following)|aliae?s",
    re.IGNORECASE,
)
_STREET = re.compile(
    r",\s*(?:No\.?:?\s*\d|#|Room|Rm\b|Flat|Unit|Suite|Office|Floor|Bldg|Building|P\.?O\.? Box|"
    r"\d+/F|\d[^,]*\b(?:Street|St\b|Road|Rd\b|Avenue|Ave\b))|"
    r"\b(?:Street|Road|Avenue|Lane|Highway|Floor|(?:Room|Building|Flat|Unit) \S*\d\S*)$",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"(?:PT|CV|Co|Ltd|Limited|LLC|Inc|Corp|OOO|AO|OAO|ZAO|PAO|JSC|OJSC|PJSC|CJSC|GmbH|FZE|FZC|SDN|"
    r"BHD|Company|Corporation)\.?",
    re.IGNORECASE,
)
_NO_STREET = {"Silk Road"}


def unclean(reading: Reading) -> list[str]:
    """Names that are none: a marker or a street in them, a legal form alone, nothing at all."""
    return [
        name
        for entries in reading.entries.values()
        for entry in entries
        for name in entry.names
        if not name_key(name)
        or _MARKER.search(name)
        or _FORM.fullmatch(name)
        or name.count("(") < name.count(")")
        or (_STREET.search(name) and name not in _NO_STREET and not name.startswith("Address "))
    ]


@pytest.mark.slow
def test_no_name_holds_what_is_no_name(published: Published) -> None:
    """Of the Entity List of both dates."""
    assert unclean(published.reading) == []


@pytest.mark.slow
def test_no_name_of_the_other_lists_holds_what_is_no_name(now: dict[str, Reading]) -> None:
    """Of the Unverified List and of the Military End-User List."""
    assert unclean(now["UVL"]) == []
    assert unclean(now["MEU"]) == []


@pytest.mark.slow
def test_every_name_is_held_by_the_text(published: Published) -> None:
    """The full-text rule sees every party that the rows show, at least under its own name."""
    text = FullText(published.reading.text or "")
    assert [e.name for e in published.entries if not any(map(text.holds, e.names))] == []


def published_by_bis() -> tuple[set[str], set[str]]:
    """Keys of the names and of the aliases in the Bureau's own file of 2023-12-07.

    Its characters beyond ASCII were lost; most were quotes.
    """
    packed = gzip.decompress(data("bis-el-2023-12-07.csv.gz").read_bytes())
    rows = list(csv.DictReader(io.StringIO(packed.decode("utf-8-sig", "replace"))))
    aliases = (
        alias
        for row in rows
        for alias in re.split(
            r";\s*(?:and\s)?|,? \(?[afd]\.k\.a\.,?|^DBA ", row["Alternate Name"].replace("?", "'")
        )
    )
    names = {name_key(row["Name"].replace("?", "'")) for row in rows}
    return names - {""}, set(map(name_key, aliases)) - {""}


_READ = {2023: (2_451, 2_455, 3_256), 2026: (2_508, 2_512, 3_315)}
"""How many of the Bureau's names are an entry's name, and are any of its names; and how many of its
aliases are."""


@pytest.mark.slow
def test_the_bureaus_own_names_are_read(published: Published) -> None:
    """To the letter, of its 2,623 names and 3,410 aliases; never fewer than by now."""
    named, known_as = published_by_bis()
    names = {name_key(entry.name) for entry in published.entries}
    every = {name_key(name) for entry in published.entries for name in entry.names}
    found = (len(named & names), len(named & every), len(known_as & every))
    assert (len(named), len(known_as)) == (2_623, 3_410)
    pairs = zip(found, _READ[published.year], strict=True)
    assert all(number >= before for number, before in pairs), found
