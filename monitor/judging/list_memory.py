"""Before a look at a list source is judged: what it is told of the last, and what it brings kept.

Neither is part of the transaction that judges: the body is on the disk before a row names it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.judging.bodies import keep
from monitor.screening.text_age import newest_believed
from monitor.service import Service
from monitor.sources.source import Fetched, Memory, Validators


def memory_of(service: Service, source: str, now: datetime) -> Memory:
    """What the source is told of its last look."""
    # A host once ahead of the calendar must not make every later answer look like an old copy.
    latest = (now + timedelta(days=1)).date().isoformat()
    with service.ledger.reading() as reading:
        said = [value.as_of for value in reading.source_lists(source).values() if value.as_of]
        known = reading.memory(source)
    given = known.validators
    validators = Validators(given.get("url") or "", given.get("etag"), given.get("last_modified"))
    newest = max((day for day in said if day[:10] <= latest), default=None)
    since, last = known.health.older_since, known.last_good_at
    as_of = newest_believed(newest, source, now, older_since=since, last_good_at=last)
    judged, sha = frozenset(service.judged(source)), known.accepted_sha256
    if sha is not None and not service.ledger.bodies.is_sound(sha):
        # The evidence is gone: what the host has must be read whole, and kept.
        return Memory(None, Validators(), judged, as_of)
    return Memory(sha, validators, judged, as_of)


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a body: its size on disk, or why the disk refused it."""

    size: int = 0
    refusal: str | None = None
    damaged: str | None = None
    """sha256 of the body judged last, where its file was found damaged."""


def keep_body(service: Service, source: str, looked: Fetched) -> Kept:
    """Keeps the bytes of a new document."""
    if looked.reading is None or looked.sha256 is None:
        return Kept()
    with service.ledger.reading() as reading:
        last = reading.memory(source).accepted_sha256
    damaged = last if last is not None and service.ledger.bodies.is_damaged(last) else None
    return Kept(*keep(service, looked.sha256, looked.body), damaged)
