"""The names of a list that are near a given one, found by their rare words and not by a scan.

A name is looked for under its rarest words (as they are, by sound, or a letter or two off), under
its initials and short names, and as the brand of a family. What could still reach the least score
is aligned word by word, the most promising first.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import Generic, NamedTuple, TypeVar

from monitor.screening.names.align import Alignment, align, score
from monitor.screening.names.anatomy import Anatomy, anatomy
from monitor.screening.names.common import COMMON, is_common, is_little, weight
from monitor.screening.names.comparison import OTHER, Candidate, Comparison, Likeness, Strength
from monitor.screening.names.forms import agree
from monitor.screening.names.letters import Neighbours
from monitor.screening.names.places import PLACES
from monitor.screening.names.words import SPELLINGS, sound, stem

T = TypeVar("T", bound=Hashable)

CLOSE, BROAD = 0.80, 0.60
"""The least scores. Below, two names are other names."""
_CLOSE_WEIGHT, _BROAD_WEIGHT = 7.0, 5.0
"""The least weight of what two names share, where words are left over."""
_WHOLE_WEIGHT = 4.5
"""The least weight of two names that share every word."""
_LONG = 9
"""The least letters of a word that is taken for a trade though two letters are wrong."""
_SOUNDING = 4


class _Name(NamedTuple, Generic[T]):
    text: str
    parts: Anatomy
    words: tuple[str, ...]
    rows: list[T]


class _Side(NamedTuple):
    parts: Anatomy
    words: Sequence[str]


class NearNames(Generic[T]):
    """The names of one list by their words."""

    def __init__(self, borne: Iterable[tuple[str, T]]) -> None:
        self._names: list[_Name[T]] = []
        self._bearing: dict[str, list[int]] = defaultdict(list)
        self._count: dict[str, int] = defaultdict(int)
        seen: dict[str, int] = {}
        last: dict[str, T] = {}
        rows = set()
        for text, row in borne:
            rows.add(row)
            at = seen.get(text)
            if at is None:
                at = seen[text] = len(self._names)
                parts = anatomy(text)
                words = tuple(map(stem, telling(parts)))
                self._names.append(_Name(text, parts, words, []))
                for word in dict.fromkeys(words):
                    self._bearing[word].append(at)
            if row not in self._names[at].rows[-1:]:
                self._names[at].rows.append(row)
            for word in self._names[at].words:
                if word not in last or last[word] != row:
                    last[word] = row
                    self._count[word] += 1
        self._rows = len(rows)
        self._weights: dict[str, float] = {}

    def weigh(self, word: str) -> float:
        """How much a word says on this list."""
        known = self._weights.get(word)
        if known is None:
            known = weight(word, self._count.get(word, 0), self._rows)
            if len(self._weights) < _REMEMBERED:
                self._weights[word] = known
        return known

    def compare(self, one: Anatomy, other: Anatomy) -> Comparison:
        """Two names whose words differ."""
        if one.numbers - other.numbers and other.numbers - one.numbers:
            return OTHER
        whole = one.bare or other.bare
        first, second = self._mended(telling(one, whole)), self._mended(telling(other, whole))
        found = align(first, second, self.weigh)
        rated = self._rate(found, _Side(one, first), _Side(other, second))
        strength = self._strength(found, rated)
        acronym = _acronym(one, other) or _acronym(other, one)
        if acronym and (strength is None or acronym[0] > rated):
            return Comparison(Likeness.NEAR, *acronym)
        return Comparison(
            Likeness.NEAR if strength else Likeness.OTHER, rated, self._reasons(found), strength
        )

    def find(self, name: str, *, most: int) -> list[Candidate[T]]:
        """The nearest names, best first, each row once."""
        asked = anatomy(name)
        words = self._mended(telling(asked))
        found = self._by_acronym(asked)
        brand = self._brand(words)
        if brand:
            found.append(brand)
        else:
            found += self._by_words(asked, words, most)
        return _each_once(found, most)

    def _by_words(self, asked: Anatomy, words: Sequence[str], most: int) -> list[Candidate[T]]:
        total = sum(map(self.weigh, words))
        promising = sorted(
            (
                (self._most(bound, total, at), at)
                for at, bound in self._bounds(words, total).items()
            ),
            reverse=True,
        )
        found: list[Candidate[T]] = []
        worst = BROAD
        for bound, at in promising:
            if bound < worst:
                break
            name = self._names[at]
            if asked.numbers - name.parts.numbers and name.parts.numbers - asked.numbers:
                continue
            aligned = align(words, name.words, self.weigh)
            rated = self._rate(aligned, _Side(asked, words), _Side(name.parts, name.words))
            strength = self._strength(aligned, rated)
            if strength is None:
                continue
            reasons = self._reasons(aligned)
            found += [Candidate(row, name.text, rated, reasons, strength) for row in name.rows]
            if len(found) >= 2 * most:
                worst = sorted((one.score for one in found), reverse=True)[2 * most - 1]
        return found

    def _most(self, bound: float, total: float, at: int) -> float:
        """The best score that a name can reach which shares at most so much weight."""
        if bound >= total:
            return 1.0  # it may begin with all that is asked for
        return score(bound, total - bound, max(self._totals[at] - bound, 0.0))

    def _bounds(self, words: Sequence[str], total: float) -> dict[int, float]:
        """For every name that may reach the least score, the most weight it can share."""
        bounds: dict[int, float] = defaultdict(float)
        ranked = sorted(words, key=self.weigh, reverse=True)
        rest = total
        for word in ranked:
            if rest < max(_LEAST_SHARE * total, min(_BROAD_WEIGHT, total)):
                break
            worth = self.weigh(word)
            for at in self._met(word):
                bounds[at] += worth
            rest -= worth
        return {at: min(bound + rest, total) for at, bound in bounds.items()}

    def _met(self, word: str) -> set[int]:
        """Names with this word, as it is or nearly."""
        met = set(self._bearing.get(word, ()))
        if is_common(word) or word[0] == "#":
            return met
        for other in self._alike(word):
            met.update(self._bearing.get(other, ()))
        return met

    def _alike(self, word: str) -> list[str]:
        found = list(self._neighbours.of(word))
        if len(word) >= _SOUNDING:
            found += self._by_sound.get(sound(word), ())
        return found

    def _mended(self, words: Sequence[str]) -> tuple[str, ...]:
        """Stems; a word that no list knows, a letter or two from a common one, is that one's."""
        own = sum(not is_common(word) for word in words)
        return tuple(
            stem(word) if is_common(word) or stem(word) in self._bearing
            # The one word that tells whom a name means is not taken for a trade so easily.
            else self._common_for(word, 2 if own > 1 or len(word) >= _LONG else 1)
            for word in words
        )  # fmt: skip

    def _common_for(self, word: str, most: int) -> str:
        off = [(off, stem(other)) for other, off in _common_spellings().of(word).items()]
        nearest, common = min(off, default=(most + 1, word))
        if nearest > most:
            return stem(word)
        rarer = (off for other, off in self._neighbours.of(word).items() if not is_common(other))
        listed = min(rarer, default=most + 1) <= nearest or sound(word) in self._by_sound
        return stem(word) if listed else common

    def _rate(self, found: Alignment, one: _Side, other: _Side) -> float:
        """The score of two names, 0 where it says nothing."""
        rated = found.score
        if _begins(one.words, other.words) and found.matched >= _CLOSE_WEIGHT:
            rated = max(rated, CLOSE)
        if not agree(one.parts.form, other.parts.form):
            rated -= _OTHER_FORM
        return round(rated, 3)

    def _strength(self, found: Alignment, rated: float) -> Strength | None:
        whole = not found.left[0] and not found.left[1]
        if rated < BROAD or (found.matched < _BROAD_WEIGHT and not whole):
            return None
        if rated < CLOSE or found.matched < (_WHOLE_WEIGHT if whole else _CLOSE_WEIGHT):
            return Strength.BROAD
        return Strength.CLOSE

    def _reasons(self, found: Alignment) -> tuple[str, ...]:
        reasons = []
        shared = sorted(set(found.exact), key=self.weigh, reverse=True)
        if shared:
            reasons.append("in both: " + ", ".join(map(_said, shared)))
        reasons += [f"{_said(one)} / {_said(other)}: {how}" for one, other, how in found.alike]
        for side, which in zip(
            found.left, ("only in the first", "only in the second"), strict=True
        ):
            if side:
                reasons.append(f"{which}: " + ", ".join(map(_said, side)))
        return tuple(reasons)

    def _by_acronym(self, asked: Anatomy) -> list[Candidate[T]]:
        found = []
        for letters, at, by in self._spelled_out(asked):
            name = self._names[at]
            rated, reasons, strength = _rated(letters, by)
            found += [Candidate(row, name.text, rated, reasons, strength) for row in name.rows]
        return found

    def _spelled_out(self, asked: Anatomy) -> Iterator[tuple[str, int, str]]:
        if len(asked.words) == 1:
            for at, by in self._acronyms.get(asked.key, ()):
                yield asked.key, at, by
        for letters in asked.shorts:
            for at in self._bearing.get(letters, ()):
                if len(self._names[at].words) == 1:
                    yield letters, at, _BRACKET

    def _brand(self, words: Sequence[str]) -> Candidate[T] | None:
        """The family of names with a brand that is asked for alone."""
        own = [word for word in words if not is_common(word)]
        if len(own) != 1 or len(words) != 1 or len(own[0]) < _BRAND or own[0] in PLACES:
            return None
        bearing = self._bearing.get(own[0], ())
        if not bearing:
            return None
        best = min(bearing, key=lambda at: (self._totals[at], self._names[at].text))
        name = self._names[best]
        rows = list(dict.fromkeys(row for at in bearing for row in self._names[at].rows))
        first = name.rows[0]
        family = tuple(row for row in rows if row != first)
        rest = self._totals[best] - self.weigh(own[0])
        reasons = [f"the word {_said(own[0])} alone"]
        if family:
            reasons.append(f"{len(family)} more rows bear it")
        rated = max(CLOSE, round(score(self.weigh(own[0]), 0.0, rest), 3))
        return Candidate(first, name.text, rated, tuple(reasons), Strength.CLOSE, family)

    @cached_property
    def _totals(self) -> list[float]:
        return [sum(map(self.weigh, name.words)) for name in self._names]

    @cached_property
    def _neighbours(self) -> Neighbours:
        return Neighbours(self._bearing)

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word in self._bearing:
            if len(word) >= _SOUNDING:
                found[sound(word)].append(word)
        return dict(found)

    @cached_property
    def _acronyms(self) -> dict[str, list[tuple[int, str]]]:
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for at, name in enumerate(self._names):
            for short in name.parts.shorts:
                found[short].append((at, _BRACKET))
            for letters in initials(name.parts):
                found[letters].append((at, _FIRST_LETTERS))
        return dict(found)


