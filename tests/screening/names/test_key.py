"""When two published names are the same name: what is forgiven, and what never is."""

import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from monitor.screening.names import LOST, NameIndex, name_key, same_key, same_name

INSTITUTE = "Ministry of Public Security's Institute of Forensic Science of China"

names = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cn", "Co"]), min_size=1, max_size=40
)
plain_names = st.text(st.sampled_from("abcdefghij XYZ'-.,()1234é"), min_size=12, max_size=40)


@pytest.mark.parametrize(
    "spelled",
    [
        "Ministry of Public Security?s Institute of Forensic Science of China",
        "Ministry of Public Security’s Institute of Forensic Science of China",
        "Ministry of Public Security\ufffds Institute of Forensic Science of China",
        "Ministry of Public Securitys Institute of Forensic Science of China",
        "MINISTRY OF PUBLIC SECURITY'S INSTITUTE OF FORENSIC SCIENCE OF CHINA",
        "  Ministry  of Public\u00a0Security's Institute of Forensic-Science of China. ",
        "Ministry of Public Security`s Institute of Forensic Science of China",
        "Mi\u00adnistry of Public Security's Institute of Forensic Science of Chi\u200bna",
        "Ministry of Public Security's Institute of F\u00f3rensic Science of China",
        "Ministry of Public Security's Institute of Forensi? Science of China",
        "Ministry of Public Security's Institute of Forensic Science of Ch?ina",
        "Ｍinistry of Public Security's Institute of Forensic Science of China",
        "Ministry of Public Security's Institute of Forensic Science (of China)",
    ],
)
def test_spellings_of_the_institute(spelled: str) -> None:
    """Every spelling that upstreams have had, and their like."""
    assert same_name(spelled, INSTITUTE)
    assert same_name(INSTITUTE, spelled)


@pytest.mark.parametrize(
    "other",
    [
        "Ministry of Public Security's Institute of Forensic Science",
        "Institute of Forensic Science of China",
        "Ministry of Public Security's Institute of Forensic Sciences of China",
        "Forensic Genomics International",
        "Forensic Center of Nizhniy Novgorod Region Main Directorate",
        "Xinjiang Uighur Autonomous Region (XUAR) People's Government Public Security Bureau",
        "?????",
        "",
        "???",
    ],
)
def test_other_names_are_other_parties(other: str) -> None:
    """Likeness is no identity."""
    assert not same_name(other, INSTITUTE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Østfold Łódź Đakovo", "Ostfold Lodz Dakovo"), ("Straße", "Strasse"),
        ("ﬁnance", "finance"),
        ("Ａ Ｂ Ｃ", "abc"), ("İstanbul Teknik", "Istanbul Teknik"), ("Ægir Þór", "Aegir Thor"),
        ("№ 5 Factory", "No 5 Factory"),
    ],
)  # fmt: skip
def test_letters_written_two_ways(one: str, other: str) -> None:
    """Diacritics and compatibility forms are folded."""
    assert same_name(one, other)


def test_a_name_of_nothing_is_no_name() -> None:
    """Two rows without a letter are not the same party."""
    assert not same_name("", "")
    assert not same_name("—", "'")


def test_lost_marks_cannot_stand_for_a_name() -> None:
    """`A??` must not match every short name."""
    assert not same_name("A??", "Abc")
    assert not same_name("?", "X")


@given(names)
@example("ΐ")
@example("ẞß")
@example("K")
def test_the_key_is_idempotent(name: str) -> None:
    """A key is its own key."""
    assert name_key(name_key(name)) == name_key(name)


@given(names)
def test_a_name_is_the_same_as_itself_however_it_is_encoded(name: str) -> None:
    """All four normal forms, upper and lower case, padded with spaces."""
    assume(name_key(name))
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert same_name(unicodedata.normalize(form, name), name)
    assert same_name(f" {name} ", name)


@given(plain_names, st.integers(0, 100), st.sampled_from(["?", "\ufffd"]))
def test_one_lost_character_is_forgiven(name: str, at: int, mark: str) -> None:
    """In place of any letter or mark, or put between two."""
    assume(len(name_key(name)) >= 8)
    at %= len(name)
    assert same_name(name[:at] + mark + name[at + 1 :], name)
    assert same_name(name[:at] + mark + name[at:], name)


@given(plain_names, plain_names)
def test_sameness_is_symmetric(one: str, other: str) -> None:
    """Whoever is asked first."""
    assert same_name(one, other) == same_name(other, one)


@given(plain_names, plain_names)
def test_without_lost_marks_sameness_is_equality_of_keys(one: str, other: str) -> None:
    """Nothing else is likeness."""
    assert same_name(one, other) == (name_key(one) == name_key(other) != "")


@given(st.lists(st.tuples(plain_names, st.integers(0, 9)), max_size=12), plain_names)
def test_the_index_finds_what_comparing_one_by_one_finds(
    filed: list[tuple[str, int]], sought: str
) -> None:
    """It is only quicker."""
    asked = [name for name, _ in filed] + [sought, sought.replace("e", "?"), sought[1:]]
    index = NameIndex(filed)
    for name in [*asked, *(f"?{one[1:]}" for one in asked)]:
        expected = {what for other, what in filed if same_name(name, other)}
        assert set(index.find(name)) == expected
        assert len(index.find(name)) == len(expected)


@given(st.lists(st.tuples(st.text("ab?", min_size=1, max_size=8), st.integers()), max_size=8))
def test_the_index_and_lost_marks(filed: list[tuple[str, int]]) -> None:
    """The same with marks lost on both sides."""
    index = NameIndex(filed)
    for name, _ in filed:
        assert set(index.find(name)) == {what for other, what in filed if same_name(name, other)}


def test_a_key_with_very_many_lost_marks_is_soon_answered() -> None:
    """Hostile text does not cost quadratic time beyond its length."""
    assert not same_key("a" * 3000 + LOST * 1000, "b" * 4000)
    assert same_key("a" * 300 + LOST * 50, "a" * 325)
