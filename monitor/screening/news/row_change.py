"""A source's text of a list, and what it did to a party, as news."""

from dataclasses import dataclass

from monitor.screening.event import NamedParty


@dataclass(frozen=True, slots=True)
class RowChange:
    """What a source's text did to one party, as it is told."""

    source: str
    kind: str
    names: tuple[str, ...]
    """Of its rows, after and before."""
    countries: tuple[str | None, ...]
    on_date: str
    """ISO."""
    aliases: tuple[str, ...] = ()
    bodies: frozenset[int] = frozenset()
    """The parties behind its rows, the same in both sources."""
    citation: str | None = None
    """The one that came with the change."""
    document_number: str | None = None
    """Of the act that was found to have made it."""
    review: bool = False

    def public(self) -> NamedParty:
        return NamedParty(self.kind, self.names[0], self.countries[0])


@dataclass(frozen=True, slots=True)
class NewText:
    """A source's accepted text of a list."""

    source: str
    list: str
    snapshot: str
    url: str | None
    as_of: str | None
    followed: str
    """ISO day of the text before it."""
    others: tuple[str, ...] = ()
    """The other sources that carry the list."""
