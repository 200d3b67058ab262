"""What is told of a whole list: an act at its filing, in force or gone, and a text beyond the acts.

Names stand in the event's `parties`; the sentences count them, by country.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from monitor.screening.acts.act_party import ActParty
from monitor.screening.acts.document import Document
from monitor.screening.event import Event, Kind, Lag, NamedParty, Witness
from monitor.screening.follow import Follow
from monitor.screening.names import name_key
from monitor.screening.news.act import NewsAct
from monitor.screening.news.row_change import NewText, RowChange
from monitor.screening.witness import Source
from monitor.screening.words.counts import by_country, listed, names_of, places
from monitor.screening.words.event_text import as_numbered, utc
from monitor.screening.words.labels import (
    CHANGE_ORDER,
    changes_counted,
    day_or_minute,
    list_name,
    source_name,
)
from monitor.screening.words.message import (
    Message,
    capitalized,
    filled,
    joined,
    say,
    say_many,
    sentences,
    template,
)

_IN_TITLE = 3
"""So many countries are named in a title."""
_IN_SENTENCE = 5
"""So many names are given in a sentence."""


def filed(
    id_: str, follow: Follow, act: NewsAct, asked: Sequence[ActParty], today: date, now: datetime
) -> Event:
    """An act that is to come: filed for public inspection, or published before it takes effect."""
    document = act.document
    days = {day.isoformat() for party in asked if (day := act.day_of(party))}
    effect = (
        say("it takes effect on {days}", days=listed(sorted(days)))
        if act.effective_on or document.publication_date
        else say("it does not say on which day it takes effect")
    )
    if act.published(today):
        said: Message = say(
            "{document} was published on {day}; {effect}.",
            document=_quoted(document),
            day=document.publication_date,
            effect=effect,
        )
        return _of_act(id_, follow, act, asked, now, say("Published, not yet in force"), said)
    said = sentences(_filed_when(document), _to_be_published(act))
    return _of_act(id_, follow, act, asked, now, say("Filed for public inspection"), said)


def in_force(
    id_: str,
    follow: Follow,
    act: NewsAct,
    asked: Sequence[ActParty],
    announced: Event | None,
    now: datetime,
) -> Event:
    """An act that is in print and has taken effect; `announced` is what was told at its filing."""
    document, on = act.document, asked[0].effective_on or act.effective_on
    quoted, day = _quoted(document), document.publication_date
    said = (
        say(
            "{document} was published on {day} and is in force; its effective date is {on}.",
            document=quoted,
            day=day,
            on=on,
        )
        if on
        else say(
            "{document} was published on {day} and is in force. From which day on it takes effect "
            "is not certain: please read it.",
            document=quoted,
            day=day,
        )
    )
    missing = _missing(announced, act.parties) if announced else ()
    if missing:
        lost = _some([party.name for party in missing])
        said = sentences(
            said, say("Announced at the filing and not found in print: {names}.", names=lost)
        )
    event = _of_act(id_, follow, act, asked, now, say("In force"), said, doubt=on is None)
    return replace(event, effective_on=on, review=event.review or bool(missing))


def withdrawn(id_: str, announced: Event, document: Document, now: datetime) -> Event:
    """An announced act that was withdrawn."""
    said = say(
        "{document} was withdrawn before it was published: nothing changes by it.",
        document=_quoted(document),
    )
    if document.editorial_note:
        note = say("The Federal Register says: {note}", note=document.editorial_note)
        said = sentences(said, note)
    return _correcting(id_, announced, document, now, say("Withdrawn"), said)


def left_out(id_: str, announced: Event, document: Document, now: datetime) -> Event:
    """An announced act in whose printed text nothing was found of what was announced."""
    said = say(
        "{document} was published on {day}. What was announced at its filing was not found in the "
        "printed text: please read it.",
        document=_quoted(document),
        day=document.publication_date,
    )
    event = _correcting(id_, announced, document, now, say("Not found in print"), said)
    return replace(event, review=True)


def by_text(
    id_: str, follow: Follow, text: NewText, changes: Sequence[RowChange], now: datetime
) -> Event:
    """What a source's text brought, and no act that is known here."""
    parties = tuple(change.public() for change in changes)
    cited = {change.citation for change in changes}
    citation = cited.pop() if len(cited) == 1 else None
    numbers = sorted({number for change in changes if (number := change.document_number)})
    if numbers:
        behind = say("An act behind it is document {numbers}.", numbers=listed(numbers))
    else:
        behind = say("No act that was read here explains it.")
        if citation:
            came = say("The citation that came with it is {citation}.", citation=citation)
            behind = sentences(behind, came)
    alone = (
        say("{source} has not brought the same.", source=capitalized(source_name(one)))
        for one in text.others
    )
    said = sentences(
        say(
            "The text of {source} as of {time} differs from the one before it.",
            source=source_name(text.source),
            time=day_or_minute(text.as_of or utc(now)),
        ),
        behind,
        *alone,
    )
    seen = utc(now)
    return Event(
        id=id_,
        kind=Kind.LIST_CHANGED,
        watch=None,
        list=text.list,
        at=seen,
        citation=citation,
        title=_title(say("Found in {source}", source=source_name(text.source)), text.list, parties),
        summary=_summary(said, parties, follow),
        review=any(change.review for change in changes),
        witnesses=(Witness(text.source, None, text.as_of, seen, text.snapshot, text.url),),
        lag=(Lag(text.source, 0), *(Lag(one, None) for one in text.others)) if text.others else (),
        follow=follow.id,
        parties=parties,
        party=parties[0].name if len(parties) == 1 else "",
    )


