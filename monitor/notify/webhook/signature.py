"""Signing webhooks after Standard Webhooks (https://www.standardwebhooks.com), version v1.

A secret is `whsec_` with base64 behind it. Without that prefix it is read as base64, as reference
libraries do, where it decodes to 24 bytes or more, and as plain UTF-8 text otherwise. Keys under 16
bytes are refused. Two secrets make two signatures, so that a receiver can change over at leisure.
"""

import binascii
from base64 import b64decode
from collections.abc import Sequence
from datetime import UTC, datetime

_PREFIX = "whsec_"
_SHORTEST_KEY = 16
_SHORTEST_BASE64_KEY = 24


def key_of(secret: str) -> bytes:
    """The key a secret stands for. Raises ValueError, without the secret, where it cannot be one.

    >>> key_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")[:3].hex()
    '31f290'
    """
    if secret.startswith(_PREFIX):
        key = _decoded(secret.removeprefix(_PREFIX))
        if key is None:
            raise ValueError("what follows whsec_ must be base64")
    else:
        key = _decoded(secret)
        if key is None or len(key) < _SHORTEST_BASE64_KEY:
            key = secret.encode()
    if len(key) < _SHORTEST_KEY:
        raise ValueError(f"the key is {len(key)} bytes long; at least {_SHORTEST_KEY} are needed")
    return key


def signed_headers(
    message_id: str, at: datetime, body: str, secrets: Sequence[str]
) -> dict[str, str]:
    """`webhook-id`, `webhook-timestamp` and `webhook-signature` for a body sent at `at`, real time.

    Raises ValueError if a secret is not usable.
    """
    from standardwebhooks import Webhook

    moment = at.astimezone(UTC)
    signatures = [Webhook(key_of(secret)).sign(message_id, moment, body) for secret in secrets]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(moment.timestamp() // 1)),
        "webhook-signature": " ".join(signatures),
    }


def _decoded(text: str) -> bytes | None:
    try:
        return b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
