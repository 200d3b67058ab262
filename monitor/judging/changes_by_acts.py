"""The act of every change of a whole list, found whichever of the two comes first."""

from datetime import date, timedelta

from monitor.judging.decide import Judging
from monitor.ledger.records import ActNews, ListChange
from monitor.screening.acts.explains import ActsOfChanges, Changed, ListAct
from monitor.screening.witness import FOLLOWS_WITHIN, WASHINGTON, Source, Stage

REACH = 2 * FOLLOWS_WITHIN
"""How long a change may wait for the act that made it."""
LONGEST = timedelta(days=180)
"""How long before a change its act may have been published: some take effect months later."""


def name_acts_of_changes(judging: Judging, since: date | None = None) -> int:
    """Sets number and citation of the act that made each change, wherever one is known by now.

    `since`: the first date of the changes looked at; None for all of them. Returns how many
    changes learned of their act.
    """
    tx, begins = judging.tx, since.isoformat() if since else None
    days = tx.days_without_act(begins)
    if days is None:
        return 0
    first, last = (date.fromisoformat(day) for day in days)
    between = (first - LONGEST).isoformat(), (last + REACH).isoformat()
    acts = list(filter(None, map(_list_act, tx.acts_between(*between))))
    if not acts:
        return 0
    known, named, done = ActsOfChanges(acts), 0, 0
    while unnamed := tx.changes_without_act(begins, after=done):
        found = _acts_of(judging, known, unnamed)
        tx.name_acts(found)
        named, done = named + len(found), unnamed[-1].id
    return named


def _acts_of(
    judging: Judging, known: ActsOfChanges, unnamed: list[ListChange]
) -> dict[int, tuple[str, str | None]]:
    """By change, number and citation of its act, where they are known and were not."""
    found = dict[int, tuple[str, str | None]]()
    acted = {change.id: known.act_of(_changed(change)) for change in unnamed}
    more = _party_names(judging, [change for change in unnamed if acted[change.id] is None])
    for change in unnamed:
        act = acted[change.id]
        if act is None and (names := more.get(change.id)):
            act = known.act_of(_changed(change, names))
        if act is not None and (change.document_number, change.citation) != (
            act.number, act.citation or change.citation,
        ):  # fmt: skip
            found[change.id] = act.number, act.citation
    return found


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


def _changed(change: ListChange, more: tuple[str, ...] = ()) -> Changed:
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
        bodies = judging.tx.bodies_of(
            list_, {entry.digest() for one in own for entry in (one.before, one.after) if entry}
        )
        names = judging.tx.names_of(list_, frozenset[int]().union(*bodies.values()))
        for change in own:
            entries = [entry for entry in (change.before, change.after) if entry]
            bound = frozenset[int]().union(*(bodies.get(one.digest(), ()) for one in entries))
            found[change.id] = tuple(name for party in sorted(bound) for name in names[party])
    return found
