"""What time alone can change: watches that are open, and lists that nobody has read for long."""

from monitor.judging.decide import Judging
from monitor.ledger.records import Key
from monitor.screening.decide.staleness import gone_quiet


def due_for_time(judging: Judging) -> set[Key]:
    """The open watches, and all of a list that went stale."""
    service, lists = judging.service, judging.tx.source_lists()
    looks = {
        list_: [
            looked.last_good_at
            for source in service.carriers(list_)
            if (looked := lists.get((source, list_))) and looked.last_good_at
        ]
        for list_ in service.followed
    }
    quiet = gone_quiet(looks, {look: service.stale_limit(look) for look in looks}, judging.now)
    silent = {(watch.id, one) for watch in service.watches for one in watch.lists if one in quiet}
    return {*judging.tx.open_keys(), *silent}
