"""The line that names a party, and aliases in every form the codified list gives them.

"a.k.a., the following two aliases:" before a list, "(a.k.a., X; f.k.a. Y)" behind the name,
"a.k.a., X, address" in the running line. Former names are aliases: they too may be what a watch
knows. This room refuses to tell an alias from a former name.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from monitor.sources.ecfr.names import (
    opens_address,
    shares_kind,
    shorter_readings,
    split_name,
    tidy_name,
)

_ALSO = (
    r"(?:\b(?:[afdn]\s?\.\s?[kb]\s?\.?\s?a\b\.?|aka\b|fka\b|dba\b|nka\b|also known as\b|"
    r"formerly known as\b|now known as\b|doing business as\b)[.,:]*)"
)
_MARK = re.compile(_ALSO, re.IGNORECASE)
_ANNOUNCED = re.compile(
    rf"[,;.]?\s*(?:{_ALSO}[\s,]*)?(?:and\s+|as\s+|including\s+)?(?:the\s+(?:(?P<before>\w+)\s+)??)?"
    r"(?:(?:follow(?:ing)?|one|named)\s+)+(?:the\s+following\s+)?(?:(?P<count>\w+)\s+)?"
    r"(?:alia[es]{1,4}|entity)\b(?P<more>[^:;—]{0,90}institutions?)?\s*[:,;.]?\s*",
    re.IGNORECASE,
)
_COUNTS = (
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty",
)  # fmt: skip
_OPENS_BRACKET = re.compile(rf",?\s*\(\s*(?={_ALSO})", re.IGNORECASE)
_NUMBERED = re.compile(r"\(?(\d{1,2}|[a-z]{1,5})[).]\s*(?=\S)", re.IGNORECASE)
_ROMAN = (
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv",
    "xvi", "xvii", "xviii", "xix", "xx",
)  # fmt: skip
_MOST_ALIASES = 60
"""In one running line; bounds the work on a hostile text."""
_NO_PERSON = re.compile(r"[()]|(?:^|\s)[a-z]|\bCent(?:er|re)\b")
_ENDS_IN_INITIALS = re.compile(r"\([A-Z][A-Z-]{1,9}\)\s*$")
_ENDS_ALIAS = re.compile(r"(?:[;,.:]|\band)\s*$")
_SEPARATOR = re.compile(r"\s*;(['’”\"]?)\s*(?:and\b\s*)?[—–-]?\s*")


@dataclass(frozen=True, slots=True)
class Head:
    """What the line that opens a party says."""

    name: str
    aliases: tuple[str, ...] = ()
    rest: str = ""
    """The address that stands on the same line."""
    declared: int | None = None
    """How many aliases are announced."""
    announces: bool = False
    """Whether a list of aliases follows on the next lines."""
    group: bool = field(default=False, repr=False)
    """Whether the name goes on behind a colon, on the next line."""


def read_head(line: str) -> Head:
    """Read the line that opens a party.

    >>> read_head("Gazmash, AO (f.k.a., DOAO Gazmash), a.k.a., the following two aliases:")
    Head(name='Gazmash, AO', aliases=('DOAO Gazmash',), rest='', declared=2, announces=True)
    """
    line, former = _bracketed(line)
    # Most lines are saved the search, which begins anew at every letter.
    lower = line.lower()
    announced = _ANNOUNCED.search(line) if "alia" in lower or "entity" in lower else None
    if announced is not None:
        return _announcing(line, announced, former)
    mark = _MARK.search(line)
    if mark is not None and mark.start() > 0:
        name = tidy_name(line[: mark.start()])
        aliases, rest = _running(line[mark.end() :].strip(" —–-"), name)
        return Head(name, (*former, *aliases), rest)
    if line.endswith(":"):
        return Head(" ".join(line.split()), former, group=True)
    name, rest = split_name(line)
    if line.endswith(",") and not opens_address(line) and not opens_address(rest):
        return Head(tidy_name(line), former)
    short, including, _ = name.partition(", including ")
    return Head(name, (*former, short) if including else former, rest)


def without_number(text: str, place: int) -> str | None:
    """What follows the number of this place in a list ("(2) ", "2. ", "(b) ", "ii) "), if any does.

    >>> without_number("(2) HMN Tech.", 2)
    'HMN Tech.'
    """
    match = _NUMBERED.match(text)
    if match is None or place > len(_ROMAN):
        return None
    numbers = {str(place), chr(ord("a") + place - 1), _ROMAN[place - 1]}
    return text[match.end() :] if match[1].lower() in numbers else None


def listed_aliases(text: str) -> list[str]:
    """The names between semicolons.

    >>> listed_aliases("HMN Technologies; and HMN Tech.")
    ['HMN Technologies', 'HMN Tech.']
    """
    parts = _SEPARATOR.sub(r"\1\n", text).split("\n")
    return [part.strip() for part in parts if part.strip(" .")]


def names_in(alias: str) -> list[str]:
    """The names one bullet gives: mostly one, sometimes "A; B", "A (a.k.a., B)" or "A, a.k.a., B".

    >>> names_in("IRGC Air Force; IRGCAF")
    ['IRGC Air Force', 'IRGCAF']
    """
    plain, in_brackets = _bracketed(alias)
    parts = [
        tidy_name(name.strip(" ,"))
        for part in re.split(r";\s+(?!and\b)", plain)
        for name in _MARK.split(part)
    ]
    return [name for name in (*parts, *in_brackets) if name]


def as_declared(aliases: Sequence[str], declared: int | None) -> list[str]:
    """The aliases as many as announced, where parting or joining them comes to that number.

    Two names on one bullet are parted; a name cut at its own dash ("Neft—Aktiv") is joined.
    """
    if declared is None or len(aliases) == declared:
        return list(aliases)
    if len(aliases) < declared:
        parted = [name for alias in aliases for name in listed_aliases(alias)]
        return parted if len(parted) <= declared else list(aliases)
    joined = list(aliases[:1])
    for alias in aliases[1:]:
        if _ENDS_ALIAS.search(joined[-1]):
            joined.append(alias)
        else:
            joined[-1] = f"{joined[-1]}—{alias}"
    return joined if len(joined) == declared else list(aliases)


def _announcing(line: str, announced: re.Match[str], former: tuple[str, ...]) -> Head:
    name = tidy_name(line[: announced.start()])
    tail = line[announced.end() :].strip().lstrip("—–- ")
    declared = _count(announced)
    if not tail:
        return Head(name, former, declared=declared, announces=True)
    names = [
        without_number(name, place) or name for place, name in enumerate(listed_aliases(tail), 1)
    ]
    size = max(1, min(declared or 1, len(names)))
    aliases = names[: size - 1]
    last, rest = split_name("; ".join(names[size - 1 :]))
    if ";" in rest or rest:
        return Head(name, (*former, *aliases, last), rest)
    return Head(name, (*former, *aliases, last), declared=declared)


def _count(announced: re.Match[str]) -> int | None:
    word = (announced["count"] or announced["before"] or "").lower()
    if word.isdigit():
        return int(word)
    if word in _COUNTS[1:]:
        return _COUNTS.index(word)
    return 1 if re.search(r"\bone\s+(?:alias|entity)", announced[0], re.IGNORECASE) else None


def _bracketed(line: str) -> tuple[str, tuple[str, ...]]:
    """The line without "(a.k.a., …)", and the names that stood in it."""
    opening = _OPENS_BRACKET.search(line) if "(" in line else None
    if opening is None:
        return line, ()
    depth, end = 1, opening.end()
    while end < len(line) and depth:
        depth += {"(": 1, ")": -1}.get(line[end], 0)
        end += 1
    inside = line[opening.end() : end - 1 if not depth else end]
    rest = line[end:]
    joint = "" if not rest or rest[0] in ",;:" else " "
    return line[: opening.start()] + joint + rest, tuple(_in_brackets(inside))


def _in_brackets(text: str) -> list[str]:
    names: list[str] = []
    for stretch in _MARK.split(text):
        for part in listed_aliases(stretch.strip(" ,;")):
            names += _joined_by_and(part)
    return [tidy_name(name.strip('“”" ')) for name in names]


def _joined_by_and(text: str) -> list[str]:
    """Names joined by commas and "and", where they are plainly several.

    "Lin Rongnan, Steven Lim and Yong Nam Lim" are; "Academy of Science and Technology" is one.
    """
    parts = [part.strip() for part in re.split(r",\s+(?:and\s+)?|\s+and\s+", text)]
    if len(parts) > 1 and all(2 <= len(part.split()) <= 4 for part in parts):
        plain = not any(shares_kind(part) or _NO_PERSON.search(part) for part in parts)
        return parts if plain else [text]
    return [text]


def _in_a_row(text: str) -> list[str]:
    """Bodies that commas part, each by itself; with the whole, for one name may hold commas."""
    parts = re.split(r",\s+(?:and\s+)?", text)
    return parts if len(parts) > 1 and all(map(shares_kind, parts)) else []


def _running(text: str, name: str) -> tuple[list[str], str]:
    """Aliases in the running line, then the address."""
    aliases: list[str] = []
    rest = text
    while rest and len(aliases) < _MOST_ALIASES:
        alias, rest = split_name(rest)
        aliases += (
            *_joined_by_and(alias),
            *_in_a_row(alias),
            *(shorter_readings(alias) if rest else ()),
        )
        again = _MARK.match(rest)
        if again is not None:
            rest = rest[again.end() :].strip()
        elif not _is_kin(re.split(r"[,;]", rest)[0], (name, *aliases)):
            break
    return aliases, rest


def _is_kin(text: str, names: tuple[str, ...]) -> bool:
    """Whether a stretch behind a comma is one more name of the party and not its address."""
    if not text.strip() or opens_address(text):
        return False
    known = {word for name in names for word in _words(name)}
    if _words(text) & known or shares_kind(text):
        return True
    return _ENDS_IN_INITIALS.search(text) is not None


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w{2,}", text) if word[0].isupper()}
