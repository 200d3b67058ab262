"""Which words of two names answer to each other, and how much is left over on either side.

Words match as they are, by stem, by sound, within a letter or two, run together ("Hi Silicon") or
as the initials of a run of words ("MPS"). What is left over on both sides counts far more than what
one side merely leaves off: that is what tells two companies of one brand apart.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from monitor.screening.names.letters import apart
from monitor.screening.names.places import PLACES
from monitor.screening.names.words import sounds_alike
from monitor.screening.words.message import say

REST, _SMALLER_REST = 0.35, 1.5
"""What the larger and the smaller of two rests count: words over on both sides tell them apart."""
_SOUND, _JOINED, _INITIALS = 0.96, 1.0, 0.95
_LETTER = 0.4
"""What a wrong letter costs, divided by the letters of the word."""
_FEWEST_INITIALS = 3

Weigh = Callable[[str], float]


@dataclass(slots=True)
class Alignment:
    """What two names share and what they do not, in weight."""

    matched: float = 0.0
    by_initials: float = 0.0
    """What of it are words that stand on the other side as letters."""
    rests: tuple[float, float] = (0.0, 0.0)
    exact: list[str] = field(default_factory=list)
    alike: list[tuple[str, str, str]] = field(default_factory=list)
    """Pairs that match by likeness, and how."""
    left: tuple[list[str], list[str]] = field(default_factory=lambda: ([], []))

    @property
    def score(self) -> float:
        """0 to 1."""
        return score(self.matched, *self.rests)


def score(matched: float, one: float, other: float) -> float:
    """How alike two names are that share so much weight and leave so much over."""
    if matched <= 0:
        return 0.0
    larger, smaller = (one, other) if one > other else (other, one)
    return matched / (matched + REST * larger + _SMALLER_REST * smaller)


def align(one: Sequence[str], other: Sequence[str], weigh: Weigh) -> Alignment:
    """Match the words of two names, each at most once, the surest way first."""
    found = Alignment()
    left, right = list(one), list(other)
    for word in one:
        if word in right:
            left.remove(word)
            right.remove(word)
            found.matched += weigh(word)
            found.exact.append(word)
    lost = 0.0
    if left and right:
        for way in (_joined, _alike, _initials):
            lost += way(left, right, weigh, found)
    found.left = (left, right)
    found.rests = (sum(map(weigh, left)) + lost, sum(map(weigh, right)) + lost)
    return found


def _alike(left: list[str], right: list[str], weigh: Weigh, found: Alignment) -> float:
    pairs = sorted(
        (
            (*rated, mine, theirs)
            for mine in left
            for theirs in right
            if (rated := _likeness(mine, theirs))
        ),
        reverse=True,
    )
    lost = 0.0
    for credit, how, mine, theirs in pairs:
        if mine in left and theirs in right:
            left.remove(mine)
            right.remove(theirs)
            worth = min(weigh(mine), weigh(theirs))
            found.matched += credit * worth
            lost += (1 - credit) * worth
            found.alike.append((mine, theirs, how))
    return lost


def _likeness(one: str, other: str) -> tuple[float, str] | None:
    if one[0] == "#" or other[0] == "#" or (one in PLACES and other in PLACES):
        return None
    if sounds_alike(one, other):
        return _SOUND, say("spelled another way")
    distance = apart(one, other)
    if distance is None:
        return None
    credit = 1 - distance * _LETTER / max(len(one), len(other))
    return credit, say("one letter off") if distance == 1 else say("two letters off")


def _joined(left: list[str], right: list[str], weigh: Weigh, found: Alignment) -> float:
    """Two words of one side written as one on the other."""
    for split, whole in ((left, right), (right, left)):
        for at in range(len(split) - 2, -1, -1):
            run = "".join(split[at : at + 2])
            if run in whole:
                found.matched += _JOINED * weigh(run)
                found.alike.append((" ".join(split[at : at + 2]), run, "written together"))
                del split[at : at + 2]
                whole.remove(run)
                break
    return 0.0


def _initials(left: list[str], right: list[str], weigh: Weigh, found: Alignment) -> float:
    """A word of one side that is the first letters of a run of words of the other."""
    for short, full in ((left, right), (right, left)):
        for word in short:
            size = len(word)
            if size < _FEWEST_INITIALS or size > len(full):
                continue
            letters = "".join(each[0] for each in full)
            at = letters.find(word)
            if at >= 0:
                run = full[at : at + size]
                worth = _INITIALS * sum(map(weigh, run))
                found.matched += worth
                found.by_initials += worth
                found.alike.append((word, " ".join(run), "initials"))
                del full[at : at + size]
                short.remove(word)
                break
    return 0.0
