"""Rules over the whole real lists, in every wording and rendering, with everyone on them watched.

Every entry is removed, added and revised, alone and in groups of eight. Its wording, its rendering
and what is quoted are drawn by its number, so that over a list all pairs of them come.
"""

from collections.abc import Callable, Iterator, Sequence

import pytest

from tests.extent import FIGURES, SHARE
from tests.screening.act_rules.listed_cells import Listed, listed
from tests.screening.act_rules.renderings import RENDERINGS, TABLES
from tests.screening.act_rules.trial import Nameless, Outcome, Trial, run_all
from tests.screening.act_rules.wordings import DOUBTFUL, SURE, Wording

SIZES = (1, 8)
GROUP = 8
VERBS = ("removed", "added", "revised")
LEAST = {1: 0.995, GROUP: 0.98}
"""What must be certain of a list: of entries alone, and of those in groups."""
FEW = 1
"""So many may be left to a person of any list, however short it is."""


def trials(code: str, verb: str, size: int, words: Sequence[Wording], step: int) -> Iterator[Trial]:
    """One rule for each entry or group, every `step`th of them."""
    entries = listed(code)
    for at, start in enumerate(range(0, len(entries), size)):
        if at % step:
            continue
        some = entries[start : start + size] if size == 1 else _apart(entries, at, size)
        # coprime strides, so that wording, rendering and form come in every combination
        drawn = at // step
        yield Trial(
            code, verb, words[drawn % len(words)],
            tuple(RENDERINGS)[(drawn // len(words)) % len(RENDERINGS)],
            (drawn // (len(words) * len(RENDERINGS))) % 2 == 1, tuple(some),
        )  # fmt: skip


def _apart(entries: Sequence[Listed], at: int, size: int) -> list[Listed]:
    """A group from all over the list: a rule has entries of several countries."""
    groups = -(-len(entries) // size)
    return [entries[at + n * groups] for n in range(size) if at + n * groups < len(entries)]


def assert_never_wrong(outcome: Outcome) -> None:
    """Nothing certain that is false, and nobody passed over."""
    wrong = [
        *(f"false: {one}" for one in outcome.false),
        *(f"silent: {one}" for one in outcome.silent),
        *(f"broken: {one}" for one in outcome.broken),
    ]
    assert not wrong, "\n".join(wrong)


Record = Callable[[str, object], None]


@pytest.mark.long
@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", ["EL", "UVL", "MEU"])
def test_every_entry_of_the_list(code: str, size: int, verb: str, record_property: Record) -> None:
    """Never false, never silent, and certain where the words are plain."""
    step = max(1, round(1 / SHARE)) if code == "EL" else 1
    outcome = run_all(trials(code, verb, size, SURE[verb], step))
    record_property(FIGURES, outcome.figures())
    assert_never_wrong(outcome)
    unsure = outcome.asked - outcome.certain
    assert unsure <= max((1 - LEAST[size]) * outcome.asked, FEW), "\n".join(outcome.unsure)


@pytest.mark.long
@pytest.mark.parametrize("verb", VERBS)
def test_words_that_a_person_must_read(verb: str, record_property: Record) -> None:
    """A clause that speaks of an entry in words of its own is told, never passed over."""
    step = max(1, round(5 / SHARE))
    outcome = run_all(trials("EL", verb, 1, DOUBTFUL[verb], step))
    outcome.add(run_all(trials("EL", verb, GROUP, DOUBTFUL[verb], step)))
    record_property(FIGURES, outcome.figures())
    assert_never_wrong(outcome)


@pytest.mark.slow
@pytest.mark.parametrize("verb", VERBS)
def test_two_hundred_rules(verb: str) -> None:
    """A part of the long test for every run: entries alone, in groups, and in doubtful words."""
    outcome = run_all(trials("EL", verb, 1, SURE[verb], 79))
    outcome.add(run_all(trials("EL", verb, GROUP, SURE[verb], 37)))
    outcome.add(run_all(trials("UVL", verb, GROUP, SURE[verb], 11)))
    assert_never_wrong(outcome)
    assert outcome.certain >= 0.98 * outcome.asked, outcome.unsure
    assert_never_wrong(run_all(trials("EL", verb, 1, DOUBTFUL[verb], 350)))


def nameless(rendering: str, step: int) -> Outcome:
    """Rules that name nobody in their instruction, six entries each."""
    entries = [one for one in listed("EL") if one.alone]
    groups = (tuple(_apart(entries, at, 6)) for at in range(0, len(entries) // 6, step))
    return run_all(
        Nameless("EL", "added", SURE["added"][0], rendering, cells=False, subjects=some)
        for some in groups
    )


IN_TABLES = {"raw": 0.98, "undotted": 0.98, "xml": 0.98, "page": 0.98, "filed": 0.0}
"""What must be certain of names that stand in a list and a table; a PDF's text has no cells."""


@pytest.mark.slow
@pytest.mark.parametrize("rendering", TABLES)
def test_rules_that_name_nobody_in_their_instruction(rendering: str) -> None:
    """Nobody is passed over; where the table is whole, what it prints is added for certain."""
    outcome = nameless(rendering, 40)
    assert_never_wrong(outcome)
    assert outcome.certain >= IN_TABLES[rendering] * outcome.asked, outcome.unsure


@pytest.mark.long
@pytest.mark.parametrize("rendering", TABLES)
def test_every_entry_in_a_table_alone(rendering: str, record_property: Record) -> None:
    """The same over the whole list."""
    outcome = nameless(rendering, max(1, round(2 / SHARE)))
    record_property(FIGURES, outcome.figures())
    assert_never_wrong(outcome)
    assert outcome.certain >= IN_TABLES[rendering] * outcome.asked, outcome.unsure
