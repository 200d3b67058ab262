"""The list as data: what a file holds is what a search of each day finds, in the same bytes."""

import csv
import io
import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.errors import UsageError
from monitor.ledger.list_rows import RowPlace, Turn, Turns
from monitor.screening.entry import Entry
from monitor.screening.uncovered import uncovered
from monitor.status.export.csv_file import COLUMNS, csv_file
from monitor.status.export.files import FILES, Format
from monitor.status.export.follow_the_money import follow_the_money
from monitor.status.export.rows import Days, ListedRow, listed_rows
from monitor.status.export.stays import Stay, Stays, united
from monitor.status.search import entries_on
from tests.listed import START, Listed, plain_text
from tests.upstream.parties import INSTITUTE, filler

NONE = Turn()
REMOVAL = Turn("removed", "88 FR 80131", "2023-25557")
LISTING = Turn("added", "85 FR 34505", "2020-10868")
ENTRY = Entry("EL", INSTITUTE, ("Ident Center",), ("Beijing",), "CN", "For all items.",
              "Presumption of denial.", ("85 FR 34505",), "2020-06-05", "ecfr")  # fmt: skip


def listed_row(
    entry: Entry = ENTRY,
    begins: str = "2020-06-05",
    ends: str | None = "2023-11-17",
    began: Turn = LISTING,
    ended: Turn = REMOVAL,
) -> ListedRow:
    """A row of one stay."""
    return ListedRow(entry, begins, ends, began, ended, Stay(begins, ends, began, ended))


@pytest.mark.parametrize(
    ("times", "covers", "left"),
    [
        (("03", "09"), [], [("03", "09")]),
        (("03", "09"), [("01", None)], []),
        (("03", "09"), [("05", "07")], [("03", "05"), ("07", "09")]),
        (("03", None), [("05", "07"), ("07", "08")], [("03", "05"), ("08", None)]),
        (("03", None), [("05", None)], [("03", "05")]),
        (("03", "09"), [("01", "04"), ("02", "03")], [("04", "09")]),
        (("03", "09"), [("09", None)], [("03", "09")]),
        (("03", "03"), [], []),
        (("03", "09"), [("01", "20")], []),
        (("03", "09"), [("12", "20")], [("03", "09")]),
    ],
)
def test_the_times_that_only_one_text_has(
    times: tuple[str, str | None],
    covers: list[tuple[str, str | None]],
    left: list[tuple[str, str | None]],
) -> None:
    """Half-open days: one that ends where another begins leaves no day between."""
    assert uncovered(times, covers) == left
    assert uncovered(times, reversed(covers)) == left


def test_a_stay_goes_on_through_amendments() -> None:
    """A row amended to another name is the same stay; a row that came anew is another."""
    old = RowPlace(1, "ecfr", "x", "old", "2019-01-01", "2021-01-01")
    new = RowPlace(2, "ecfr", "y", "new", "2021-01-01", "2023-11-17")
    back = RowPlace(3, "ecfr", "y", "back", "2024-01-01", None)
    turns = Turns(
        began={("ecfr", "2019-01-01", "old"): LISTING,
               ("ecfr", "2021-01-01", "new"): Turn("amended", other="old"),
               ("ecfr", "2024-01-01", "back"): Turn("added")},
        ended={("ecfr", "2021-01-01", "old"): Turn("amended", other="new"),
               ("ecfr", "2023-11-17", "new"): REMOVAL},
    )  # fmt: skip
    stays = Stays([old, new, back], turns)
    whole = Stay("2019-01-01", "2023-11-17", LISTING, REMOVAL)
    assert stays.of(old) == stays.of(new) == whole
    assert stays.of(back) == Stay("2024-01-01", None, Turn("added"), NONE)
    assert united([stays.of(back), whole, whole]) == [whole, stays.of(back)]


def test_one_row_less_of_a_party_that_stays_ends_no_stay() -> None:
    """The change names the row that goes on, which began long before."""
    gone = RowPlace(1, "ecfr", "x", "gone", "2019-01-01", "2021-01-01")
    stays_on = RowPlace(2, "ecfr", "x", "stays", "2018-01-01", None)
    turns = Turns({}, {("ecfr", "2021-01-01", "gone"): Turn("amended", other="stays")})
    assert Stays([gone, stays_on], turns).of(gone).ends is None


