"""watchlist.csv: what Excel and ERPs write is read, and what cannot be used is named."""

import codecs
import csv
import io
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import ConfigError
from monitor.settings import WatchFile, load_watchlist
from monitor.settings.table import TableError, decoded
from monitor.settings.watchlist_csv import CsvWatches, read_watches
from tests.settings.folders import Folder

CHINESE = (
    "供应商名称,英文名称,国家,备注\n上海某某科技有限公司,Shanghai Some Technology,中国,重要供应商\n"
)


def read(text: str) -> CsvWatches:
    return read_watches("watchlist.csv", text)


def names(text: str) -> list[str]:
    return [watch.name for watch in read(text).watches]


def skipped(text: str) -> list[str]:
    return [str(problem) for problem in read(text).skipped]


def lists(folder: Folder, content: str | bytes) -> WatchFile:
    """What came of a watchlist.csv beside the watchlist.yaml of the folder."""
    data = content.encode() if isinstance(content, str) else content
    (folder.path / "watchlist.csv").write_bytes(data)
    return load_watchlist(folder.path, {}).files[-1]


def test_every_column_of_a_watch_can_be_given() -> None:
    """All that watchlist.yaml can say; several values of a cell between semicolons or on lines."""
    (watch,) = read(
        "id,name,aliases,same_as,not_same_as,addresses,local_names,country,lists,near,note,tags\n"
        'b-co,"B Trading Co., Ltd.","B Branch; The B",Bee Trade,Bee Trading Oslo,'
        '"1 Main St\nBeijing; 2 Side St",乙公司,China,EL;UVL,Broad,see: ${X} # 1,"a\nb"\n'
    ).watches
    assert watch.model_dump() == {
        "id": "b-co", "name": "B Trading Co., Ltd.", "aliases": ("B Branch", "The B"),
        "same_as": ("Bee Trade",), "not_same_as": ("Bee Trading Oslo",),
        "addresses": ("1 Main St, Beijing", "2 Side St"), "local_names": ("乙公司",),
        "country": "CN", "lists": ("EL", "UVL"), "near": "broad", "note": "see: ${X} # 1",
        "tags": ("a", "b"),
    }  # fmt: skip


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE), ("utf-16-le", b""), ("utf-16-be", b""),
        ("gb18030", b""),
    ],
)  # fmt: skip
def test_every_form_of_a_spreadsheet_is_read(
    folder: Folder, separator: str, newline: str, encoding: str, mark: bytes
) -> None:
    """Whatever the country of the Excel that saved it."""
    text = CHINESE.replace(",", separator).replace("\n", newline)
    assert lists(folder, mark + text.encode(encoding)).name_column == "英文名称"
    acme, watch = load_watchlist(folder.path, {}).watches
    assert (acme.id, watch.name, watch.country) == ("acme", "Shanghai Some Technology", "CN")
    assert watch.note == "重要供应商"


@pytest.mark.parametrize(
    "heading",
    [
        "Name", "NAME", "Vendor Name", "vendor_name", "Supplier", "Company", "Company Name",
        "Counterparty", "Legal Entity Name", "Business Partner Name 1", "Customer's Name", "NAME1",
        "Account Name", "Organisation", "Party Name (as screened)", "公司名称", "Firma",
        "Raison sociale", '" Vendor\n Name "',
    ],
)  # fmt: skip
def test_a_name_is_found_under_any_usual_heading(heading: str) -> None:
    """Beside columns that mean nothing here, and those of other names."""
    text = f"Vendor No.,{heading},Contact First Name,Bank Name\n100023,Acme Trading,Ann,Big Bank\n"
    assert names(text) == ["Acme Trading"]


