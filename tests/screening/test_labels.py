"""One vocabulary: every key of the contract has its word, and a length of time one form."""

import pytest

from monitor.screening.event import OPERATIONS, Kind
from monitor.screening.rules.register import ANNOUNCED, IN_FORCE, STAYED
from monitor.screening.state import LISTED, NOT_LISTED, UNKNOWN
from monitor.screening.witness import Effect, Verdict
from monitor.screening.words import labels
from monitor.settings.texts import LIST_CODES


def test_every_key_of_the_contract_has_its_word() -> None:
    """Kinds, lists, states, verdicts and effects; none is shown as its key."""
    assert set(labels.KINDS) == set(Kind)
    assert set(labels.LISTS) >= set(LIST_CODES)
    assert set(labels.STATES) == {LISTED, NOT_LISTED, UNKNOWN}
    assert set(labels.VERDICTS) == {one.value for one in Verdict}
    assert set(labels.RULE_STATES) == {IN_FORCE, STAYED, ANNOUNCED}
    assert set(labels.EFFECTS) == {one.value for one in Effect}


@pytest.mark.parametrize(
    "kind",
    sorted(set(Kind) - OPERATIONS - {Kind.RULE_CHANGED, Kind.LIST_CHANGED} | {Kind.WATCH_STALE}),
)
def test_a_headline_names_the_party_once(kind: Kind) -> None:
    """What concerns a watch says of whom."""
    said = labels.headline(kind, "Acme {Trading}", "UVL", listed=True)
    assert said.count("Acme {Trading}") == 1
    assert "Entity List" not in said


def test_a_first_check_says_what_it_found() -> None:
    """On the list, or not on it."""
    assert labels.headline(Kind.BASELINE, "X", "EL", listed=True).endswith(
        "X is on the Entity List"
    )
    assert labels.headline(Kind.BASELINE, "X", "EL").endswith("X is not on the Entity List")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "less than a minute"),
        (60, "1 minute"),
        (3_660, "1 hour 1 minute"),
        (86_400, "1 day"),
        (86_460, "1 day"),
        (93_784, "1 day 2 hours"),
        (345_600, "4 days"),
    ],
)
def test_a_length_of_time_has_its_two_largest_units(seconds: int, said: str) -> None:
    """An hour of three days ago matters, a minute does not."""
    assert labels.span(seconds) == said


@pytest.mark.parametrize("written", ["90s", "15m", "6h", "3d"])
def test_a_duration_is_written_as_the_configuration_has_it(written: str) -> None:
    """The contract's `stale_after`; and in words on the page."""
    size = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}[written[-1]]
    assert labels.duration(int(written[:-1]) * size) == written
    assert labels.duration_span("4d") == "4 days"


def test_what_has_no_word_is_shown_as_it_is() -> None:
    """A list, a source, a field, a verdict that came later than this version."""
    assert labels.list_name("XYZ") == "XYZ list"
    assert (labels.source_title("x"), labels.source_name("x")) == ("x", "x")
    assert labels.field_name("new_field") == "new field"
    assert (labels.verdict_name("x"), labels.verdict_name(None)) == ("x", "")