# -- the event of an act --------------------------------------------------------------------------


def _of_act(
    id_: str,
    follow: Follow,
    act: NewsAct,
    asked: Sequence[ActParty],
    now: datetime,
    stage: Message,
    said: Message,
    *,
    doubt: bool = False,
) -> Event:
    document = act.document
    parties = tuple(NamedParty(one.kind, one.name, one.country) for one in asked)
    unsure = [one.name for one in asked if not one.certain]
    if unsure:
        doubtful = say(
            "What it does is not certain for {names}: please read it.", names=_some(unsure)
        )
        said = sentences(said, doubtful)
    others = sum(one.list == follow.list for one in act.parties) - len(asked)
    if others > 0:
        more = say_many(
            others,
            "It names {count:,} further party that this follow does not ask for.",
            "It names {count:,} further parties that this follow does not ask for.",
        )
        said = sentences(said, more)
    title = _title(stage, follow.list, parties)
    review = bool(unsure) or doubt
    return Event(
        id=id_,
        kind=Kind.LIST_CHANGED,
        watch=None,
        list=follow.list,
        at=utc(now),
        effective_on=act.effective_on,
        citation=document.citation,
        document_number=as_numbered(document.number),
        document_url=document.html_url,
        title=say("Please read: {title}", title=title) if review else title,
        summary=_summary(said, parties, follow),
        review=review,
        witnesses=(_witness(document, utc(act.seen_at), act.snapshot),),
        follow=follow.id,
        parties=parties,
        party=parties[0].name if len(parties) == 1 else "",
    )


def _correcting(
    id_: str, announced: Event, document: Document, now: datetime, stage: Message, said: Message
) -> Event:
    """What becomes of an announcement that did not come true, with its own parties."""
    seen = announced.witnesses[0] if announced.witnesses else None
    return replace(
        announced,
        id=id_,
        at=utc(now),
        effective_on=None,
        citation=document.citation,
        title=_title(stage, announced.list or "", announced.parties),
        summary=_summary(
            sentences(
                said, say("It was announced here on {time}.", time=day_or_minute(announced.at))
            ),
            announced.parties,
        ),
        review=False,
        witnesses=(_witness(document, utc(now), seen.snapshot if seen else None),),
    )


