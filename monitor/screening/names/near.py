"""The names of a list that are near a given one, found by their rare words and not by a scan.

A name is looked for under its rarest words (as they are, by sound, or a letter or two off), under
its initials and short names, and as the brand of a family. What could still reach the least score
is aligned word by word, the most promising first.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, combinations
from typing import Generic, NamedTuple, TypeVar

from monitor.screening.names.align import REST, score
from monitor.screening.names.anatomy import Anatomy, anatomy
from monitor.screening.names.common import is_common
from monitor.screening.names.comparison import Candidate, Comparison, Strength
from monitor.screening.names.likeness import (
    BRACKET,
    BROAD,
    BROAD_WEIGHT,
    CLOSE,
    CLOSE_WEIGHT,
    FIRST_LETTERS,
    Rating,
    Side,
    by_letters,
    compare,
    initials,
    numbers_differ,
    rate,
    runs,
    said,
    telling,
)
from monitor.screening.names.places import PLACES
from monitor.screening.names.vocabulary import Vocabulary
from monitor.screening.names.words import stem
from monitor.screening.words.message import say

T = TypeVar("T", bound=Hashable)

_BRAND = 4
"""The fewest letters of a brand that is asked for alone."""
_LEAST_SHARE = REST * BROAD / (1 - BROAD + REST * BROAD)
"""Of the weight asked for, what a name that leaves over nothing must share to reach BROAD."""


class _Name(NamedTuple, Generic[T]):
    text: str
    parts: Anatomy
    words: tuple[str, ...]
    rows: list[T]


class NearNames(Generic[T]):
    """The names of one list by their words."""

    def __init__(self, borne: Iterable[tuple[str, T]]) -> None:
        self._names: list[_Name[T]] = []
        self._bearing: dict[str, list[int]] = defaultdict(list)
        self._vocabulary = Vocabulary()
        seen: dict[str, int] = {}
        rows = set()
        for text, row in borne:
            rows.add(row)
            at = seen.get(text)
            if at is None:
                at = seen[text] = len(self._names)
                parts = anatomy(text)
                words = tuple(map(stem, telling(parts, whole=parts.bare)))
                self._names.append(_Name(text, parts, words, []))
                for word in dict.fromkeys(words):
                    self._bearing[word].append(at)
            name = self._names[at]
            if row not in name.rows[-1:]:
                name.rows.append(row)
            self._vocabulary.add(name.words, row)
        self._vocabulary.rows = len(rows)

    def compare(self, one: Anatomy, other: Anatomy) -> Comparison:
        """Two names whose words differ."""
        return compare(one, other, self._vocabulary)

    def find(self, name: str, *, most: int) -> list[Candidate[T]]:
        """The nearest names, best first, each row once."""
        parts = anatomy(name)
        asked = Side(parts, self._vocabulary.mended(telling(parts, whole=parts.bare)))
        found = [
            candidate
            for letters, at, by in self._spelled_out(parts)
            for candidate in self._candidates(at, by_letters(letters, by))
        ]
        if parts.parent:
            found += self._units_near(parts)
        if brand := self._brand(asked.words):
            found.append(brand)
        else:
            found += self._by_words(asked, most)
        return _each_once(found, most)

    def _units_near(self, asked: Anatomy) -> Iterator[Candidate[T]]:
        """Units, compared with the words of their parents where one of them says nothing alone."""
        for at in self._units:
            if asked.bare or self._names[at].parts.bare:
                found = compare(asked, self._names[at].parts, self._vocabulary)
                yield from self._candidates(at, Rating(found.score, found.reasons, found.strength))

    def sharing(self, name: str) -> set[T]:
        """The rows that share a telling word with a name, nearly, or stand for it as letters.

        A superset of those that `find` could find, for little: no name is compared.
        """
        parts = anatomy(name)
        words = self._vocabulary.mended(telling(parts, whole=True))
        own = [word for word in words if not is_common(word)] or words
        met = {at for word in own for at in self._met(word)} | self._all_common
        met.update(at for at, _ in self._run_together(words))
        for letters in {*initials(parts), *parts.shorts, *(each for each, _ in runs(words))}:
            met.update(self._bearing.get(letters, ()))
        for word in own:
            met.update(at for at, _ in self._acronyms.get(word, ()))
        return {row for at in met for row in self._names[at].rows}

    @cached_property
    def _all_common(self) -> set[int]:
        """Names of common words alone: any name may share enough of them."""
        return {
            at for at, name in enumerate(self._names) if all(is_common(word) for word in name.words)
        }

    def _candidates(self, at: int, rating: Rating) -> list[Candidate[T]]:
        name = self._names[at]
        if rating.strength is None:
            return []
        return [
            Candidate(row, name.text, rating.score, rating.reasons, rating.strength)
            for row in name.rows
        ]

    def _by_words(self, asked: Side, most: int) -> list[Candidate[T]]:
        total = self._total(asked.words)
        promising = sorted(
            (
                (self._most(bound, total, at), at)
                for at, bound in self._bounds(asked.words, total).items()
            ),
            reverse=True,
        )
        found: list[Candidate[T]] = []
        worst = BROAD
        for bound, at in promising:
            if bound < worst:
                break
            name = self._names[at]
            if numbers_differ(asked.parts, name.parts):
                continue
            if name.parts.parent and asked.parts.parent and (asked.parts.bare or name.parts.bare):
                continue
            rating = rate(asked, Side(name.parts, name.words), self._vocabulary)
            found += self._candidates(at, rating)
            if rating.strength and len(found) >= 2 * most:
                worst = sorted((one.score for one in found), reverse=True)[2 * most - 1]
        return found

    def _total(self, words: Sequence[str]) -> float:
        return sum(map(self._vocabulary.weigh, words))

    def _most(self, bound: float, total: float, at: int) -> float:
        """The best score that a name can reach which shares at most so much weight."""
        if bound >= total:
            return 1.0
        own = self._totals[at]
        best = score(bound, total - bound, max(own - bound, 0.0))
        # It may be the beginning of the name asked for.
        return max(best, CLOSE) if bound >= own >= CLOSE_WEIGHT else best

    def _bounds(self, words: Sequence[str], total: float) -> dict[int, float]:
        """For every name that may reach the least score, the most weight it can share."""
        bounds: dict[int, float] = defaultdict(float)
        ranked = sorted(words, key=self._vocabulary.weigh, reverse=True)
        rest = total
        for word in ranked:
            if rest < max(_LEAST_SHARE * total, min(BROAD_WEIGHT, total)):
                break
            worth = self._vocabulary.weigh(word)
            for at in self._met(word):
                bounds[at] += worth
            rest -= worth
        for at, worth in chain(self._by_initials(words), self._run_together(words)):
            bounds[at] += worth
        for size in range(2, len(words) + 1):
            for at in self._whole.get(tuple(words[:size]), ()):
                bounds[at] = max(bounds[at], self._totals[at])
        return {at: min(bound + rest, total) for at, bound in bounds.items()}

    def _by_initials(self, words: Sequence[str]) -> Iterator[tuple[int, float]]:
        """Names with the first letters of a run of these words, or a run for one of them: "MPS"."""
        for letters, run in runs(words):
            for at in self._bearing.get(letters, ()):
                yield at, max(self._total(run), self._vocabulary.weigh(letters))
        for word in words:
            for at, run in self._runs.get(word, ()):
                yield at, max(self._total(run), self._vocabulary.weigh(word))

    def _run_together(self, words: Sequence[str]) -> Iterator[tuple[int, float]]:
        """Names that write two of these words as one, or one of them as two: "Hi Silicon"."""
        for one, other in combinations(words, 2):
            for at in self._bearing.get(one + other, ()):
                yield at, max(self._total((one, other)), self._vocabulary.weigh(one + other))
        for word in words:
            for cut in range(1, len(word)):
                parts = word[:cut], word[cut:]
                if parts[0] in self._bearing and parts[1] in self._bearing:
                    worth = max(self._total(parts), self._vocabulary.weigh(word))
                    for at in {*self._bearing[parts[0]]} & {*self._bearing[parts[1]]}:
                        yield at, worth

    def _met(self, word: str) -> set[int]:
        """Names with this word, as it is or nearly."""
        met = set(self._bearing.get(word, ()))
        for other in self._vocabulary.alike(word):
            met.update(self._bearing.get(other, ()))
        return met

    def _spelled_out(self, asked: Anatomy) -> Iterator[tuple[str, int, str]]:
        if len(asked.words) == 1:
            for at, by in self._acronyms.get(asked.key, ()):
                yield asked.key, at, by
        full = dict.fromkeys(initials(asked), FIRST_LETTERS) | dict.fromkeys(asked.shorts, BRACKET)
        for letters, by in full.items() if len(asked.words) > 1 else ():
            for at in self._bearing.get(letters, ()):
                if len(self._names[at].words) == 1:
                    yield letters, at, by

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
        rest = self._totals[best] - self._vocabulary.weigh(own[0])
        reasons = [say("the word {own} alone", own=said(own[0]))]
        if family:
            reasons.append(say("{count} more rows bear it", count=len(family)))
        rated = max(CLOSE, round(score(self._vocabulary.weigh(own[0]), 0.0, rest), 3))
        return Candidate(first, name.text, rated, tuple(reasons), Strength.CLOSE, family)

    @cached_property
    def _totals(self) -> list[float]:
        return [self._total(name.words) for name in self._names]

    @cached_property
    def _units(self) -> list[int]:
        return [at for at, name in enumerate(self._names) if name.parts.parent]

    @cached_property
    def _whole(self) -> dict[tuple[str, ...], list[int]]:
        """Names by all their words."""
        found: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for at, name in enumerate(self._names):
            found[name.words].append(at)
        return dict(found)

    @cached_property
    def _runs(self) -> dict[str, list[tuple[int, Sequence[str]]]]:
        found: dict[str, list[tuple[int, Sequence[str]]]] = defaultdict(list)
        for at, name in enumerate(self._names):
            for letters, run in runs(name.words):
                found[letters].append((at, run))
        return dict(found)

    @cached_property
    def _acronyms(self) -> dict[str, list[tuple[int, str]]]:
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for at, name in enumerate(self._names):
            for short in name.parts.shorts:
                found[short].append((at, BRACKET))
            for letters in initials(name.parts):
                found[letters].append((at, FIRST_LETTERS))
        return dict(found)


def _each_once(found: Iterable[Candidate[T]], most: int) -> list[Candidate[T]]:
    best: dict[T, Candidate[T]] = {}
    for one in sorted(found, key=lambda each: (-each.score, each.name)):
        best.setdefault(one.row, one)
        if len(best) == most:
            break
    return list(best.values())
