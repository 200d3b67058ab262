"""What stands behind a name and a comma: its address, or the unit whose name goes on from it.

"X, 31 Research Institute" is a party of its own. Behind the comma stands an address only where it
is one of this entry's as the lists have it, or can be no body. Refuses to guess between the two.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum, auto

from monitor.screening.acts.finding import Party
from monitor.screening.acts.on_lists import NO_LISTS, OnLists
from monitor.screening.destinations import ANY, destination
from monitor.screening.names import name_key

BODY = re.compile(
    r"\b(?:institut\w*|academ(?:y|ies)|universit\w+|colleges?|schools?|laborator\w+|labs?|openlab|bureaus?"
    r"|ministr\w+|departments?|directorates?|divisions?|branch(?:es)?|offices?|companies|company|corp"
    r"|corporation|limited|joint[\s-]stock|enterprises?|associations?|factor(?:y|ies)|plants?|works"
    r"|shipyards?|concerns?|centers?|centres?|groups?|holdings?|subsidiar\w+|affiliat\w+|facilit\w+"
    r"|technolog\w+|industries|[zp]avod|nii|[ojp]?ao|ooo|jsc|ojsc|pjsc|llc|ltd|co)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:roads?|rd|streets?|str?|avenues?|aven?|lanes?|buildings?|bldg|towers?|zones?|parks?"
    r"|floors?|rooms?|rm|suites?|flats?|blocks?|districts?|boulevards?|blvd|highway|square|ul|prospekt"
    r"|city|county|province|village|town|p\.?\s?o\.?\s+box|estate|plaza|office\s+\d+"
    r"|(?:business|trade|commercial|industrial|shopping)\s+cent(?:er|re))\b",
    re.IGNORECASE,
)
_BEGINS_PLACE = re.compile(
    r"(?:no\.?\s*\d|#\s*\d|level\s+\d|office[\s-]*(?:no\.?\s*|number\s+)?#?(?:[a-z][\s-]?)?\d|rooms?\b|rm\b|suites?\b|flats?\b|floors?\b|unit\s+\w{1,4}\b|blocks?\b|block\b"
    r"|bldg\b|building\s+(?:no\.?\s*|#\s*)?(?:[a-z]\b|[a-z]{0,2}[\s-]?\d)|(?:next\s+to|near|opposite|opp|c/o)\b|p\.?\s?o\.?\s*box|\d+[\w/-]*\s+(?:floor|fl|f)\b|ul\.|d\.\s*\d"
    r"|\d[\w/-]*\s+(?:[\w.'’-]+\s+){0,4}?(?:roads?|rd|streets?|str?|avenues?|ave|lanes?|boulevard"
    r"|blvd|drive|highway)\b)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"no\.?\s*\d", re.IGNORECASE)
"""A house, or the "No. 31 Research Institute" of the name before."""
LEGAL_END = re.compile(
    r"\b(?:ltd|limited|inc|llc|co|corp|corporation|gmbh|s\.?a|jsc|fze)\.?,?$", re.IGNORECASE
)
"""A legal form, with which a name ends."""
_COUNTRY = re.compile(rf"(?:the\s+)?{ANY}\W*", re.IGNORECASE)
_HEADED = {"HK": "CN", "MO": "CN"}
"""Destinations that have been headed by another one since 2020."""
_PARTS = re.compile("[,;]")
_REACH = 600
_ENDS = re.compile(r"[,;.:]")


@dataclass(frozen=True, slots=True)
class Known:
    """What the lists say of a party's entries, and of all others by name."""

    addresses: tuple[str, ...] = ()
    """Keys of the addresses of the party's rows."""
    lists: OnLists = NO_LISTS
    home: Collection[str] = ()
    """Destinations under which the instruction names it."""

    @classmethod
    def of(cls, party: Party, lists: OnLists) -> "Known":
        """What is known of one party."""
        said = (address for entry in party.entries for address in entry.addresses)
        return cls(tuple({key for one in said if (key := name_key(one))}), lists)


NOTHING = Known()


