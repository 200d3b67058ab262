"""Telling of a failed poll, with an eye on every other source: it may be our own line."""

from monitor.judging.decide import Judging
from monitor.screening.source_health import after_failure


def tell_failure(
    judging: Judging, source: str, reason: str, *, at_once: bool, unreached: bool
) -> None:
    """Counts a failed poll of a source, and emits what of it is news."""
    health = {name: judging.tx.memory(name).health for name in {source, *judging.service.enabled}}
    told = after_failure(
        health.pop(source),
        source,
        reason,
        judging.now,
        at_once=at_once,
        unreached=unreached,
        others=tuple(health.values()),
    )
    judging.tx.remember(source, health=told.health)
    judging.emit(told.events)
