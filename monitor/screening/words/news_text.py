"""What is told of a whole list: an act at its filing, in force or gone, and a text beyond the acts.

Names stand in the event's `parties`; the sentences count them, by country.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from monitor.screening.acts.act_party import ActParty
from monitor.screening.acts.document import Document
from monitor.screening.destinations import country_name
from monitor.screening.event import Event, Kind, Lag, NamedParty, Witness
from monitor.screening.follow import Follow
from monitor.screening.names import name_key
from monitor.screening.news.act import NewsAct
from monitor.screening.news.row_change import NewText, RowChange
from monitor.screening.witness import Source
from monitor.screening.words.event_text import as_numbered, utc
from monitor.screening.words.labels import (
    CHANGE_NOUNS,
    counted,
    day_or_minute,
    list_name,
    source_name,
)

_IN_TITLE = 3
"""So many countries are named in a title."""
_IN_SENTENCE = 5
"""So many names are given in a sentence."""
_PLACES = {"added": "to", "removed": "from"}


def filed(
    id_: str, follow: Follow, act: NewsAct, asked: Sequence[ActParty], today: date, now: datetime
) -> Event:
    """An act that is to come: filed for public inspection, or published before it takes effect."""
    document = act.document
    days = {day.isoformat() for party in asked if (day := act.day_of(party))}
    effect = (
        f"it takes effect on {_listed(sorted(days))}"
        if act.effective_on or document.publication_date
        else "it does not say on which day it takes effect"
    )
    if act.published(today):
        stage = "Published, not yet in force"
        said = f"{_quoted(document)} was published on {document.publication_date}; {effect}."
    else:
        stage = "Filed for public inspection"
        said = f"{_quoted(document)} was {_filed_when(document)}. {_to_be_published(act)}"
    return _of_act(id_, follow, act, asked, now, stage, said)


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
    said = f"{_quoted(document)} was published on {document.publication_date} and is in force"
    said += f"; its effective date is {on}." if on else "."
    if on is None:
        said += " From which day on it takes effect is not certain: please read it."
    missing = _missing(announced, act.parties) if announced else ()
    if missing:
        said += f" Announced at the filing and not found in print: {_named(missing)}."
    event = _of_act(id_, follow, act, asked, now, "In force", said, doubt=on is None)
    return replace(event, effective_on=on, review=event.review or bool(missing))


def withdrawn(id_: str, announced: Event, document: Document, now: datetime) -> Event:
    """An announced act that was withdrawn."""
    said = f"{_quoted(document)} was withdrawn before it was published: nothing changes by it."
    if document.editorial_note:
        said += f" The Federal Register says: {document.editorial_note}"
    return _correcting(id_, announced, document, now, "Withdrawn", said)


def left_out(id_: str, announced: Event, document: Document, now: datetime) -> Event:
    """An announced act in whose printed text nothing was found of what was announced."""
    said = (
        f"{_quoted(document)} was published on {document.publication_date}. What was announced at "
        "its filing was not found in the printed text: please read it."
    )
    event = _correcting(id_, announced, document, now, "Not found in print", said)
    return replace(event, review=True)


def by_text(
    id_: str, follow: Follow, text: NewText, changes: Sequence[RowChange], now: datetime
) -> Event:
    """What a source's text brought, and no act that is known here."""
    parties = tuple(change.public() for change in changes)
    source, cited = source_name(text.source), {change.citation for change in changes}
    citation = cited.pop() if len(cited) == 1 else None
    numbers = sorted({number for change in changes if (number := change.document_number)})
    behind = f"No act that was read here explains {'it' if len(changes) == 1 else 'them'}."
    if numbers:
        behind = f"An act behind it is document {_listed(numbers)}."
    elif citation:
        behind += f" The citation that came with it is {citation}."
    alone = "".join(f" {_upper(source_name(one))} has not brought the same." for one in text.others)
    said = (
        f"The text of {source} as of {day_or_minute(text.as_of or utc(now))} differs from the one "
        f"before it. {behind}{alone}"
    )
    seen = utc(now)
    return Event(
        id=id_,
        kind=Kind.LIST_CHANGED,
        watch=None,
        list=text.list,
        at=seen,
        citation=citation,
        title=_title(f"Found in {source}", text.list, parties),
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
    stage: str,
    said: str,
    *,
    doubt: bool = False,
) -> Event:
    document = act.document
    parties = tuple(NamedParty(one.kind, one.name, one.country) for one in asked)
    unsure = [one.name for one in asked if not one.certain]
    if unsure:
        said += f" What it does is not certain for {_several(unsure)}: please read it."
    others = sum(one.list == follow.list for one in act.parties) - len(asked)
    if others > 0:
        said += (
            f" It names {counted(others, 'further party', 'further parties')} that this follow "
            "does not ask for."
        )
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
        title=f"Please read: {title[:1].lower()}{title[1:]}" if review else title,
        summary=_summary(said, parties, follow),
        review=review,
        witnesses=(_witness(document, utc(act.seen_at), act.snapshot),),
        follow=follow.id,
        parties=parties,
        party=parties[0].name if len(parties) == 1 else "",
    )


