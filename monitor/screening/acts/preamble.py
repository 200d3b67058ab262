"""What the preamble says of a party: that this rule does something to it, or that it is background.

Holds the wording of the bureau's preambles. Refuses to take the past for the present: "similar to
the removal of X in 2023" does nothing to X today.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

from monitor.screening.acts.roles import (
    DESTINATION,
    PASSIVE,
    VERB,
    Role,
    Verb,
    is_denied,
    role_of,
    verb_of,
    without_names,
)
from monitor.screening.acts.standing import AKA, Standing, standing
from monitor.screening.destinations import ANY, destination

_LIST_NAMES = {
    "EL": re.compile(r"\bEntity\s+List\b", re.IGNORECASE),
    "UVL": re.compile(r"\bUnverified\s+List\b|\bUVL\b", re.IGNORECASE),
    "MEU": re.compile(
        r"\bMilitary[\s-]+End[\s-]*User\s+(?:\(MEU\)\s+)?List\b|\bMEU\s+List\b", re.IGNORECASE
    ),
    "VEU": re.compile(r"\bValidated\s+End[\s-]*User\b|\bVEU\b", re.IGNORECASE),
}
_SENTENCE_END = re.compile(
    r"(?<!\bLtd)(?<!\bCo)(?<!\bInc)(?<!\bCorp)(?<!\bNo)(?<!\bNos)(?<!\bSt)(?<!\bMr)(?<!U\.S)(?<!Vol)"
    r"(?<!\b[A-Z])[.?!]”?\s+(?=[A-Z“(])"
)
_PRESENT = re.compile(
    r"\bthis\s+(?:interim\s+)?(?:final\s+|correcting\s+)?(?:rule|document|action|amendment)\b"
    r"|\bin\s+this\s+(?:interim\s+)?(?:final\s+)?rule\b|\bBIS\)?\s+(?:is|hereby|amends|removes|adds)\b"
    r"|\bis\s+amending\b|\b(?:is|are)\s+(?:hereby\s+)?(?:being\s+)?(?:removed|added|removing|adding)\b"
    r"|\bimplements?\s+(?:the|a)\s+decisions?\b|\b(?:amends|is\s+amending)\s+the\s+Export\b"
    r"|\b(?:determined|decided|decision)\s+to\s+(?:remove|add)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\bsimilar(?:ly)?\s+to\b|\bpreviously\b|\bformerly\b|\bhistor(?:y|ic)|\bin\s+(?:19|20)\d\d\b"
    r"|\b(?:was|were|had\s+been|has\s+been|have\s+been)\s+(?:\w+\s+)?"
    r"(?:added|removed|listed|placed|included|revised)\b"
    r"|\b(?:BIS|rule|ERC|Department)\)?\s+(?:had\s+|has\s+)?(?:added|removed|placed|revised)\b",
    re.IGNORECASE,
)
_CONTEXT = re.compile(
    r"\b(?:already|currently)\s+(?:on|listed)\b|\bon\s+behalf\s+of\b|\bin\s+support\s+of\b"
    r"|\baffiliat|\bsubsidiar|\bsupport(?:ed|ing|s)?\b|\bsuppl(?:y|ied|ies|ying)\b"
    r"|\b(?:an|a)\s+(?:entity|party|company)\s+on\s+the\b|\bowned\b|\bparent\b",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?:[;:•]|\(\d{1,3}\))\s*(?:and\s+)?“?$")
_ITEM_END = re.compile(r"\.?”?(?:\s*;|,?\s+and\s+\(\d)|\.”?(?:\s|$)")
_HEAD = re.compile(r"[^:]*:")
_LAST_ITEM = re.compile(r"\(\d{1,3}\)|•")
_INCLUDES = re.compile(
    r",?\s+and\s+includ(?:es|ing),?\s+where\s+appropriate,?\s+(?:their\s+)?aliases"
    r"(?:\s+and\s+addresses)?",
    re.IGNORECASE,
)
"""Of the entities added, what their entries have: it makes none of them an alias."""
_TOKEN = re.compile(rf"\b(?P<passive>{PASSIVE})\b|\b(?P<verb>{VERB})\b")
_REACH = 12_000
"""Characters on either side of a mention within which its sentence begins and closes."""


@dataclass(frozen=True, slots=True)
class SentenceEnds:
    """Where the sentences of a preamble end. Found once: thousands of parties are asked of them."""

    preamble: int
    """Where the preamble itself ends."""
    closes: list[int]
    begins: list[int]
    """Where the sentence behind each end begins."""

    @classmethod
    def of(cls, text: str, preamble: int) -> "SentenceEnds":
        found = list(_SENTENCE_END.finditer(text, 0, preamble))
        return cls(preamble, [one.start() + 1 for one in found], [one.end() for one in found])


@dataclass(frozen=True, slots=True)
class PreambleWord:
    """What one mention in the preamble says."""

    list: str
    """Code of the list, empty where the sentence names none or several."""
    verb: Verb | None
    """What this rule does to the party; None where the mention tells no such thing."""
    role: Role
    background: bool
    """The mention is plainly of the past or of a relation, not of this rule's doing."""
    destinations: tuple[str, ...]
    sentence: tuple[int, int]
    item: bool = False
    """It is all of one item in a list: "(1) X; (2) Y"."""


