"""The page of the decision rules, played row by row: what it says is what the code does."""

import inspect
import re
from pathlib import Path

import pytest

from monitor.screening.decide import assess as rules
from monitor.screening.witness import Act
from tests.screening.cases import Story, act, row

PAGE = Path(__file__).parents[2] / "docs" / "judgement.md"
DATES = {
    "inspection": ("2023-11-17", "2023-11-16"),
    "early": ("2023-11-17", "2023-11-16"),
    "withdrawn": (None, None),
    "in force": ("2023-11-13", "2023-11-13"),
    "to come": ("2023-11-13", "2023-11-17"),
    "later": ("2023-11-15", "2023-11-15"),
    "old": ("2023-09-13", "2023-09-13"),
    "past": ("2020-06-01", "2020-06-01"),
}
SPANS = {"h": "hours", "d": "days"}
STEP = re.compile(r"(?:(\d+)([hd]) )?(act|wait|ecfr|csl) ?(.*)")
ACT = re.compile(r"(\w+) (\w+(?: force| come)?)( review| undated)?(?: \((.*)\))?")


def table() -> list[list[str]]:
    """The rows with five cells, without the heads."""
    rows = [
        [cell.strip() for cell in line.strip("| \n").split("|")]
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.startswith("| ")
    ]
    return [cells for cells in rows if len(cells) == 5 and cells[0] != "rule"]


def begun(said: str) -> Story:
    standing, _, how = said.partition(", ")
    sources = ("csl",) if how == "csl alone" else ("ecfr", "csl")
    if standing == "nothing read":
        return Story()
    if standing == "not listed":
        return Story.not_listed(*sources)
    rows = (row(), row(country="PK")) if standing == "listed in CN and PK" else (row(),)
    return Story.listed(*sources, rows=rows)


def the_act(said: str) -> Act:
    found = ACT.fullmatch(said)
    assert found, said
    effect, when, doubt, places = found.groups()
    published, effective = DATES[when]
    return act(
        effect,
        number="2023-26000" if when == "later" else "2023-25557",
        published=published,
        effective=effective,
        inspection=when == "inspection",
        withdrawn=when == "withdrawn",
        places=[one for one in places.split(", ") if one] if places is not None else ["CN"],
        review=doubt == " review",
        undated=doubt == " undated",
    )


def play(story: Story, step: str) -> None:
    if step == "act removes in force & adds later, 48h on":
        story.finds(the_act("removes in force"), the_act("adds later"), after=48)
        return
    found = STEP.fullmatch(step)
    assert found, step
    number, unit, what, rest = found.groups()
    hours = int(number) * (24 if unit == "d" else 1) if number else None
    if what == "wait":
        story.waits(hours=hours or 0)
    elif what == "act":
        story.finds(the_act(rest), after=hours or 0)
    else:
        story.polls((what, rest), after=1 if hours is None else hours)


@pytest.mark.parametrize("cells", table(), ids=lambda cells: f"{cells[1]}: {cells[0]}")
def test_a_row_of_the_page_is_what_the_code_does(cells: list[str]) -> None:
    """From the beginning named, through every step, to the events told and the state."""
    _, begins, then, told, stands = cells
    story = begun(begins)
    for step in then.split("; "):
        play(story, step)
    came = [kind for kind in story.kinds if kind != "baseline"]
    assert came == ([] if told == "nothing" else told.split(", "))
    state, _, pending = stands.partition(", ")
    assert (story.state.state or "unknown", story.state.pending or "") == (state, pending)


def test_the_page_names_the_steps_in_the_order_of_the_code() -> None:
    """The steps of the function, each once and in its order."""
    named = re.findall(r"^\| `(_\w+|stale)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    called = re.findall(r"\b([a-z_]+)\b", inspect.getsource(rules.assess))
    order = list(dict.fromkeys(name for name in called if name in named))
    assert sorted(named) == sorted(order)
    in_turn = named[2:8]
    assert [name for name in order if name in in_turn] == in_turn
    assert named[:2] == ["_baseline", "_acts_alone"]
    assert named[8:] == ["_amended", "_filled_in", "stale"]