def _witness(document: Document, seen_at: str, snapshot: str | None) -> Witness:
    return Witness(
        Source.FEDERAL_REGISTER, None, document.publication_date, seen_at, snapshot,
        document.html_url,
    )  # fmt: skip


def _missing(announced: Event, parties: Iterable[ActParty]) -> tuple[NamedParty, ...]:
    """Of what was announced, what the act does not do as it is read now."""
    does = {(party.kind, name_key(party.name)) for party in parties}
    return tuple(one for one in announced.parties if (one.kind, name_key(one.name)) not in does)


def _quoted(document: Document) -> Message:
    number = as_numbered(document.number)
    if document.citation:
        return say(
            "“{title}” ({citation}, document {number})",
            title=document.title,
            citation=document.citation,
            number=number,
        )
    return say("“{title}” (document {number})", title=document.title, number=number)


def _filed_when(document: Document) -> Message:
    quoted = _quoted(document)
    if document.filed_at is None:
        return say("{document} was filed for public inspection.", document=quoted)
    return say(
        "{document} was filed for public inspection on {time}.",
        document=quoted,
        time=day_or_minute(_in_utc(document.filed_at)),
    )


def _in_utc(stamp: str) -> str:
    try:
        return utc(datetime.fromisoformat(stamp))
    except ValueError:
        return stamp


def _to_be_published(act: NewsAct) -> Message:
    day, on = act.document.publication_date, act.effective_on
    if day and on:
        said = say(
            "It is to be published on {day} and gives {on} as its effective date.", day=day, on=on
        )
    elif day:
        said = say("It is to be published on {day}.", day=day)
    elif on:
        said = say("When it is published is not known; it gives {on} as its effective date.", on=on)
    else:
        said = say("When it is published is not known.")
    return sentences(said, say("It is not in force before it is published."))


# -- counting -------------------------------------------------------------------------------------


_OF_ONE: Mapping[str, str] = {
    "removed": template("{stage}: {list} removal of {party}"),
    "added": template("{stage}: {list} addition of {party}"),
    "amended": template("{stage}: {list} amendment of {party}"),
}
_OF_SEVERAL: Mapping[str, str] = {
    "removed": template("{stage}: {changes} from the {list} ({places})"),
    "added": template("{stage}: {changes} to the {list} ({places})"),
}


def _title(stage: Message, list_: str, parties: Sequence[NamedParty]) -> Message:
    """`In force: 3 additions to the Entity List (China 2, Russia 1)`; one party by its name."""
    if len(parties) == 1:
        (party,) = parties
        chosen = _OF_ONE[party.kind]
        return filled(chosen, stage=stage, list=list_name(list_), party=party.name)
    kinds = Counter(party.kind for party in parties)
    said = [changes_counted(kind, kinds[kind]) for kind in CHANGE_ORDER if kinds[kind]]
    several = template("{stage}: {changes} on the {list} ({places})")
    if len(kinds) == 1:
        several = _OF_SEVERAL.get(next(iter(kinds)), several)
    return filled(
        several,
        stage=stage,
        changes=listed(said),
        list=list_name(list_),
        places=places(by_country(one.country for one in parties), _IN_TITLE),
    )


def _summary(said: Message, parties: Sequence[NamedParty], follow: Follow | None = None) -> Message:
    """What happened, then a line a kind with its countries."""
    lines = [said]
    for kind in CHANGE_ORDER:
        counts = by_country(party.country for party in parties if party.kind == kind)
        if counts:
            total = changes_counted(kind, sum(count for _, count in counts))
            lines.append(say("{changes}: {places}.", changes=total, places=places(counts)))
    if follow is not None and follow.note:
        lines.append(say("Follow {follow}: {note}", follow=follow.id, note=follow.note))
    return joined("\n", lines)


def _some(names: Sequence[str]) -> Message:
    return names_of(names[:_IN_SENTENCE], len(names))
