"""Tables for people: nothing lost at any width, plain text for programs, color only where asked."""

import re
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from monitor.cli.print import Cell, items, line, table
from monitor.screening.words.sanitize import one_line

HEAD = ("Watch", "Told", "See", "Never said")
LONG = "Removed: Ministry of Public Security's Institute of Forensic Science of China has left"
EVENT = "ev_" + "59bf00b3" * 4
ROWS = (
    ("mps-ifs", Cell(LONG, "red"), EVENT, None),
    ("公安部", "短", "", ""),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def bare(text: str) -> str:
    """The text without the codes of the terminal."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.fixture(params=[44, 60, 80, 120, 200])
def width(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """A terminal of this width, with color."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", str(request.param))
    monkeypatch.delenv("NO_COLOR", raising=False)
    return int(request.param)


def test_away_from_a_terminal_a_row_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """No code, nothing broken or cut, no blanks at the end, columns under each other."""
    table(HEAD, ROWS)
    head, first, second = capsys.readouterr().out.splitlines()
    assert head.split() == ["Watch", "Told", "See"]
    assert first == f"mps-ifs  {LONG}  {EVENT}"
    assert cell_len(second[: second.index("短")]) == first.index(LONG)
    assert not [one for one in (head, first, second) if one != one.rstrip() or "\x1b" in one]


def test_the_width_of_a_terminal_that_is_not_there_changes_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a program reads is the same whatever COLUMNS says."""
    seen = set()
    for columns in ("20", "80", "300"):
        monkeypatch.setenv("COLUMNS", columns)
        table(HEAD, ROWS)
        items([LONG, LONG])
        line(LONG)
        seen.add(capsys.readouterr().out)
    assert len(seen) == 1


def test_a_terminal_of_any_width_shows_everything(
    capsys: pytest.CaptureFixture[str], width: int
) -> None:
    """Every word is there, no line is too long, an event's id stays in one piece."""
    table(HEAD, ROWS)
    items([LONG])
    line(LONG, "bold")
    said = bare(capsys.readouterr().out)
    assert max(map(cell_len, said.splitlines())) <= width
    assert EVENT in said
    assert all(said.count(word) >= 3 for word in LONG.split())
    assert "Never said" not in said


def test_color_is_for_terminals(capsys: pytest.CaptureFixture[str], width: int) -> None:
    """Red is red where there is color; the words are the same."""
    table(HEAD, ROWS)
    assert "\x1b[31m" in capsys.readouterr().out


def test_no_color_is_honored(
    capsys: pytest.CaptureFixture[str], width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """https://no-color.org: set and not empty, no color is added; bold is none."""
    monkeypatch.setenv("NO_COLOR", "1")
    table(HEAD, ROWS)
    line(LONG, "red")
    said = capsys.readouterr().out
    assert set(re.findall(r"\x1b\[([0-9;]*)m", said)) <= {"0", "1"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
def test_whatever_upstreams_write_a_row_is_a_line(
    capsys: pytest.CaptureFixture[str], rows: list[tuple[str, str]]
) -> None:
    """Codes, line ends and reordering marks are gone; every row is one line, in its order."""
    table(("a", "b"), [*rows, ("x", "y")])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(rows) + 2
    for said, row in zip(lines[1:], rows, strict=False):
        assert said.split() == " ".join(map(one_line, row)).split()


def test_an_empty_table_is_empty(capsys: pytest.CaptureFixture[str], width: int) -> None:
    """Without rows nothing is said, with an empty row neither."""
    for rows in ((), (("", ""),)):
        table(("a", "b"), rows)
    assert capsys.readouterr().out == ""


def test_marks_of_style_are_text(capsys: pytest.CaptureFixture[str], width: int) -> None:
    """What looks like a tool's own markup is shown, not obeyed."""
    for text, say in product(("[red]a[/red]", "[/x]", ":smiley:"), (line, lambda t: items([t]))):
        say(text)
        assert text in bare(capsys.readouterr().out)
