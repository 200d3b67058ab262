"""Which news of an act a follow is due: at its filing, in force, and when it does not come.

Each is told once: the ids follow from what happened, so that asking again gives the same events.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime

from monitor.screening.acts.act_party import ActParty
from monitor.screening.event import Event, Kind, event_id
from monitor.screening.follow import Follow
from monitor.screening.names import ListNames, name_key
from monitor.screening.news.act import NEWS_FOR, NewsAct, met
from monitor.screening.witness import WASHINGTON
from monitor.screening.words import news_text

_FILED, _IN_FORCE, _WITHDRAWN, _LEFT_OUT = "filed", "in force", "withdrawn", "left out"
Told = Callable[[str], Event | None]
"""An event that was told before, by its id."""


def due(
    act: NewsAct,
    follow: Follow,
    set_at: datetime,
    now: datetime,
    told: Told,
    by_text: Sequence[Event] = (),
) -> Iterator[Event]:
    """What of an act is due to a follow by now, told before or not.

    `by_text`: the news that texts have brought to this follow; an act found later makes none of it
    news again.
    """
    announced = _announcement(act, follow, told)
    before = told(announced)
    if not act.stands():
        if before is not None:
            id_ = _id(follow, act, _WITHDRAWN, announced)
            yield news_text.withdrawn(id_, before, act.document, now)
        return
    asked, today = met(act, follow), now.astimezone(WASHINGTON).date()
    if before is None and _is_to_come(act, asked, today) and _came_after(act, set_at, today):
        before = news_text.filed(announced, follow, act, asked, today, now)
        yield before
    if not act.published(today):
        return
    if before is not None and not asked:
        id_ = _id(follow, act, _LEFT_OUT, announced)
        yield news_text.left_out(id_, before, act.document, now)
    by_day = {own: _id(follow, act, _IN_FORCE, own)
              for own in (None, *(party.effective_on for party in asked))}  # fmt: skip
    known, had = _told_by_text(act, by_text), _parties_of(filter(None, map(told, by_day.values())))
    for own, id_ in by_day.items():
        some = [
            party
            for party in asked
            if party.effective_on == own
            and (party.kind, name_key(party.name)) not in had
            and not known(party)
        ]
        if some and _in_force_since(act, some[0], set_at, today):
            yield news_text.in_force(id_, follow, act, some, before, now)


def _parties_of(events: Iterable[Event]) -> set[tuple[str, str]]:
    """Whom events told of: an act that is read anew puts nobody in force twice."""
    return {(party.kind, name_key(party.name)) for event in events for party in event.parties}


def _id(follow: Follow, act: NewsAct, phase: str, *cause: str | None) -> str:
    parts = (follow.id, act.document.number, phase, *cause)
    return event_id(Kind.LIST_CHANGED, None, follow.list, parts)


def _announcement(act: NewsAct, follow: Follow, told: Told) -> str:
    """The id of its announcement; another one where it is filed again after it was withdrawn."""
    id_ = _id(follow, act, _FILED)
    while told(gone := _id(follow, act, _WITHDRAWN, id_)) is not None:
        id_ = _id(follow, act, _FILED, gone)
    return id_


def _is_to_come(act: NewsAct, asked: Sequence[ActParty], today: date) -> bool:
    """Whether something that is asked for is not law in print yet."""
    if not act.published(today):
        return bool(asked)
    return any((day := act.day_of(party)) is not None and day > today for party in asked)


def _came_after(act: NewsAct, set_at: datetime, today: date) -> bool:
    """Whether an act was filed, printed, or read here, after the follow was set."""
    filed, printed = act.document.filed_at, act.document.publication_date or ""
    return (
        act.seen_at >= set_at
        or (filed is not None and datetime.fromisoformat(filed) >= set_at)
        or (act.published(today) and printed > set_at.astimezone(WASHINGTON).date().isoformat())
    )


def _in_force_since(act: NewsAct, party: ActParty, set_at: datetime, today: date) -> bool:
    """Whether it is in force, and was not yet when the follow was set.

    On that very day an act that was known is the past, and one that is read after is news.
    """
    day, began = act.day_of(party), set_at.astimezone(WASHINGTON).date()
    if day is None or day > today:
        return False
    return day > began or (day == began and act.seen_at >= set_at)


def _told_by_text(act: NewsAct, by_text: Sequence[Event]) -> Callable[[ActParty], bool]:
    """Whether a text brought what is done to a party before the act was seen here."""
    first = act.since()
    earlier = (date.fromisoformat(first) - NEWS_FOR).isoformat()
    texts = [one for one in by_text if earlier <= one.at[:10] and _moment(one) <= act.seen_at]
    names = {
        kind: ListNames((party.name, 0) for one in texts for party in one.parties
                        if party.kind == kind)
        for kind in ("added", "removed", "amended")
    }  # fmt: skip
    return lambda party: bool(texts) and bool(names[party.kind].same(party.name))


def _moment(event: Event) -> datetime:
    return datetime.fromisoformat(event.at)
