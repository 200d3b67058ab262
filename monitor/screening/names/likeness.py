"""How near two names are whose words differ: their score, how close, and the reasons told.

`Likeness` of two whole names is `list_names`' to say; here the words have been matched and are
weighed. Acronyms match exactly or not at all.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from monitor.screening.names.align import Alignment, align
from monitor.screening.names.anatomy import Anatomy
from monitor.screening.names.common import is_common, is_little
from monitor.screening.names.comparison import OTHER, Comparison, Likeness, Strength
from monitor.screening.names.forms import agree
from monitor.screening.names.places import PLACES
from monitor.screening.names.vocabulary import Vocabulary
from monitor.screening.words.message import Text, filled, say, template

CLOSE, BROAD = 0.80, 0.60
"""The least scores. Below, two names are other names."""
CLOSE_WEIGHT, BROAD_WEIGHT = 7.0, 5.0
"""The least weight of what two names share, where words are left over."""
_WHOLE_WEIGHT = 4.5
"""The least weight of two names that share every word."""
_OTHER_FORM = 0.04
"""What another legal form costs."""
BRACKET = say("the short name in brackets")
FIRST_LETTERS = say("the first letters of its words")
ONLY_IN_FIRST = template("only in the first: {words}")
ONLY_IN_SECOND = template("only in the second: {words}")
_BRACKET_SCORE = 0.9
_FEWEST_INITIALS = 3


class Rating(NamedTuple):
    """What is told of a near name; without strength it is another name."""

    score: float
    reasons: tuple[Text, ...]
    strength: Strength | None


class Side(NamedTuple):
    """One of two names, with its words as they are matched."""

    parts: Anatomy
    words: Sequence[str]


def rate(side: Side, other: Side, vocabulary: Vocabulary) -> Rating:
    """How near two names are by their words."""
    found = align(side.words, other.words, vocabulary.weigh)
    rated = found.score
    if found.matched >= CLOSE_WEIGHT and _begins(side.words, other.words):
        rated = max(rated, CLOSE)
    if not agree(side.parts.form, other.parts.form):
        rated -= _OTHER_FORM
    strength = _strength(found, rated)
    reasons = _reasons(found, vocabulary) if strength else ()
    return Rating(round(max(rated, 0.0), 3), reasons, strength)


def compare(anatomy: Anatomy, other: Anatomy, vocabulary: Vocabulary) -> Comparison:
    """What two names are to each other, as words or as an acronym."""
    if numbers_differ(anatomy, other):
        return OTHER
    whole = anatomy.bare or other.bare
    first, second = (
        Side(parts, vocabulary.mended(telling(parts, whole=whole))) for parts in (anatomy, other)
    )
    best = rate(first, second, vocabulary)
    acronym = _acronym(anatomy, other) or _acronym(other, anatomy)
    if acronym and (best.strength is None or acronym.score > best.score):
        best = acronym
    likeness = Likeness.NEAR if best.strength else Likeness.OTHER
    return Comparison(likeness, best.score, best.reasons, best.strength)


def numbers_differ(anatomy: Anatomy, other: Anatomy) -> bool:
    """Whether each name has a number that the other has not: two units, never bridged."""
    return bool(anatomy.numbers - other.numbers and other.numbers - anatomy.numbers)


def telling(parts: Anatomy, *, whole: bool) -> tuple[str, ...]:
    """The words of a name that are compared for likeness; `whole` with those of its parent."""
    words = parts.parent + parts.words if whole else parts.words
    return tuple(word for word in words if not is_little(word)) or words


RUN = range(3, 9)
"""So many words have initials that stand for them within a longer name: "MPS"."""


def runs(words: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """The first letters of every run of a few words, with the run."""
    letters = "".join([word[0] for word in words])
    for size in RUN:
        for at in range(len(words) - size + 1):
            yield letters[at : at + size], words[at : at + size]


def initials(parts: Anatomy) -> set[str]:
    """First letters of a name of three words or more, with and without its little words."""
    full = [word for word in parts.words if word[0] != "#"]
    every = "".join(word[0] for word in full)
    main = "".join(word[0] for word in full if not is_little(word))
    ends = [""]
    if parts.form & {"co", "corp"}:
        ends += ["c"]  # the C of SMIC is its Corporation
    return {
        letters + end
        for letters in (every, main)
        if len(letters) >= _FEWEST_INITIALS
        for end in ends
    }


def by_letters(letters: str, by: str) -> Rating:
    """An acronym that stands for the name: `by` its bracket or its first letters."""
    reasons = (say("{acronym}: {by}", acronym=letters.upper(), by=by),)
    if by == BRACKET:
        return Rating(_BRACKET_SCORE, reasons, Strength.CLOSE)
    if len(letters) > _FEWEST_INITIALS:
        return Rating(CLOSE, reasons, Strength.CLOSE)
    return Rating(BROAD, reasons, Strength.BROAD)


def said(word: str) -> str:
    """A word for a person's eyes."""
    return word.lstrip("#")


def _words(words: Iterable[str]) -> str:
    return ", ".join(map(said, words))


def _acronym(short: Anatomy, full: Anatomy) -> Rating | None:
    if len(short.words) != 1 or len(full.words) < 2:
        return None
    if short.key in full.shorts:
        return by_letters(short.key, BRACKET)
    return by_letters(short.key, FIRST_LETTERS) if short.key in initials(full) else None


def _begins(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one name is the beginning of the other, of two words at least and one of its own."""
    size = min(len(one), len(other))
    shared = one[:size]
    return (
        size > 1
        and tuple(shared) == tuple(other[:size])
        and not all(is_common(word) or word in PLACES for word in shared)
    )


def _strength(found: Alignment, rated: float) -> Strength | None:
    whole = not found.left[0] and not found.left[1]
    if found.by_initials and found.matched - found.by_initials < BROAD_WEIGHT:
        return None  # letters say little: "NAR Technologies" is not Nanshuo Aircraft Radio
    if round(rated, 3) < BROAD or (found.matched < BROAD_WEIGHT and not whole):
        return None
    if round(rated, 3) < CLOSE or found.matched < (_WHOLE_WEIGHT if whole else CLOSE_WEIGHT):
        return Strength.BROAD
    return Strength.CLOSE


def _reasons(found: Alignment, vocabulary: Vocabulary) -> tuple[str, ...]:
    reasons = []
    if found.exact:
        # by weight, then by letters: the same words are told the same way round
        shared = sorted(set(found.exact), key=lambda word: (-vocabulary.weigh(word), word))
        reasons.append(say("in both: {words}", words=_words(shared)))
    reasons += [
        say("{one} / {other}: {how}", one=said(one), other=said(other), how=how)
        for one, other, how in found.alike
    ]
    for only, left in zip((ONLY_IN_FIRST, ONLY_IN_SECOND), found.left, strict=True):
        if left:
            reasons.append(filled(only, words=_words(left)))
    return tuple(reasons)
