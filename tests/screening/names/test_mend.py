"""Text that was spoilt on its way is mended, and sound text is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.screening.names import mended, says_removed, was_mended


@pytest.mark.parametrize(
    ("spoilt", "sound"),
    [
        ("JosÃ© GarcÃ­a S.A.", "José García S.A."),
        ("Ministry of Public Securityâ€™s Institute", "Ministry of Public Security’s Institute"),
        ("Smith &amp;amp; Sons", "Smith & Sons"),
        ("AT&amp;T", "AT&T"),
        # as the list of 2026 has it, with Cyrillic С and о
        ("Shenzhen Ditai Technology \u0421\u043e., Ltd.", "Shenzhen Ditai Technology Co., Ltd."),
        ("\u041e\u0410\u041e Gazprom", "OAO Gazprom"),
    ],
)
def test_spoilt_text(spoilt: str, sound: str) -> None:
    """Decoded wrongly, escaped for HTML, or typed on another keyboard."""
    assert mended(spoilt) == sound
    assert was_mended(spoilt)
    assert not was_mended(sound)


@pytest.mark.parametrize(
    "name",
    ["Łódź Ørsted", "Türkiye İş Bankası", "公安部物证鉴定中心", "ОАО Газпром", "R&D; Center",
     "People\ufffds Bureau", "Smith & Sons"],
)  # fmt: skip
def test_sound_text(name: str) -> None:
    """Letters with marks and other scripts are no fault."""
    assert mended(name) == name


@given(st.text(max_size=60))
def test_mending_twice_is_mending_once_for_latin_look_alikes(name: str) -> None:
    """Plain text of the keyboard is never changed."""
    plain = "".join(letter for letter in name if letter.isascii() and letter != "&")
    assert mended(plain) == plain


@pytest.mark.parametrize(
    "marked",
    ["[Removed] {}", "REMOVED: {}", "*REMOVED* {}", "{} — REMOVED", "{} [REMOVED 2023-11-16]",
     "Removed effective November 16, 2023: {}", "[Delisted] {}", "Delisted 11/16/2023: {}",
     "{} (deleted by 88 FR 80131)", "{} (entry removed)", "{}, removed 11/16/2023",
     "NO LONGER LISTED - {}", "{} (no longer on the Entity List)"],
)  # fmt: skip
def test_a_mark_is_told_from_the_name(marked: str) -> None:
    """However an importer writes it; what is left is the name."""
    name = marked.format("Kestrel Avionics Co., Ltd.")
    assert says_removed(name)
    assert mended(name) == "Kestrel Avionics Co., Ltd."


@pytest.mark.parametrize(
    "name",
    ["Removed Persons Relief Company", "Delisted Securities - Trading Co.", "List Removed Ltd.",
     "The Removed Company (Hong Kong)", "Kestrel, Removed Goods Ltd.", "No Longer Listed Co.",
     "Entry Removed Systems (Deleted Records) Co."],
)  # fmt: skip
def test_a_word_of_a_name_is_no_mark(name: str) -> None:
    assert not says_removed(name)
    assert mended(name) == name
