"""News of whole lists in a judging transaction: what acts and texts bring to those who follow.

Without a follow nothing is read and nothing told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from monitor.judging.decide import Judging
from monitor.ledger.records import ListChange
from monitor.screening.change import Change
from monitor.screening.event import Event
from monitor.screening.follow import Follow
from monitor.screening.names import name_key
from monitor.screening.news.act import NEWS_FOR, NewsAct, recent
from monitor.screening.news.due import due
from monitor.screening.news.row_change import NewText, RowChange
from monitor.screening.news.text_news import TextNews

_FAR_AHEAD = timedelta(days=400)
"""So long before it takes effect an act may be published."""
_MOST = 10_000


def tell_list_news(judging: Judging) -> None:
    """Tells what is due of acts: at their filing, on their day, and where they do not come."""
    follows = judging.service.follows
    if not follows:
        return
    set_at, told = judging.tx.followed_since(), judging.tx.event

    def before(id_: str) -> Event | None:
        stored = told(id_)
        return stored.event if stored else None

    acts = recent([act for act in _acts(judging) if not act.historic], judging.now)
    by_text = judging.tx.news_of_texts() if acts else []
    for follow in follows:
        if follow.id in set_at:
            own = [event for event in by_text if event.follow == follow.id]
            for act in _with_names(judging, acts, follow):
                judging.emit(due(act, follow, set_at[follow.id], judging.now, before, own))


def tell_text_news(judging: Judging, text: NewText, changes: Sequence[Change]) -> None:
    """Tells what of a text's changes, which were just written, is news."""
    follows = [one for one in judging.service.follows if one.list == text.list]
    if not follows or not changes:
        return
    set_at = judging.tx.followed_since()
    since = date.fromisoformat(text.followed[:10]) - NEWS_FOR
    written = judging.tx.changes_since(text.list, since.isoformat())
    rows = _rows(judging, text.list, written)
    here = len(rows) - len(changes)
    now = [
        replace(row, review=change.review) for row, change in zip(rows[here:], changes, strict=True)
    ]
    acts = [
        act
        for act in _acts(judging)
        if act.stands() and ((last := act.until()) is None or last >= since)
    ]
    for follow in follows:
        if follow.id in set_at:
            news = TextNews(text, now, _with_names(judging, acts, follow), rows[:here])
            judging.emit(filter(None, [news.due(follow, judging.now)]))


def _acts(judging: Judging) -> list[NewsAct]:
    since = (judging.now - _FAR_AHEAD).date().isoformat()
    return [
        NewsAct(
            act.known.document,
            act.parties,
            act.effective_on,
            act.known.seen_at,
            act.known.snapshot,
            act.known.historic,
        )
        for act in judging.tx.acts(since=since, limit=_MOST)
    ]


def _with_names(judging: Judging, acts: Sequence[NewsAct], follow: Follow) -> Sequence[NewsAct]:
    """The acts with the aliases of the parties that they name, where words are asked for."""
    if not follow.words:
        return acts
    keys = {name_key(party.name) for act in acts for party in act.parties}
    borne = judging.tx.names_borne(follow.list, keys)
    return [replace(act, borne=borne) for act in acts]


def _rows(judging: Judging, list_: str, changes: Sequence[ListChange]) -> list[RowChange]:
    """Changes with the parties behind their rows."""
    digests = {entry.digest() for one in changes for entry in (one.after, one.before) if entry}
    bodies = judging.tx.bodies_of(list_, digests)
    return [_row(change, bodies) for change in changes]


def _row(change: ListChange, bodies: Mapping[str, frozenset[int]]) -> RowChange:
    entries = [entry for entry in (change.after, change.before) if entry is not None]
    return RowChange(
        source=change.source,
        kind=change.kind,
        names=tuple(dict.fromkeys(entry.name for entry in entries)),
        aliases=tuple(dict.fromkeys(alias for entry in entries for alias in entry.aliases)),
        countries=tuple(dict.fromkeys(entry.country for entry in entries)),
        on_date=change.on_date,
        bodies=frozenset[int]().union(*(bodies.get(one.digest(), ()) for one in entries)),
        citation=change.citation,
        document_number=change.document_number,
    )
