"""A day of alerts to ten channels, six of them ill in different ways."""

from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from monitor.deliver import Delivery
from monitor.notify.channels import Channel
from monitor.screening.event import Event, Kind
from tests.notify.test_mail_slow import SlowServer
from tests.post import Post, hook, opened, post_office
from tests.receivers import Mailbox, Recorder

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning"),
]
URGENT = (Kind.REMOVAL_SUSPECTED, Kind.LISTING_ANNOUNCED, Kind.REMOVAL_CONFIRMED)
OTHERS = (Kind.ENTRY_AMENDED, Kind.SOURCE_FAILING)
MINUTES = 5.0


class Ward:
    """Ten receivers and their channels; how each is ill, and when it is well again."""

    def __init__(self, stack: ExitStack) -> None:
        self.recorders = {
            name: stack.enter_context(Recorder())
            for name in ("well", "chat", "down", "flooded", "silent", "refusing", "choosy", "pager")
        }
        self.mailbox = stack.enter_context(Mailbox(None))
        self.server = SlowServer(".", 0.0, then=b"")
        stack.callback(self.server.stop)
        at = {name: one.netloc for name, one in self.recorders.items()}
        made = {
            "well": hook(f"http://{at['well']}/", "well"),
            "down": hook(f"http://{at['down']}/", "down"),
            "flooded": hook(f"http://{at['flooded']}/", "flooded"),
            "silent": hook(f"http://{at['silent']}/", "silent"),
            "choosy": hook(f"http://{at['choosy']}/", "choosy"),
        }
        self.channels: dict[str, Channel] = {
            name: opened(target, timeout=0.1 if name == "silent" else 5.0)[0]
            for name, target in made.items()
        }
        mail = "mailto://127.0.0.1:{}/?from=m@example.org&to=ann@example.org"
        for name, url in {
            "chat": f"json://{at['chat']}/a", "refusing": f"json://{at['refusing']}/a",
            "pager": f"json://{at['pager']}/a", "mail": mail.format(self.mailbox.port),
            "uncertain": mail.format(self.server.port),
        }.items():  # fmt: skip
            (self.channels[name],) = opened(urls=[url])

    def falls_ill(self, poison: Event) -> dict[str, tuple[float, Callable[[], None]]]:
        """By channel, after how many hours it is cured, and how."""
        ill = self.recorders
        ill["down"].fails(503)
        ill["flooded"].answers(429, retry_after=900)
        ill["silent"].hangs()
        ill["refusing"].answers(200, body={"errcode": 130101, "errmsg": "send too fast"})
        ill["choosy"].refuses_what_holds(poison.id.encode(), 400)
        return {
            "down": (6, ill["down"].recovers), "flooded": (2, ill["flooded"].recovers),
            "silent": (4, ill["silent"].recovers), "refusing": (3, ill["refusing"].recovers),
            "uncertain": (5, self._answers),
        }  # fmt: skip

    def _answers(self) -> None:
        self.server.then = None


def a_day(post: Post, ward: Ward) -> tuple[dict[str, Event], list[list[Delivery]]]:
    """Every hour of half a day three urgent events of one watch and two others."""
    told: dict[str, Event] = {}
    rounds: list[list[Delivery]] = []
    poison = post.tells(URGENT[0], watch="poison")
    told[poison.id] = poison
    cures = ward.falls_ill(poison)
    for step in range(int(24 * 60 / MINUTES)):
        hour = step * MINUTES / 60
        if hour < 12 and hour.is_integer():
            watch = f"watch-{hour:.0f}"
            events = [post.tells(kind, watch=watch) for kind in (*OTHERS, *URGENT)]
            told |= {event.id: event for event in events}
            if hour == 1:
                event = post.tells(URGENT[2], watch="poison")
                told[event.id] = event
        for name in [name for name, (at, _) in cures.items() if at <= hour]:
            cures.pop(name)[1]()
        rounds.append(post.delivers())
        post.passes(minutes=MINUTES)
    return told, rounds


def test_a_day_with_six_ill_channels_of_ten(tmp_path: Path) -> None:
    """Every alert arrives where it can, once, in the order of urgency."""
    with ExitStack() as stack:
        ward = Ward(stack)
        post = stack.enter_context(post_office(tmp_path, *ward.channels.values()))
        told, rounds = a_day(post, ward)
        poison = next(iter(told))
        sent: dict[str, list[str]] = defaultdict(list)
        for delivery in (one for done in rounds for one in done if one.outcome == "sent"):
            sent[delivery.channel].append(delivery.event)
        for name, channel in ward.channels.items():
            lost = {poison} if name == "choosy" else set()
            assert set(sent[channel.id]) == told.keys() - lost, name
            assert max(Counter(sent[channel.id]).values()) == 1, name
        # The well ones were asked once for each, and never again.
        for name in ("well", "chat", "pager"):
            assert len(ward.recorders[name].received) == len(told)
        assert len(ward.mailbox.received) == len(told)
        # An uncertain mail is repeated, but each an hour later at the earliest.
        copies = Counter(content.split(b"X-Event-Id: ")[1].split()[0]
                         for content in ward.server.taken)  # fmt: skip
        assert max(copies.values()) <= 4
        # In every round of every channel removals and listings went first.
        for done in rounds:
            for name in {delivery.channel for delivery in done}:
                kinds = [told[one.event].kind in URGENT for one in done if one.channel == name]
                assert kinds == sorted(kinds, reverse=True)
        # A well channel had each hour's alerts in that very round, the first watch's in its order.
        assert sent["webhook:well"][:4] == [
            poison, *(one.id for one in told.values() if one.watch == "watch-0"
                      and one.kind in URGENT),
        ]  # fmt: skip
        # The event that one receiver never takes held back no other of its watch.
        (stuck,) = post.letters("pending", "dead")
        assert (stuck.event, stuck.channel) == (poison, "webhook:choosy")
