"""Upstream text is harmless once cleaned."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from monitor.screening.words.sanitize import fit, one_line, paragraphs, visible, web_link


@given(st.text(), st.integers(min_value=1, max_value=300))
def test_one_line_is_one_line_without_hidden_marks(text: str, limit: int) -> None:
    """Whatever comes, no control, format or line-breaking character is left, and it is bounded."""
    shown = one_line(text, limit)
    assert "\n" not in shown
    assert "\r" not in shown
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    assert len(shown) <= limit + len("… (1000 more characters)")


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """What is clean stays as it is."""
    assert one_line(one_line(text)) == one_line(text)


def test_what_was_cut_is_counted() -> None:
    """A reader sees that and how much is missing."""
    assert one_line("x" * 10_000, 100) == "x" * 100 + "… (9900 more characters)"


def test_paragraphs_keep_lines_within_a_limit_in_all() -> None:
    """Lines stay lines, empty ones go, and many long ones cannot flood a message."""
    assert paragraphs("one\n\n two \r\nthree") == ("one", "two", "three")
    assert sum(map(len, paragraphs("word " * 300 + "\n" * 5 + "x" * 9999, 400))) < 500
    assert paragraphs(None) == ()


@given(st.text(alphabet="ab ,", max_size=60), st.integers(min_value=1, max_value=50))
def test_fit_never_exceeds_its_limit(text: str, limit: int) -> None:
    """What fits is untouched, what does not ends in an ellipsis within the limit."""
    cut = fit(text, limit)
    assert len(cut) <= limit
    assert cut == text or cut.endswith("…")


def test_only_plain_web_addresses_become_links() -> None:
    """Scripts, other schemes and URLs that break out of an attribute are no links."""
    good = "https://www.federalregister.gov/d/2023-25557?x=1&y=2"
    assert web_link(good) == good
    for bad in (
        None,
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        'https://x.test/"onclick=1',
        "https://x.test/a b",
        "https://x.test/\u202e",
        "https://x.test/" + "x" * 2000,
    ):
        assert web_link(bad) is None


def test_what_hides_or_reorders_is_made_visible_where_lines_are_kept() -> None:
    """A page shows that something was there, and keeps the line ends."""
    assert visible("one\ntwo\u202ethree\u200b\x00") == "one\ntwo\ufffdthree\ufffd\ufffd"
