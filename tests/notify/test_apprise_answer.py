"""What Apprise logged is read into a receipt, and nothing secret with it."""

import pytest

from monitor.notify.apprise.answer import read_answer
from monitor.notify.receipt import Outcome, Receipt

URL = "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        *((status, Outcome.PERMANENT) for status in (400, 401, 403, 404, 405, 410, 413, 422)),
        *((status, Outcome.TRANSIENT) for status in (302, 402, 408, 409, 425, 429, 500, 502, 503)),
    ],
)
def test_status_codes(status: int, outcome: Outcome) -> None:
    """A wrong address or key is for a person to mend, all else may pass."""
    receipt = read_answer(False, [f"Failed to send to Slack: Whatever., error={status}."], [URL])
    reason = f"answered {status}: Failed to send to Slack: Whatever"
    assert receipt == Receipt(outcome, reason, flooded=status == 429)


def test_a_success_needs_no_reason() -> None:
    """Records of a call that succeeded say nothing of interest."""
    assert read_answer(True, ["Sent Slack notification."], [URL]) == Receipt(
        Outcome.SENT, "accepted"
    )


def test_silence_is_transient() -> None:
    """A failure without a word may pass."""
    receipt = read_answer(False, [], [URL])
    assert receipt == Receipt(Outcome.TRANSIENT, "Apprise gave no reason")


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ('{"retry_after": 3.25}', 3.25),
        ("'retry-after': '120'", 120.0),
        ("retry_after=9999999", 86_400.0),
        ("nothing", None),
    ],
)
def test_a_named_pause_is_kept(said: str, seconds: float | None) -> None:
    """Where the body names it; at most a day."""
    records = ["Failed to send: , error=429.", f"Response Details:\r\n{said}"]
    assert read_answer(False, records, [URL]).retry_after == seconds


def test_a_reason_is_one_short_line_without_secrets_even_at_its_cut() -> None:
    """A secret that stands where the text is cut leaves no half behind."""
    for fill in range(250, 300):
        records = ["Socket Exception: " + "x" * fill + " TIiajkdnlazkcOXrIdevi7FQ\n\r\nmore"]
        reason = read_answer(False, records, [URL]).reason
        assert "TIia" not in reason
        assert "\n" not in reason
        assert len(reason) < 340
