"""Finding cases in a judging transaction: at a first look, in rows that come, where a row went.

What was found is stored here; whether it is told, and what the state is meanwhile, is for the rules
to say.
"""

from collections.abc import Iterable, Mapping, Sequence

from monitor.judging.decide import Judging
from monitor.judging.parties import Published, everyone, names_followed
from monitor.ledger.records import Key
from monitor.screening.cases import (
    Case,
    Likely,
    at_addresses,
    case_id,
    case_of,
    gone,
    is_address_entry,
    near_rows,
    opened,
    seen_again,
    successors,
)
from monitor.screening.names import ListNames
from monitor.screening.parties import Bound, ListParties, Party, PartyRow
from monitor.screening.watch import Watch


def first_cases(
    judging: Judging, list_: str, watches: Iterable[Watch], parties: ListParties
) -> set[Key]:
    """The cases of watches that no party of the list bears a name of."""
    known, rows = judging.tx.cases_of_list(list_), parties.rows()
    addresses = [row for row in rows.values() if is_address_entry(row.entry)]
    found: list[Case] = []
    for watch in watches:
        likely = [
            *near_rows(watch, watch.names, parties.names, rows),
            *at_addresses(watch, addresses),
        ]
        found += _merged(judging, list_, watch, known.get(watch.id, ()), likely)
    judging.tx.set_cases(found)
    return {(one.watch, list_) for one in found}


def cases_of_new_rows(
    judging: Judging, published: Published, bound: Mapping[str, Sequence[Bound]]
) -> set[Key]:
    """Cases of rows that came, for watches that have no row; the watches they concern."""
    come = _worth_asking(published)
    if not come:
        return set()
    tx, list_ = judging.tx, published.list
    present = tx.present(list_)
    without = {
        watch.id: watch
        for watch in judging.service.watched_on(list_)
        if watch.near != "off" and not any(one.party in present for one in bound.get(watch.id, ()))
    }
    more = names_followed(tx, list_, {id_: some for id_, some in bound.items() if id_ in without})
    names = {id_: (*watch.names, *more.get(id_, ())) for id_, watch in without.items()}
    shared = judging.service.near_watched(list_)
    near = {
        watch
        for row in come
        for name in row.entry.names
        for watch in shared.sharing(name)
        if watch in names
    } | more.keys()
    # The whole list is indexed only where the few rows that came are near to somebody.
    arrived = ListNames((name, row.party) for row in come for name in row.entry.names)
    near = {id_ for id_ in near if any(_touches(arrived, name) for name in names[id_])}
    found: list[Case] = []
    known = tx.cases_of_list(list_)
    if near:
        parties = everyone(judging, list_)
        by_party = {row.party: row for row in reversed(come)}
        for id_ in sorted(near):
            likely = near_rows(without[id_], names[id_], parties.names, by_party)
            cases = known.get(id_, ())
            found += _merged(judging, list_, without[id_], cases, likely)
    addresses = [row for row in come if is_address_entry(row.entry)]
    for id_, watch in without.items() if addresses else ():
        if watch.addresses:
            likely = at_addresses(watch, addresses)
            found += _merged(judging, list_, watch, known.get(id_, ()), likely)
    tx.set_cases(found)
    return {(one.watch, list_) for one in found}


def cases_of_successors(
    judging: Judging, published: Published, bound: Mapping[str, Sequence[Bound]]
) -> set[Key]:
    """Cases where a watch's own row went and one came that could be its successor."""
    doubts = published.changes.doubts
    if not doubts:
        return set()
    tx, list_ = judging.tx, published.list
    here = {row.party for row in published.rows.values()}
    known = tx.cases_of_list(list_)
    found: list[Case] = []
    for watch, likely in successors(doubts, published.party_of, bound, here):
        configured = judging.service.watch(watch)
        if configured is not None:
            cases = known.get(watch, ())
            found += _merged(judging, list_, configured, cases, likely)
    tx.set_cases(found)
    return {(one.watch, list_) for one in found}


def cases_gone(judging: Judging, published: Published) -> set[Key]:
    """Marks the open cases whose party this source lost; the watches they concern."""
    before = set(published.before.values())
    lost = before - {row.party for row in published.rows.values()}
    if not lost:
        return set()
    known = judging.tx.cases_of_list(published.list)
    found = [
        gone(case, judging.now)
        for some in known.values()
        for case in some
        if case.party in lost and case.open and case.gone_at is None
    ]
    judging.tx.set_cases(found)
    return {(one.watch, published.list) for one in found}


def _touches(arrived: ListNames[Party], name: str) -> bool:
    return bool(arrived.same(name) or arrived.near(name, most=1))


_ASKED = frozenset({"name", "aliases", "addresses"})
"""What of a row can bring it near to a watch, or add evidence."""


def _worth_asking(published: Published) -> list[PartyRow]:
    """The rows that are new, or say something else in what names are compared by."""
    fresh = {
        change.after.digest()
        for change in published.changes.changes
        if change.after is not None
        and (change.before is None or any(field.field in _ASKED for field in change.fields))
    }
    return [row for row in published.come if row.entry.digest() in fresh]


def _merged(
    judging: Judging,
    list_: str,
    watch: Watch,
    known: Sequence[Case],
    likely: Sequence[Likely],
) -> list[Case]:
    """New cases, and those known already as they now stand."""
    by_id = {case.id: case for case in known}
    by_party = {case.party: case for case in known if case.party is not None}
    found: dict[str, Case] = {}
    for one in likely:
        parties = (one.row.party, *one.family)
        old = (
            by_id.get(case_id(watch.id, list_, one.row.entry.name))
            or next((by_party[party] for party in parties if party in by_party), None)
            or case_of(known, one.row.entry)
        )
        if old is None:
            case = opened(watch, list_, one, judging.now)
        else:
            case = seen_again(old, watch, one, judging.now)
        if case != old:
            found[case.id] = case
    return list(found.values())
