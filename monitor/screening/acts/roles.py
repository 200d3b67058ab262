"""What the words before a name make of it: an entry, the owner of a changed part, or a part.

Reads only the few words between a verb and a name ("the entry for", "the alias … from the entry
for"). Refuses to guess: words it does not know make the role UNKNOWN.
"""

import re
from enum import Enum, auto

from monitor.screening.destinations import ANY

DESTINATION = "¤"
"""Stands in those words for a destination that was read already."""


class Verb(Enum):
    """What an instruction does."""

    REMOVE = auto()
    ADD = auto()
    REVISE = auto()
    MOVE = auto()


class Role(Enum):
    """What is done it to."""

    ENTRY = auto()
    """A whole entry."""
    OWNER = auto()
    """The entry of which a part (alias, address, requirement …) is changed."""
    PART = auto()
    """That part itself."""
    PLACE = auto()
    """An entry that only marks where another one stands ("after the entry for")."""
    UNKNOWN = auto()


_VERBS = {
    "remov": Verb.REMOVE, "delet": Verb.REMOVE, "strik": Verb.REMOVE,
    "add": Verb.ADD, "insert": Verb.ADD,
    "revis": Verb.REVISE, "modif": Verb.REVISE, "correct": Verb.REVISE, "amend": Verb.REVISE,

    "mov": Verb.MOVE, "transfer": Verb.MOVE, "redesignat": Verb.MOVE, "replac": Verb.MOVE,
    "substitut": Verb.MOVE,
}  # fmt: skip
VERB = (
    r"(?i:remov(?:e|es|ing)|delet(?:e|es|ing)|strik(?:e|es|ing)|add(?:s|ing)?|insert(?:s|ing)?"
    r"|revis(?:e|es|ing)|modif(?:y|ies|ying)|correct(?:s|ing)|amend(?:s|ing)"
    r"|mov(?:e|es|ing)|transfer(?:s|ring)|redesignat(?:e|es|ing)"
    r"|replac(?:e|es|ing)|substitut(?:e|es|ing))"
)
"""A pattern for a verb in force (not "removed", which tells the past or needs an "is")."""
PASSIVE = r"(?i:(?:is|are)\s+(?:hereby\s+)?(?:being\s+)?(?:removed|deleted|added|revised|modified))"
"""A pattern for a verb that follows its names."""

_LIST_WORDS = re.compile(
    r"in\s+(?:the\s+)?(?:correct\s+)?alphabetical\s+order|in\s+(?:its|their)\s+(?:entirety|place|stead)"
    r"|(?:from|to|on|in|of)\s+(?:the|this)\s+(?:entity\s+list|unverified\s+list|uvl"
    r"|military[\s-]+end[\s-]*user\s+(?:\(meu\)\s+)?list|meu\s+list|validated[\s-]+end[\s-]*user"
    r"\s+(?:\(veu\)\s+)?(?:list|program)|list|table|supplement|ear)(?:\s+\((?:uvl|the\s+list)\))?"
    r"|(?:from|to|in|of)\s+supplement\s+no\.?\s*\d+(?:\s+to\s+part\s+\d+)?",
    re.IGNORECASE,
)
_COLUMN = re.compile(r"\b(?:in|under)\s+the\s+“?entity”?\s+column\b")
_PLACE = re.compile(
    r"\b(?:after|before|immediately\s+following|following\s+the|preceding|above|below|between)\s+"
    r"(?:[\w'’-]+\s+){0,3}?(?:entry|entries|entity|listing|row)\b"
)
_OWNER = re.compile(
    r"\b(?:from|in|to|within|into)\s+(?:(?!following\b)[\w'’-]+\s+){0,5}?"
    r"(?:entry|entries|entity|entities|listing|row)\b"
)
_ENTRY = re.compile(
    r"\b(?:entr(?:y|ies)|entit(?:y|ies)|persons?|part(?:y|ies)|listings?|rows?|compan(?:y|ies)"
    r"|organizations?|institutions?|end[\s-]users?)\b"
)
_PART = re.compile(
    r"\b(?:alias(?:es)?|address(?:es)?|locations?|footnotes?|licen[sc]es?|polic(?:y|ies)"
    r"|requirements?|citations?|columns?|words?|phrases?|text|references?|spelling|sentences?"
    r"|designations?|notes?|acronyms?|typographical)\b|\b[af]\s?\.?\s?k\s?\.?\s?a\b"
)
_WHOLE = re.compile(
    r"[\s,:]*(?:(?:the|an?|each|entire|whole|one)\s+)*(?:entry|entries|row|rows|listing|entity)\b(?!['’])"
    r"(?:\s+and\b|\s*,|\s+for\b|\s+with\b|\s+including\b)"
)
"""An entry is what the verb takes, whatever part of it is named behind ("and all references")."""
_OF_NAME = re.compile(r"\b(?:for|of|in|from|to)\s+(?:the\s+)?$")
_JOINING = re.compile(
    rf"(?:\s|[,;:.()“”•*—–{DESTINATION}-]|\d|\b(?:and|or|as|well|also|the|by|both|each|i+|in|for)\b)*"
)
_PLAIN = frozenset(re.findall(r"\S+", """
    the a an its their all each both every and or as well also by in for from under
    following follows listed below above new existing current whole entire complete
    respective respectively named titled entitled called reserving that reads read is are
    hereby located consisting including namely heading headings destination destinations
    country countries row rows section entry entries entity entities person persons party
    parties listing listings company companies organization organizations institution
    institutions end-user end-users end user users one two three four five six seven eight
    nine ten eleven twelve
"""))  # fmt: skip
_OF_ENTRIES = re.compile(
    r"\b(entr(?:y|ies)|listings?|rows?|destinations?|headings?|consisting)\s+of\b"
    r"|(?<!also\s)\b(entit(?:y|ies)|compan(?:y|ies)|part(?:y|ies))\s+known\s+as\b"
)
_ITS_PARTS = (
    r"(?:alias(?:es)?|address(?:es)?|license\s+requirements?|license\s+review\s+polic(?:y|ies)"
    r"|federal\s+register\s+citations?)"
)
_ASIDE = re.compile(
    r"\b(?:which|that)\s+(?:was|were)\s+added\b[^;“]*|\bto\s+read(?:\s+as\s+follows)?\b"
    r"|\bsupplement\s+no\b\.?\s*\d+(?:\s+to\s+part\s+\d+)?"
    r"|\b(?:is|are)\s+(?:further\s+|hereby\s+|also\s+)?amended(?:\s+as\s+follows)?"
    # what goes with a whole entry: "and its two aliases", "including all of its addresses"
    r"|\b(?:and|including|with|along\s+with|together\s+with)\s+(?:all\s+(?:of\s+)?)?(?:its|their)\s+"
    rf"(?:\w+\s+)?{_ITS_PARTS}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+){_ITS_PARTS})*",
    re.IGNORECASE,
)
_FROM_PLACE = re.compile(
    rf"\bfrom\s+(?:under\s+)?(?:the\s+)?{DESTINATION}\s*(?:sections?|headings?|destinations?)?"
)
_PLACES = re.compile(rf"\b{ANY}\b", re.IGNORECASE)
_LOWER = re.compile(r"(?<![\w'’-])[a-z][\w'’-]*")
_DENIED = re.compile(
    r"\b(?:temporar\w*|conditional\w*|not|without|never|nor|declin\w*|den(?:y|ies|ied|ying)|reject\w*|request\w*|petition\w*"
    r"|propos\w*|consider\w*|whether|instead\s+of|rather\s+than)\b[^;:“]{0,30}$",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"[\s,]*(?:(?:is|are)\s+(?:amended|revised|modified|corrected)\s+)?(?:(?:by|to)\b)?\s*[:—-]*\s*"
)
_NAMES = re.compile(r"\b[A-Z][\w.'’&/-]*[.,]?")