@cache
def _common_spellings() -> Neighbours:
    return Neighbours({*SPELLINGS, *COMMON, *(f"{word}s" for word in COMMON)})


def telling(parts: Anatomy, whole: bool | None = None) -> tuple[str, ...]:
    """The words of a name that are compared for likeness; `whole` with those of its parent."""
    words = parts.parent + parts.words if (parts.bare if whole is None else whole) else parts.words
    return tuple(word for word in words if not is_little(word)) or words


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


def _acronym(short: Anatomy, full: Anatomy) -> tuple[float, tuple[str, ...], Strength] | None:
    """One name as the acronym of the other; acronyms match exactly or not at all."""
    if len(short.words) != 1 or len(full.words) < 2:
        return None
    if short.key in full.shorts:
        return _rated(short.key, _BRACKET)
    return _rated(short.key, _FIRST_LETTERS) if short.key in initials(full) else None


def _begins(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one name is the beginning of the other, of two words at least and one of its own."""
    size = min(len(one), len(other))
    shared = one[:size]
    return (
        size > 1
        and tuple(shared) == tuple(other[:size])
        and not all(is_common(word) or word in PLACES for word in shared)
    )


def _rated(letters: str, by: str) -> tuple[float, tuple[str, ...], Strength]:
    sure = by == _BRACKET or len(letters) > _FEWEST_INITIALS
    strength = Strength.CLOSE if sure else Strength.BROAD
    return (
        (0.9 if by == _BRACKET else 0.8 if sure else 0.6),
        (f"{letters.upper()}: {by}",),
        strength,
    )


def _each_once(found: Iterable[Candidate[T]], most: int) -> list[Candidate[T]]:
    best: dict[T, Candidate[T]] = {}
    for one in sorted(found, key=lambda each: (-each.score, each.name)):
        best.setdefault(one.row, one)
        if len(best) == most:
            break
    return list(best.values())


def _said(word: str) -> str:
    return word.lstrip("#")


_BRACKET, _FIRST_LETTERS = "the short name in brackets", "the first letters of its words"
_FEWEST_INITIALS = 3
_BRAND = 4
_OTHER_FORM = 0.04
_LEAST_SHARE = 0.35 * BROAD / (1 - BROAD + 0.35 * BROAD)
"""Of the weight asked for, what a name that leaves over nothing must share to reach BROAD."""
_REMEMBERED = 50_000
