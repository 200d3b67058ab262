"""A name taken apart: what is the name's own, and what is only form."""

import pytest

from monitor.screening.names.anatomy import Anatomy, anatomy


def own(name: str) -> str:
    return " ".join(anatomy(name).words)


@pytest.mark.parametrize(
    ("name", "words", "form"),
    [
        ("Huawei Technologies Co., Ltd.", "huawei technologies", "co ltd"),
        ("Shenzhen Caspro Technology Company Limited", "shenzhen caspro technology", "co ltd"),
        ("SGM Most OOO", "sgm most", "llc"),
        ("Obshchestvo S Ogranichennoi Otvetstvennostyu SGM Most", "sgm most", "llc"),
        ("Limited Liability Company Zavod Spetsagregat", "zavod spetsagregat", "llc"),
        ("L.L.C. Koksokhimtrans", "koksokhimtrans", "llc"),
        ("Gazprom Promgaz, AO", "gazprom promgaz", "jsc"),
        ("Otkrytoe Aktsionernoe Obshchestvo Gazprom Promgaz", "gazprom promgaz", "jsc open"),
        ("PAO Ilyushin", "ilyushin", "jsc public"),
        ("Joint Stock Company (JSC) NIIME", "niime", "jsc"),
        ("Albin Technologies Sdn Bhd.", "albin technologies", "bhd sdn"),
        ("Quantum Logix (Private) Limited", "quantum logix", "ltd pvt"),
        ("Jiuding Equipment Co (Pvt) Ltd.", "jiuding equipment", "co ltd pvt"),
        ("Huawei Technologies Deutschland GmbH", "huawei technologies deutschland", "gmbh"),
        ("CTM Dis Ticaret Ltd. Sti", "ctm dis ticaret", "ltd sti"),
        ("SANCO Middle East, FZC", "sanco middle east", "fzc"),
        ("SANCO Middle East FZCO", "sanco middle east", "fzc"),
        ("PT. Kuantum Tekno Kreatif", "kuantum tekno kreatif", "pt"),
        ("Irkut Corporation", "irkut", "corp"),
        ("China Communications Construction Company Shanghai Waterway Bureau",
         "china communications construction company shanghai waterway bureau", ""),
        ("The Planar Company", "planar", "co"),
        ("Corporation", "corporation", ""),
    ],
)  # fmt: skip
def test_the_legal_form(name: str, words: str, form: str) -> None:
    """Found at either end, spelled out or not; "company" in mid-name is a word."""
    assert own(name) == words
    assert " ".join(sorted(anatomy(name).form)) == form


@pytest.mark.parametrize(
    ("name", "words", "shorts"),
    [
        ("Semiconductor Manufacturing International Corporation (SMIC)",
         "semiconductor manufacturing international", ("smic",)),
        ("Zhukovskiy Central Aerohydrodynamics Institute (TsAGI)",
         "zhukovskiy central aerohydrodynamics institute", ("tsagi",)),
        ("HiSilicon Technologies Co., Ltd (HiSilicon)", "hisilicon technologies", ("hisilicon",)),
        ("Huawei Technologies (UK) Co., Ltd.", "huawei technologies uk", ()),
        ("FOC (HK) Technology Co., Ltd.", "foc hk technology", ()),
        ("Moore Thread Intelligent Technology (Beijing) Co., Ltd.",
         "moore thread intelligent technology beijing", ()),
        ("Public Security Bureau (Tumushuk)", "public security bureau tumushuk", ()),
        ("Huawei Technologies (Bolivia) S.R.L.", "huawei technologies bolivia", ()),
        ("Atlas (Group) Ltd.", "atlas group", ()),
        ("Sixth Plant (CETC 13)", "#6 plant cetc #13", ()),
    ],
)  # fmt: skip
def test_brackets(name: str, words: str, shorts: tuple[str, ...]) -> None:
    """A short name is form; a place, a word or a number of its own is not."""
    assert own(name) == words
    assert anatomy(name).shorts == shorts