class Behind(Enum):
    """What goes on behind a name."""

    OWN_ADDRESS = auto()
    """One of this entry's, as the lists have it."""
    ADDRESS = auto()
    ADDRESS_OF_FIRM = auto()
    """An address without a mark between it and the legal form that ends the name."""
    PLACE = auto()
    """An address without a mark between it and the name."""
    UNIT = auto()
    """The name of another party, which begins with this one's."""
    UNKNOWN = auto()


def behind(slot: str, start: int, end: int, known: Known) -> Behind:
    """What stands in the slot behind the name at [start, end), which is not empty."""
    rest = slot[end:].lstrip(" .,;:)'’”")
    own = _is_own_address(rest, known)
    if known.lists.names and _is_listed(slot, start, end, known):
        return Behind.UNKNOWN if own else Behind.UNIT
    if own:
        return Behind.OWN_ADDRESS
    parted = slot[end:].lstrip(" )'’”").startswith((",", ";", ".", ":"))
    ended = LEGAL_END.search(slot[start:end]) is not None
    home = ended and _is_home(rest, known)
    if parted:
        address = home or _is_town(rest, known) or _can_be_no_body(rest)
        return Behind.ADDRESS if address else Behind.UNKNOWN
    place = _BEGINS_PLACE.match(rest) is not None and "," in rest
    if home or (ended and place):
        return Behind.ADDRESS_OF_FIRM
    return Behind.PLACE if place else Behind.UNKNOWN


def _is_own_address(rest: str, known: Known) -> bool:
    """Whether the text goes on with one of the entry's addresses, however much of it is told."""
    key = name_key(rest)
    return bool(key) and any(
        key.startswith(address) or (address.startswith(key) and len(key) >= 6)
        for address in known.addresses
    )


def _is_home(rest: str, known: Known) -> bool:
    """Whether nothing stands behind the name but the country under which it is named."""
    country = rest.strip(" .,;:”")
    if _COUNTRY.fullmatch(country) is None:
        return False
    code = destination(country)
    return _HEADED.get(code, code) in known.home or code in known.home


def _is_town(rest: str, known: Known) -> bool:
    """Whether nothing stands behind the name but a town that others have in their addresses."""
    parts = [part for said in rest[:_REACH].split(",") if (part := said.strip(" .;:)'’”"))]
    towns = [part for part in parts if not _COUNTRY.fullmatch(part)]
    return 0 < len(towns) <= 2 and all(
        name_key(town) in known.lists.towns and not BODY.search(town) for town in towns
    )


def _is_listed(slot: str, start: int, end: int, known: Known) -> bool:
    """Whether a longer name that begins here is on a list."""
    own = name_key(slot[start:end])
    edges = [found.start() for found in _ENDS.finditer(slot, end, end + 300)]
    longer = (name_key(slot[start:at]) for at in [*edges[:8], len(slot)])
    return any(key in known.lists.names for key in longer if key != own)


def begins_address(rest: str) -> bool:
    """Whether what follows a name without any mark can be its address: its first words say so."""
    first = rest[:_REACH].partition(",")[0]
    numbered = any(char.isdigit() for char in first) and not BODY.search(first)
    return _BEGINS_PLACE.match(rest.lstrip()) is not None or numbered


def _can_be_no_body(rest: str) -> bool:
    """Whether the words read as an address and hold no word for a body before its first number."""
    if _BEGINS_PLACE.match(rest) and not _NUMBERED.match(rest):
        return True
    for part in _PARTS.split(rest[:_REACH]):
        if _is_body(part):
            return False
        if _PLACE.search(part) or any(char.isdigit() for char in part):
            return True
    return "," in rest and _COUNTRY.fullmatch(rest.rpartition(",")[2].strip()) is not None


def _is_body(part: str) -> bool:
    """Whether the part names a body, and no road or building called after one."""
    if _BEGINS_PLACE.match(part.lstrip()) and not _NUMBERED.match(part.lstrip()):
        return False
    bodies = [found.start() for found in BODY.finditer(part)]
    places = [found.end() for found in _PLACE.finditer(part)]
    return max(bodies, default=-1) > max(places, default=-1)
