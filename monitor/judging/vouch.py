"""A person vouches for a quarantined snapshot: it is judged at once, and becomes the baseline."""

from collections.abc import Callable
from dataclasses import replace

from monitor.errors import UsageError
from monitor.judging.decide import Judging, PollResult
from monitor.judging.list_look import judge_reading
from monitor.judging.part_look import judge_answer
from monitor.ledger.records import Snapshot
from monitor.screening.entry import PART_LISTS
from monitor.screening.event import Event
from monitor.screening.witness import WHOLE_PART, PollOutcome, Source
from monitor.screening.words.message import say
from monitor.service import Service
from monitor.sources.ecfr.part import read_part
from monitor.sources.source import Fetched, ListSource


def accept(service: Service, sha256: str, who: str) -> tuple[Event, ...]:
    """Judges a held snapshot as it stands, without doubt.

    Raises UsageError where there is none, its body is gone, or its source is not enabled.
    """
    now = service.clock()
    with service.ledger.reading() as reading:
        known = reading.snapshot_like(sha256)
    if known is None:
        raise UsageError(f"no snapshot begins with {sha256}")
    if known.status != PollOutcome.QUARANTINED:
        raise UsageError(f"snapshot {known.sha256} is {known.status}, not quarantined")
    source, body = service.list_sources.get(known.source), service.ledger.bodies.load(known.sha256)
    if source is None:
        raise UsageError(f"source “{known.source}” is not enabled")
    if body is None:
        raise UsageError(f"the body of snapshot {known.sha256} is no longer kept")
    judge = _judge(service, source, known, body)
    with service.ledger.judging() as tx:
        poll = tx.add_poll(known.source, now, PollOutcome.ACCEPTED)
        judging = Judging(tx, service, now, poll)
        outcome = judge(judging)
        tx.keep_snapshot(
            replace(known, status=PollOutcome.ACCEPTED, held=(), accepted_by=who, last_seen_at=now)
        )
        outcome.reasons = [say("accepted by {who}", who=who)]
        judging.close(known.source, outcome, url=known.url)
    return tuple(judging.events)


def _judge(
    service: Service, source: ListSource, known: Snapshot, body: bytes
) -> Callable[[Judging], PollResult]:
    """How the body is judged: as the source's own document, or as the whole of part 744."""
    if known.source == Source.ECFR and known.counts.keys() & set(PART_LISTS):
        answer = read_part(known.url, body, known.as_of or "")
        return lambda judging: judge_answer(
            judging, answer, judging.tx.memory(WHOLE_PART), accept=True
        )
    reading = source.read(body, known.media, frozenset(service.judged(known.source)))
    looked = Fetched(known.url, known.sha256, body, reading, known.as_of, known.media)
    return lambda judging: judge_reading(judging, known.source, looked, accept=True)
