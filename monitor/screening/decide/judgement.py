"""What a judgement has come to so far: the state, and the events that follow, told one by one."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.screening.cases import Case
from monitor.screening.decide.rules import Facts
from monitor.screening.entry import Entry
from monitor.screening.event import Event, FieldChange, Kind
from monitor.screening.state import WatchState
from monitor.screening.witness import Act
from monitor.screening.words import event_text as telling
from monitor.screening.words.message import Message


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judgement came to."""

    state: WatchState
    events: tuple[Event, ...] = ()


def tell(
    judged: Judgement,
    facts: Facts,
    kind: Kind,
    cause: Sequence[str | None],
    summary: Message,
    *,
    act: Act | None = None,
    before: Entry | None = None,
    after: Entry | None = None,
    changes: tuple[FieldChange, ...] = (),
    review: bool = False,
    after_poll: int | None = None,
    asked: Case | None = None,
) -> Judgement:
    """Adds one event, and remembers it as the last of its watch."""
    event = telling.compose(
        kind,
        judged.state,
        facts,
        cause=cause,
        summary=summary,
        act=act,
        before=before,
        after=after,
        changes=changes,
        review=review,
        after_poll=judged.state.decided_poll if after_poll is None else after_poll,
        asked=asked,
    )
    state = telling.remember(judged.state, event, facts.look.now)
    return Judgement(state, (*judged.events, event))
