"""Which rows a person would want to look at, on a list of a dozen rows and on the real one."""

from collections.abc import Iterable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.screening.names import ListNames, Strength
from tests.screening.names.lists import csl_2022, ecfr_2026, names_of
from tests.screening.names.respelled import KINDS

LISTED = [
    ("Hangzhou Hikvision Digital Technology Co., Ltd.", "hikvision"),
    ("Hikvision", "hikvision"),
    ("Dahua Technology Co., Ltd.", "dahua"),
    ("Semiconductor Manufacturing International Corporation (SMIC)", "smic"),
    ("National University of Defense Technology (NUDT)", "nudt"),
    ("Inspur Group Co., Ltd.", "inspur"),
    ("Inspur Electronic Information Industry Co., Ltd.", "inspur-e"),
    ("Inspur (HK) Electronics Co., Ltd.", "inspur-hk"),
    ("China Electronics Technology Group Corporation 55th Research Institute", "cetc55"),
    ("Ministry of Public Security's Institute of Forensic Science of China", "mps"),
    ("Kontsern Izhmash OAO", "izhmash"),
    ("Dmitriy Moroz", "moroz"),
    ("Universal Technology Trading Limited", "universal"),
    ("Anhui Cambricon Information Technology Co., Ltd.", "cambricon"),
    ("CSCC", "cscc"),
]


@pytest.fixture(scope="module")
def listed() -> ListNames[str]:
    return ListNames(LISTED)


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("Hikvision", "hikvision"),
        ("Hangzhou Hikvision", "hikvision"),
        ("Hikvision Technology Co., Ltd.", "hikvision"),
        ("Hangzhou Hikvizion Digital Technology", "hikvision"),
        ("Hangzhou Hikvision Digtal Technology", "hikvision"),
        ("Zhejiang Dahua Technology Co., Ltd.", "dahua"),
        ("SMIC", "smic"),
        ("NUDT", "nudt"),
        ("Ministry of Public Security Institute of Forensic Sciences", "mps"),
        ("Institute of Forensic Science of the Ministry of Public Security, China", "mps"),
        ("Concern Izhmash", "izhmash"),
        ("Knotsern Izhmash OAO", "izhmash"),
        ("Dmitry Moroz", "moroz"),
        ("Dmitrii Moroz", "moroz"),
        ("Moroz Dmitry", "moroz"),
        ("China Electronics Technology Group 55 Institute", "cetc55"),
        ("Cambricon Information Technology (Anhui)", "cambricon"),
    ],
)
def test_a_close_case(listed: ListNames[str], name: str, row: str) -> None:
    """Acronyms, brands, letters, transliteration, other words in front or behind."""
    best = listed.near(name)[0]
    assert (best.row, best.strength) == (row, Strength.CLOSE)
    assert best.reasons


@pytest.mark.parametrize(
    "name",
    [
        "Technology Co., Ltd.", "Beijing", "CSSC", "CETC 13th Research Institute", "Sergey Moroz",
        "China Electronics Technology Group Corporation 13th Research Institute",
        "Guangdong Electronics Trading Limited", "Forensic Genomics International",
        "Hetian Prefecture Public Security Bureau", "Shanghai Biren Information Technology Ltd.",
        "", "???",
    ],
)  # fmt: skip
def test_no_close_case(listed: ListNames[str], name: str) -> None:
    """Trade words, numbers and acronyms one letter off; a short list makes no word rare."""
    assert [found.name for found in listed.near(name) if found.strength is Strength.CLOSE] == []


def test_a_brand_alone_is_one_case_for_its_family(listed: ListNames[str]) -> None:
    """With the rows that bear it beside the plainest one."""
    (found,) = listed.near("Inspur")
    assert found.row == "inspur"
    assert set(found.family) == {"inspur-e", "inspur-hk"}
    assert found.reasons == ("the word inspur alone", "2 more rows bear it")


def test_best_first_and_each_row_once(listed: ListNames[str]) -> None:
    """And no more than asked for."""
    found = listed.near("Inspur Electronics Information (HK)")
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    assert len({each.row for each in found}) == len(found) > 1
    assert listed.near("Inspur Electronics Information (HK)", most=1) == found[:1]


@given(st.sampled_from(LISTED), st.text(max_size=30))
def test_any_text_is_answered(borne: tuple[str, str], text: str) -> None:
    """Whatever is asked of whatever is listed."""
    name, row = borne
    listed = ListNames([(name, row), (text, "text")])
    assert {found.row for found in listed.near(f"{name} {text}")} <= {row, "text"}
    assert row in {found.row for found in listed.near(name)}