def word(text: str, ends: SentenceEnds, mention: tuple[int, int]) -> PreambleWord | None:
    """Read one mention in the preamble; None when the name is a part of a longer one."""
    stands = standing(text, *mention)
    if stands is Standing.PART:
        return None
    sentence = _sentence(ends, mention)
    verb, role = _deed(text, sentence, mention)
    said = text[slice(*sentence)]
    masked = text[sentence[0] : mention[0]] + " " + text[mention[1] : sentence[1]]
    background = bool(_PAST.search(masked) or _CONTEXT.search(masked))
    certain = stands is Standing.ALONE and verb is not None and _PRESENT.search(masked)
    if not certain or role in {Role.UNKNOWN, Role.PLACE}:
        verb = None
    return PreambleWord(
        _list_of(text, sentence, mention), verb, role, background and verb is None,
        _destinations(said), sentence, _is_item(text, mention),
    )  # fmt: skip


def _is_item(text: str, mention: tuple[int, int]) -> bool:
    begins = _ITEM.search(text, max(mention[0] - 12, 0), mention[0])
    return begins is not None and _ITEM_END.match(text, mention[1]) is not None


def _sentence(ends: SentenceEnds, mention: tuple[int, int]) -> tuple[int, int]:
    begin = max(mention[0] - _REACH, 0)
    before = bisect_left(ends.begins, mention[0]) - 1
    if before >= 0:
        begin = max(begin, ends.begins[before])
    after = bisect_left(ends.closes, mention[1] + 1)
    close = min(ends.preamble, mention[1] + _REACH)
    return begin, min([close, *ends.closes[after : after + 1]])


def _deed(
    text: str, sentence: tuple[int, int], mention: tuple[int, int]
) -> tuple[Verb | None, Role]:
    """The verb that governs the mention, and as what it takes it."""
    before = [found for found in _TOKEN.finditer(text, sentence[0], mention[0]) if found["verb"]]
    if not before:
        passive = _TOKEN.search(text, mention[1], min(sentence[1], mention[1] + 160))
        if passive is None or not passive["passive"]:
            return None, Role.UNKNOWN
        lead = without_names(text[sentence[0] : mention[0]])
        return verb_of(passive["passive"]), role_of(lead + " entity", None)
    verb = before[-1]
    if is_denied(text[max(verb.start() - 60, sentence[0]) : verb.start()]):
        return None, Role.UNKNOWN
    lead = text[verb.end() : mention[0]]
    head = _HEAD.match(lead)
    if head and _ITEM.search(text[sentence[0] : mention[0]]):
        if AKA.search(_LAST_ITEM.split(lead)[-1]):
            return verb_of(verb["verb"]), Role.PART
        lead = _INCLUDES.sub("", head[0])
    said = re.sub(rf"(?i:(?:under\s+|for\s+|in\s+)?(?:the\s+)?{ANY}\b)", f" {DESTINATION} ", lead)
    said = re.sub(r"“[^”]*”|\(\d+\)|\([A-Z][^)]*\)|\blocated\b|\bconsisting\b|\bof\b", " ", said)
    role = role_of(without_names(said) + " ", Role.ENTRY)
    return verb_of(verb["verb"]), role


def _list_of(text: str, sentence: tuple[int, int], mention: tuple[int, int]) -> str:
    """The list the sentence names: the only one, else the first behind the mention's own verb."""
    said = text[slice(*sentence)]
    named = [code for code, pattern in _LIST_NAMES.items() if pattern.search(said)]
    if len(named) <= 1:
        return named[0] if named else ""
    behind = text[mention[1] : sentence[1]]
    firsts = [
        (found.start(), code) for code in named if (found := _LIST_NAMES[code].search(behind))
    ]
    return min(firsts)[1] if firsts else ""


def _destinations(said: str) -> tuple[str, ...]:
    found = re.search(
        rf"under\s+(?:the\s+)?(?:destinations?\s+of\s+)?((?:(?:the\s+)?{ANY}(?:\s*\([^)]*\))?"
        r"(?:\s*,\s*(?:and\s+)?|\s+and\s+)?)+)",
        said,
        re.IGNORECASE,
    )
    names = re.findall(ANY, found[1], re.IGNORECASE) if found else []
    return tuple(dict.fromkeys(destination(name) for name in names))
