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
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("unit", HOSTILE)
def test_no_reading_grows_faster_than_its_text(unit: str) -> None:
    """Four times the text is at most some six times the work: nothing is read square."""
    party = (Party("x", ("Xinyu Optics Co., Ltd.",)),)
    spent = []
    for size in (50_000, 200_000):
        text = (
            INSTRUCTION.partition("{}")[0]
            + "by removing the entry for "
            + unit * (size // len(unit))
        )
        began = time.process_time()
        judge(a_document(), text, party)
        spent.append(time.process_time() - began)
    assert spent[1] < 7 * spent[0] + 0.2
