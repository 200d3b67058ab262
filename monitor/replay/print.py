"""The story of a replay as people read it: what happened, what was decided, what was told."""

import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime

from monitor.notify.forms import word
from monitor.replay.player import Played, PlayedLook
from monitor.replay.scenario import Scenario
from monitor.screening.event import Event
from monitor.screening.witness import WASHINGTON

_WIDTH = 96
_ALERT_LINES = 4


def story(scenario: Scenario, played: Played) -> Iterator[str]:
    """The lines of the whole story."""
    yield scenario.title
    yield "=" * min(len(scenario.title), _WIDTH)
    yield from textwrap.wrap(scenario.story, _WIDTH)
    for look in played.looks:
        troubles = [one for one in look.polls if not one.outcome.good]
        if look.happens or look.events or troubles:
            yield ""
            yield _when(look.at)
            if look.happens:
                yield from _told("upstream", look.happens)
            for poll in troubles:
                yield from _told("looks", f"{poll.source}: {poll.outcome}, {poll.reasons[0]}")
            yield from _decided(look)
    yield ""
    for status in played.watches:
        yield from _told("in the end", " ".join(status.reasons))


def _when(at: datetime) -> str:
    there = at.astimezone(WASHINGTON)
    return f"{there:%a %Y-%m-%d %H:%M} in Washington ({at.astimezone(UTC):%H:%M} UTC)"


def _decided(look: PlayedLook) -> Iterator[str]:
    if not look.events:
        yield from _told("decided", "nothing new")
    for event in look.events:
        yield from _told("decided", event.kind.value)
        yield from (f"             | {line}" for line in _alert(event))
    sent = [one for one in look.deliveries if one.outcome != "skipped"]
    for delivery in sent:
        why = f" ({delivery.reason})" if delivery.reason else ""
        yield from _told("delivered", f"{delivery.channel}: {delivery.outcome}{why}")


def _alert(event: Event) -> Iterator[str]:
    """The first lines of the alert as a channel would show it."""
    for line in word(event, None).short().splitlines()[:_ALERT_LINES]:
        yield from textwrap.wrap(line, _WIDTH - 15)


def _told(label: str, text: str) -> Iterator[str]:
    lead = f"  {label:<10} "
    yield from textwrap.wrap(
        text, _WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead), break_long_words=False
    ) or [lead]
