"""A long text and many watches are read in seconds, and no text makes the reading grow faster."""

import time

import pytest

from monitor.screening.acts.finding import Party
from monitor.screening.acts.judge import judge
from tests.screening.act_rules.listed_cells import listed
from tests.screening.act_rules.renderings import RENDERINGS, raw
from tests.screening.act_rules.trial import DOCUMENT, Trial, watched
from tests.screening.act_rules.wordings import SURE
from tests.screening.test_act_forms import INSTRUCTION, a_document

LONG = 3_800_000
"""Bytes of the longest rule so far, export controls and all."""


@pytest.mark.slow
@pytest.mark.parametrize("rendering", ["raw", "xml"])
def test_a_long_rule_with_everyone_on_the_list_watched(rendering: str) -> None:
    """Hundreds of entries named, megabytes around them: all are found, in seconds."""
    rule = Trial("EL", "added", SURE["added"][3], "raw", True, listed("EL")[::8]).rule()
    text = RENDERINGS[rendering](rule)
    filler = raw(rule).partition("List of Subjects")[0]
    text = filler * (max(LONG - len(text), 0) // len(filler)) + text
    assert len(judge(DOCUMENT, text, tuple(watched("EL").values()))) > 350


HOSTILE = (
    "“", "“a”X", "““a” ", "“X”, a.k.a., ", "”; and ", ",", "1 ", "(", "[a", "<a ", " and ", " an A",
    "Xinyu Optics Co., Ltd. ", "“Xinyu Optics Co., Ltd., 31 ", "a.k.a., ", "CHINA ", "under IRAN, ",
    "removing “A” under CHINA; ", "<bullet>", "; ", ".", "<ENT>x", "-" * 50 + "\n",
    "effective May 1, 2024, ", "; effective May 1, 2024, “a”",
    "“a”, effective May 1, 2024, remove ",
    "a. Effective May 1, 2024: “a” ", "[uuml]", "“Xinyu Optics Co., Ltd., Wuhan, ",
    "a.k.a., --Xinyu Optics Co., Ltd. 5 Road, ", "(1) Xinyu Optics Co., Ltd.; ",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("unit", HOSTILE)
def test_no_reading_grows_faster_than_its_text(unit: str) -> None:
    """Four times the text is at most some six times the work: nothing is read square."""
    party = (Party("x", ("Xinyu Optics Co., Ltd.",)),)
    spent = [
        _seconds("by removing the entry for " + unit * (size // len(unit)), party)
        for size in (50_000, 200_000)
    ]
    assert spent[1] < 7 * spent[0] + 0.2


RULE = "\n" + "-" * 80 + "\n"
TABLES = {
    "tall": "A   B\n", "wide": "A   B" + " " * 300, "by name": "[uuml]   [inodot]\n",
    "rules": RULE + "A   B\nC   D" + RULE,
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("kind", [*TABLES, "one line"])
def test_no_table_grows_faster_than_its_text(kind: str) -> None:
    """Tall, wide, both, or many: its columns are found in one walk."""
    party = (Party("x", ("Xinyu Optics Co., Ltd.",)),)
    spent = []
    for size in (50_000, 200_000):
        unit = TABLES.get(kind, "A   B\n")
        body = unit * (size // len(unit)) + ("x" * size if kind == "one line" else "")
        spent.append(_seconds(f"by adding one entity{RULE}A   B\nC   D{RULE}{body}{RULE}", party))
    assert spent[1] < 7 * spent[0] + 0.2


def _seconds(words: str, party: tuple[Party, ...]) -> float:
    text = INSTRUCTION.partition("{}")[0] + words
    began = time.process_time()
    judge(a_document(), text, party)
    return time.process_time() - began
