"""Who is asked for by a follow: list, country, kind, and words at the beginning of words."""

import pytest

from monitor.screening.follow import Follow, stands_in

NAME = "Beijing Institute of Micro-Electronics"


@pytest.mark.parametrize(
    ("follow", "meets"),
    [
        (Follow("f"), True),
        (Follow("f", list="UVL"), False),
        (Follow("f", countries=("CN", "RU")), True),
        (Follow("f", countries=("RU",)), False),
        (Follow("f", kinds=("removed",)), False),
        (Follow("f", kinds=("added", "removed")), True),
        (Follow("f", words=("optics", "INSTITUTE")), True),
        (Follow("f", words=("optics",)), False),
        (Follow("f", countries=("CN",), kinds=("added",), words=("beihang",)), False),
    ],
)
def test_every_part_of_the_filter_must_fit(follow: Follow, meets: bool) -> None:
    """What is left empty asks for any."""
    assert follow.meets("EL", "added", "CN", [NAME]) is meets


def test_what_is_not_known_leaves_nobody_out() -> None:
    """No country, or a heading without a code; and Hong Kong stands under China."""
    china, hong_kong = Follow("f", countries=("CN",)), Follow("f", countries=("HK",))
    for country in (None, "ATLANTIS", "HK"):
        assert china.meets("EL", "added", country, [NAME])
    assert not hong_kong.meets("EL", "added", "CN", [NAME])
    assert Follow("f").meets("", "added", "CN", [NAME])


@pytest.mark.parametrize(
    ("word", "name", "stands"),
    [
        ("university", "Beihang University (BUAA)", True),
        ("semiconductor", "Harbin Semiconductors Ltd", True),
        ("microelectronics", NAME, True),
        ("forensic science", "Ministry's Institute of Forensic-Science", True),
        ("universite", "Université de Damas", True),
        ("ministrys", "Ministry’s Institute", True),
        ("AI", "Air Cargo LLC", False),
        ("AI", "Cloud AI Lab", True),
        ("electronics", "Bioelectronics", False),
    ],
)
def test_words_stand_at_the_beginning_of_words(word: str, name: str, stands: bool) -> None:
    """Case, accents, blanks and marks forgiven; a short word must be a whole one."""
    assert stands_in(word, name) is stands


def test_another_filter_asks_for_something_else() -> None:
    """The note and the order do not count."""
    one = Follow("f", countries=("CN", "RU"), words=("Optics",))
    assert one.asks == Follow("f", countries=("RU", "CN"), words=("optics",), note="x").asks
    assert one.asks != Follow("f", countries=("CN",), words=("Optics",)).asks
