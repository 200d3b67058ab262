"""Which events on rules are due: what came since the first look, told once each by its id."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from monitor.screening.event import Event
from monitor.screening.rules.register import Known
from monitor.screening.rules.rule_act import RuleAct
from monitor.screening.witness import WASHINGTON, Stage
from monitor.screening.words.rule_text import filed, in_force, ran_out, withdrawn


@dataclass(frozen=True, slots=True)
class FirstLooks:
    """Since when this service looks: what was in force then is told nobody."""

    at: datetime
    """When rules were judged first."""
    acts_at: datetime | None = None
    """When the Federal Register was read first for them."""


def due(known: Known, first: FirstLooks) -> Iterator[Event]:
    """Every event that is due by now, told before or not."""
    for act in known.acts:
        if act.seen_at is not None and act.deeds and act.stage is not Stage.WITHDRAWN:
            yield from _of_act(act, known, first)
    for stay in known.stays():
        if stay.ran_out(known.today) and stay.until and stay.until >= _day(first.at):
            yield ran_out(stay, known)


def called_off(known: Known) -> Iterator[tuple[str, Event]]:
    """The id under which a withdrawn act was announced, if it was, and the event that says so."""
    for act in known.acts:
        if act.stage is Stage.WITHDRAWN and act.deeds:
            yield filed(act, known).id, withdrawn(act, known)


def _of_act(act: RuleAct, known: Known, first: FirstLooks) -> Iterator[Event]:
    if act.pending(known.today):
        yield filed(act, known)
    if not act.published(known.today):
        return
    for on in sorted({act.first_published(day) for day in act.days()}):
        if on <= known.today and not _was_in_force(act, on, first):
            yield in_force(act, on, known)


def _was_in_force(act: RuleAct, on: date, first: FirstLooks) -> bool:
    """Whether it was law already when this service looked first."""
    began = _day(first.at)
    seen_then = first.acts_at is None or (act.seen_at is not None and act.seen_at <= first.acts_at)
    return on < began or (on == began and seen_then)


def _day(moment: datetime) -> date:
    return moment.astimezone(WASHINGTON).date()
