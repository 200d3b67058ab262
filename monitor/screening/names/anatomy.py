"""What a published name is made of: its own words, and what is only form.

`anatomy` takes a name apart: legal form, short names in brackets, the text behind "f.k.a.", a place
or street behind a comma, the parent before "subordinate institution:". What is left, `words`, is
what must be equal for two names to be the same. Decides nothing itself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from monitor.screening.names.common import is_common
from monitor.screening.names.forms import FORMS
from monitor.screening.names.key import LOST
from monitor.screening.names.mend import mended
from monitor.screening.names.places import PLACES, is_place, is_street
from monitor.screening.names.words import tokens

_FORMER = re.compile(
    r"[\s,;(\[]+(?:[fan]\s?[./]?\s?k\s?[./]?\s?a\b|d\s?[./]\s?b\s?[./]\s?a\b"
    r"|(?:formerly|also|now|previously) known as\b|formerly\b(?= ))[.,:;]*",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"[\s,.;(]*\b(?:and\s+)?(?:(?:subordinate|affiliated|subsidiary)\s+(?:entity|institution|institute"
    r"|entities|company)\s*:?|(?:entity|branch|subsidiary|subordinate)\s*:)\s*(?=\w)",
    re.IGNORECASE,
)
_FORMER_SIGNS = ("k.a", "k/a", "k. a", "known as", " aka", " fka", "formerly", "b/a", "b.a")
_UNIT_SIGNS = (":", "subordinate", "affiliated", "subsidiary")
"""Without one of these the patterns above, which are slow, are not tried."""
_OWN_PLACE_TEXT = """
institute laboratory lab branch department factory plant center centre bureau academy division
works shipyard college university school research office bank subsidiary group faculty
"""
_OWN_PLACE = frozenset(_OWN_PLACE_TEXT.split())
"""Words of a unit: with one of them, what stands behind a comma is no address."""
_WEIGHTLESS = frozenset({"the", "and", "&"})
_MARKS = frozenset("(),:;&[]")
_DERIVED, _OWN = "derived", "own"
_SHORT = 5
"""The most letters of a short name in brackets that is neither initials nor a word of the name."""


@dataclass(frozen=True, slots=True)
class Anatomy:
    """A name taken apart; every word is folded and every number marked (`#13`)."""

    words: tuple[str, ...]
    """What the party is called, without all below."""
    key: str
    """The words run together, as names are looked up; those of the parent before them if bare."""
    form: frozenset[str] = frozenset()
    """Atoms of the legal form: {"open", "jsc"}."""
    shorts: tuple[str, ...] = ()
    """Short names from brackets: "smic"."""
    own_shorts: tuple[str, ...] = ()
    """Those of them that the name's own words do not give, as initials or as a word: "tsagi"."""
    tail: tuple[str, ...] = ()
    """The place or street behind a comma."""
    parent: tuple[str, ...] = ()
    """The words of the body that this one is a unit of."""
    former: str = ""
    """The text behind "f.k.a." or "a.k.a.", as written."""
    bare: bool = False
    """Whether the words of a unit say nothing without whose it is: "23rd Research Institute"."""
    person: bool = False
    """Whether this may be a person's name: two to four words, none common, no form."""

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers and ordinals of the name itself; those of an address are not among them."""
        return frozenset(word for word in (*self.parent, *self.words) if word[0] == "#")


@lru_cache(maxsize=32_768)
def anatomy(name: str) -> Anatomy:
    """Take a published name apart; see Anatomy."""
    text = mended(name)
    former = ""
    low = text.casefold()
    if any(sign in low for sign in _FORMER_SIGNS):
        text, former = _without_former(text)
    may_be_unit = any(sign in low for sign in _UNIT_SIGNS)
    if may_be_unit and (split := _UNIT.search(text)) and split.start() > 0:
        above = _Reading(tokens(text[: split.start()]))
        own = _Reading(tokens(text[split.end() :]))
        if own.words and above.words:
            return own.result(tuple(above.words), former)
    return _Reading(tokens(text)).result((), former)


def _without_former(text: str) -> tuple[str, str]:
    found = _FORMER.search(text)
    if not found or not found.start():
        return text, ""
    head, behind = text[: found.start()], text[found.end() :]
    if found.group().lstrip()[:1] in "([" and found.group().strip():
        former, _, rest = behind.partition(")" if "(" in found.group() else "]")
        return f"{head} {rest}", former.strip()
    return head, behind.strip()


class _Reading:
    """One walk over the tokens of a name."""

    def __init__(self, found: Sequence[str]) -> None:
        self._tokens = found
        self.form: set[str] = set()
        self.shorts: list[str] = []
        self.own_shorts: list[str] = []
        self.tail: tuple[str, ...] = ()
        self._segments: list[list[str]] = [[]]
        self._formed: list[bool] = [False]
        """Of each segment, whether a legal form ends it; a comma behind one begins an address."""
        self._starts_formed: list[bool] = [False]
        self._walk()
        self.words = self._own()

    def result(self, parent: tuple[str, ...], former: str) -> Anatomy:
        """All that was found."""
        words = tuple(self.words) or tuple(each for each in self._tokens if each not in _MARKS)
        bare = bool(parent) and all(is_common(word) or word[0] == "#" for word in words)
        return Anatomy(
            words=words,
            key="".join(parent + words if bare else words),
            form=frozenset(self.form),
            shorts=tuple(self.shorts),
            own_shorts=tuple(self.own_shorts),
            tail=self.tail,
            parent=parent,
            former=former,
            bare=bare,
            person=not self.form and not self.shorts and _may_be_person(words),
        )

    def _walk(self) -> None:
        at, found = 0, self._tokens
        end = len(found)
        while at < end:
            word = found[at]
            if word in FORMS and (size := self._form_at(at)):
                at += size
                continue
            if word in _MARKS:
                if word in "([":
                    at = self._bracket(at)
                    continue
                if word in ",;:" and self._segments[-1]:
                    self._segments.append([])
                    self._formed.append(False)
                    self._starts_formed.append(False)
            elif word not in _WEIGHTLESS:
                self._segments[-1].append(word)
                self._formed[-1] = False
            at += 1

    def _form_at(self, at: int) -> int:
        """How many tokens of a legal form stand here."""
        found = self._tokens
        for spelling in FORMS[found[at]]:
            size, want = 1, iter(spelling.rest)
            for wanted in want:
                while at + size < len(found) and found[at + size] in _SKIPPED:
                    size += 1
                if at + size >= len(found) or found[at + size] != wanted:
                    break
                size += 1
            else:
                if spelling.anywhere or self._at_edge(at, at + size):
                    self.form.update(spelling.atoms)
                    if not self._segments[-1]:
                        self._starts_formed[-1] = True
                    self._formed[-1] = bool(self._segments[-1])
                    return size
        return 0

    def _at_edge(self, start: int, end: int) -> bool:
        found = self._tokens
        if end >= len(found) or found[end] in _MARKS or found[end] in FORMS or self._formed[-1]:
            return bool(any(self._segments)) or end < len(found)
        return start == 0 or not self._segments[-1]

    def _bracket(self, at: int) -> int:
        """Read what stands in a bracket; the place behind it."""
        found = self._tokens
        depth, end = 0, at
        while end < len(found):
            depth += (found[end] in "([") - (found[end] in ")]")
            if not depth:
                break
            end += 1
        inner = [word for word in found[at + 1 : end] if word not in _MARKS]
        if inner and not self._bracket_form(inner):
            if derived := self._is_short(inner):
                self.shorts.append("".join(inner))
                if derived == _OWN:
                    self.own_shorts.append("".join(inner))
            else:
                self._segments[-1] += [word for word in inner if word not in _WEIGHTLESS]
                self._formed[-1] = False
        return end + 1

    def _bracket_form(self, inner: Sequence[str]) -> bool:
        for spelling in FORMS.get(inner[0], ()):
            if spelling.rest == tuple(inner[1:]):
                self.form.update(spelling.atoms)
                self._formed[-1] = bool(self._segments[-1])
                return True
        return False

    def _is_short(self, inner: Sequence[str]) -> str | None:
        """Whether a bracket holds a short name and neither a place nor words, and of which kind."""
        outside = [word for segment in self._segments for word in segment]
        letters = [word for word in inner if word[0] != "#"]
        if not outside or len(letters) != 1 or len(inner) > 2:
            return None
        if any(word[0] == "#" and word not in outside for word in inner):
            return None
        (short,) = letters
        if short in PLACES or is_common(short) or LOST in short:
            return None
        if short in outside or is_initials(short, outside):
            return _DERIVED
        return _OWN if 2 <= len(short) <= _SHORT else None

    def _own(self) -> list[str]:
        """The words of the name, the address behind a comma taken off."""
        segments, formed = self._segments, self._formed
        for at in range(1, len(segments)):
            if all(
                self._is_address(later) for later in range(at, len(segments)) if segments[later]
            ):
                behind_form = formed[at - 1]
                first = tuple(segments[at])
                if first and (behind_form or is_place(first) or is_street(first)):
                    self.tail = tuple(word for segment in segments[at:] for word in segment)
                    segments = segments[:at]
                    break
        return [word for segment in segments for word in segment]

    def _is_address(self, at: int) -> bool:
        words = self._segments[at]
        return not (
            self._starts_formed[at]
            or self._formed[at]
            or (any(word in _OWN_PLACE for word in words) and not is_place(tuple(words)))
        )


_SKIPPED = frozenset({",", "&", "and"})


def is_initials(short: str, words: Sequence[str]) -> bool:
    """Whether the letters are the first letters of the words, little words skipped or not."""
    full = [word for word in words if word[0] != "#"]
    if len(full) < 2:
        return False
    return short in (
        "".join(word[0] for word in full),
        "".join(word[0] for word in full if word not in _LITTLE),
    )


_LITTLE_TEXT = """
of for in at on the and de del la y i s po dlya
"""
_LITTLE = frozenset(_LITTLE_TEXT.split())


def _may_be_person(words: Sequence[str]) -> bool:
    return 2 <= len(words) <= 4 and all(
        len(word) > 1 and word.isalpha() and word not in PLACES and not is_common(word)
        for word in words
    )
