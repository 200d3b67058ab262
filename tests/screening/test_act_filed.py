"""Passing over the names that a text cannot hold: never one that a search would find."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.screening.acts.mentions import Keyed
from monitor.screening.names import LOST, name_key

WORDS = st.text(st.sampled_from("abcß1"), min_size=2, max_size=5)
NAMES = st.lists(WORDS, min_size=3, max_size=4).map(" ".join)
MARKS = st.sampled_from(["", " ", ".", "“", "?", " ? ", LOST, f"{LOST} ", "’", "\n"])


@st.composite
def damaged(draw: st.DrawFn, name: str) -> str:
    """The name as a text may write it: characters lost, doubled marks, other spacing."""
    out = list[str]()
    for char in name:
        how = draw(st.integers(0, 29))
        lost = draw(st.sampled_from(["?", LOST]))
        out.append({0: lost, 1: f"{lost}{char}", 2: f"{char}{lost}", 3: ""}.get(how, char))
    return "".join(out)


@st.composite
def told(draw: st.DrawFn) -> tuple[str, str]:
    """A name, and a text with other words, marks and the name in some spelling."""
    name = draw(NAMES)
    pieces = [draw(damaged(name)), *draw(st.lists(NAMES | damaged(name), max_size=2))]
    return name, "".join(f"{draw(MARKS)}{piece}{draw(MARKS)}" for piece in pieces)


@given(told())
def test_what_a_search_finds_is_never_passed_over(said: tuple[str, str]) -> None:
    """However damaged the text: the names looked for are exactly the names found."""
    name, text = said
    keyed, key = Keyed(text), name_key(name)
    if len(key.replace(LOST, "")) >= 2:
        assert keyed.mentions(name) == keyed.search(key)


def test_a_name_that_lost_a_letter_in_the_text_is_found() -> None:
    """The institute as the lists once printed it, among words that ask a question."""
    text = "What does this do? It adds the Ministry of Public Security?s Institute of Forensics."
    name = "Ministry of Public Security's Institute of Forensics"
    [(start, end)] = Keyed(text).mentions(name)
    assert text[start:end] == "Ministry of Public Security?s Institute of Forensics"
    assert Keyed(text).mentions("What does thus do") == []