def test_an_empty_list_has_no_names() -> None:
    """Nor does it fail."""
    assert ListNames[int]([]).near("Huawei") == []
    assert ListNames[int]([]).same("Huawei") == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("SMIC", "Semiconductor Manufacturing International Corporation (SMIC)"),
        ("NUDT", "National University of Defense Technology (NUDT)"),
        ("Huawei", "Huawei Technologies Co., Ltd."),
        ("Inspur", "Inspur Group Co., Ltd."),
        ("Zhejiang Dahua Technology Co., Ltd.", "Dahua Technology"),
        ("Hangzhou Hikvision", "Hangzhou Hikvision Digital Technology Co., Ltd."),
    ],
)
def test_spellings_people_use_on_the_real_list(name: str, row: str) -> None:
    """Of 2026-07-23."""
    rows = ecfr_2026()
    assert row in [rows[found.row][0] for found in names_of(rows).near(name)]


@pytest.mark.slow
def test_nobody_on_the_list_of_2026_is_near_the_institute() -> None:
    """It was removed, and no row looks like it."""
    name = "Ministry of Public Security's Institute of Forensic Science of China"
    listed = names_of(ecfr_2026())
    assert listed.same(name) == []
    assert [found for found in listed.near(name) if found.strength is Strength.CLOSE] == []


MISLEADING = (
    *LISTED,
    ("Aktsionernoe Obschestvo \ufffdYaltinskaya Kinodstudiya\ufffd", "studio"),
    ("IKCO Trading GmbH", "ikco"),
    ("China Academy of Science\u2014Shenyang Institute of Automation", "automation"),
    ("Federal State Unitary Enterprise State Research and Production Enterprise Bazalt", "bazalt"),
    ("Fsue Srpe Bazalt", "bazalt"),
    ("Srpe Kuznetsov", "kuznetsov"),
    ("Hi Silicon Shenzhen", "silicon"),
    ("MEO GmbH", "meo"),
)


@pytest.mark.parametrize(
    ("asked", "row"),
    [
        pytest.param("Perm Aktsionernoe Obschestvo ?Yaltinskaya Kinodstudiya", "studio",
                     id="a letter was lost"),
        pytest.param("IKCO Trading Gesellschaft mit beschr\u00e4nkter Haftung", "ikco",
                     id="it goes on in words that nobody knows"),
        pytest.param("China Academy of Science\u2014Shenyang Institute of Automatin", "automation",
                     id="a unit whose words say nothing alone"),
        pytest.param("Fsue Srpe Bazawlt", "bazalt", id="initials that another name has too"),
        pytest.param("Hisilicon Wuhan", "silicon", id="two words written as one"),
        pytest.param("Hikvi sion Digital", "hikvision", id="one word written as two"),
        pytest.param("Dismal Arcade Heaven Union Academy", None, id="initials of a brand"),
        pytest.param("Hanifa Money Exchange Office", None, id="initials and no other word"),
    ],
)  # fmt: skip
def test_no_bound_leaves_out_what_a_scan_finds(asked: str, row: str | None) -> None:
    """Looked for by rare words, the best is the best of comparing with every name."""
    listed = ListNames(MISLEADING)
    best = max(listed.near(asked), key=lambda each: each.score, default=None)
    by_scan = _scanned(listed, asked, listed.all)
    assert (best.score if best else 0.0) == by_scan
    assert (best.row if best else None) == row
    assert {each.row for each in listed.near(asked)} <= listed.sharing(asked)


def _scanned(listed: ListNames[str] | ListNames[int], asked: str, names: Iterable[str]) -> float:
    """The best score of any of these names, found by comparing with each."""
    compared = (listed.compare(asked, each) for each in names)
    return max((found.score for found in compared if found.strength), default=0.0)


@pytest.mark.slow
@pytest.mark.parametrize("rows", [150, 400])
def test_what_is_found_by_rare_words_is_what_a_scan_finds(rows: int) -> None:
    """On the real list of 2022: other spellings of its names, and firms of other lists.

    A brand asked alone is not among them: one row stands for its family.
    """
    chance = Random(7)
    some, firms = chance.sample(csl_2022()[0], rows), csl_2022()[1]
    listed = names_of(tuple(some))
    kinds = [kind for kind, _ in KINDS.values()]
    asked = [
        chance.choice(kinds)(name, chance) or f"Perm {name[:-1]}"
        for name, _ in chance.sample(some, 60)
    ]
    seen = 0
    for name in (*asked, *chance.sample(firms, 60)):
        near, by_scan = listed.near(name), _scanned(listed, name, listed.all)
        if any(each.reasons[0].endswith(" alone") for each in near):
            continue
        assert max((each.score for each in near), default=0.0) >= by_scan, name
        assert {each.row for each in near if each.strength is Strength.CLOSE} <= listed.sharing(
            name
        )
        seen += by_scan > 0
    assert seen > 40
