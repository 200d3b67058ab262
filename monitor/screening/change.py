"""What changed between two publications of one list, row by row.

Rows are paired by name, never by upstream id: first the same name in the same country, then the
same name anywhere, then a row that is plainly its successor (continuity). What is left was removed
or added. Differences that the normalization of names forgives are no differences.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz import fuzz

from monitor.screening.difference import citation_keys, field_changes
from monitor.screening.entry import Entry
from monitor.screening.event import FieldChange
from monitor.screening.names import NameIndex, name_key, same_name

VERY_SIMILAR = 90.0
"""Likeness of two name keys, in percent, from which a new row may be an old one's successor."""

MANY = 0.10
"""More than this share of a list's rows differing in one field is a change of format."""

_MANY_AT_LEAST = 3
_WORD = re.compile(r"[^\W_]+")
_LEGAL_FORMS = {
    "co": "company", "ltd": "limited", "corp": "corporation", "inc": "incorporated",
    "pvt": "private", "pte": "private", "llc": "limited liability company",
    "jsc": "joint stock company", "pjsc": "public joint stock company",
}  # fmt: skip
"""Abbreviations that are respelled without another party behind them."""


class ChangeKind(StrEnum):
    """What became of a party on a list."""

    ADDED = "added"
    REMOVED = "removed"
    AMENDED = "amended"


@dataclass(frozen=True, slots=True)
class Change:
    """One row's change. A row gone while another of the same name stays is an amendment."""

    list: str
    kind: ChangeKind
    before: Entry | None
    after: Entry | None
    fields: tuple[FieldChange, ...] = ()
    review: bool = False
    """Paired by likeness and not by name: a person should look."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The rows concerned."""
        return tuple(entry for entry in (self.before, self.after) if entry is not None)


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes of one list at once, with the fields whose very format changed."""

    changes: tuple[Change, ...]
    reformatted: tuple[str, ...] = ()
    """Fields that differ in so many rows that they are one notice, and no amendments."""


def compare(before: Sequence[Entry], after: Sequence[Entry]) -> Changes:
    """Every addition, removal and amendment that turns `before` into `after`."""
    old = {entry.digest(): entry for entry in before}
    new = {entry.digest(): entry for entry in after}
    return differences(
        [entry for digest, entry in old.items() if digest not in new],
        [entry for digest, entry in new.items() if digest not in old],
        [entry for digest, entry in new.items() if digest in old],
    )


def differences(old: list[Entry], new: list[Entry], stays: Sequence[Entry]) -> Changes:
    """The same, of rows already parted: only before, only after, and to the letter on both."""
    if not old and not new:
        return Changes(())
    before, after = [*old, *stays], [*new, *stays]
    changes: list[Change] = []
    for rule in (_same_name_and_country, _any_same_name):
        old, new, paired = _pair(old, new, rule)
        changes += [_amended(one, other, review=False) for one, other in paired]
    old, new, succeeded = _succeeded(old, new, before, after)
    changes += [_amended(one, other, review=True) for one, other in succeeded]
    changes += _gone(old, before, after)
    changes += _come(new, before, after)
    told = [change for change in changes if change.fields or change.kind is not ChangeKind.AMENDED]
    return _without_format(told, len(before))


def _pair(
    old: list[Entry], new: list[Entry], rule: Callable[[Entry, Entry], bool]
) -> tuple[list[Entry], list[Entry], list[tuple[Entry, Entry]]]:
    """Pairs by one rule: first those that do not differ, then the most alike of the others."""
    find = _candidates(old, new, rule)
    taken: set[int] = set()
    chosen: dict[int, int] = {}
    for differing in (False, True):
        for mine, one in enumerate(old):
            if mine in chosen:
                continue
            free = (at for at in find(one) if at not in taken and rule(one, new[at]))
            likes = {at: _likeness(one, new[at]) for at in free}
            best = max(likes, key=likes.__getitem__, default=None)
            if best is not None and (differing or likes[best] == 0):
                taken.add(best)
                chosen[mine] = best
    return (
        [one for mine, one in enumerate(old) if mine not in chosen],
        [entry for at, entry in enumerate(new) if at not in taken],
        [(one, new[chosen[mine]]) for mine, one in enumerate(old) if mine in chosen],
    )


def _succeeded(
    old: list[Entry], new: list[Entry], before: Sequence[Entry], after: Sequence[Entry]
) -> tuple[list[Entry], list[Entry], list[tuple[Entry, Entry]]]:
    """Pairs parties that vanished with parties nobody knew; who stays has and is no successor."""
    if not old or not new:
        return old, new, []
    known = NameIndex((entry.name, None) for entry in before)
    there = NameIndex((entry.name, None) for entry in after)
    gone = [entry for entry in old if not there.find(entry.name)]
    come = [entry for entry in new if not known.find(entry.name)]
    lost, joined, paired = _pair(gone, come, _successor)
    staying = [entry for entry in old if entry not in gone]
    return lost + staying, joined + [entry for entry in new if entry not in come], paired


def _candidates(
    old: list[Entry], new: list[Entry], rule: Callable[[Entry, Entry], bool]
) -> Callable[[Entry], Iterable[int]]:
    if rule is _successor:
        return lambda _one: range(len(new))
    by_name = NameIndex((entry.name, at) for at, entry in enumerate(new)) if old else NameIndex([])
    return lambda one: by_name.find(one.name)


def _same_name_and_country(one: Entry, other: Entry) -> bool:
    return one.country == other.country and same_name(one.name, other.name)


def _any_same_name(one: Entry, other: Entry) -> bool:
    return same_name(one.name, other.name)


def _successor(one: Entry, other: Entry) -> bool:
    """Continuity: plainly the same party under another name.

    A very similar name or a shared alias, with the same country and a shared address or citation.
    """
    return (
        one.country == other.country
        and (_shares_a_name(one, other) or _very_similar(one.name, other.name))
        and (
            _any_same(one.addresses, other.addresses)
            or bool(citation_keys(one.citations) & citation_keys(other.citations))
        )
    )


def _shares_a_name(one: Entry, other: Entry) -> bool:
    return _any_same(one.names, other.names)


def _very_similar(one: str, other: str) -> bool:
    return fuzz.ratio(name_key(one), name_key(other)) >= VERY_SIMILAR or _spelled_out(
        one
    ) == _spelled_out(other)


def _spelled_out(name: str) -> str:
    """The name's key with its legal form in full: "Co., Ltd." and "Company Limited" are one."""
    return name_key(" ".join(_LEGAL_FORMS.get(w, w) for w in _WORD.findall(name.casefold())))


