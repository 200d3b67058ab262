"""Watches of a CSV file taken into watchlist.yaml: all or none, and what was there stays."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from monitor.errors import ConfigError
from monitor.settings.load import load_watches
from monitor.settings.watch_csv import COLUMNS, MOST_PROBLEMS
from monitor.settings.watch_import import Imported, import_watches
from monitor.settings.watch_yaml import with_watches
from monitor.settings.watchlist import Watch
from tests.settings.folders import WATCHLIST, Folder

BESIDE = """\
# whom we watch
watches:
- id: acme   # the first
  name: Acme Trading
  note: |
    # no comment, but text

# the end of the list
"""


def imports(folder: Folder, text: str, *, dry_run: bool = False) -> Imported:
    """Imports a CSV text."""
    path = folder.path / "new.csv"
    path.write_bytes(text.encode())
    return import_watches(path, folder.path, {}, dry_run=dry_run)


def refused(folder: Folder, text: str) -> list[str]:
    """What is said of a CSV text, without the folder; and that nothing was written."""
    before = {path: path.read_bytes() for path in folder.path.iterdir() if path.suffix != ".csv"}
    with pytest.raises(ConfigError) as caught:
        imports(folder, text)
    after = {path: path.read_bytes() for path in folder.path.iterdir() if path.suffix != ".csv"}
    assert after == before
    return [str(problem).replace(f"{folder.path}/", "") for problem in caught.value.problems]


def watched(folder: Folder) -> list[str]:
    """The ids in the watch list."""
    return [watch.id for watch in load_watches(folder.path / "watchlist.yaml", {})]


def test_every_column_comes_into_the_watch_list(folder: Folder) -> None:
    """All that a watch can say can be said in a spreadsheet, quotes and commas included."""
    done = imports(
        folder,
        "id,name,aliases,local_names,country,lists,note,tags\n"
        '"b-co","B Trading Co., Ltd.","B Branch; The B;",乙公司,CN,EL;UVL,"see: ${X} # 1",a;b\n',
    )
    assert load_watches(done.watchlist, {})[1] == Watch(
        id="b-co", name="B Trading Co., Ltd.", aliases=("B Branch", "The B"),
        local_names=("乙公司",), country="CN", lists=("EL", "UVL"), note="see: ${X} # 1",
        tags=("a", "b"),
    )  # fmt: skip
    assert (len(done.added), done.watches) == (1, 2)


def test_what_is_there_stays_as_it_was_written(folder: Folder) -> None:
    """Comments, order and spelling of the file are the operator's."""
    folder.says(watchlist=BESIDE)
    imports(folder, "id,name\nother,Other Trading\n")
    text = (folder.path / "watchlist.yaml").read_text("utf-8")
    added = "- id: other\n  name: Other Trading\n"
    head, tail = BESIDE.split("\n\n")
    assert text == f"{head}\n{added}\n{tail}"


def test_the_first_import_makes_the_watch_list(tmp_path: Path) -> None:
    """A spreadsheet is enough to begin with."""
    folder = Folder(tmp_path)
    imports(folder, "\ufeffname,id\r\nAcme Trading,acme\r\n\r\n")
    assert watched(folder) == ["acme"]


def test_a_dry_run_writes_nothing(folder: Folder) -> None:
    """It says what would be, and that is all."""
    done = imports(folder, "id,name\nother,Other Trading\n", dry_run=True)
    assert ([one.id for one in done.added], done.watches) == (["other"], 2)
    assert (folder.path / "watchlist.yaml").read_text("utf-8") == WATCHLIST


def test_a_row_that_says_what_is_known_is_told_and_left_out(folder: Folder) -> None:
    """The same file twice adds nothing the second time."""
    text = "id,name\nacme,Acme Trading\nother,Other Trading\nother,Other Trading\n"
    first, second = imports(folder, text), imports(folder, text)
    assert [(row.line, row.watch.id) for row in first.already] == [(2, "acme"), (4, "other")]
    assert (second.added, len(second.already)) == ((), 3)
    assert watched(folder) == ["acme", "other"]


def test_a_watch_that_is_there_otherwise_is_refused(folder: Folder) -> None:
    """Neither what stands there nor what the file says may be lost without a word."""
    assert refused(
        folder,
        "id,name,country\nacme,Acme Trading Co.,\nacme,Acme Trading,CN\n"
        "acme-2,ACME  trading,\nb-1,B Trading,\nb-1,B Trading,CN\n",
    ) == [
        "new.csv:2: name: should be what acme has in watchlist.yaml, or the row be left out",
        "new.csv:3: country: should be what acme has in watchlist.yaml, or the row be left out",
        "new.csv:4: name: should be watched once; acme is the same name on the same list",
        "new.csv:6: country: should be what b-1 has on line 5, or the row be left out",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,name,alias\n", "new.csv:1: alias: is no column; did you mean aliases?"),
        ("id,name,\n", f"new.csv:1: column 3: is no column; known: {', '.join(COLUMNS)}"),
        ("name\nAcme\n", "new.csv:1: id: is a column that must be there"),
        ("id,name,id\n", "new.csv:1: id: should be one column; it stands here twice"),
        ("id;name\n", "new.csv:1: should have commas between its columns, not semicolons"),
        (
            "id,name\nb,B, Ltd.\n",
            "new.csv:2: should have 2 fields as the first line has, and has 3; put quotes around",
        ),
        ('id,name\nb,"B\n', "new.csv:2: is not CSV: unexpected end of data"),
        (
            'id,name,note\nb,Bee,"two\nlines"\nB,Cee,\n',
            "new.csv:4: id: should be a slug: lower-case letters, digits and dashes",
        ),
        ("id,name\n,Bee\n", "new.csv:2: id: is required: Its short name in URLs, commands and"),
        ("id,name,country\nb,Bee,China\n", "new.csv:2: country: should be a two-letter country"),
        ("id,name,lists\nb,Bee,EL;ELL\n", "new.csv:2: lists: should be one of EL, UVL"),
        (
            "id,name,aliases\nb,Bee,One More;;Two\n",
            "new.csv:2: aliases: should be a name of at least 3 letters or digits",
        ),
        ("id,name\nremoval,Bee\n", "new.csv:2: id: should not be a word that routes"),
    ],
)
def test_what_is_wrong_is_told_with_line_and_column(folder: Folder, text: str, said: str) -> None:
    """And what would be right; nothing is guessed, and nothing is written."""
    problems = refused(folder, text)
    assert [problem[: len(said)] for problem in problems] == [said]


