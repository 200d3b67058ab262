"""Which rows bear a name, form forgiven only where no other row bears what is left."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from monitor.screening.names import Likeness, ListNames, Strength, weaker

INSTITUTE = "Ministry of Public Security's Institute of Forensic Science of China"
LISTED = [
    (INSTITUTE, "mps"),
    ("Forensic Identification Center of the Ministry of Public Security", "mps"),
    ("Hangzhou Hikvision Digital Technology Co., Ltd.", "hikvision"),
    ("Huawei Technologies Co., Ltd.", "huawei"),
    ("Huawei Technologies (UK) Co., Ltd.", "huawei-uk"),
    ("Huawei Technologies Co., Ltd. affiliated entity: Shenzhen Huawei Terminal", "terminal"),
    ("Semiconductor Manufacturing International Corporation (SMIC)", "smic"),
    ("Irkut Corporation", "irkut"),
    ("PJSC Irkut Corporation", "pjsc-irkut"),
    ("Stroytransgaz LLC", "stg-llc"),
    ("Stroytransgaz OJSC", "stg-ojsc"),
    ("48th Central Scientific Research Institute, Kirov", "kirov"),
    ("48th Central Scientific Research Institute, Sergiev Posad", "posad"),
    ("China Electronics Technology Group Corporation 13th Research Institute (CETC 13)", "cetc13"),
    ("Aerotechnic SAS", "aero-fr"),
    ("Aerotechnic SAS", "aero-ma"),
    ("Star Aviation Services FZC", "star"),
    ("Engineering Solutions Pvt. Ltd.", "solutions"),
    ("Hia Soo Gan Benson", "hia"),
    ("Kish Airlines", "kish"),
    ("Shandong Sheenrun Optics & Electronics Co., Ltd.", "sheenrun"),
    ("X Academy, 31 Research Institute", "x31"),
    ("Xinjiang People?s Government Public Security Bureau LLC", "xpsb"),
]


@pytest.fixture(scope="module")
def listed() -> ListNames[str]:
    return ListNames(LISTED)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        (INSTITUTE.upper(), ["mps"]),
        ("Ministry of Public Security?s Institute of Forensic Science of China", ["mps"]),
        ("The Hangzhou Hikvision Digital Technology Company Limited", ["hikvision"]),
        ("Hangzhou Hikvision Digital Technology", ["hikvision"]),
        ("Hangzhou Hikvision Digital Technology Co., Ltd., Hangzhou, Zhejiang", ["hikvision"]),
        ("Shenzhen Huawei Terminal Co., Ltd.", ["terminal"]),
        ("Huawei Technologies Co., Ltd. (Huawei). Affiliated Entity: Shenzhen Huawei Terminal",
         ["terminal"]),
        ("Semiconductor Manufacturing International Corp.", ["smic"]),
        ("Semiconductor Manufacturing International", ["smic"]),
        ("Shandong Sheenrun Optics and Electronics Co., Ltd", ["sheenrun"]),
        ("Benson Hia Soo Gan", ["hia"]),
        ("Kish Airlines, Headquarters", ["kish"]),
        ("Kish Airlines (f.k.a. Kish Air)", ["kish"]),
        ("Aerotechnic", ["aero-fr", "aero-ma"]),
        ("Huawei Technologies Co., Ltd.", ["huawei"]),
        ("Huawei Technologies", ["huawei"]),
        ("Irkut Corporation", ["irkut"]),
        ("Irkut Corp.", ["irkut"]),
        ("Stroytransgaz Limited Liability Company", ["stg-llc"]),
        ("OAO Stroytransgaz", ["stg-ojsc"]),
        ("Stroytransgaz JSC", ["stg-ojsc"]),  # an open one is one; an LLC is not
        ("48th Central Scientific Research Institute, Kirov", ["kirov"]),
        ("Xinjiang People's Government Public Security Bureau", ["xpsb"]),
        ("Xinjiang Peoples Government Public Security Bureau LLC", ["xpsb"]),
    ],
)  # fmt: skip
def test_the_same_but_for_form(listed: ListNames[str], name: str, rows: list[str]) -> None:
    """Each way of writing that the rule forgives."""
    assert listed.same(name) == rows


@pytest.mark.parametrize(
    "name",
    [
        "Irkut",  # two rows bear what is left
        "Stroytransgaz",
        "Stroytransgaz Ltd.",
        "48th Central Scientific Research Institute",
        "46th Central Scientific Research Institute, Kirov",
        "Huawei Technologies (Bolivia)",
        "Huawei Technologies (HK) Co., Ltd.",
        "Huawei Technologies UK Research Institute",
        "Star Aviation Services FZE",  # another form is another firm
        "Solutions Engineering Pvt. Ltd.",  # only a person's names stand in any order
        "China Electronics Technology Group Corporation 55th Research Institute (CETC 13)",
        "China Electronics Technology Group Corporation Research Institute",
        "X Academy",  # a parent is not its unit
        "X Academy, 13 Research Institute",
        "Ministry of Public Security's Institute of Forensic Science",
        "Forensic Center of Nizhniy Novgorod Region Main Directorate",
        "Forensic Genomics International",
        "SMIC",
        "",
        "Co., Ltd.",
        "???",
    ],
)
def test_what_is_not_the_same(listed: ListNames[str], name: str) -> None:
    """Numbers, places in brackets, units and other firms are never bridged."""
    assert listed.same(name) == []


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("AOOK Technology Ltd.", "AOOK Technology Limited", Likeness.SAME),
        ("Sky Gulf Consultancy", "Sky Gulf Consultancy LLC", Likeness.SAME),
        ("Stroytransgaz LLC", "Stroytransgaz OJSC", Likeness.NEAR),
        ("Irkut Corporation", "PJSC Irkut Corporation", Likeness.NEAR),
        ("Angstrem JSC", "Angstrem-T JSC", Likeness.NEAR),
        ("Second Academy Radio Plant", "Third Academy Radio Plant", Likeness.OTHER),
        ("CETC 13th Research Institute", "CETC 55th Research Institute", Likeness.OTHER),
        ("Hangzhou Hikvision Digital", "Hangzhou Hikvizion Digital", Likeness.NEAR),
        ("Dmitry Moroz", "Dmitriy Moroz", Likeness.NEAR),
        ("Wang Wei", "Wei Pang", Likeness.OTHER),
        ("SMIC", "Semiconductor Manufacturing International Corporation (SMIC)", Likeness.NEAR),
        ("CSSC", "CSCC", Likeness.OTHER),
        (INSTITUTE, "Forensic Center of Nizhniy Novgorod Region", Likeness.OTHER),
        (INSTITUTE, "Forensic Genomics International", Likeness.OTHER),
        (INSTITUTE, "Hetian Prefecture Public Security Bureau", Likeness.OTHER),
        (INSTITUTE, "Institute of Forensic Science, Ministry of Public Security", Likeness.NEAR),
        ("Zhejiang Dahua Technology", "Zhejiang Shenqihang Technology", Likeness.OTHER),
    ],
)  # fmt: skip
def test_two_names(listed: ListNames[str], one: str, other: str, likeness: Likeness) -> None:
    """Whoever is asked first, and with reasons."""
    found = listed.compare(one, other)
    assert found.likeness is likeness
    assert (found.strength is not None) is (likeness is Likeness.NEAR)
    assert found.reasons or found.likeness is Likeness.OTHER
    back = listed.compare(other, one)
    assert (back.likeness, back.score, back.strength) == (
        found.likeness,
        found.score,
        found.strength,
    )


def test_reasons_are_for_a_person(listed: ListNames[str]) -> None:
    """What is told beside a case."""
    assert listed.compare("Stroytransgaz LLC", "Stroytransgaz OJSC").reasons == (
        "equal words, but another form", "legal form: LLC / open JSC"
    )  # fmt: skip
    assert listed.compare("Hikvizion Digital", "Hikvision Digital Institute").reasons == (
        "in both: digital", "hikvizion / hikvision: one letter off", "only in the second: institute"
    )  # fmt: skip


def test_the_weaker_of_two_lists_decides() -> None:
    """A pair is compared on both lists that it comes from."""
    old, new = ListNames([("Orbita LLC", 1)]), ListNames([("Orbita LLC", 1), ("Orbita", 2)])
    pair = ("Orbita LLC", "Orbita")
    assert old.compare(*pair).likeness is Likeness.SAME
    found = weaker(old.compare(*pair), new.compare(*pair))
    assert (found.likeness, found.strength) == (Likeness.NEAR, Strength.CLOSE)


WORDS = """
Huawei Dahua Zvezda 13th Second Research Institute Technology (UK) (ABC) & of Beijing Orion
"""
words = st.sampled_from(WORDS.split())
forms = st.sampled_from(["", "Co., Ltd.", "LLC", "OOO", "JSC", "Limited", "GmbH"])
names = st.builds(
    lambda parts, form: " ".join([*parts, form]).strip(),
    st.lists(words, min_size=1, max_size=5),
    forms,
)


@given(names, st.lists(names, max_size=5))
def test_a_name_is_the_same_as_itself_in_any_company(name: str, others: list[str]) -> None:
    """Case, spacing and marks do not matter."""
    listed = ListNames((other, number) for number, other in enumerate([name, *others]))
    assume(listed.same(name))
    assert 0 in listed.same(name)
    for spelled in (name.upper(), name.lower(), f"  {name.replace(' ', '  ')} ", f"“{name}”"):
        assert 0 in listed.same(spelled)
        assert listed.compare(name, spelled).likeness is Likeness.SAME


@given(names, names, st.lists(names, max_size=4))
def test_sameness_is_symmetric(one: str, other: str, others: list[str]) -> None:
    """Of the names of one list."""
    listed = ListNames(enumerate_names([one, other, *others]))
    assert listed.compare(one, other).likeness is listed.compare(other, one).likeness


@given(names, names)
def test_numbers_are_never_bridged(one: str, other: str) -> None:
    """Whatever else agrees."""
    listed = ListNames(enumerate_names([one, other]))
    found = listed.compare(f"{one} 13", f"{other} 31")
    assert found.likeness is not Likeness.SAME
    assert ListNames([(f"{one} 13", 1)]).same(f"{one} 31") == []


@given(st.lists(names, min_size=2, max_size=6))
def test_form_never_chooses_between_two_rows(borne: list[str]) -> None:
    """A name left without its form is the same as one row only where one row bears it."""
    listed = ListNames([("Zarya LLC", "llc"), ("Zarya JSC", "jsc"), *enumerate_names(borne)])
    assert listed.same("Zarya") == []


def enumerate_names(borne: list[str]) -> list[tuple[str, str]]:
    return [(name, str(number)) for number, name in enumerate(borne)]