def _any_same(some: Sequence[str], others: Sequence[str]) -> bool:
    return any(same_name(one, other) for one in some for other in others)


def _likeness(one: Entry, other: Entry) -> int:
    return -len(field_changes(one, other))


def _amended(one: Entry, other: Entry, *, review: bool) -> Change:
    return Change(
        one.list, ChangeKind.AMENDED, one, other, field_changes(one, other), review=review
    )


def _gone(old: list[Entry], before: Sequence[Entry], after: Sequence[Entry]) -> list[Change]:
    """Rows that have no pair: removed, unless the party stays on another row."""
    return [_one_sided(entry, before, after, went=True) for entry in old]


def _come(new: list[Entry], before: Sequence[Entry], after: Sequence[Entry]) -> list[Change]:
    return [_one_sided(entry, before, after, went=False) for entry in new]


def _one_sided(
    entry: Entry, before: Sequence[Entry], after: Sequence[Entry], *, went: bool
) -> Change:
    there = after if went else before
    same = [row for row in there if same_name(row.name, entry.name)]
    if not same:
        kind = ChangeKind.REMOVED if went else ChangeKind.ADDED
        return Change(entry.list, kind, entry if went else None, None if went else entry)
    rows = [str(sum(same_name(row.name, entry.name) for row in side)) for side in (before, after)]
    pair = (entry, same[0]) if went else (same[0], entry)
    return Change(entry.list, ChangeKind.AMENDED, *pair, (FieldChange("rows", rows[0], rows[1]),))


def _without_format(changes: list[Change], rows: int) -> Changes:
    """Takes out the fields that changed in very many rows: that is format, not news."""
    touched = Counter(
        field.field
        for change in changes
        if change.kind is ChangeKind.AMENDED
        for field in change.fields
    )
    bound = max(MANY * rows, _MANY_AT_LEAST - 1)
    reformatted = tuple(sorted(name for name, count in touched.items() if count > bound))
    if not reformatted:
        return Changes(tuple(changes))
    kept = [_stripped(change, reformatted) for change in changes]
    return Changes(tuple(change for change in kept if change is not None), reformatted)


def _stripped(change: Change, reformatted: tuple[str, ...]) -> Change | None:
    if change.kind is not ChangeKind.AMENDED:
        return change
    fields = tuple(field for field in change.fields if field.field not in reformatted)
    # A successor is kept though its new name is no news: it is what the party answers to from now.
    return replace(change, fields=fields) if fields or change.review else None
