"""How far back the Register is asked, and when its silence is suspicious."""

from datetime import UTC, date, datetime, timedelta

from monitor.screening.register import ask_since, near_any, silence

NOW = datetime(2023, 11, 20, 15, tzinfo=UTC)


def test_it_is_asked_sixty_days_back_and_farther_after_a_long_outage() -> None:
    """A fortnight before the last good look, so that nothing printed late is missed."""
    assert ask_since(None, NOW) == date(2023, 9, 21)
    assert ask_since(NOW - timedelta(hours=1), NOW) == date(2023, 9, 21)
    assert ask_since(NOW - timedelta(days=100), NOW) == NOW.date() - timedelta(days=114)


def test_no_rule_for_four_weeks_is_suspicious_and_says_since_when() -> None:
    """The bureau prints several a month; an empty answer is no calm."""
    assert silence("2023-10-23", NOW) == ""
    assert "since 2023-10-22" in silence("2023-10-22", NOW)
    assert "for weeks" in silence(None, NOW)


def test_an_act_explains_a_change_within_a_fortnight_of_either_side() -> None:
    """A row without a date explains nothing."""
    days = [date(2023, 11, 17)]
    assert near_any("2023-11-03", days)
    assert near_any("2023-12-01", days)
    assert not near_any("2023-11-02", days)
    assert not near_any(None, days)
