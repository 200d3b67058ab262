"""Which changes of a text are news to a follow: those that no act and no other source has brought.

The source that brings a change first tells it, whichever it is: in a round the eCFR is read before
the CSL. The other one then follows in silence. What a source takes back, it tells again.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from monitor.screening.acts.explains import is_place
from monitor.screening.event import Event, Kind, event_id
from monitor.screening.follow import Follow
from monitor.screening.names import ListNames
from monitor.screening.news.act import NewsAct, met
from monitor.screening.news.row_change import NewText, RowChange
from monitor.screening.witness import Source
from monitor.screening.words import news_text

_EXPLAINED_BY = {
    "added": frozenset({"added", "amended"}),
    "removed": frozenset({"removed"}),
    "amended": frozenset({"added", "removed", "amended"}),
}
"""What an act must do to a party for a change of its rows: an entry under one more country, or one
less, is an amendment; a removal is only ever a removal's."""
_OPPOSITE = {"added": "removed", "removed": "added"}


@dataclass(frozen=True)
class TextNews:
    """Holds the changes of a text against the acts and the texts before it."""

    text: NewText
    changes: Sequence[RowChange]
    acts: Sequence[NewsAct]
    before: Sequence[RowChange]
    """What texts of the list brought before, of both sources, oldest first."""

    def due(self, follow: Follow, now: datetime) -> Event | None:
        """What of the text is news to a follow: what no act and no other source has brought."""
        if follow.list != self.text.list:
            return None
        asked = [met(act, follow) for act in self.acts]
        acts = ListNames[tuple[int, str, str | None]](
            (party.name, (at, party.kind, party.country))
            for at, some in enumerate(asked)
            for party in some
        )
        theirs = {act.document.number: at for at, act in enumerate(self.acts) if asked[at]}
        fresh = [
            change
            for change in self.changes
            if _asks_for(follow, change, self.text.list)
            and not self._explained(change, acts, theirs)
            and not self._brought(change)
        ]
        if not fresh:
            return None
        id_ = event_id(
            Kind.LIST_CHANGED, None, follow.list, (follow.id, self.text.source, self.text.snapshot)
        )
        return news_text.by_text(id_, follow, self.text, fresh, now)

    def _explained(
        self,
        change: RowChange,
        acts: ListNames[tuple[int, str, str | None]],
        theirs: Mapping[str, int],
    ) -> bool:
        """Whether an act that the follow asks for does this, and the text did not undo it since."""
        named = {one for name in change.names for one in acts.same(name)}
        found = {
            at
            for at, kind, country in named
            if kind in _EXPLAINED_BY[change.kind] and _is_there(change, country)
        }
        if (its_act := theirs.get(change.document_number or "")) is not None:
            found.add(its_act)
        undone = [
            one.on_date
            for one in self._history(change)
            if one.source == change.source and one.kind == _OPPOSITE.get(change.kind)
        ]
        last = max(undone, default="")
        return any(last < self.acts[at].since() for at in found)

    def _brought(self, change: RowChange) -> bool:
        """Whether another source brought the same since this one last changed the party."""
        for one in reversed(self._history(change)):
            if one.source == change.source:
                return False
            if one.kind == change.kind:
                return True
        return False

    def _history(self, change: RowChange) -> list[RowChange]:
        """What texts did to this party before, oldest first; by its name where it has no more."""
        found = {at for body in change.bodies for at in self._by_body.get(body, ())}
        found = found or {at for name in change.names for at in self._by_name.same(name)}
        return [self.before[at] for at in sorted(found)]

    @cached_property
    def _by_name(self) -> ListNames[int]:
        return ListNames((name, at) for at, one in enumerate(self.before) for name in one.names)

    @cached_property
    def _by_body(self) -> Mapping[int, Sequence[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for at, one in enumerate(self.before):
            for body in one.bodies:
                found[body].append(at)
        return found


def _is_there(change: RowChange, country: str | None) -> bool:
    """Whether an act under this heading may be about the row: only the law's text has headings."""
    return change.source != Source.ECFR or any(is_place(one, country) for one in change.countries)


def _asks_for(follow: Follow, change: RowChange, list_: str) -> bool:
    names = (*change.names, *change.aliases)
    return any(follow.meets(list_, change.kind, country, names) for country in change.countries)
