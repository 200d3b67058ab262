"""Cases: a row or an act that may be a watch's party, and that a person decides.

A case is known by the watch, the list and the name it is about, so that the act that announces a
row and the row in either list are one case. Finding one decides nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from monitor.screening.entry import Entry
from monitor.screening.event import Event, Kind
from monitor.screening.linkage import Doubt
from monitor.screening.linkage.addresses import common_address
from monitor.screening.names import (
    Candidate,
    ListNames,
    Strength,
    is_one_of,
    name_key,
    same_name,
)
from monitor.screening.names.likeness import ONLY_IN_FIRST, ONLY_IN_SECOND
from monitor.screening.parties import Bound, Party, PartyRow
from monitor.screening.watch import Watch
from monitor.screening.words.message import Message, Text, filled, say, template

MOST = 10
"""Cases of one watch that are told; more would be noise and no question."""
NEARER = 0.05
"""A name must score so much more than before to reopen what was decided different."""


class Decision(StrEnum):
    """What a person said."""

    SAME = "same"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Case:
    """What may be a watch's party, with what was found and what was decided."""

    id: str
    watch: str
    list: str
    name: str
    """The name it is about, as the list or the act writes it."""
    score: float
    """0 to 1: how near the names are."""
    reasons: tuple[Text, ...]
    strength: str
    """`close` or `broad`; a broad one is shown, tells nobody and leaves the state."""
    first_seen_at: datetime
    entry: Entry | None = None
    party: Party | None = None
    act: str | None = None
    """Number of the document that names it, where one does."""
    successor: bool = False
    """Whether it may be what the watch's own row, now gone, goes on as."""
    at_address: bool = False
    """Whether an address of the watch or of its party stands in the row."""
    told: bool = False
    gone_told: bool = False
    gone_at: datetime | None = None
    """When its row or its act went; it stays open until a person decides."""
    decision: Decision | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    note: str | None = None

    @property
    def open(self) -> bool:
        return self.decision is None

    @property
    def weighs(self) -> bool:
        """Whether it makes the state unknown while it is open."""
        return self.open and self.strength == Strength.CLOSE

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it is about: decided `same`, they are the watch's."""
        return tuple(dict.fromkeys((self.name, *(self.entry.names if self.entry else ()))))


def case_id(watch: str, list_: str, name: str) -> str:
    """The same for every spelling that normalization forgives, on any machine."""
    said = "\x1f".join((watch, list_, name_key(name)))
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Likely:
    """A row that may be a watch's party, before it is a case."""

    row: PartyRow
    score: float
    reasons: tuple[Text, ...]
    strength: Strength
    successor: bool = False
    family: tuple[Party, ...] = ()
    """Parties of one family of names, of which this row stands for all."""


def near_rows(
    watch: Watch, names: Sequence[str], list_names: ListNames[Party], rows: Mapping[Party, PartyRow]
) -> list[Likely]:
    """The rows near a watch, best first; of a family of names the one row that stands for it.

    `names`: all that the watch answers to. `rows`: by party, those that may be found.
    """
    best: dict[Party, Likely] = {}
    for name in names:
        for found in list_names.near(name):
            row = rows.get(found.row)
            known = best.get(found.row)
            if row is not None and (known is None or known.score < found.score):
                best[found.row] = _likely(watch, found, row)
    weakest = {Strength.CLOSE, Strength.BROAD} if watch.near == "broad" else {Strength.CLOSE}
    wanted = [
        value for value in best.values() if _asked(watch, value) and value.strength in weakest
    ]
    return sorted(wanted, key=lambda one: (-one.score, name_key(one.row.entry.name)))[:MOST]


def at_addresses(watch: Watch, rows: Iterable[PartyRow]) -> list[Likely]:
    """Rows (entries that are only an address) whose address is one of the watch's."""
    found = []
    for row in rows:
        entry = row.entry
        shared = common_address(watch.addresses, (entry.name, *entry.aliases, *entry.addresses))
        if shared is not None:
            said = (
                say("the entry is an address, and the watch has it: “{shared}”", shared=shared),
            )
            found.append(Likely(row, 1.0, said, Strength.CLOSE))
    return found


def is_address_entry(entry: Entry) -> bool:
    """Whether an entry lists an address and nobody by name (since 2024-06-12)."""
    return name_key(entry.name).startswith("address") and any(c.isdigit() for c in entry.name)


def _likely(watch: Watch, found: Candidate[Party], row: PartyRow) -> Likely:
    reasons = told_reasons(found)
    if not same_name(found.name, row.entry.name):
        reasons = (say("its alias “{name}” is near", name=found.name), *reasons)
    shared = common_address(watch.addresses, row.entry.addresses)
    strength = found.strength
    if shared is not None:
        reasons, strength = (
            (*reasons, say("the same address “{shared}”", shared=shared)),
            Strength.CLOSE,
        )
    if watch.country and row.entry.country == watch.country:
        reasons = (*reasons, say("the same country, {country}", country=watch.country))
    return Likely(row, found.score, reasons, strength, family=found.family)


_SIDES = {
    ONLY_IN_FIRST: template("only in the name watched: {words}"),
    ONLY_IN_SECOND: template("only in the name found: {words}"),
}


def told_reasons(found: Candidate[Party] | Candidate[str]) -> tuple[str, ...]:
    """Why a name is near, for one who sees the watched name and the one found beside it."""
    reasons = found.reasons or (say("near “{name}”", name=found.name),)
    return tuple(
        filled(_SIDES[reason.msgid], **reason.values)
        if isinstance(reason, Message) and reason.msgid in _SIDES
        else reason
        for reason in reasons
    )