@pytest.mark.parametrize(
    ("name", "words", "tail"),
    [
        ("HiSilicon Optoelectronics Co., Ltd., Wuhan, Hubei",
         "hisilicon optoelectronics", "wuhan hubei"),
        ("Huawei Technologies Switzerland AG, Liebefeld",
         "huawei technologies switzerland", "liebefeld"),
        ("48th Central Scientific Research Institute, Kirov",
         "#48 central scientific research institute", "kirov"),
        ("Huawei Technologies Bahrain, Building 647 2811 Road 2811, Block 428",
         "huawei technologies bahrain", "building #647 #2811 road #2811 block #428"),
        ("Kish Airlines, Headquarters", "kish airlines", "headquarters"),
        ("Huawei Technologies Co., Ltd., Beijing Research Institute",
         "huawei technologies beijing research institute", ""),
        ("Academy of Military Medical Sciences, Institute of Basic Medicine",
         "academy of military medical sciences institute of basic medicine", ""),
        ("Tactical Missile Corporation, Joint Stock Company Ravenstvo",
         "tactical missile ravenstvo", ""),
        ("X Corporation, 31 Research Institute", "x #31 research institute", ""),
    ],
)  # fmt: skip
def test_what_stands_behind_a_comma(name: str, words: str, tail: str) -> None:
    """A place or street is an address; a unit and another company's name are not."""
    assert own(name) == words
    assert " ".join(anatomy(name).tail) == tail


@pytest.mark.parametrize(
    ("name", "parent", "words", "bare"),
    [
        ("Huawei Technologies Co., Ltd. (Huawei). Affiliated Entity: HiSilicon Tech Co., Ltd.",
         "huawei technologies", "hisilicon tech", False),
        ("Pakistan Atomic Energy Commission (PAEC), and subordinate entity Development Complex",
         "pakistan atomic energy commission", "development complex", True),
        ("CASIC Second Academy subordinate institution: 23rd Research Institute",
         "casic #2 academy", "#23 research institute", True),
        ("Ilyushin Aviation Complex Branch: Myasishcheva Plant", "ilyushin aviation complex",
         "myasishcheva plant", False),
        ("Branch Technologies Ltd.", "", "branch technologies", False),
    ],
)  # fmt: skip
def test_composed_names(name: str, parent: str, words: str, bare: bool) -> None:
    """A unit is told from the body it belongs to; one with no word of its own needs it."""
    parts = anatomy(name)
    assert (" ".join(parts.parent), " ".join(parts.words), parts.bare) == (parent, words, bare)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Gazprom Sotsinvest, OOO (f.k.a., Gazprominvestarena OOO)", "gazprom sotsinvest"),
        ("Gazprom Telekom, OOO (f.k.a. Zakrytoe Aktsionernoe Obshchestvo Gaztelekom)",
         "gazprom telekom"),
        ("Joint Stock Company Nevskoe Design Bureau, a.k.a, the following ten aliases",
         "nevskoe design bureau"),
        ("Chitron Electronics Company Ltd., a.k.a. Chi-Chung Electronics", "chitron electronics"),
        ("Orbit formerly known as Comet", "orbit"),
        ("Akademia Kazan", "akademia kazan"),
        ("Aka Nata Ltd.", "aka nata"),
    ],
)  # fmt: skip
def test_former_and_other_names_in_the_text(name: str, words: str) -> None:
    """What follows "f.k.a." is not the name."""
    assert own(name) == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("13th Research Institute", "No. 13 Research Institute"),
        ("Second Academy", "2nd Academy"),
        ("CETC55", "CETC 55"),
        ("S.A. Iron & Steel", "SA Iron and Steel"),
        ("Gui'an Investment", "Guian Investment"),
    ],
)
def test_written_two_ways(one: str, other: str) -> None:
    """Numbers, ordinals, initials and apostrophes."""
    assert anatomy(one).key == anatomy(other).key


@pytest.mark.parametrize(
    ("name", "person"),
    [("Khalil Zadran", True), ("Hia Soo Gan Benson", True), ("Engineering Solutions", False),
     ("Khalil Zadran Company", False), ("Wang", False), ("Angstrem T", False)],
)  # fmt: skip
def test_what_may_be_a_person(name: str, person: bool) -> None:
    """Persons carry no mark on the lists."""
    assert anatomy(name).person is person


def test_a_name_without_words_of_its_own_keeps_them() -> None:
    """Nothing is taken off until nothing is left."""
    for name in ("Co., Ltd.", "The", "???", "(UK)", "—"):
        parts = anatomy(name)
        assert isinstance(parts, Anatomy)
        assert bool(parts.key) == any(letter.isalnum() or letter == "?" for letter in name)
