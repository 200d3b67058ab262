"""One reader of Retry-After for sources and channels: seconds or a date, at most a day."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.network.retry_after import retry_after

SENT = "Thu, 16 Nov 2023 14:00:00 GMT"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0), (" 7 ", 7.0), ("3.25", 3.25), ("0", 0.0), ("9999999", 86_400.0),
        ("9" * 5_000, 86_400.0), ("", None), ("-5", None), ("1e3", None), ("soon", None),
        ("²", None), ("١٢", None), ("inf", None), ("nan", None),
        ("Thu, 16 Nov 2023 14:00:30 GMT", 30.0),
        ("Thu, 16 Nov 2023 14:00:30 -0000", 30.0),
        ("Thu, 16 Nov 2023 09:00:30 -0500", 30.0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400.0),
        ("Fri, 31 Dec 9999 23:59:59 -2359", None),
        ("Fri, 31 Dec 99999999999999999999 23:59:59 GMT", None),
        ("Mon, 99 Foo 2023", None),
        (SENT + " " * 100_000 + "x", None),
    ],
)  # fmt: skip
def test_what_a_host_may_ask_for(value: str, seconds: float | None) -> None:
    """Nonsense, other scripts and dates beyond the calendar are not believed."""
    assert retry_after(value, SENT) == seconds


def test_a_date_needs_the_answers_own_clock() -> None:
    """Ours may differ from the host's by hours."""
    assert retry_after(SENT) is None
    assert retry_after(SENT, "yesterday") is None


@given(st.text(max_size=80), st.text(max_size=40))
def test_no_text_is_a_surprise(value: str, date: str) -> None:
    """An alert must not fail over a header."""
    found = retry_after(value, date)
    assert found is None or 0 <= found <= 86_400
