"""Everybody in rules over the whole real lists: names, verbs and destinations against the entries.

The rules are those of `test_acts_over_lists`, here read without knowing anybody. What ends where it
should not, or stands under another verb or destination, is missed; what is certain and no entry of
the rule is wrong.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from time import perf_counter

import pytest

from monitor.screening.acts.everyone import everyone
from monitor.screening.acts.judge import read_page
from monitor.screening.names import name_key
from tests.extent import FIGURES, SHARE
from tests.screening.act_rules.listed_cells import listed
from tests.screening.act_rules.renderings import RENDERINGS, TABLES
from tests.screening.act_rules.trial import DOCUMENT, Nameless, Trial
from tests.screening.act_rules.wordings import DOUBTFUL, SURE
from tests.screening.test_acts_over_lists import GROUP, VERBS, trials

KINDS = {"removed": "removed", "added": "added", "revised": "amended"}
LEAST = 0.99
"""Names and verbs that must be right."""
SELDOM = 0.002
"""Of names, how many may end in the wrong place and be certain: cells that not even people can
part ("Abbas Goldoozan, Kimya IC VE Dis Ticaret Ltd." is a man and his address)."""


@dataclass
class Count:
    asked: int = 0
    right: int = 0
    certain: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    """Certain, and no entry of the rule."""

    def figures(self) -> str:
        """For the summary of the run."""
        return (
            f"{self.asked} entries, {self.right} right, {self.certain} of them certain,"
            f" {len(self.wrong)} certain and wrong"
        )


def counted(rules: Iterable[Trial]) -> Count:
    count = Count()
    for rule in rules:
        found = everyone(read_page(DOCUMENT, TABLES[rule.rendering](rule.rule())))
        have = {(one.list, one.kind, name_key(one.name), one.country): one for one in found}
        want = {
            (rule.code, KINDS[rule.verb], name_key(one.name), one.entry.country): one.name
            for one in rule.subjects
        }
        count.asked += len(want)
        for key, name in want.items():
            if key not in have:
                count.missed.append(f"{key}: {name}, {[str(one)[:150] for one in found][:5]}")
            else:
                count.right += 1
                count.certain += have[key].certain
        count.wrong += [str(one) for key, one in have.items() if one.certain and key not in want]
    return count


def assert_right(count: Count) -> None:
    assert count.right >= LEAST * count.asked, "\n".join(count.missed)
    assert len(count.wrong) <= SELDOM * count.asked, "\n".join(count.wrong)


def some(code: str, verb: str, step: int) -> Iterable[Trial]:
    for size in (1, GROUP):
        yield from trials(code, verb, size, SURE[verb], step)


@pytest.mark.slow
@pytest.mark.parametrize("verb", VERBS)
def test_a_part_of_every_list(verb: str) -> None:
    """Entries alone and in groups, in every wording and form; doubtful words are never certain."""
    count = counted([*some("EL", verb, 79), *some("UVL", verb, 5), *some("MEU", verb, 5)])
    assert_right(count)
    doubted = counted(trials("EL", verb, 1, DOUBTFUL[verb], 350))
    assert_right(doubted)
    assert verb == "revised" or doubted.certain == 0


Record = Callable[[str, object], None]


@pytest.mark.long
@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("code", ["EL", "UVL", "MEU"])
def test_every_entry_of_every_list(code: str, verb: str, record_property: Record) -> None:
    """At least 99 of 100 with their verb and destination; certain and wrong next to never."""
    step = max(1, round(1 / SHARE)) if code == "EL" else 1
    count = counted(some(code, verb, step))
    record_property(FIGURES, count.figures())
    assert_right(count)


HEADED = ("CN", "RU", "PK", "AE", "IR", "TR")
"""A rule that counts its entries has a clause for each of them."""


@pytest.mark.slow
@pytest.mark.parametrize("quoted", [True, False], ids=["quoted", "in-a-table-alone"])
@pytest.mark.parametrize("rendering", RENDERINGS)
def test_a_rule_of_140_additions(rendering: str, *, quoted: bool) -> None:
    """All of them, within two seconds; text out of a PDF has no headings without quotes."""
    entries = [one for one in listed("EL") if one.alone and one.entry.country in HEADED][::7][:140]
    form = Trial if quoted else Nameless
    rule = form("EL", "added", SURE["added"][0], rendering, cells=False, subjects=tuple(entries))
    text = TABLES[rendering](rule.rule())
    start = perf_counter()
    found = everyone(read_page(DOCUMENT, text))
    assert perf_counter() - start < 2
    named = {name_key(one.name) for one in found if one.kind == "added" and one.list == "EL"}
    assert len(named & {name_key(one.name) for one in entries}) >= LEAST * len(entries)
    headed = {(name_key(one.name), one.country) for one in found}
    right = headed & {(name_key(one.name), one.entry.country) for one in entries}
    assert len(right) >= LEAST * len(entries) or (rendering == "filed" and not quoted)
