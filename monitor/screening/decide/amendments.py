"""Amendments of a watch's own entry: told once, even when both list sources bring the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.screening.change import Change
from monitor.screening.difference import citation_keys
from monitor.screening.entry import Entry
from monitor.screening.event import FieldChange
from monitor.screening.names import name_key
from monitor.screening.state import AmendmentSeen, WatchState

SAME_NEWS_WITHIN = timedelta(days=45)
"""A second source's amendment of the same fields within this time is the same amendment."""


@dataclass(frozen=True, slots=True)
class News:
    """What of a source's changes has not been told yet."""

    before: Entry | None
    after: Entry | None
    fields: tuple[FieldChange, ...]
    review: bool


def amend(
    state: WatchState, changes: Sequence[Change], source: str, now: datetime
) -> tuple[WatchState, News | None]:
    """The state that remembers these changes, and what of them is news."""
    marks = {mark for change in changes for field in change.fields for mark in _marks(field)}
    known, told = _already(state, source, now)
    fresh = marks - known
    state = replace(state, told=tuple(_used_up(one, source, marks) for one in told))
    news = [change for change in changes if _has_news(change, fresh)]
    if not news and any(change.fields for change in changes):
        return state, None
    if not news:
        news = [change for change in changes if change.fields]
    if not news:
        return state, None
    state = replace(state, told=(*state.told, AmendmentSeen(source, tuple(sorted(fresh)), now)))
    return state, News(
        before=news[0].before,
        after=news[0].after,
        fields=tuple(
            field for change in news for field in change.fields if set(_marks(field)) & fresh
        ),
        review=any(change.review for change in news),
    )


def _already(state: WatchState, source: str, now: datetime) -> tuple[set[str], list[AmendmentSeen]]:
    """What another source has told lately and this one has not brought yet."""
    told = [one for one in state.told if abs(now - one.at) <= SAME_NEWS_WITHIN]
    return {mark for one in told if one.source != source for mark in one.marks}, told


def _used_up(told: AmendmentSeen, source: str, marks: set[str]) -> AmendmentSeen:
    """Each telling answers for one telling of the other source, not for all to come."""
    if told.source == source:
        return told
    return replace(told, marks=tuple(mark for mark in told.marks if mark not in marks))


def _has_news(change: Change, fresh: set[str]) -> bool:
    return any(mark in fresh for field in change.fields for mark in _marks(field))


def _marks(field: FieldChange) -> list[str]:
    """What makes two sources' tellings of one field the same.

    Pages differ between the sources, so citations go by volume; sources cut and word addresses and
    policies in their own ways, so these go by the field alone; aliases and names go by name.
    """
    if field.field == "aliases":
        before, after = _names_in(field.before), _names_in(field.after)
        return [f"aliases:{key}" for key in sorted(before ^ after)] or ["aliases"]
    if field.field == "citations":
        before_, after_ = (
            {volume for volume, _ in citation_keys((text or "").split(";")) if volume}
            for text in (field.before, field.after)
        )
        return [f"citations:{volume}" for volume in sorted(before_ ^ after_)] or ["citations"]
    if field.field == "footnotes":
        return [f"footnotes:{field.after or ''}"]
    if field.field == "name":
        return [f"name:{name_key(field.after or '')}"]
    return [field.field]


def _names_in(text: str | None) -> set[str]:
    return {name_key(part) for part in (text or "").split("; ") if name_key(part)}
