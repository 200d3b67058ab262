"""Whether a text holds a name."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from monitor.screening.full_text import FullText
from monitor.screening.names import LOST, name_key

INSTITUTE = "Ministry of Public Security's Institute of Forensic Science of China"
AROUND = "Ministry of Public Security, Beijing; {} , a.k.a., the following two aliases: —IFS."


@pytest.mark.parametrize(
    "written",
    [
        INSTITUTE,
        INSTITUTE.upper(),
        INSTITUTE.replace("'", "’"),
        INSTITUTE.replace("'", "?"),
        INSTITUTE.replace("'", "\ufffd"),
        INSTITUTE.replace("'", ""),
        INSTITUTE.replace(" ", "\xa0"),
        INSTITUTE.replace(" ", "\n   "),
        INSTITUTE.replace(" of ", "-of–"),
        INSTITUTE.replace("Forensic", "Forénsic"),
        INSTITUTE.replace("Forensic", unicodedata.normalize("NFD", "Forénsic")),
        INSTITUTE.replace("Forensic", "Fo?ensic"),
        INSTITUTE.replace("Forensic", "Foren?sic"),
        INSTITUTE.replace("Forensic Science", "ForensicScience"),
        INSTITUTE.replace("Institute", "Insti-\ntute"),
        INSTITUTE + "1",
        "and" + INSTITUTE,
        "1" + INSTITUTE,
        "mdash;" + INSTITUTE,
        f"“{INSTITUTE}”",
    ],
)
def test_a_name_is_held_in_every_spelling(written: str) -> None:
    """What the comparison of names forgives, and what a printer glues on, never hides a name."""
    assert FullText(AROUND.format(written)).holds(INSTITUTE)


@pytest.mark.parametrize(
    "asked",
    [
        INSTITUTE.replace("'", "?"),
        INSTITUTE.replace("'", "\ufffd"),
        "?" + INSTITUTE,
        INSTITUTE + "?",
        INSTITUTE.replace("Forensic", "F?rensic"),
        INSTITUTE.replace(" ", ""),
    ],
)
def test_a_name_may_have_lost_characters_itself(asked: str) -> None:
    """The screening list wrote `Security?s` for years while the law wrote `Security's`."""
    text = FullText(AROUND.format(INSTITUTE))
    assert text.holds(asked)
    assert FullText(AROUND.format(INSTITUTE.replace("China", "Ch?na"))).holds(asked)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Griffisa company", "IFS"),
        ("CETC55 in Nanjing", "CETC"),
        ("Forensic Center of Nizhniy Novgorod Region", "Forensic Center of Nizhniy Novgorod Reg"),
        ("Institute of Forensic Science of Chinatown", "Institute of Forensic Science of China"),
        ("Ministry of Public Security", "Ministry of Public Security's"),
        ("anything at all", "—?!"),
        ("", "Jiu"),
    ],
)
def test_a_name_inside_a_longer_word_is_not_held(text: str, name: str) -> None:
    """Names are held whole or not at all."""
    assert not FullText(text).holds(name)


def test_a_short_alias_is_held_as_a_word() -> None:
    """Short names count between any two marks."""
    text = FullText("Institute (IFS), Beijing/IBP")
    assert text.holds("IFS")
    assert text.holds("i.f.s.")
    assert text.holds("IBP")


LETTERS = st.text("abcéÉß øЖж中12'’-–. \n\xa0", min_size=1, max_size=30)


@given(LETTERS, LETTERS, LETTERS)
def test_whatever_stands_in_the_text_is_held(before: str, name: str, after: str) -> None:
    """Any name between two spaces is found, whatever stands around it."""
    assume(name_key(name))
    assert FullText(f"{before} {name} {after}").holds(name)


@given(st.lists(st.sampled_from(["Jiu", "Wei", "Hao", "Li"]), max_size=12), st.data())
def test_only_whole_words_are_held(words: list[str], data: st.DataObject) -> None:
    """Over short plain words the answer is that of a search for the words in a row."""
    asked = data.draw(
        st.lists(st.sampled_from(["Jiu", "Wei", "Hao", "Li"]), min_size=1, max_size=3)
    )
    runs = {tuple(words[at : at + len(asked)]) for at in range(len(words))}
    assert FullText(" ".join(words)).holds(" ".join(asked)) is (tuple(asked) in runs)


@given(st.text("abcdefgh ", min_size=6, max_size=40), st.integers(0, 39), st.booleans())
def test_one_lost_character_never_hides_a_name(name: str, at: int, marked: bool) -> None:
    """A character lost upstream, in the text or in the name, leaves the name found."""
    assume(len(name_key(name)) >= 6)
    place = at % len(name)
    lossy = name[:place] + (LOST if marked else "?") + name[place + 1 :]
    assert FullText(f"x {lossy} x").holds(name)
    assert FullText(f"x {name} x").holds(lossy)
