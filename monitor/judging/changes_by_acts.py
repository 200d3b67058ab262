"""The act of every change of a whole list, found whichever of the two comes first."""

from datetime import date

from monitor.judging.decide import Judging
from monitor.ledger.records import ActNews, ListChange
from monitor.screening.acts.explains import ActsOfChanges, Changed, ListAct
from monitor.screening.witness import FOLLOWS_WITHIN, WASHINGTON, Source, Stage

REACH = 2 * FOLLOWS_WITHIN
"""How far around a change the act that made it is looked for, by the day of its publication."""


def name_acts_of_changes(judging: Judging, since: date | None = None) -> int:
    """Sets number and citation of the act that made each change, wherever one is known by now.

    `since`: the first date of the changes looked at; None for all of them. Returns how many
    changes learned of their act.
    """
    tx = judging.tx
    unnamed = tx.changes_without_act(since.isoformat() if since else None)
    if not unnamed:
        return 0
    days = [date.fromisoformat(change.on_date) for change in unnamed]
    first, last = min(days) - REACH, max(days) + REACH
    acts = tx.acts_between(first.isoformat(), last.isoformat())
    known = ActsOfChanges(filter(None, map(_list_act, acts)))
    names = _party_names(judging, unnamed) if acts else {}
    found = {}
    for change in unnamed if acts else ():
        act = known.act_of(_changed(change, names.get(change.id, ())))
        if act is not None and (act.number, act.citation) != (
            change.document_number,
            change.citation,
        ):
            found[change.id] = (act.number, act.citation)
    tx.name_acts(found)
    return len(found)


def recent(judging: Judging) -> date:
    """From when on changes may still learn of their act as looks come in."""
    return judging.now.astimezone(WASHINGTON).date() - REACH


def _list_act(act: ActNews) -> ListAct | None:
    """The act with its days; a withdrawn one makes no change."""
    document = act.known.document
    if document.stage is Stage.WITHDRAWN:
        return None
    said = (document.filed_at, document.publication_date, act.effective_on)
    days = tuple(date.fromisoformat(day[:10]) for day in said if day)
    return ListAct(document.number, document.citation, days, act.parties)


def _changed(change: ListChange, more: tuple[str, ...]) -> Changed:
    entries = [entry for entry in (change.before, change.after) if entry is not None]
    names = dict.fromkeys((*(name for entry in entries for name in entry.names), *more))
    return Changed(
        list=change.list,
        kind=change.kind,
        on=date.fromisoformat(change.on_date),
        names=tuple(names),
        country=entries[-1].country if entries else None,
        of_law=change.source == Source.ECFR,
    )


def _party_names(judging: Judging, changes: list[ListChange]) -> dict[int, tuple[str, ...]]:
    """By change, the names that its party has in whichever source, once it is bound to one."""
    found = {}
    for list_ in {change.list for change in changes}:
        own = [change for change in changes if change.list == list_]
        parties = judging.tx.parties_of_rows(
            list_, {entry.digest() for one in own for entry in (one.before, one.after) if entry}
        )
        names = judging.tx.names_of(list_, parties.values())
        for change in own:
            entries = [entry for entry in (change.before, change.after) if entry]
            bound = {parties.get(entry.digest()) for entry in entries} - {None}
            found[change.id] = tuple(
                name for party in bound if party is not None for name in names.get(party, ())
            )
    return found
