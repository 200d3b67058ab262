"""An act in words: counts by what is done and where, the first names, what is not certain."""

import pytest

from monitor.screening.acts.act_party import ActParty, ActVerb
from monitor.screening.destinations import country_name
from monitor.screening.words.act_text import NAMED, counted, told


def parties(
    kind: ActVerb, country: str | None, number: int, *, certain: bool = True
) -> list[ActParty]:
    names = (f"{country} {kind} {at}" for at in range(number))
    return [ActParty(kind, name, country, "EL", certain=certain, instruction="") for name in names]


MANY = [*parties("added", "CN", 80), *parties("added", "AE", 60), *parties("removed", "RU", 1)]


@pytest.mark.parametrize(
    ("some", "said"),
    [
        ([], ""),
        (parties("removed", "CN", 1), "Removes 1 entry (China)."),
        (parties("added", None, 2), "Adds 2 entries (no destination named)."),
        (MANY,
         "Adds 140 entries (China 80, United Arab Emirates 60) and removes 1 entry (Russia)."),
        (parties("added", "CN", 1, certain=False),
         "Adds 1 entry (China); not all of it is certain."),
        ([*parties("amended", "KR", 1), *MANY[-2:]],
         ("Adds 1 entry (United Arab Emirates), removes 1 entry (Russia) and"
         " revises 1 entry (South Korea).")),
    ],
)  # fmt: skip
def test_counts(some: list[ActParty], said: str) -> None:
    """What is done in one order, the most frequent destination first."""
    assert counted(some) == said


def test_told() -> None:
    """As many names as can be read at a glance; what is for a person is counted."""
    said = told([*MANY, *parties("amended", "CN", 2, certain=False)])
    assert said.startswith("Adds 140 entries (China 80")
    assert said.count(";") == NAMED - 1
    assert f" and {143 - NAMED} more." in said
    assert said.endswith(" 2 of 143 to be read by a person.")


def test_what_destinations_are_called() -> None:
    """Plainly; a heading that nobody knows as it is."""
    called = {code: country_name(code) for code in ("CN", "RU", "KR", "GB", "AE", "BS", "US", "UA")}
    assert called == {
        "CN": "China", "RU": "Russia", "KR": "South Korea", "GB": "United Kingdom",
        "AE": "United Arab Emirates", "BS": "Bahamas", "US": "United States",
        "UA": "Ukraine",
    }  # fmt: skip
    assert country_name("ATLANTIS") == "ATLANTIS"
