"""Keeping the bytes that a poll brought, though the disk may refuse them.

What came is judged all the same: evidence that is lost for want of room must not cost the alert.
The refusal is logged and stands among the poll's reasons, and the bytes are asked for again.
"""

import logging
from collections.abc import Mapping, Sequence

from monitor.errors import LedgerError
from monitor.judging.decide import Judging
from monitor.ledger.records import Snapshot
from monitor.screening.witness import PollOutcome
from monitor.service import Service

log = logging.getLogger("monitor.judging.bodies")


def keep(service: Service, sha256: str, body: bytes) -> tuple[int, str | None]:
    """Keeps a body; its stored size in bytes, and why it is not kept where the disk refuses."""
    try:
        return service.ledger.bodies.keep(sha256, body), None
    except LedgerError as refusal:
        log.error("%s; what it says is judged all the same", refusal)  # noqa: TRY400 - expected
        return 0, str(refusal)


def snapshot_of(
    judging: Judging,
    source: str,
    sha256: str,
    body: bytes,
    *,
    media: str,
    url: str = "",
    stored_size: int = 0,
    as_of: str | None = None,
    status: str = PollOutcome.ACCEPTED.value,
    reasons: Sequence[str] = (),
    counts: Mapping[str, int] | None = None,
    kept: bool = True,
) -> Snapshot:
    """The record of a body that this look brought."""
    return Snapshot(
        sha256=sha256,
        source=source,
        url=url,
        media=media,
        size=len(body),
        stored_size=stored_size,
        as_of=as_of,
        first_seen_at=judging.now,
        last_seen_at=judging.now,
        status=status,
        reasons=tuple(reasons),
        counts=counts or {},
        kept=kept,
    )
