"""Durations as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.settings import Duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90s", 90), ("15m", 900), ("6h", 21_600), ("3d", 259_200), ("1h30m", 5_400), ("0.5s", 0.5)],
)
def test_reads_what_people_write(text: str, seconds: float) -> None:
    """Each unit counts as it should, alone and together."""
    assert Duration.parse(text).seconds == seconds


@pytest.mark.parametrize(
    "text",
    ["", "60", 60, None, "1 h", "h", "30m1h", "1h1h", "-5s", "5w", "1e3s", "٣d", "9" * 400 + "d"],
)
def test_refuses_what_could_be_misread(text: object) -> None:
    """No unit, an unknown one, a wrong order, or a span longer than any life."""
    with pytest.raises(ValueError, match="should be"):
        Duration.parse(text)


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300), st.integers(0, 300))
def test_prints_as_it_was_written(days: int, hours: int, minutes: int, seconds: int) -> None:
    """What was written is what is shown, and its parts add up."""
    text = f"{days}d{hours}h{minutes}m{seconds}s"
    duration = Duration.parse(text)
    assert str(duration) == text
    assert duration.seconds == days * 86_400 + hours * 3_600 + minutes * 60 + seconds
    assert duration.delta.total_seconds() == duration.seconds
    assert Duration.parse(duration) is duration
