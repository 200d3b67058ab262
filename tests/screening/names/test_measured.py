"""How often names are the same or a case: measured on the real lists (`docs/matching.md`).

The draws are not those the rules were made with: those had other seeds. Kinds without chance, and
the firms of other lists, have no second draw.
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from monitor.screening.names import Likeness, ListNames, Strength, name_key, weaker
from tests.real import data
from tests.screening.names.lists import (
    bis_2023,
    csl_2022,
    ecfr_2023,
    ecfr_2026,
    ecfr_2026_addresses,
    names_of,
)
from tests.screening.names.made_names import made_names
from tests.screening.names.respelled import KINDS, Kind

JUDGED = Path(__file__).with_name("judged.tsv")
SEED = "unseen"
_SAMPLE = 1_700
"""The most names of one kind that are drawn."""


@pytest.fixture(scope="module")
def listed() -> ListNames[int]:
    return names_of(ecfr_2026())


@pytest.mark.slow
def test_pairs_of_two_sources() -> None:
    """Of 98 pairs of one party none is another; of 239 that stood side by side none is the same."""
    ecfr, bis = names_of(ecfr_2023()), names_of(bis_2023())
    found: Counter[tuple[str, Likeness]] = Counter()
    with data("names-2023.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            pair = row["one"], row["other"]
            verdict = weaker(ecfr.compare(*pair), bis.compare(*pair)).likeness
            found[row["verdict"], verdict] += 1
    assert found["same", Likeness.OTHER] == 0
    assert found["different", Likeness.SAME] == 0
    assert found["same", Likeness.SAME] >= 74
    assert found["different", Likeness.OTHER] >= 140


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_a_spelling_people_use_is_the_same_or_a_case(listed: ListNames[int], kind: str) -> None:
    """Each kind on the names of 2026; a case counts only where it is close."""
    respell, least = KINDS[kind]
    same, close, drawn = _measured(listed, respell, Random(f"{SEED} {kind}"))
    _tell(f"{kind}: {drawn} names, same {same / drawn:.1%}, same or close {close / drawn:.1%}")
    assert close / drawn >= least


def _measured(listed: ListNames[int], respell: Kind, chance: Random) -> tuple[int, int, int]:
    rows = ecfr_2026()
    twins: dict[str, set[int]] = {}
    for number, (name, _) in enumerate(rows):
        twins.setdefault(name_key(name), set()).add(number)
    same = close = drawn = 0
    for name, _ in chance.sample(rows, len(rows)):
        spelled = respell(name, chance)
        if spelled is None or name_key(spelled) == name_key(name):
            continue
        right = twins[name_key(name)]
        borne = bool(right & set(listed.same(spelled)))
        same += borne
        close += borne or bool(right & set(_close(listed, spelled)))
        drawn += 1
        if drawn == _SAMPLE:
            break
    return same, close, drawn


def _close(listed: ListNames[int], name: str) -> Iterator[int]:
    for found in listed.near(name):
        if found.strength is Strength.CLOSE:
            yield found.row
            yield from found.family


@pytest.mark.long
def test_a_brand_alone_is_a_case(listed: ListNames[int]) -> None:
    """A word of a name that no address and no firm of another list has."""
    rows = ecfr_2026()
    strangers = {word.casefold().strip("(),.") for firm in csl_2022()[1] for word in firm.split()}
    strangers |= {f"{word}s" for word in strangers} | ecfr_2026_addresses()
    borne = Counter(word for name, _ in rows for word in set(_words(name)))
    hits = drawn = 0
    for number, (name, _) in enumerate(rows):
        own = [word for word in _words(name) if borne[word] <= 5 and word not in strangers]
        if not own:
            continue
        brand = max(own, key=len)
        drawn += 1
        hits += number in {*listed.same(brand), *_close(listed, brand)}
    _tell(f"brand alone: {drawn} names, same or close {hits / drawn:.1%}")
    assert hits / drawn >= 0.90


def _words(name: str) -> list[str]:
    return [word.casefold() for word in name.split() if word.isalpha() and len(word) > 4]


@pytest.mark.long
def test_firms_of_other_lists_are_rarely_a_close_case() -> None:
    """At most one in a hundred that is no relative of a listed party, as judged once by hand."""
    rows, firms = csl_2022()
    listed = names_of(rows)
    with JUDGED.open(encoding="utf-8") as lines:
        judged = {
            (row["asked"], row["listed"]): row["verdict"]
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        }
    strangers, false, unjudged = 0, [], []
    for firm in firms:
        if listed.same(firm):
            continue
        strangers += 1
        best = next((each for each in listed.near(firm) if each.strength is Strength.CLOSE), None)
        if best is None:
            continue
        verdict = judged.get((firm.strip(), best.name.strip()))
        if verdict is None:
            unjudged.append((firm, best.name))
        if verdict != "relative":
            false.append(firm)
    _tell(f"other lists: {strangers} firms, {len(false)} false, {len(unjudged)} of them unjudged")
    assert len(false) / strangers <= 0.01, unjudged


@pytest.mark.long
def test_made_firms_are_rarely_a_close_case(listed: ListNames[int]) -> None:
    """Ten thousand firms that do not exist, of the list's own trade words."""
    made = list(made_names([name for name, _ in ecfr_2026()], Random(SEED), 10_000))
    same = sum(bool(listed.same(name)) for name in made)
    close = sum(bool(set(_close(listed, name))) for name in made)
    _tell(f"made names: {len(made)}, same {same}, close {close / len(made):.2%}")
    assert close / len(made) <= 0.01
    assert same <= 5


def _tell(line: str) -> None:
    """For `docs/matching.md` (pytest -s)."""
    sys.stdout.write(f"\n{line}\n")