# Programs as they save a vendor list, each with the name it holds.
FILES = {
    "Excel (US), CSV": ('Vendor Name,Country\r\n"Acme Trading Co., Ltd.",US\r\n', "cp1252"),
    "Excel (DE), CSV": ("Kreditor;Land\r\nMüller Werkzeuge GmbH;DE\r\n", "cp1252"),
    "Excel (FR), CSV": ("Raison sociale;Pays\r\nSociété Générale d’Optique;FR\r\n", "cp1252"),
    "Excel, CSV UTF-8": ("Company,Notes\r\nBharat Électronique,é\r\n", "utf-8-sig"),
    "Excel, Unicode text": ("Name\tCountry\r\nAcme Trading\tCN\r\n", "utf-16"),
    "Excel (CN), CSV": ("供应商名称,国家\r\nShenzhen Optics 深圳光电,中国\r\n", "gb18030"),
    "Kingdee": ("单位编码,往来单位名称,备注\r\n01,Harbin Engineering,军工\r\n", "gbk"),
    "Google Sheets": ('Counterparty,Note\n"Acme\nTrading","a ""b"""\n', "utf-8"),
    "LibreOffice": ('"Firma";"Ort"\n"Größte Brüder AG";"Köln"\n', "utf-8"),
    "SAP, spreadsheet": (
        "List\r\n\r\n\tLifnr\tName 1\tName 2\r\n\r\n\t123\tMinistry of Public\tInstitute\r\n",
        "utf-16-le",
    ),
    "PowerShell": ('#TYPE Selected.Object\r\n"Name","Id"\r\n"Acme Trading","7"\r\n', "utf-16"),
    "pandas": (",supplier_name,country\n0,Acme Trading,CN\n", "utf-8"),
}  # fmt: skip
HELD = (
    "Acme Trading Co., Ltd.", "Müller Werkzeuge GmbH", "Société Générale d’Optique",
    "Bharat Électronique", "Acme Trading", "Shenzhen Optics 深圳光电", "Harbin Engineering",
    "Acme Trading", "Größte Brüder AG", "Ministry of Public Institute", "Acme Trading",
    "Acme Trading",
)  # fmt: skip


def test_a_file_is_read_as_the_program_saved_it() -> None:
    """Nobody says its encoding, its separator or which column the name is in."""
    for (program, (text, encoding)), name in zip(FILES.items(), HELD, strict=True):
        content, guessed = decoded(text.encode(encoding))
        found = read(content)
        assert [watch.name for watch in found.watches] == [name], program
        assert not found.skipped, program
        assert (guessed == "cp1252") == (encoding == "cp1252" and not text.isascii()), program


def test_a_guessed_encoding_is_said(folder: Folder) -> None:
    """Czech bytes may pass for Western ones: a person is asked to look."""
    file = lists(folder, "Name\nBüro Grün\n".encode("cp1252"))
    assert "is read as Western European text" in str(file.remarks[0])


def test_a_number_is_no_name() -> None:
    """SAP heads a column of numbers “Kreditor”: they would be watched in vain."""
    assert skipped("Kreditor;Ort\n100023;Bonn\n") == [
        "watchlist.csv:2: Kreditor: is a number; is this the column of the name?"
    ]


def test_what_stands_above_the_headings_is_passed_over() -> None:
    """A report has a title, and Excel may say the separator first."""
    assert names("sep=;\r\nVendor report;;\r\n\r\nNo;Vendor;Country\r\n1;Acme, Inc.;US\r\n") == [
        "Acme, Inc."
    ]


def test_a_name_cut_in_two_fields_is_one() -> None:
    """SAP's NAME1 holds 35 letters."""
    text = "LIFNR;NAME1;NAME2\n1;Ministry of Public Security's;Institute of Forensic Science\n"
    assert names(text) == ["Ministry of Public Security's Institute of Forensic Science"]


def test_an_address_in_columns_is_one_address() -> None:
    """Street and town together; a town alone says nothing of who it is."""
    found = read("Name,City,Street\nAcme One,Beijing,1 Main St\nAcme Two,Beijing,\n").watches
    assert [watch.addresses for watch in found] == [("1 Main St, Beijing",), ()]
    assert read("Name,City\nAcme One,Beijing\n").watches[0].addresses == ()


