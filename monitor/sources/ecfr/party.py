"""A party while the lines of its cell are read, and what they make of it in the end."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from monitor.screening.words.message import joined, say
from monitor.sources.ecfr.addresses import addresses_of
from monitor.sources.ecfr.aliases import Head, as_declared, names_in
from monitor.sources.ecfr.names import (
    ends_in_legal_form,
    shorter_readings,
    split_name,
    split_sentence,
    tidy_name,
)

_OWN_ROW = re.compile(r"^(.*\S)\s+subordinate institution:\s*(\S.*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Party:
    """One party of a cell."""

    name: str
    aliases: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


@dataclass(slots=True)
class Draft:
    """What the lines read so far say of a party."""

    head: Head
    own: str | None = None
    """Its name without the parent's before it; with it, where the parent is not listed."""
    aliases: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    notes: int = 0
    """Notes among its aliases; the number announced may count them."""
    unannounced: list[str] = field(default_factory=list)
    """Bullets that stand where no list of aliases was announced."""

    @property
    def wants_alias(self) -> bool:
        """Whether its list of aliases is announced and not complete."""
        if not self.head.announces:
            return False
        return self.head.declared is None or len(self.aliases) < self.head.declared

    def party(self, common: Sequence[str] | None) -> Party:
        """The party; `common`: address lines that hold for all of the cell, None without such."""
        aliases, lines = self._parted(common is None)
        head, own = self.head, self.own
        if own is None and (inside := _OWN_ROW.match(head.name)):
            own = inside[2]
        shorter = shorter_readings(head.name) if head.rest and not head.aliases else ()
        read = [name for alias in (*head.aliases, *aliases) for name in names_in(alias)]
        addresses = addresses_of([head.rest, *lines, *(common or ())])
        names = dict.fromkeys((tidy_name(own or ""), *shorter, *read, *_named_among(addresses[1:])))
        return Party(
            head.name, tuple(name for name in names if name and name != head.name), addresses
        )

    def remarks(self) -> Iterator[str]:
        """What of it was not understood, each in a sentence."""
        head = self.head
        found = len(head.aliases) + len(as_declared(self.aliases, head.declared))
        if head.announces and head.declared is not None and found + self.notes < head.declared:
            yield say(
                "the entry of {name} announces {declared} aliases and holds {found}",
                name=head.name,
                declared=head.declared,
                found=found,
            )
        if self.unannounced:
            yield (
                say(
                    "the entry of {name} has a list that is not announced as aliases: {names}",
                    name=head.name,
                    names=joined(" ", self.unannounced),
                )
            )

    def _parted(self, own_address: bool) -> tuple[list[str], list[str]]:
        """The aliases and address lines, the last alias freed of an address behind it."""
        aliases, lines = as_declared(self.aliases, self.head.declared), list(self.lines)
        if aliases and own_address:
            alias, address = split_sentence(aliases[-1]) if lines else split_name(aliases[-1])
            if address:
                aliases[-1:] = [*shorter_readings(alias), alias]
                lines[:1] = [" ".join((address, *lines[:1]))]
        return aliases, lines


def _named_among(addresses: Sequence[str]) -> Iterator[str]:
    """Companies that a further address opens with: "…, Dubai, UAE; and Jiu Trading L.L.C, …"."""
    for address in addresses:
        first, comma, _ = address.partition(", ")
        if comma and " " in first and ends_in_legal_form(first):
            yield first
