"""Noticing at a start that the store is not the one this installation had."""

from monitor.judging.decide import Judging
from monitor.screening.event import Event
from monitor.screening.lost_store import LostStore, told
from monitor.service import Parts


def notice_lost_store(parts: Parts) -> tuple[Event, ...]:
    """Tells, once, of a ledger that is empty or older than the mark beside its data."""
    mark = parts.ledger.marker.read()
    if mark is None:
        return ()
    with parts.ledger.reading() as reading:
        polls = reading.polls(limit=1)
    newest = polls[0] if polls else None
    if newest is not None and newest.id >= mark.poll:
        return ()
    lost = LostStore(mark.poll, mark.at, parts.clock(), newest.at if newest else None)
    with parts.ledger.judging() as tx:
        judging = Judging(tx, parts, parts.clock(), tx.newest_poll())
        tx.set_lost_store(lost)
        judging.emit([told(lost)])
    return tuple(judging.events)
