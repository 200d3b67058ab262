"""Everybody whom a document adds, removes or amends, on the lists of parties: read without watches.

Names come from what instructions quote, from the rows they print, and from the preamble's lists;
what is done to each says `judge`, asked with the name. What is not certain is told as that, never
kept silent.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from monitor.screening.acts.act_party import ActParty, ActVerb
from monitor.screening.acts.finding import Effect, Party
from monitor.screening.acts.judge import Deed, deeds, quote
from monitor.screening.acts.named import MOST, Slot, name_in, slots
from monitor.screening.acts.on_lists import NO_LISTS, OnLists
from monitor.screening.acts.prose_names import prose_names
from monitor.screening.acts.reading import ONLY_PART, Page
from monitor.screening.acts.roles import Verb
from monitor.screening.destinations import alpha2
from monitor.screening.names import ListNames, name_key

READER = "1"
"""Another one for a reader that reads more, or otherwise: stored documents are read again."""
LISTS = ("EL", "UVL", "MEU")
"""The lists whose parties are news; validated end users bear no license requirement."""
_BY_EFFECT: dict[Effect, ActVerb] = {
    Effect.ADDS: "added", Effect.REMOVES: "removed", Effect.REVISES: "amended",
}  # fmt: skip
_BY_VERB: dict[Verb, ActVerb] = {Verb.ADD: "added", Verb.REMOVE: "removed"}


@dataclass(slots=True)
class _Named:
    """A name that the document may do something to, with the places at which it stands."""

    name: str
    certain: bool = False
    """Whether it is certain where the name ends."""
    instructed: bool = False
    """An instruction names it."""
    printed: list[Slot] = field(default_factory=list)
    prose: bool = False
    """Only running words name it."""
    places: tuple[str, ...] = ()
    """The destination that heads the list in which they do."""
    verb: Verb | None = None
    """What opens that list says is done."""


def everyone(page: Page, lists: OnLists = NO_LISTS) -> tuple[ActParty, ...]:
    """Every party that the document adds, removes or amends, one for each destination.

    Parties come in the order of the text. `lists` is what is known of everyone on the lists.
    """
    found: dict[tuple[str, str, str | None], ActParty] = {}
    lone = _lone_list(page)
    for one in _names(page, lists):
        for deed in deeds(page, Party(one.name, (one.name,)), lists):
            own = replace(deed, list=deed.list or lone) if one.prose else deed
            if own.list in LISTS and not _is_aside(one, own):
                for party in _parties(page, one, own):
                    found.setdefault((party.list, name_key(party.name), party.country), party)
    return tuple(found.values())


def _lone_list(page: Page) -> str:
    """The only list that the instructions amend: that of whom a long list names far from it."""
    lists = {clauses.at.list for clauses in page.clauses if clauses.at.list}
    return lists.pop() if len(lists) == 1 else ""


def _names(page: Page, lists: OnLists) -> Iterable[_Named]:
    """The names in the order of the text, those of one form once."""
    found: dict[str, _Named] = {}
    places = [slot for slot in slots(page) if slot.list in LISTS][:MOST]
    told = list(prose_names(page))
    for slot in places:
        if not slot.printed:
            _file(found, *name_in(page, slot, (), lists)).instructed = True
    quoted = ListNames((one.name, one.name) for one in found.values())
    known = {*found, *(name_key(one.name) for one in told if one.certain)}
    for slot in places:
        if slot.printed:
            name, certain = name_in(page, slot, known, lists)
            same = quoted.same(name)
            _file(found, *((same[0], False) if same else (name, certain))).printed.append(slot)
    before = ListNames((one.name, one.name) for one in found.values())
    keys = tuple(found)
    for one in told:
        key = name_key(one.name)
        if before.same(one.name) or any(key.startswith(k) or k.startswith(key) for k in keys):
            continue
        named = _file(found, one.name, one.certain)
        named.prose, named.places = True, named.places or one.places
        named.verb = named.verb or one.verb
    return [one for one in found.values() if _is_name(one)]


def _file(found: dict[str, _Named], name: str, certain: bool) -> _Named:
    one = found.setdefault(name_key(name), _Named(name))
    one.certain |= certain
    return one


def _is_name(one: _Named) -> bool:
    """Whether it can be a name: one that is a destination's only where an entry bears it."""
    place = alpha2(one.name) is not None and (not one.instructed or one.name.isupper())
    return sum(char.isalpha() for char in one.name) > 1 and not place


def _is_aside(one: _Named, deed: Deed) -> bool:
    """Whether running words name it and no verb of this rule governs it."""
    verbs = [one.verb, *(reading.verb for reading in deed.readings)]
    return one.prose and all(verb is None for verb in verbs)


def _parties(page: Page, one: _Named, deed: Deed) -> Iterator[ActParty]:
    words = quote(page.text, deed.told)
    for country in _places(one, deed) or (None,):
        yield ActParty(
            kind=_kind(one, deed), name=one.name, country=country, list=deed.list,
            certain=one.certain and _is_certain(deed), instruction=words,
            effective_on=deed.on or None,
        )  # fmt: skip


def _is_certain(deed: Deed) -> bool:
    """Whether nobody need look: an entry that goes and comes back in one rule is changed."""
    effects = {reading.effect for reading in deed.readings}
    renewed = effects == {Effect.REMOVES, Effect.ADDS}
    sure = not any(reading.review for reading in (deed.readings if renewed else deed.told))
    return deed.effect is not Effect.UNCLEAR and sure and (renewed or not deed.mixed)


def _kind(one: _Named, deed: Deed) -> ActVerb:
    """What is done; of what is not certain, what the words before it say."""
    if deed.effect is not Effect.UNCLEAR:
        return _BY_EFFECT[deed.effect]
    if deed.reason == ONLY_PART:
        return "amended"
    verbs = [*(reading.verb for reading in deed.readings), one.verb]
    if verb := next(filter(None, verbs), None):
        return _BY_VERB.get(verb, "amended")
    cited = {slot.cited for slot in one.printed if slot.list == deed.list}
    return "added" if cited == {1} else "amended"


def _places(one: _Named, deed: Deed) -> tuple[str, ...]:
    """Its destinations: those of the words that name it, else those that head its rows."""
    readings = deed.told
    if {reading.effect for reading in deed.readings} >= {Effect.REMOVES, Effect.ADDS}:
        # what goes under one heading and comes under another stands there now
        readings = tuple(one for one in deed.readings if one.effect is Effect.ADDS)
    told = tuple(dict.fromkeys(place for reading in readings for place in reading.destinations))
    heads = (place for row in one.printed if row.list == deed.list for place in row.places)
    rows = tuple(dict.fromkeys(heads)) or one.places
    named = any(reading.verb is not None for reading in readings)
    return (told or rows) if named else (rows or told)
