"""Whether anybody still looks: a state that nobody confirms goes stale, and that is told."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from monitor.screening.decide.judgement import Judgement, tell
from monitor.screening.decide.rules import Facts
from monitor.screening.event import Kind
from monitor.screening.witness import is_fresh
from monitor.screening.words import event_text as telling


def stale(judged: Judgement, facts: Facts) -> Judgement:
    """Silence is judged too, but only once all polls that were due are done."""
    state, look = judged.state, facts.look
    looks = [word.last_good_at for word in facts.words()]
    newest = max(looks, default=look.watched_since)
    fresh = is_fresh(looks or filter(None, (newest,)), look.now, look.stale_after)
    if state.stale and fresh and looks:
        cause = tuple(word.snapshot for word in facts.words())
        told = replace(judged, state=replace(state, stale=False))
        return tell(told, facts, Kind.WATCH_FRESH, cause, telling.all_say(facts))
    if not look.check_stale or fresh or state.stale or newest is None:
        return judged
    told = replace(judged, state=replace(state, stale=True))
    summary = telling.cannot_tell(state, newest if looks else None)
    return tell(told, facts, Kind.WATCH_STALE, (newest.isoformat(),), summary)


def gone_quiet(
    looks: Mapping[str, Iterable[datetime]], limits: Mapping[str, float], now: datetime
) -> frozenset[str]:
    """The lists whose last good looks are all older than their limit in seconds."""
    return frozenset(
        list_ for list_, goods in looks.items() if not is_fresh(goods, now, limits[list_])
    )
