"""Telling of a failed poll, with an eye on every other source: it may be our own line."""

from datetime import timedelta

from monitor.judging.decide import Judging
from monitor.screening.source_health import after_failure, after_waiting

AGAIN_AFTER = timedelta(minutes=5)
"""A failed source is asked again after this time, if its schedule does not come first."""


def tell_failure(
    judging: Judging,
    source: str,
    reason: str,
    *,
    at_once: bool,
    unreached: bool,
    retry_after: float | None = None,
) -> None:
    """Counts a failed poll of a source, and emits what of it is news.

    `retry_after`: seconds for which the host asked not to be asked again.
    """
    health = {name: judging.tx.memory(name).health for name in {source, *judging.service.enabled}}
    told = after_failure(
        health.pop(source),
        source,
        reason,
        judging.now,
        at_once=at_once,
        unreached=unreached,
        put_off=(retry_after or 0.0) > AGAIN_AFTER.total_seconds(),
        others=tuple(health.values()),
    )
    judging.tx.remember(source, health=told.health)
    judging.emit(told.events)


def tell_waiting(judging: Judging) -> None:
    """Tells of the sources that have failed for long while their hosts make us wait."""
    for source in sorted(judging.service.enabled):
        memory = judging.tx.memory(source)
        reason = "; ".join(memory.last_reasons)
        told = after_waiting(memory.health, source, reason, judging.now)
        if told.events:
            judging.tx.remember(source, health=told.health)
            judging.emit(told.events)