def verb_of(said: str) -> Verb:
    """The verb a matched form belongs to."""
    word = said.lower().split()[-1]
    return next(verb for stem, verb in _VERBS.items() if word.startswith(stem))


def role_of(words: str, before: Role | None) -> Role:
    """The role the words give the name after them; mere joining words pass on the role before."""
    said = _COLUMN.sub(" ", _LIST_WORDS.sub(" ", words.lower()))
    if _PLACE.search(said):
        return Role.PLACE
    has_part, has_entry = _PART.search(said), _ENTRY.search(said)
    if has_part and _WHOLE.match(said):
        return Role.ENTRY
    owns = has_entry and (has_part or _belongs(said, before))
    if owns or _OWNER.search(said) or (has_part and _OF_NAME.search(said)):
        return Role.OWNER
    if has_part or has_entry:
        return Role.PART if has_part else Role.ENTRY
    if _JOINING.fullmatch(said):
        return before or Role.UNKNOWN
    return Role.UNKNOWN


def _belongs(said: str, before: Role | None) -> bool:
    """Whether an entry owns the part named before it ("the address “…” of the entity “…”")."""
    return before is Role.PART and re.match(r"\s*(?:of|for|under|on)\b", said) is not None


def opens_entry(words: str) -> bool:
    """Whether the words behind an entry's name say that what follows is done inside it."""
    return _INSIDE.fullmatch(words) is not None


def without_names(words: str) -> str:
    """The words with every capitalized one taken out: other names in a list without quotes."""
    return _NAMES.sub(" ", words)


def only_joins(words: str) -> bool:
    """Whether the words are none, or only join names."""
    return _JOINING.fullmatch(_LIST_WORDS.sub(" ", words.lower())) is not None


def is_plain(
    words: str, *, besides: frozenset[str] = frozenset(), but: frozenset[str] = frozenset()
) -> bool:
    """Whether the words around a name are all known in an instruction on whole entries.

    "The duplicate entry for", "all entries except", "… as an alias of": one word that is not known
    can turn the meaning, so only known ones make a removal certain. Names of places and numbers do
    not matter.
    """
    said = _PLACES.sub(f" {DESTINATION} ", _LIST_WORDS.sub(" ", _ASIDE.sub(" ", words)))
    said = _FROM_PLACE.sub(" ", said)
    known = _LOWER.findall(_OF_ENTRIES.sub(r"\1\2", without_names(said)))
    return all((word in _PLAIN or word in besides or len(word) == 1) and word not in but
               for word in known)  # fmt: skip


def is_denied(words: str) -> bool:
    """Whether the words before a verb deny it, or make it only a wish ("decided not to …")."""
    return _DENIED.search(words) is not None


def speaks_of_entries(words: str) -> bool:
    """Whether the words speak of whole entries ("by removing one Chinese entity")."""
    said = _LIST_WORDS.sub(" ", words.lower())
    return bool(_ENTRY.search(said)) and not _PART.search(said)