def test_every_line_that_cannot_be_used_is_named_and_stops_no_other() -> None:
    """With its line and the reason."""
    text = (
        "ID,Vendor Name,Lists,Near\n"
        "a,Acme Trading,,\n"
        ",X,,\n"
        ",ACME  trading,,\n"
        "a,Other Party,,\n"
        ",Third Party,ELL,\n"
        ",Fourth Party,,far\n"
        'b,"Fifth Party,,\n'
        'c,"Sixth" Party,,\n'
        "d,Seventh Party,,,more\n"
        ",,,\n"
        "removal,Eighth Party,,\n"
        "e,Ninth Party,el,\n"
    )
    assert names(text) == ["Acme Trading", "Ninth Party"]
    reasons = [
        "3: Vendor Name: should be a name of at least 3 letters or digits",
        "4: Vendor Name: is watched on EL already; a has the same name",
        "5: ID: must be unique; a is another watch",
        "6: Lists: should be one of EL, UVL, MEU, DPL",
        "7: Near: should be one of off, close, broad",
        "8: is not CSV: a quotation mark is not closed",
        "9: is not CSV: text follows a closing quotation mark; double the quotation marks",
        "10: has more cells than there are headings; put quotation marks around",
        "12: ID: should not be a word that routes notifications; add to it",
    ]
    found = skipped(text)
    assert len(found) == len(reasons)
    for one, reason in zip(found, reasons, strict=True):
        assert one.startswith(f"watchlist.csv:{reason}")


def test_what_of_a_line_cannot_be_used_is_left_out_and_named() -> None:
    """A party with a wrong country is better watched without it."""
    found = read(
        "Name,Country,Aliases\nAcme Trading,Atlantis,A;Acme Branch\n中国科学院声学研究所,中国,\n"
    )
    assert [(watch.name, watch.country, watch.aliases) for watch in found.watches] == [
        ("Acme Trading", None, ("Acme Branch",)), ("中国科学院声学研究所", "CN", ()),
    ]  # fmt: skip
    assert [(remark.line, remark.key, remark.message) for remark in found.remarks] == [
        (2, "Country", "should be a country or its two-letter code, such as CN; left out"),
        (2, "Aliases", "should be a name of at least 3 letters or digits; left out"),
        (3, "Name", "should be in Latin letters, as the lists are; it may never be found"),
    ]
    assert not found.skipped


def test_what_the_yaml_says_goes_first(folder: Folder) -> None:
    """The same name is one watch, and an id is one watch's."""
    file = lists(folder, "id,name\n,ACME TRADING\nacme,Other Party\n,Acme\n")
    assert (file.watches, len(file.skipped)) == (1, 2)
    made = load_watchlist(folder.path, {}).watches[1]
    assert (made.name, made.id.startswith("acme-")) == ("Acme", True)


def test_a_table_is_enough(folder: Folder) -> None:
    """Nobody must write YAML to begin."""
    (folder.path / "watchlist.yaml").unlink()
    assert lists(folder, "Name\nAcme Trading\n").watches == 1
    assert [watch.id for watch in folder.loaded().watches] == ["acme-trading"]
    lists_nobody = "Name\nX\n"
    (folder.path / "watchlist.csv").write_text(lists_nobody)
    assert folder.told() == ["watchlist.csv: must list at least one watch or follow"]


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ("watchlist.xlsx", "watchlist.csv", "watchlist.xlsx: is not read: save it as “CSV UTF-8”"),
        ("watchlist.yml", "watchlist.yaml", "watchlist.yml: is not read: rename it to"),
    ],
)
def test_a_file_with_another_ending_is_named(
    folder: Folder, wrong: str, right: str, told: str
) -> None:
    """Its watches would not be watched; beside the right one it is somebody's own copy."""
    here = folder.path
    (here / "watchlist.csv").write_text("Name\nAcme Pumps\n")
    (here / wrong).write_bytes(b"")
    assert folder.loaded().watches
    (here / right).unlink()
    assert any(said.startswith(told) for said in folder.told())


