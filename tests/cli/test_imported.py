"""`config check` says of each line of watchlist.csv what the lists say, at once."""

import csv
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.screening.names.made_names import made_names
from tests.upstream.parties import INSTITUTE_AS_CSL_HAD_IT, canaries, filler
from tests.worlds import World

TABLE = """Vendor;Country;List;Watch for
Huawei Technologies Company Limited;CN;EL;
Forensic Science Institute of the Ministry of Public Security;CN;EL;
Yamabuki Gardens of Osaka;JP;EL;
=Tsubaki Gardens of Osaka;JP;EL;
Bharat Electronics Limited;IN;UVL;
公安部物证鉴定中心;CN;EL;
X;CN;EL;
"""


@pytest.fixture
def imported(world: World) -> Iterator[World]:
    """A table beside the one watch, of which no look has been taken yet."""
    (world.folder / "watchlist.csv").write_text(TABLE, "utf-8")
    yield world
    world.ends()


def results(world: World, *options: str) -> list[tuple[int, str]]:
    ran = world.run("config", "check", "--json", *options)
    assert ran.code == 0, ran.err
    return [(int(one["line"]), one["result"]) for one in ran.json["watchlist_csv"]["lines"]]


def test_what_nobody_has_read_is_never_nothing_near(imported: World) -> None:
    """Neither without a ledger nor with an empty one; and none is made."""
    unread = [(line, "not read yet") for line in (2, 3, 4, 5, 6, 7)]
    assert results(imported) == unread
    out = imported.run("config", "check").out
    assert "The Entity List has not been read yet" in out
    assert "nothing near" not in out
    database = imported.data / "monitor.db"
    if database.exists():
        database.unlink()
        assert results(imported) == unread
        assert not database.exists()


@pytest.mark.slow
def test_lines_are_listed_near_or_nothing(imported: World, tmp_path: Path) -> None:
    """As a table, as JSON and as CSV; before the next look, and as that one then finds."""
    (imported.folder / "watchlist.csv").unlink()
    imported.check()
    imported.ends()
    (imported.folder / "watchlist.csv").write_text(TABLE, "utf-8")
    assert results(imported) == [
        (2, "listed"), (3, "possible match"), (4, "nothing near"), (5, "nothing near"),
        (6, "not read yet"), (7, "not comparable"),
    ]  # fmt: skip
    out = imported.run("config", "check", "--csv", str(tmp_path / "out.csv")).out
    assert "watchlist.csv: 1 listed, 1 possible match, 2 nothing near, 1 not comparable" in out
    for said in (
        INSTITUTE_AS_CSL_HAD_IT,
        "Compared with the Entity List as last read: csl of 2023-11-20",
    ):
        assert said in out
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["line"] for row in rows] == ["2", "3", "4", "5", "6", "7", "8"]
    assert (rows[0]["entry"], rows[0]["citations"]) == (canaries()[0].name, "84 FR 22963")
    assert float(rows[1]["score"]) > 0.8
    assert rows[3]["name"] == "'=Tsubaki Gardens of Osaka"
    assert rows[6]["result"] == "skipped"
    assert "at least 3 letters" in rows[6]["reasons"]
    imported.check()
    imported.ends()
    before = results(imported)
    [case] = imported.run("cases", "--json").json["cases"]
    imported.run("cases", "decide", case["id"], "different", "--now", imported.now.isoformat())
    assert results(imported) == [(3, "decided different") if one[0] == 3 else one for one in before]


def test_without_a_table_there_is_nothing_to_write(world: World, tmp_path: Path) -> None:
    """Wrong usage, said plainly."""
    ran = world.run("config", "check", "--csv", str(tmp_path / "out.csv"))
    assert ran.code == 2
    assert "no watchlist.csv" in ran.err
    assert world.run("config", "check", "--json").json["watchlist_csv"] is None


@pytest.mark.slow
def test_ten_thousand_lines_take_seconds(world: World, tmp_path: Path) -> None:
    """Against a list of three thousand; with room for a busy machine."""
    world.up.is_furnished(3_000)
    world.check()
    world.ends()
    names = [party.name for party in filler(3_000)]
    made = made_names(names, Random(3), 9_900)
    lines = "\n".join(f'"{name}"' for name in dict.fromkeys((*made, *names[:100])))
    (world.folder / "watchlist.csv").write_text(f"Name\n{lines}\n", "utf-8")
    started = time.process_time()
    found = results(world)
    assert time.process_time() - started < 30
    assert len(found) > 9_000
    assert sum(result == "listed" for _, result in found) >= 100