def test_a_file_that_is_no_text_is_refused(folder: Folder) -> None:
    """A spreadsheet's own format, or another encoding, is told with its line."""
    path = folder.path / "new.csv"
    path.write_bytes(b"id,name\nb,B\xfctow\n")
    with pytest.raises(ConfigError, match=r"new\.csv:2: is not UTF-8; save it as"):
        import_watches(path, folder.path, {})
    with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
        import_watches(folder.path, folder.path, {})


def test_a_file_wrong_throughout_is_not_told_whole(folder: Folder) -> None:
    """A hundred problems are enough to see what is wrong."""
    rows = "".join(f"B{at},Bee {at}\n" for at in range(1000))
    problems = refused(folder, f"id,name\n{rows}")
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1] == f"new.csv: is read no further after {MOST_PROBLEMS} problems"


@pytest.mark.parametrize("watches", ["[{id: acme, name: Acme}]", "\n  - {id: acme, name: Acme}"])
def test_a_list_that_cannot_be_added_to_is_refused(folder: Folder, watches: str) -> None:
    """Only a block list has a line to write behind; entries of it may be of any form."""
    folder.says(watchlist=f"watches: {watches}\n")
    text = "id,name\nb,Bee\n"
    if watches.startswith("["):
        assert refused(folder, text) == [
            f'{folder.path}/watchlist.yaml: should hold its watches as a block list ("- id: …") '
            "to be added to".replace(f"{folder.path}/", "")
        ]
    else:
        imports(folder, text)
        assert watched(folder) == ["acme", "b"]


def test_a_wrong_watch_list_is_told_before_it_is_touched(folder: Folder) -> None:
    """What the service would refuse is refused here too."""
    folder.says(watchlist="watches:\n  - id: acme\n    nam: Acme\n")
    assert refused(folder, "id,name\nb,Bee\n")[0].startswith(
        "watchlist.yaml:2: watches[0].name: is"
    )


def test_mode_and_link_of_the_file_stay(folder: Folder) -> None:
    """A list kept elsewhere stays there, and as readable as it was."""
    real = folder.path / "real.yaml"
    link = folder.path / "watchlist.yaml"
    link.rename(real)
    link.symlink_to(real)
    real.chmod(0o600)
    imports(folder, "id,name\nother,Other Trading\n")
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o600
    assert watched(folder) == ["acme", "other"]


PRINTED = st.characters(categories=("L", "M", "N", "P", "S")) | st.sampled_from(" #:-'\"${}")
TEXT = st.text(PRINTED, min_size=1, max_size=20)


@st.composite
def watch_lists(draw: st.DrawFn) -> list[Watch]:
    """Watches of any names that may be watched, none twice."""
    found: list[Watch] = []
    for at in range(draw(st.integers(1, 4))):
        said = {
            "id": f"w{at}",
            "name": f"{draw(TEXT)} {'abc'[at % 3] * 3}{at}",
            "aliases": [f"{draw(TEXT)} xyz" for _ in range(draw(st.integers(0, 2)))],
            "local_names": draw(st.lists(TEXT, max_size=1)),
            "tags": draw(st.lists(TEXT, max_size=2)),
            "note": draw(st.none() | st.text(max_size=20)),
        }
        try:
            found.append(Watch.model_validate(said))
        except ValidationError:
            continue
    return found


@settings(max_examples=40)
@given(watch_lists(), st.sampled_from(["", WATCHLIST, BESIDE, f"{BESIDE}# more"]))
def test_what_is_written_reads_as_what_was_given(watches: list[Watch], before: str) -> None:
    """Any text that may be watched survives the writing, whatever YAML means by it."""
    text = with_watches(before, watches)
    with TemporaryDirectory() as name:
        path = Path(name) / "watchlist.yaml"
        if not watches and not before:
            return
        path.write_text(text, "utf-8", newline="")
        read = load_watches(path, {})
    assert list(read)[len(read) - len(watches) :] == watches


@settings(max_examples=40)
@given(watch_lists())
def test_what_a_spreadsheet_writes_is_read(watches: list[Watch]) -> None:
    """A CSV of one watch a row comes in as that watch, unless its own words hold semicolons."""
    said = [one for one in watches if ";" not in "".join((*one.aliases, *one.tags))]
    said = [one for one in said if one.note is None or one.note == one.note.strip() != ""]
    said = [one for one in said if not any(";" in text for text in one.local_names)]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("id", "name", "aliases", "local_names", "note", "tags"))
    for one in said:
        many = [";".join(values) for values in (one.aliases, one.local_names, one.tags)]
        writer.writerow((one.id, one.name, many[0], many[1], one.note or "", many[2]))
    with TemporaryDirectory() as name:
        path = Path(name) / "new.csv"
        path.write_text(out.getvalue(), "utf-8", newline="")
        done = import_watches(path, Path(name), {}, dry_run=True)
    assert list(done.added) == said