def _asked(watch: Watch, likely: Likely) -> bool:
    """Whether the watch wants to be asked, and the files have not decided it."""
    if watch.near == "off":
        return False
    return not any(is_one_of(name, watch.not_same_as) for name in likely.row.entry.names)


def opened(watch: Watch, list_: str, likely: Likely, now: datetime) -> Case:
    """A new case of a row."""
    entry = likely.row.entry
    return Case(
        id=case_id(watch.id, list_, entry.name),
        watch=watch.id,
        list=list_,
        name=entry.name,
        score=likely.score,
        reasons=likely.reasons,
        strength=likely.strength.value,
        first_seen_at=now,
        entry=entry,
        party=likely.row.party,
        successor=likely.successor,
        at_address=_at_address(watch, entry),
    )


def seen_again(known: Case, watch: Watch, likely: Likely, now: datetime) -> Case:
    """The case with the row as it now stands; reopened where something new adds evidence.

    Decided `different`, it stays so for another form of the name; a nearer name or alias, or an
    address of the watch, asks again.
    """
    entry = likely.row.entry
    at_address = _at_address(watch, entry)
    nearer = likely.score >= known.score + NEARER or (at_address and not known.at_address)
    fresh = replace(
        known,
        entry=entry,
        party=likely.row.party,
        score=max(known.score, likely.score),
        reasons=likely.reasons,
        strength=max_strength(known.strength, likely.strength.value),
        successor=known.successor or likely.successor,
        at_address=known.at_address or at_address,
        gone_at=None,
    )
    if known.decision is Decision.DIFFERENT and nearer:
        return replace(
            fresh, decision=None, decided_by=None, decided_at=None, told=False, first_seen_at=now
        )
    return fresh


def max_strength(one: str, other: str) -> str:
    """The stronger of two."""
    return Strength.CLOSE.value if Strength.CLOSE in {one, other} else one


def _at_address(watch: Watch, entry: Entry) -> bool:
    return common_address(watch.addresses, entry.addresses) is not None


def successors(
    doubts: Iterable[Doubt],
    party_of: Callable[[Entry], Party | None],
    bound: Mapping[str, Sequence[Bound]],
    here: Collection[Party],
) -> list[tuple[str, list[Likely]]]:
    """By watch, the rows that could be what its own row goes on as.

    Only of watches none of whose parties has a row left in the text: `here` are those that have.
    """
    found: dict[str, list[Likely]] = defaultdict(list)
    lost = defaultdict[Party, list[str]](list)
    for watch, some in bound.items():
        if not any(one.party in here for one in some):
            for one in some:
                lost[one.party].append(watch)
    for doubt in doubts:
        party, successor = party_of(doubt.old), party_of(doubt.new)
        if party is None or successor is None:
            continue
        said = (say("“{name}” went as it came", name=doubt.old.name), *doubt.reasons)
        row = PartyRow(doubt.new, successor)
        for watch in lost.get(party, ()):
            found[watch].append(Likely(row, doubt.score, said, Strength.CLOSE, successor=True))
    return list(found.items())


def gone(case: Case, now: datetime) -> Case:
    """The case when its row or its act went; it waits for a person all the same."""
    return replace(case, gone_at=now)


def told_of(cases: Iterable[Case], events: Iterable[Event]) -> list[Case]:
    """The cases that these events told, marked so; a first check tells all there are."""
    told = {event.case: event.kind for event in events if event.case}
    first = any(event.kind is Kind.BASELINE for event in events)
    found = []
    for case in cases:
        kind = told.get(case.id)
        if kind is Kind.NOTICE_FOUND:
            found.append(replace(case, gone_told=True))
        elif (kind is Kind.POSSIBLE_MATCH or first) and not case.told:
            found.append(replace(case, told=True))
    return found


def decided(case: Case, decision: Decision, by: str, note: str | None, now: datetime) -> Case:
    """The case with what a person said of it."""
    return replace(case, decision=decision, decided_by=by, decided_at=now, note=note)


def near_names(watch: Watch, names: Sequence[str], named: ListNames[str]) -> list[Candidate[str]]:
    """The names of a document that are near the watch, or the same but for form, best first."""
    weakest = {Strength.CLOSE, Strength.BROAD} if watch.near == "broad" else {Strength.CLOSE}
    best: dict[str, Candidate[str]] = {}
    for name in names:
        for found in named.near(name):
            known = best.get(found.row)
            if found.strength in weakest and (known is None or known.score < found.score):
                best[found.row] = found
    wanted = [value for value in best.values() if not is_one_of(value.name, watch.not_same_as)]
    return sorted(wanted, key=lambda one: (-one.score, one.name))[:MOST]


def opened_by_act(
    watch: Watch, list_: str, found: Candidate[str], number: str, said: str, now: datetime
) -> Case:
    """A new case of a name that a document puts on the list."""
    return Case(
        id=case_id(watch.id, list_, found.name),
        watch=watch.id,
        list=list_,
        name=found.name,
        score=found.score,
        # CASE has no name of its own, and there is no entry yet that would tell it.
        reasons=(say("the document names “{name}”", name=found.name), *told_reasons(found), said),
        strength=found.strength.value,
        first_seen_at=now,
        act=number,
    )


def taken_out(case: Case, number: str, now: datetime) -> Case:
    """The case whose row a document takes out."""
    return replace(case, act=number, gone_at=now)


def case_of(known: Iterable[Case], entry: Entry) -> Case | None:
    """The case that an act opened of the name that this row bears, form forgiven."""
    waiting = {case.id: case for case in known if case.entry is None}
    if not waiting:
        return None
    names = ListNames((case.name, case.id) for case in waiting.values())
    found = names.same(entry.name)
    return waiting[found[0]] if found else None
