"""Noticing at a start that the store is not the one this installation had."""

from monitor.judging.decide import Judging
from monitor.screening.event import Event
from monitor.screening.lost_store import LostStore, told
from monitor.service import Service


def notice_lost_store(service: Service) -> tuple[Event, ...]:
    """Tells, once, of a ledger that is empty or older than the mark beside its data."""
    mark = service.ledger.marker.read()
    if mark is None:
        return ()
    with service.ledger.reading() as reading:
        polls = reading.polls(limit=1)
    newest = polls[0] if polls else None
    if newest is not None and newest.id >= mark.poll:
        return ()
    lost = LostStore(mark.poll, mark.at, service.clock(), newest.at if newest else None)
    with service.ledger.judging() as tx:
        judging = Judging(tx, service, service.clock(), tx.newest_poll())
        tx.set_lost_store(lost)
        judging.emit([told(lost)])
    return tuple(judging.events)
