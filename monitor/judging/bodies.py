"""Keeping the bytes that a poll brought, though the disk may refuse them.

What came is judged all the same: evidence that is lost for want of room must not cost the alert.
The refusal is logged and stands among the poll's reasons, and the bytes are asked for again.
"""

import logging

from monitor.errors import LedgerError
from monitor.service import Parts

log = logging.getLogger("monitor.judging.bodies")


def keep(parts: Parts, sha256: str, body: bytes) -> tuple[int, str | None]:
    """Keeps a body; its stored size in bytes, and why it is not kept where the disk refuses."""
    try:
        return parts.ledger.bodies.keep(sha256, body), None
    except LedgerError as refusal:
        log.error("%s; what it says is judged all the same", refusal)  # noqa: TRY400 - expected
        return 0, str(refusal)
