"""The picture of a watch's past: when it was listed, its acts and its events.

Only places are computed here; the template draws them, and lists the same in words beside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.rendering.page import day_number
from monitor.screening.event import Event
from monitor.screening.witness import Act
from monitor.screening.words.event_text import utc
from monitor.screening.words.labels import EFFECTS, KINDS, kind_name
from monitor.screening.words.message import Message, capitalized, joined, say

WIDTH = 960
LEFT, RIGHT = 110, 940
ROWS = {"listed": 34, "acts": 74, "told": 114, "looked": 154}
HEIGHT = 196
_TOLD = frozenset(kind for kind in KINDS if kind.startswith(("removal_", "listing_", "entry_")))


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    width: float
    row: int
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    x: float
    row: int
    form: str
    """`removal`, `listing` or `other`: its shape."""
    at: str
    label: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything in the picture, in drawing units."""

    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    years: tuple[tuple[float, str], ...]
    summary: str


def timeline(
    history: Sequence[Mapping[str, str | None]],
    acts: Iterable[Act],
    events: Iterable[Event],
    watched_since: datetime | None,
    now: datetime,
) -> Timeline | None:
    """The picture; None where nothing is known to draw."""
    happened = list(events)
    dated = [_act(act) for act in acts if act.effective_on or act.publication_date]
    told = [_event(event) for event in happened if event.kind.value in {*_TOLD, "baseline"}]
    days = [day for span in history for day in (span["from"], span["to"]) if day]
    days += [at for at, *_ in (*dated, *told)] + ([utc(watched_since)] if watched_since else [])
    if not days:
        return None
    scale = _Scale.over(days, now)
    bars = [
        scale.bar(span["from"] or scale.first, span["to"], "listed", _span(span))
        for span in history
    ]
    if watched_since is not None:
        label = say("Checked regularly since {day}", day=utc(watched_since)[:10])
        bars.append(scale.bar(utc(watched_since), None, "looked", label))
    bars += [
        scale.bar(
            since,
            to,
            "told",
            say(
                "{what} from {from_day} to {to_day}",
                what=what,
                from_day=since[:10],
                to_day=to[:10] if to else say("now"),
            ),
        )
        for what, since, to in _waiting(happened)
    ]
    marks = [Mark(scale.x(at), ROWS["acts"], form, at, label, href)
             for at, form, label, href in dated]  # fmt: skip
    marks += [Mark(scale.x(at), ROWS["told"], form, at, label, href)
              for at, form, label, href in told]  # fmt: skip
    # Where marks lie on each other, a removal or a listing is the one to be seen.
    marks.sort(key=lambda mark: mark.form != "other")
    return Timeline(
        bars=tuple(bars),
        marks=tuple(marks),
        years=scale.years(now.year),
        summary=_summary(history, len(dated), len(told)),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: str
    start: float
    end: float

    @classmethod
    def over(cls, days: Sequence[str], now: datetime) -> "_Scale":
        first = min(days, key=day_number)
        start, end = day_number(first), day_number(now)
        pad = max((end - start) * 0.02, 1.0)
        latest = max(end, *map(day_number, days))
        return cls(first, start - pad, latest + pad)

    def x(self, at: str) -> float:
        share = (day_number(at) - self.start) / (self.end - self.start)
        return round(LEFT + share * (RIGHT - LEFT), 1)

    def bar(self, since: str, to: str | None, row: str, label: str) -> Bar:
        left = self.x(since)
        right = self.x(to) if to else RIGHT
        return Bar(left, max(round(right - left, 1), 2.0), ROWS[row], label)

    def years(self, last: int) -> tuple[tuple[float, str], ...]:
        first = int(self.first[:4])
        step = max(1, (last - first) // 10 + 1)
        ticks = ((f"{year}-01-01", str(year)) for year in range(first, last + 1, step))
        return tuple(
            (self.x(day), year) for day, year in ticks if self.start <= day_number(day) <= self.end
        )


def _act(act: Act) -> tuple[str, str, str, str | None]:
    form = {"removes": "removal", "adds": "listing"}.get(act.effect.value, "other")
    said = act.citation or say("document {number}", number=act.number)
    return (
        act.effective_on or act.publication_date or "",
        form,
        say("{does}: {document}", does=capitalized(EFFECTS[act.effect.value]), document=said),
        act.url,
    )


def _event(event: Event) -> tuple[str, str, str, str | None]:
    name = event.kind.value
    form = name.split("_", 1)[0] if name.startswith(("removal_", "listing_")) else "other"
    return event.at, form, kind_name(name), f"/event/{event.id}"


def _waiting(events: Sequence[Event]) -> Iterable[tuple[str, str, str | None]]:
    """Each time in which something was announced or suspected: what, from when, until when."""
    since, what = None, ""
    for event in sorted(events, key=lambda event: event.at):
        way, _, step = event.kind.value.partition("_")
        if way not in {"removal", "listing"}:
            continue
        if step in {"announced", "suspected"} and since is None:
            since, what = event.at, _PENDING[way]
        if step in {"confirmed", "cancelled"} and since is not None:
            yield what, since, event.at
            since = None
    if since is not None:
        yield what, since, None


_PENDING = {
    "removal": say("Removal announced or suspected"),
    "listing": say("Listing announced or suspected"),
}


def _span(span: Mapping[str, str | None]) -> Message:
    return say(
        "Listed from {from_day} to {to_day}",
        from_day=span["from"] or say("an unknown date"),
        to_day=span["to"] or say("now"),
    )


def _summary(history: Sequence[Mapping[str, str | None]], acts: int, told: int) -> str:
    spans = joined("; ", map(_span, history)) or say("Never listed as far as known")
    return say(
        "{spans}. Known acts: {acts}. Events: {events}.", spans=spans, acts=acts, events=told
    )
