"""YAML with lines: what is read, what is refused, and that nothing hostile harms."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from monitor.settings import yaml_nodes
from monitor.settings.placeholders import PlaceholderError, fill
from monitor.settings.yaml_nodes import DEEPEST, locate, read


def read_text(text: str, **environ: str) -> tuple[Any, list[str]]:
    """The plain data and what is wrong, with lines."""
    _, data, faults = read(text, lambda scalar: fill(scalar, environ))
    return data, [f"{fault.line}: {fault.message}" for fault in faults]


def test_scalars_stay_text() -> None:
    """Norway is no boolean, a date no date, a version no number; null and nothing are None."""
    data, faults = read_text("a: NO\nb: 2023-11-16\nc: 1.10\nd: ~\ne:\nf: ''\ng: 'null'\n")
    assert data == {
        "a": "NO",
        "b": "2023-11-16",
        "c": "1.10",
        "d": None,
        "e": None,
        "f": "",
        "g": "null",
    }
    assert not faults


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\nb: 2\na: 3\n", "3: duplicate key; it is on line 1 already"),
        ("a:\n\t- 1\n", "2: is not YAML"),
        ("a: [1\nb: 2\n", "2: is not YAML"),
        ("a: 1\n---\nb: 2\n", "2: should hold one YAML document"),
        ("a: !!python/object:os.system x\n", "1: should have no YAML tag"),
        ("a: !thing [1]\n", "1: should have no YAML tag"),
        ("a: *b\n", "1: "),
        ("a: &a [*a]\n", "1: is nested deeper"),
        ("? [a]\n: 1\n", "1: a key should be plain text"),
        ("? {a: 1}\n: 1\n", "1: a key should be plain text"),
        ("a: 1\nb: \x07\n", "2: holds a control character"),
        ("a: ${NOWHERE}\n", "1: needs the environment variable NOWHERE, which is not set"),
        ("a: ${no way}\n", "1: should be ${VARIABLE}"),
        ("a: '${'\n", "1: should be ${VARIABLE}"),
    ],
)
def test_says_what_is_wrong_and_where(text: str, told: str) -> None:
    """With its line, and what would be right."""
    _, faults = read_text(text)
    assert any(fault.startswith(told) for fault in faults), faults


def test_common_slips_are_named() -> None:
    """Tabs, and a placeholder whose braces YAML takes for its own."""
    _, faults = read_text("a:\n\t- 1\n")
    assert "spaces, not tabs" in faults[0]
    _, faults = read_text("a: [${X}]\n", X="x")
    assert "put quotes around" in faults[0]


def test_an_escape_beyond_the_last_character_is_refused() -> None:
    """One of the parsers trips over it with an error of another kind."""
    root, faults = read_text('a: "\\UFFFFFFFF"\n')
    assert root is None
    assert len(faults) == 1


def test_aliases_serve_but_do_not_explode(monkeypatch: pytest.MonkeyPatch) -> None:
    """One value may stand in several places; a billion of them may not."""
    monkeypatch.setattr(yaml_nodes, "MOST_VALUES", 20_000)
    data, faults = read_text("a: &x [1, 2]\nb: *x\n")
    assert data == {"a": ["1", "2"], "b": ["1", "2"]}
    bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + at)}: &{chr(98 + at)} [{','.join([f'*{chr(97 + at)}'] * 10)}]\n"
        for at in range(9)
    )
    root, faults = read_text(bomb)
    assert root is None
    assert "holds more than" in faults[0]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5_000,
        "[" * 1_000_000,
        "- " * 1_000_000,
        "a: &a [*a]",
        "a:\n" + "".join("  " * at + "- b:\n" for at in range(1, DEEPEST + 2)),
        "a0: &a0 [x]\n" + "".join(f"a{at}: &a{at} [*a{at - 1}]\n" for at in range(1, 2_000)),
    ],
)
def test_nesting_is_bounded(text: str) -> None:
    """Neither brackets, nor indentation, nor aliases exhaust the stack."""
    _, faults = read_text(text)
    assert any("nested deeper" in fault for fault in faults)


def test_lines_of_nested_values() -> None:
    """A value's line is where its key or its dash stands; a missing one's, where it would be."""
    root, _, _ = read("a:\n  - b: 1\n    c:\n      - x\n      - y\n", str)
    assert root is not None
    assert locate(root, ("a",)) == (1, ("a",))
    assert locate(root, ("a", 0, "c", 1)) == (5, ("a", 0, "c", 1))
    assert locate(root, ("a", 0, "missing")) == (2, ("a", 0, "missing"))
    assert locate(root, ("a", 0, "b", "deeper")) == (2, ("a", 0, "b"))


def test_placeholders() -> None:
    """They are filled anywhere in a scalar, once, and can be written plainly."""
    text = "a: ${X}\nb: 'x${X}y'\nc: $${X}\nd: ${Y}\ne: '${Y}'\nf: $X\n"
    data, faults = read_text(text, X="1${Y}", Y="")
    assert data == {"a": "1${Y}", "b": "x1${Y}y", "c": "${X}", "d": None, "e": "", "f": "$X"}
    assert not faults


def test_a_value_that_is_not_text_is_refused() -> None:
    """Bytes of the environment that are not UTF-8 arrive as lone surrogates."""
    with pytest.raises(PlaceholderError, match="X to be UTF-8"):
        fill("${X}", {"X": "\udcff"})


def test_an_alias_is_filled_once() -> None:
    """What a variable holds is never read as a placeholder itself."""
    data, faults = read_text("a: &x $${X}\nb: *x\nc: &y ${X}\nd: *y\n", X="${X}")
    assert data == {"a": "${X}", "b": "${X}", "c": "${X}", "d": "${X}"}
    assert not faults


NASTY = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(NASTY)
def test_nodes_are_filled_without_changing_what_they_mean(value: str) -> None:
    """Whatever the value, it stays one scalar of text, for the library that reads the nodes."""
    text = (
        "urls:\n  - ${X}: # ${NOT_A_PLACE}\n      - tag: &t a${X}\n  - >-\n    one\n    ${X}\n"
        "  - [*t, '${X}', yes]\nlast: 7\n"
    )
    root, _, _ = read(text, lambda scalar: fill(scalar, {"X": value}), keys_too=True)
    assert root is not None
    again = yaml.serialize(root, Dumper=yaml.SafeDumper)
    assert yaml.safe_load(again) == {
        "urls": [{value: [{"tag": f"a{value}"}]}, f"one {value}", [f"a{value}", value, True]],
        "last": 7,
    }
