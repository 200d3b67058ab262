"""Telling of a failed poll, with an eye on every other source: it may be our own line."""

from monitor.judging.round import Round
from monitor.screening.source_health import after_failure


def tell_failure(
    round_: Round, source: str, reason: str, *, at_once: bool, unreached: bool
) -> None:
    """Counts a failed poll of a source, and emits what of it is news."""
    health = {name: round_.tx.memory(name).health for name in {source, *round_.parts.enabled}}
    told = after_failure(
        health.pop(source),
        source,
        reason,
        round_.now,
        at_once=at_once,
        unreached=unreached,
        others=tuple(health.values()),
    )
    round_.tx.remember(source, health=told.health)
    round_.emit(told.events)
