"""Two rows left over held against each other: one party, perhaps one party, or two."""

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.screening.entry import Entry
from monitor.screening.linkage.addresses import without_places
from monitor.screening.linkage.evidence import Evidence, Leftover
from monitor.screening.names import Comparison, Likeness, name_key, same_name

NEARLY_EQUAL = 0.95
"""From this score on a name needs no evidence, if each of the two is the other's best."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What two rows have in common."""

    likeness: Likeness
    score: float
    words: tuple[str, ...]
    evidence: Evidence

    @property
    def proven(self) -> bool:
        """Whether the two link: one name, or a near one with evidence of its own."""
        if self.likeness is Likeness.SAME:
            return True
        return (
            self.likeness is Likeness.NEAR and len(self.evidence) > 0 and not self.evidence.is_new
        )

    @property
    def nearly_equal(self) -> bool:
        """Whether the two link if neither is nearer to another row."""
        return (
            self.likeness is Likeness.NEAR
            and self.score >= NEARLY_EQUAL
            and not self.evidence.is_new
        )

    @property
    def doubtful(self) -> bool:
        """Whether the new row could be the old one's successor though nothing proves it."""
        if self.likeness is Likeness.OTHER:
            moved_in = self.evidence.address is not None and self.evidence.same_rules
            return (moved_in or self.evidence.alias is not None) and not self.evidence.is_new
        return len(self.evidence) > 0 or not self.evidence.is_new

    @property
    def strength(self) -> tuple[bool, int, float]:
        """Orders pairs: names that are the same, then by evidence, then by likeness."""
        return self.likeness is Likeness.SAME, len(self.evidence), self.score

    @property
    def reasons(self) -> tuple[str, ...]:
        """All that was found, in words."""
        return (*self.words, *self.evidence.reasons)


def judge(left: Leftover, one: Entry, other: Entry) -> Judged | None:
    """What an old and a new row are to each other; None for rows that stood side by side."""
    if left.new.has(one.name) or left.old.has(other.name):
        return None
    found = max(_compared(left, one, other), key=lambda named: (_RANK[named.likeness], named.score))
    evidence = left.evidence(one, other)
    return Judged(found.likeness, found.score, found.reasons, evidence)


_RANK = {Likeness.OTHER: 0, Likeness.NEAR: 1, Likeness.SAME: 2}


def _compared(left: Leftover, one: Entry, other: Entry) -> Iterator[Comparison]:
    yield compared(left, one.name, other.name)
    yield from _without_place(left, one, other)
    if _answers_to(one, other) or _answers_to(other, one):
        yield Comparison(Likeness.NEAR, 0.9, ("the name of one is an alias of the other",))


def compared(left: Leftover, one: str, other: str) -> Comparison:
    """Two names in both texts: the same only where neither text has another row of that name."""
    return min(
        (text.names.compare(one, other) for text in (left.old, left.new)),
        key=lambda named: (_RANK[named.likeness], named.score),
    )


def _without_place(left: Leftover, one: Entry, other: Entry) -> Iterator[Comparison]:
    """The same with what stands in an address of either row left off the end of a name."""
    short, shorter = without_places(one.name, one, other), without_places(other.name, one, other)
    mine, theirs = short or one.name, shorter or other.name
    if short is None and shorter is None:
        return
    alone = left.old.is_alone(mine) and left.new.is_alone(theirs)
    said = (f"“{max((one.name, other.name), key=len)}” ends in a place of the address",)
    if name_key(mine) == name_key(theirs):
        likeness = Likeness.SAME if alone else Likeness.NEAR
        yield Comparison(likeness, 1.0, said)
        return
    found = compared(left, mine, theirs)
    if found.likeness is Likeness.SAME and not alone:
        found = Comparison(Likeness.NEAR, found.score, found.reasons)
    yield Comparison(found.likeness, found.score, (*found.reasons, *said))


def _answers_to(one: Entry, other: Entry) -> bool:
    """Whether a row's name is an alias of the other."""
    return any(same_name(one.name, alias) for alias in other.aliases)