@pytest.mark.parametrize("begins", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", " =1+1"])
def test_no_cell_is_a_formula(begins: str) -> None:
    """Foreign text stays text in a spreadsheet; an address that begins so as well."""
    entry = replace(ENTRY, name=begins, addresses=(begins, "Beijing"), country=None)
    heading, row = list(csv.reader(text_of(csv_file([listed_row(entry)]))))
    cells = dict(zip(heading, row, strict=True))
    assert (cells["name"], cells["country"]) == (f"'{begins}", "")
    assert cells["addresses"] == f"'{begins} | Beijing"
    assert (cells["to"], cells["to_citation"]) == ("2023-11-17", "88 FR 80131")


def text_of(pieces: Iterator[bytes]) -> io.StringIO:
    """CSV as a program reads it: the mark at its beginning is none of the text."""
    return io.StringIO(b"".join(pieces).decode("utf-8-sig"), newline="")


def test_csv_has_all_that_json_has() -> None:
    """The same fields, and nothing lost between two lines."""
    assert set(COLUMNS) == set(listed_row().public())
    breaks = replace(ENTRY, addresses=('12 "Gate"\r\nRoad',), license_policy="a, b; c")
    heading, row = list(csv.reader(text_of(csv_file([listed_row(breaks)]))))
    cells = dict(zip(heading, row, strict=True))
    assert cells["addresses"] == '12 "Gate"\r\nRoad'
    assert cells["license_policy"] == "a, b; c"


SCHEMAS = {
    # Every property that is written, with its type, as followthemoney 4.11 has them.
    "LegalEntity": {"name": "name", "alias": "name", "address": "address", "country": "country",
                    "notes": "text", "topics": "topic"},
    "Address": {"name": "name", "alias": "name", "full": "address", "country": "country",
                "notes": "text", "topics": "topic"},
    "Sanction": {"entity": "entity", "authority": "string", "country": "country",
                 "program": "string", "listingDate": "date", "startDate": "date",
                 "endDate": "date", "summary": "text", "description": "text",
                 "recordId": "string", "sourceUrl": "url"},
}  # fmt: skip
LONGEST = {"name": 384, "address": 250, "string": 1024, "text": 65_000, "url": 4096}
REQUIRED = {"LegalEntity": {"name"}, "Address": set(), "Sanction": {"entity"}}


def entities(rows: list[ListedRow]) -> list[dict[str, Any]]:
    """The entities of a file, each of the model's own form."""
    found = [json.loads(line) for line in follow_the_money(rows)]
    ids = {one["id"] for one in found}
    assert len(ids) == len(found)
    for one in found:
        assert set(one) == {"id", "schema", "properties"}
        known = SCHEMAS[one["schema"]]
        assert set(one["properties"]) <= set(known)
        assert REQUIRED[one["schema"]] <= set(one["properties"])
        for name, values in one["properties"].items():
            assert values, name
            assert len(values) == len(set(values))
            for value in values:
                fits(known[name], value)
                assert known[name] != "entity" or value in ids
    return found


def fits(kind: str, value: str) -> None:
    """Whether a value is one of the model's type, as far as that has a form."""
    assert len(value) <= LONGEST.get(kind, 100)
    if kind == "date":
        date.fromisoformat(value)
    if kind == "country":
        assert len(value) == 2
        assert value.islower()
    if kind == "url":
        assert value.startswith("https://www.federalregister.gov/")
    if kind == "topic":
        assert value == "export.control"


def test_a_stay_is_a_sanction() -> None:
    """Who, by whom, from when until when, and the acts as sources."""
    party, sanction = entities([listed_row()])
    assert (party["schema"], sanction["schema"]) == ("LegalEntity", "Sanction")
    assert party["properties"]["alias"] == ["Ident Center"]
    said = sanction["properties"]
    assert said["entity"] == [party["id"]]
    assert (said["startDate"], said["endDate"]) == (["2020-06-05"], ["2023-11-17"])
    assert said["recordId"] == ["85 FR 34505", "88 FR 80131"]
    assert said["sourceUrl"] == [
        "https://www.federalregister.gov/d/2020-10868",
        "https://www.federalregister.gov/d/2023-25557",
    ]


def test_a_row_that_always_stood_there_does_not_begin_with_what_is_known() -> None:
    """Nothing says that it came on the day of the first text; the list's own date serves."""
    old = listed_row(begins="2017-01-03", ends=None, began=NONE, ended=NONE)
    undated = listed_row(replace(ENTRY, name="Other", start_date=None, citations=()),
                         begins="2017-01-03", ends=None, began=NONE, ended=NONE)  # fmt: skip
    _, first, _, second = entities([old, undated])
    assert first["properties"]["startDate"] == ["2020-06-05"]
    assert first["properties"]["sourceUrl"] == [
        "https://www.federalregister.gov/citation/85-FR-34505"
    ]
    assert not {"startDate", "endDate", "sourceUrl"} & set(second["properties"])


def test_the_csl_tells_of_a_stay_that_the_law_does_not_yet_show() -> None:
    """Its row goes late, which makes no stay longer; one that comes back early is one more."""
    csl = replace(ENTRY, source="csl")
    late = ListedRow(csl, "2023-11-17", "2023-11-30", NONE, REMOVAL,
                     Stay("2020-06-06", "2023-11-30", LISTING, REMOVAL))  # fmt: skip
    back = listed_row(csl, begins="2025-01-02", ends=None, ended=NONE)
    _, first, second = entities([listed_row(), late, back])
    assert first["properties"]["endDate"] == ["2023-11-17"]
    assert second["properties"]["startDate"] == ["2025-01-02"]
    assert "endDate" not in second["properties"]


def test_a_row_written_anew_is_no_removal() -> None:
    """No change tells where it went: its party has no end, under whatever name."""
    _, sanction = entities([listed_row(ended=NONE)])
    assert "endDate" not in sanction["properties"]


def test_a_party_of_two_stays_and_two_countries() -> None:
    """Each stay is a sanction, each destination a party; an address is no legal entity."""
    back = listed_row(begins="2025-01-02", ends=None, ended=NONE)
    abroad = listed_row(replace(ENTRY, country="HK"))
    odd = listed_row(
        replace(ENTRY, name="Address 05", country="SOMEWHERE", addresses=("Gate 5",), aliases=())
    )
    found = entities([listed_row(), back, abroad, odd])
    schemas = [one["schema"] for one in found]
    assert schemas == ["LegalEntity", "Sanction", "Sanction", "LegalEntity", "Sanction",
                       "Address", "Sanction"]  # fmt: skip
    assert found[5]["properties"] == {
        "name": ["Address 05"], "full": ["Gate 5"], "topics": ["export.control"],
    }  # fmt: skip


def test_what_is_too_long_for_the_model_stands_in_the_notes() -> None:
    """Nothing is lost, and the entity is still one that the model takes."""
    name, alias, address = "Ministry " * 60, "Defence " * 60, "Gate 5, " * 40
    entry = replace(ENTRY, name=name, aliases=(alias, "MoD"), addresses=(address, "Gate 6"),
                    license_requirement="Items " * 400)  # fmt: skip
    party, _ = entities([listed_row(entry)])
    said = party["properties"]
    assert said["name"] == [f"{name[:383]}…"]
    assert (said["alias"], said["address"]) == (["MoD"], ["Gate 6"])
    assert said["notes"] == [name, alias, address]


@pytest.fixture
def lived(tmp_path: Path) -> Iterator[Listed]:
    """Ten days of two lists: the CSL comes first and goes last, a name changes, one returns."""
    made = Listed(tmp_path, [])
    rows = [replace(one, citations=(f"85 FR {at}",)) for at, one in enumerate(filler(12))]
    only_csl, first, late, renamed, back = rows[:5]
    days = [
        ([*rows[1:5], *rows[6:]], rows[:11]),
        ([*rows[1:5], *rows[5:]], rows[:11]),
        ([*rows[1:5], *rows[5:]], rows),
        ([*rows[2:5], *rows[5:]], rows),
        ([*rows[2:5], *rows[5:]], [*rows[:1], *rows[2:]]),
        ([late, replace(renamed, name=f"{renamed.name} Holding Group", aliases=(renamed.name,)),
          back, *rows[5:]], [only_csl, *rows[2:]]),
        ([late, replace(renamed, name=f"{renamed.name} Holding Group", aliases=(renamed.name,)),
          *rows[5:]], [only_csl, *rows[2:4], *rows[5:]]),
        ([late, replace(renamed, name=f"{renamed.name} Holding Group", aliases=(renamed.name,)),
          replace(back, citations=("90 FR 7",)), *rows[5:]], rows[2:]),
    ]  # fmt: skip
    assert first.name != late.name
    for law, csl in days:
        made.lists["ecfr"].gives(law, text=plain_text(law))
        made.lists["csl"].gives(csl)
        made.checks(after=timedelta(days=1))
    yield made
    made.closes()


def on_day(listed: Listed, day: str | None) -> list[Entry]:
    """What a search finds on a day."""
    with listed.service.ledger.reading() as reading:
        return entries_on(reading, "EL", day)


def rows_of(listed: Listed, days: Days, list_: str = "EL") -> list[ListedRow]:
    """The rows of an export."""
    with listed.service.ledger.reading() as reading:
        return list(listed_rows(reading, list_, days))


def digests(entries: list[Entry]) -> list[str]:
    """Entries to compare, whatever their order; what one source says is not what another says."""
    return sorted(f"{entry.source} {entry.digest()}" for entry in entries)


@pytest.mark.slow
def test_the_list_of_any_day_is_made_again_of_the_rows(lived: Listed) -> None:
    """Of one export of all days, of one of each day, and of the list as it is now."""
    first = (START + timedelta(days=1)).date()
    days = [(first + timedelta(days=at)).isoformat() for at in range(8)]
    whole = rows_of(lived, Days(days[0], None))
    for day in days:
        there = [row.entry for row in whole if row.begins <= day < (row.ends or "9")]
        assert digests(there) == digests(on_day(lived, day)), day
        alone = rows_of(lived, Days(day, day))
        assert digests([row.entry for row in alone]) == digests(there)
        assert {(row.begins, row.ends) for row in alone} <= {(r.begins, r.ends) for r in whole}
    assert digests([row.entry for row in rows_of(lived, Days())]) == digests(on_day(lived, None))
    parts = rows_of(lived, Days(days[2], days[4]))
    expected = [row for row in whole if row.begins <= days[4] and (row.ends or "9") > days[2]]
    assert parts == expected


@pytest.mark.slow
def test_the_same_list_is_the_same_bytes(lived: Listed) -> None:
    """Twice over, and after looks that found nothing new."""
    first = (START + timedelta(days=1)).date().isoformat()

    def made() -> list[bytes]:
        with lived.service.ledger.reading() as reading:
            return [b"".join(FILES[form](listed_rows(reading, "EL", Days(first, None))))
                    for form in Format]  # fmt: skip

    before = made()
    assert made() == before
    lived.checks(after=timedelta(minutes=5))
    assert made() == before
    assert all(before)


@pytest.mark.slow
def test_the_model_s_own_validator_takes_it(lived: Listed, tmp_path: Path) -> None:
    """FollowTheMoney is none of our dependencies; CI brings it. Nothing is dropped or altered."""
    first = (START + timedelta(days=1)).date().isoformat()
    with lived.service.ledger.reading() as reading:
        found = entities(list(listed_rows(reading, "EL", Days(first, None))))
    renamed = [one for one in found if "Holding Group" in str(one["properties"].get("name"))]
    assert len(renamed) == 1
    ended = [one["properties"] for one in found if "endDate" in one["properties"]]
    names = {
        one["id"]: one["properties"]["name"][0] for one in found if one["schema"] != "Sanction"
    }
    # The one whose name changed is on the list still: no end, under neither name.
    gone = {names[said["entity"][0]] for said in ended}
    assert gone == {one.name for one in (filler(12)[at] for at in (0, 1, 4))}
    python = os.environ.get("FTM_PYTHON")
    if python is None:
        pytest.skip("needs a Python that has followthemoney, in $FTM_PYTHON")
    written = tmp_path / "entities.jsonl"
    written.write_text("".join(f"{json.dumps(one)}\n" for one in found), "utf-8")
    validator = Path(__file__).parent / "model_validator.py"
    done = subprocess.run(
        [python, str(validator), str(written)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"


@pytest.mark.slow
def test_what_is_not_known_is_no_empty_list(lived: Listed) -> None:
    """The same words as a search of that day, before anything is written."""
    for days, list_, said in (
        (Days("2023-11-31", "2023-11-31"), "EL", "is not a date"),
        (Days("2001-01-01", None), "EL", "`entity-monitor backfill`"),
        (Days("2023-11-10", "2030-01-01"), "EL", "was not read"),
        (Days(), "XX", "has not been read yet"),
        (Days("2023-11-10", "2023-11-10"), "XX", "has not been read yet"),
    ):
        with lived.service.ledger.reading() as reading:
            with pytest.raises(UsageError, match=said):
                listed_rows(reading, list_, days)
            with pytest.raises(UsageError, match=said):
                entries_on(reading, list_, days.last or days.first)
