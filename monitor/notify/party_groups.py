"""The parties of a message about a whole list: removals first, by country, as many as can be read.

The counts stand in the message's sentences; who does not fit is counted, with a link to all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.language.translator import Translator
from monitor.screening.destinations import country_name
from monitor.screening.event import Event, NamedParty
from monitor.screening.words.counts import names_of
from monitor.screening.words.labels import CHANGE_ORDER, CHANGES
from monitor.screening.words.message import Message, capitalized, say
from monitor.screening.words.sanitize import fit, one_line, web_link

MOST = 40
"""Names in one message: two screens of a phone."""
_MOST_IN_GROUP = 15
"""Where there are several groups: the largest country must not push the others out."""
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class PartyGroup:
    """The parties of one kind and country."""

    label: str
    """`Added, China (120)`."""
    names: tuple[str, ...]
    more: int = 0
    """How many of them are not named."""


@dataclass(frozen=True, slots=True)
class PartyGroups:
    groups: tuple[PartyGroup, ...] = ()
    more: int = 0
    """How many of all parties are not named."""
    url: str | None = None
    """Where all of them stand."""

    @property
    def total(self) -> int:
        return sum(len(group.names) for group in self.groups) + self.more

    def in_short(self, limit: int) -> Message:
        """Names on one line, and how many there are beside them."""
        names = [name for group in self.groups for name in group.names]
        shown = list[str]()
        for name in names:
            if shown and len("; ".join([*shown, name])) > limit - len(" and 1,000 more"):
                break
            shown.append(fit(name, _LONGEST_NAME))
        return names_of(shown, self.total)


def party_groups(event: Event, public_url: str | None, said: Translator) -> PartyGroups:
    """The parties of an event, as a message shows them in a language."""
    groups = list(_groups(event.parties, said))
    named = sum(len(group.names) for group in groups)
    return PartyGroups(tuple(groups), len(event.parties) - named, all_parties(event, public_url))


def all_parties(event: Event, public_url: str | None) -> str | None:
    """Where all parties of an event stand: the page of its act, else its own, else the document."""
    document = web_link(event.document_url)
    if public_url is None:
        return document
    base, number = public_url.rstrip("/"), one_line(event.document_number, 40)
    page = f"/acts/{number}" if number else f"/event/{one_line(event.id, 80)}"
    return web_link(f"{base}{page}") or document


def _groups(parties: Sequence[NamedParty], said: Translator) -> Iterator[PartyGroup]:
    parted = [
        (capitalized(CHANGES[kind]), place, names)
        for kind in CHANGE_ORDER
        for place, names in _by_place([party for party in parties if party.kind == kind])
    ]
    room, most = MOST, MOST if len(parted) == 1 else _MOST_IN_GROUP
    for change, place, names in parted:
        shown = names[: min(most, room)]
        room -= len(shown)
        if shown:
            label = say(
                "{change}, {place} ({count:,})", change=change, place=place, count=len(names)
            )
            yield PartyGroup(one_line(said(label), 100), tuple(shown), len(names) - len(shown))


def _by_place(parties: Sequence[NamedParty]) -> list[tuple[Message, list[str]]]:
    """Names by country, the country with most of them first."""
    found: dict[Message, list[str]] = {}
    for party in parties:
        found.setdefault(country_name(party.country), []).append(one_line(party.name, 300))
    return sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))