def test_an_id_stays_whatever_else_the_table_holds() -> None:
    """Links and tags hang on it: neither order nor new lines change it."""
    rows = [
        '"Acme Trading Co., Ltd.",', "Acme-Trading,", "Acme Trading?,", "Öl & Gas GmbH,",
        "中国石油,",
        "中国石化,", "Removal,", "Acme Trading,UVL", f"{'Very Long Name ' * 6}A,",
        f"{'Very Long Name ' * 6}B,", "Łódź Steel,",
    ]  # fmt: skip

    def ids(lines: list[str]) -> dict[str, str]:
        found = read("Name,Lists\n" + "\n".join(lines))
        assert len({watch.id for watch in found.watches}) == len(lines)
        return {f"{watch.name} {watch.lists}": watch.id for watch in found.watches}

    made = ids(rows)
    assert ids(rows[::-1]) == made
    for row in rows:
        assert made.items() >= ids([row]).items()
    assert made["Acme Trading Co., Ltd. ('EL',)"] == "acme-trading-co-ltd"
    assert made["Öl & Gas GmbH ('EL',)"] == "ol-gas-gmbh"
    assert made["Acme Trading ('UVL',)"] == "acme-trading-uvl"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "should have a column for the name"),
        (b"Vendor No,Country\n1,CN\n", "should have a column for the name; write Name above it"),
        (b"Acme Trading\nOther Party\n", "should have a column for the name"),
        (b"PK\x03\x04rest", "is an Excel workbook and no text; save it as"),
        ("Name\nГазпромнефть\n".encode("cp1251"), "no other encoding can be told for sure"),
        ("Name\nHuta Stali Łabędy\n".encode("cp1250"), "can be told for sure; save it as"),
        ("Name\nTürk Uçak Sanayi Şirketi\n".encode("cp1254"), "no other encoding can be told"),
        ("名稱\n臺灣電子股份有限公司\n".encode("big5"), "no other encoding can be told"),
        ("会社名\n株式会社サンプル\n".encode("shift-jis"), "no other encoding can be told"),
        (b"Name\n\xff\xff\xff\n", "is neither UTF-8 nor UTF-16, and no other"),
        (b"\xff\xfeN\x00a", "is neither UTF-8 nor UTF-16"),
    ],
)
def test_a_file_that_is_wrong_as_a_whole_is_an_error(
    folder: Folder, content: bytes, told: str
) -> None:
    """A name read in the wrong encoding would be watched in vain."""
    with pytest.raises(ConfigError, match=f"watchlist.csv: .*({told})"):
        lists(folder, content)


def test_a_link_to_nowhere_is_no_table_left_out(folder: Folder) -> None:
    """A mount that failed must not end the watching of thousands."""
    (folder.path / "watchlist.csv").symlink_to(folder.path / "gone")
    assert folder.told() == ["watchlist.csv: is missing; it is required"]


CELLS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from(',;\t"\n\r|?é中'), max_size=12
)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5), st.sampled_from([",", ";", "\t"]))
def test_each_row_is_watched_or_named(given_rows: list[tuple[str, str]], separator: str) -> None:
    """Nobody is lost between the lines, whatever the cells hold."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator)
    writer.writerows([("Name", "Country"), *given_rows])
    found = read(out.getvalue())
    said = [row for row in given_rows if any(cell.strip() for cell in row)]
    assert len(found.watches) + len(found.skipped) == len(said)
    assert all(problem.line and problem.message for problem in found.skipped)
    assert len({watch.id for watch in found.watches}) == len(found.watches)


@given(st.binary(max_size=60))
def test_no_bytes_are_a_surprise(content: bytes) -> None:
    """Watches, named lines, or one error."""
    with suppress(TableError):
        assert read_watches("watchlist.csv", decoded(b"Name\n" + content)[0]).file


@pytest.mark.slow
def test_fifty_thousand_lines_are_read_at_an_even_pace() -> None:
    """Ten times the lines take about ten times as long."""
    took = []
    for count in (5_000, 50_000):
        text = "Name,Country\n" + "".join(f"Watched Party {at},CN\n" for at in range(count))
        start = time.process_time()
        assert len(read(text).watches) == count
        took.append(time.process_time() - start)
    assert took[1] < 20 * took[0]
