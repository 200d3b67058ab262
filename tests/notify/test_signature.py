"""Signatures are those of Standard Webhooks, shown by an implementation written from the text."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta, timezone

import pytest

from monitor.notify.webhook.signature import key_of, signed_headers

PUBLISHED = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
SENT_AT = datetime.fromtimestamp(1_614_265_330, tz=UTC)
BODY = '{"test": 2432232314}'


def expected(secret: str, message_id: str, timestamp: str, body: str) -> str:
    """Standard Webhooks, "Signature scheme": HMAC-SHA256 over id.timestamp.body, base64, v1."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.{body}".encode()
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def test_published_vector() -> None:
    """The vector that the reference libraries publish."""
    headers = signed_headers("msg_p5jXN8AQM9LWM0D4loKWxJek", SENT_AT, BODY, [PUBLISHED])
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_two_secrets_sign_side_by_side() -> None:
    """A receiver with either secret finds its signature while secrets are changed over."""
    other = "whsec_" + base64.b64encode(b"another secret of thirty-two byte").decode()
    headers = signed_headers("ev_1", SENT_AT, BODY, [PUBLISHED, other])
    found = headers["webhook-signature"].split(" ")
    assert found == [expected(one, "ev_1", "1614265330", BODY) for one in (PUBLISHED, other)]


def test_time_is_absolute() -> None:
    """Another zone's clock makes the same signature, and fractions are floored as signed."""
    away = SENT_AT.astimezone(timezone(timedelta(hours=8))) + timedelta(milliseconds=900)
    assert signed_headers("a", away, BODY, [PUBLISHED]) == signed_headers(
        "a", SENT_AT, BODY, [PUBLISHED]
    )


def test_forms_of_a_secret() -> None:
    """With prefix, bare base64 as the reference libraries take it, or plain text of 16 bytes."""
    key = base64.b64decode(PUBLISHED.removeprefix("whsec_"))
    assert key_of(PUBLISHED) == key
    assert key_of(PUBLISHED.removeprefix("whsec_")) == key
    assert key_of("correct horse battery staple") == b"correct horse battery staple"
    assert key_of("whsec_" + base64.b64encode(b"x" * 25).decode().rstrip("=")) == b"x" * 25


@pytest.mark.parametrize("secret", ["", "short", "whsec_", "whsec_not base64!", "whsec_c2hvcnQ="])
def test_what_cannot_be_a_secret_is_refused_without_being_told(secret: str) -> None:
    """A weak or broken secret is an error that does not repeat it."""
    with pytest.raises(ValueError, match=r"base64|bytes") as refused:
        key_of(secret)
    assert not secret or secret not in str(refused.value)
