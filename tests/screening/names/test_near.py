"""Which rows a person would want to look at, on a list of a dozen rows and on the real one."""

import time
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.screening.names import ListNames, Strength
from tests.screening.names.lists import csl_2022, ecfr_2026, names_of
from tests.screening.names.made_names import made_names

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


def test_nobody_on_the_list_of_2026_is_near_the_institute() -> None:
    """It was removed, and no row looks like it."""
    name = "Ministry of Public Security's Institute of Forensic Science of China"
    listed = names_of(ecfr_2026())
    assert listed.same(name) == []
    assert [found for found in listed.near(name) if found.strength is Strength.CLOSE] == []


@pytest.mark.slow
def test_what_is_found_by_rare_words_is_what_a_scan_finds() -> None:
    """The bounds leave out no close name: the best of the list by comparing with every name."""
    rows = csl_2022()[0][:400]
    listed = names_of(rows)
    chance = Random(7)
    asked = [
        f"{chance.choice(['Perm', 'Wuhan'])} {name[:-1]}" for name, _ in chance.sample(rows, 25)
    ]
    seen = 0
    for name in asked:
        by_scan = max(
            (
                (found.score, found.strength is Strength.CLOSE)
                for main, aliases in rows
                for each in (main, *aliases)
                if (found := listed.compare(name, each)).strength
            ),
            default=(0.0, False),
        )
        best = max(
            ((each.score, each.strength is Strength.CLOSE) for each in listed.near(name)),
            default=(0.0, False),
        )
        assert best >= by_scan
        seen += by_scan[1]
    assert seen > 15


@pytest.mark.slow
def test_fifty_thousand_names_against_the_list_of_2026() -> None:
    """A tenth of them, with room for a busy machine; docs/matching.md has the measured time."""
    rows = ecfr_2026()
    listed = names_of(rows)
    asked = list(made_names([name for name, _ in rows], Random(1), 5_000))
    started = time.process_time()
    listed.same(asked[0])
    assert time.process_time() - started < 0.6
    started = time.process_time()
    listed.near(asked[0])
    assert time.process_time() - started < 2.0
    started = time.process_time()
    for name in asked:
        listed.near(name)
    assert time.process_time() - started < 3.0