def _correcting(
    id_: str, announced: Event, document: Document, now: datetime, stage: str, said: str
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
            f"{said} It was announced here on {day_or_minute(announced.at)}.", announced.parties
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


def _quoted(document: Document) -> str:
    number = as_numbered(document.number)
    cited = f"{document.citation}, document {number}" if document.citation else f"document {number}"
    return f"“{document.title}” ({cited})"


def _filed_when(document: Document) -> str:
    when = f" on {day_or_minute(_in_utc(document.filed_at))}" if document.filed_at else ""
    return f"filed for public inspection{when}"


def _in_utc(stamp: str) -> str:
    try:
        return utc(datetime.fromisoformat(stamp))
    except ValueError:
        return stamp


def _to_be_published(act: NewsAct) -> str:
    day, on = act.document.publication_date, act.effective_on
    printed = f"It is to be published on {day}" if day else "When it is published is not known"
    effect = f" and gives {on} as its effective date" if on else ""
    return f"{printed}{effect}. It is not in force before it is published."


# -- counting -------------------------------------------------------------------------------------


def _title(stage: str, list_: str, parties: Sequence[NamedParty]) -> str:
    """`In force: 3 additions to the Entity List (China 2, Russia 1)`; one party by its name."""
    if len(parties) == 1:
        (party,) = parties
        return f"{stage}: {list_name(list_)} {CHANGE_NOUNS[party.kind]} of {party.name}"
    kinds = Counter(party.kind for party in parties)
    said = [counted(kinds[kind], noun) for kind, noun in CHANGE_NOUNS.items() if kinds[kind]]
    where = _PLACES.get(next(iter(kinds)), "on") if len(kinds) == 1 else "on"
    return f"{stage}: {_listed(said)} {where} the {list_name(list_)} ({_places(parties)})"


def _places(parties: Sequence[NamedParty]) -> str:
    counts = by_country(parties)
    if len(counts) == 1:
        return counts[0][0]
    shown = ", ".join(f"{place} {count}" for place, count in counts[:_IN_TITLE])
    more = len(counts) - _IN_TITLE
    return f"{shown} and {more} more" if more > 0 else shown


def _summary(said: str, parties: Sequence[NamedParty], follow: Follow | None = None) -> str:
    """What happened, then a line a kind with its countries."""
    lines = [said]
    for kind, noun in CHANGE_NOUNS.items():
        counts = by_country(party for party in parties if party.kind == kind)
        total = sum(count for _, count in counts)
        places = ", ".join(f"{place} {count}" if len(counts) > 1 else place
                           for place, count in counts)  # fmt: skip
        if counts:
            lines.append(f"{counted(total, noun)}: {places}.")
    if follow is not None and follow.note:
        lines.append(f"Follow {follow.id}: {follow.note}")
    return "\n".join(lines)


def by_country(parties: Iterable[NamedParty]) -> list[tuple[str, int]]:
    """How many parties stand under each country, the most first."""
    counts = Counter(country_name(party.country) for party in parties)
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def _named(parties: Sequence[NamedParty]) -> str:
    return _several([party.name for party in parties])


def _several(names: Sequence[str]) -> str:
    shown = "; ".join(names[:_IN_SENTENCE])
    more = len(names) - _IN_SENTENCE
    return f"{shown} and {more} more" if more > 0 else shown


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
