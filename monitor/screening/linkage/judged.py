"""Two rows left over held against each other: one party, perhaps one party, or two."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from monitor.screening.entry import Entry
from monitor.screening.linkage.addresses import common_address, without_places
from monitor.screening.linkage.citations import pages
from monitor.screening.linkage.evidence import Evidence, Leftover
from monitor.screening.linkage.text import Text
from monitor.screening.names import Comparison, Likeness, Strength, name_key, same_name, weaker
from monitor.screening.names.anatomy import anatomy
from monitor.screening.words.message import say

NEARLY_EQUAL = 0.95
"""From this score on a name needs no evidence, if each of the two is the other's best."""


_LONG = 10
"""From this many letters and digits on, two may be wrong; below, one."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What two rows have in common."""

    likeness: Likeness
    score: float
    words: tuple[str, ...]
    evidence: Evidence
    barred: bool = False
    """Whether the names differ in what no evidence bridges."""
    close: bool = False
    """Whether the names alone are near enough to ask a person."""

    @property
    def proven(self) -> bool:
        """Whether the two link: one name, or a near one with evidence of its own."""
        if self.likeness is Likeness.SAME:
            return True
        return self._may_link and len(self.evidence) > 0

    @property
    def nearly_equal(self) -> bool:
        """Whether the two link if neither is nearer to another row."""
        return self._may_link and self.score >= NEARLY_EQUAL

    @property
    def stands_on_the_same(self) -> bool:
        """Whether the two are near and the old one's citations all stand in the new one."""
        return self._may_link and self.evidence.same_rules

    @property
    def _may_link(self) -> bool:
        return self.likeness is Likeness.NEAR and not self.barred and not self.evidence.is_new

    @property
    def doubtful(self) -> bool:
        """Whether the new row could be the old one's successor though nothing proves it."""
        known = self.evidence
        if self.barred and known.is_new:
            return False  # another number, entered by a later rule: another unit
        if self.likeness is Likeness.OTHER:
            moved_in = known.address is not None and known.same_rules
            return (moved_in or known.alias is not None) and not known.is_new
        if len(known) > 0 or self.words == _KIN:
            return True
        return not known.is_new and (self.close or known.same_rules)

    @property
    def strength(self) -> tuple[bool, int, float]:
        """Orders pairs: names that are the same, then by evidence, then by likeness."""
        return self.likeness is Likeness.SAME, len(self.evidence), self.score

    @property
    def reasons(self) -> tuple[str, ...]:
        """All that was found, in words."""
        return (*self.words, *self.evidence.reasons)


def judge(left: Leftover, entry: Entry, other: Entry) -> Judged | None:
    """What an old and a new row are to each other; None for rows that stood side by side."""
    if left.new.has(entry.name) or left.old.has(other.name):
        return None
    return held_together(left, entry, other)


def held_together(left: Leftover, entry: Entry, other: Entry) -> Judged:
    """Two rows by their names and their evidence alone, wherever else their names stand."""
    found = max(
        _compared(left, entry, other), key=lambda named: (_RANK[named.likeness], named.score)
    )
    evidence = left.evidence(entry, other)
    if found.reasons == _KIN:
        # That the one is called as the other is what made them near; it proves nothing besides.
        evidence = replace(evidence, alias=None)
    return Judged(
        found.likeness,
        found.score,
        found.reasons,
        evidence,
        barred=_are_units_apart(entry.name, other.name),
        close=found.strength is Strength.CLOSE,
    )


def are_one_party(text: Text, gone: Entry, stays: Entry) -> bool:
    """Whether a row that stays is plainly a second row of the party of one that is gone."""
    return (
        text.names.compare(gone.name, stays.name).likeness is Likeness.SAME
        and not _are_units_apart(gone.name, stays.name)
        and (
            common_address(gone.addresses, stays.addresses) is not None
            or not pages(gone).isdisjoint(pages(stays))
            or not set(map(name_key, gone.aliases)).isdisjoint(map(name_key, stays.aliases))
        )
    )


def _are_units_apart(one: str, other: str) -> bool:
    """Whether two names differ in a number of their own, or one is a unit of the other."""
    first, second = anatomy(one), anatomy(other)
    if first.numbers != second.numbers:
        return True
    if bool(first.parent) == bool(second.parent):
        return False
    whole, unit = (second, first) if first.parent else (first, second)
    words = set(whole.words)
    return len(words & set(unit.parent)) > len(words & set(unit.words))


_KIN = (say("the name of one is an alias of the other"),)
_RANK = {Likeness.OTHER: 0, Likeness.NEAR: 1, Likeness.SAME: 2}


def _compared(left: Leftover, entry: Entry, other: Entry) -> Iterator[Comparison]:
    yield compared(left, entry.name, other.name)
    yield from _without_place(left, entry, other)
    if misspelled(entry, other):
        said = say("the whole names are one or two letters off")
        yield Comparison(Likeness.NEAR, 0.8, (said,), Strength.CLOSE)
    if _answers_to(entry, other) or _answers_to(other, entry):
        yield Comparison(Likeness.NEAR, 0.9, _KIN, Strength.CLOSE)


def misspelled(entry: Entry, other: Entry) -> bool:
    """Whether a letter or two are all that two long names differ in."""
    first, second = name_key(entry.name), name_key(other.name)
    letters = 2 if min(len(first), len(second)) >= _LONG else 1
    return Levenshtein.distance(first, second, score_cutoff=letters) <= letters


def compared(left: Leftover, one: str, other: str) -> Comparison:
    """Two names in both texts: the same only where neither text has another row of that name."""
    return weaker(left.old.names.compare(one, other), left.new.names.compare(one, other))


def _without_place(left: Leftover, entry: Entry, other: Entry) -> Iterator[Comparison]:
    """The same with what stands in an address of either row left off the end of a name."""
    short, shorter = (
        without_places(entry.name, entry, other),
        without_places(other.name, entry, other),
    )
    mine, theirs = short or entry.name, shorter or other.name
    if short is None and shorter is None:
        return
    alone = left.old.is_alone(mine) and left.new.is_alone(theirs)
    said = (
        say("“{max}” ends in a place of the address", max=max((entry.name, other.name), key=len)),
    )
    if name_key(mine) == name_key(theirs):
        likeness = Likeness.SAME if alone else Likeness.NEAR
        yield Comparison(likeness, 1.0, said, Strength.CLOSE)
        return
    found = compared(left, mine, theirs)
    if found.likeness is Likeness.SAME and not alone:
        found = replace(found, likeness=Likeness.NEAR, strength=Strength.CLOSE)
    yield replace(found, reasons=(*found.reasons, *said))


def _answers_to(entry: Entry, other: Entry) -> bool:
    """Whether a row's name is an alias of the other."""
    return any(same_name(entry.name, alias) for alias in other.aliases)
