"""Follows through the whole service: what mail, chat and webhook are told of whole lists, and when.

November 2023, and a rule of 140 additions, over real sockets to the simulated hosts, a real SMTP
server and real receivers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from tests.installed import SECRET, WATCH
from tests.receivers import Mailbox, Recorder
from tests.upstream.parties import INSTITUTE, INSTITUTE_AS_CSL_HAD_IT, filler
from tests.upstream.rules import addition, institute_removal
from tests.upstream.server import Upstream
from tests.worlds import World

CHINA: dict[str, object] = {"id": "china", "countries": ["CN"]}
RUSSIA: dict[str, object] = {"id": "russia", "countries": ["RU"]}
ANY: dict[str, object] = {"id": "any"}
FILED = datetime(2023, 11, 16, 13, 45, tzinfo=UTC)


@dataclass
class Desk:
    """A service that two follows and a watch ask, with a channel for each follow."""

    world: World
    mailbox: Mailbox
    hook: Recorder
    chat: Recorder

    def told(self) -> list[dict[str, Any]]:
        """What the webhook was told of lists, oldest first."""
        said = [one.json() for one in self.hook.received]
        return [one["data"] for one in said if one["type"] == "entity-monitor.list_changed"]

    def mails(self, to: str) -> list[EmailMessage]:
        return [mail for at, mail in self.mailbox.received if at == [f"{to}@example.org"]]

    def looks(self, *, at: datetime) -> None:
        self.world.passes(seconds=(at - self.world.now).total_seconds())
        assert self.world.check().code == 0


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The day before the filing; everything has been looked at once."""
    with (
        Upstream(date(2023, 11, 15)) as up, Mailbox(None) as mailbox, Recorder() as hook,
        Recorder() as chat,
    ):  # fmt: skip
        world = World(up, tmp_path, now=datetime(2023, 11, 15, 20, 0, tzinfo=UTC))
        up.is_furnished(60, others=3)
        world.watches(WATCH, follows=(CHINA, RUSSIA, ANY))
        world.asks("csl", "ecfr", "federal_register")
        smtp = f"mailto://127.0.0.1:{mailbox.port}?from=monitor@example.org&mode=insecure&to="
        world.tells(public_url="https://desk.example")
        world.writes(
            "apprise.yaml",
            {
                "version": 1,
                "urls": [
                    *(
                        {f"{smtp}{name}@example.org": [{"tag": name}]}
                        for name in ("china", "russia", "any")
                    ),
                    {f"ntfy://{chat.netloc}/desk": [{"tag": "china"}]},
                ],
            },
        )
        world.writes(
            "monitor.yaml",
            {
                "public_url": "https://desk.example",
                "webhooks": [
                    {
                        "id": "news",
                        "url": f"{hook.url}/news",
                        "secret": SECRET,
                        "kinds": ["list_changed"],
                    }
                ],
            },
        )
        made = Desk(world, mailbox, hook, chat)
        assert world.check().code == 0
        yield made
        world.ends()


def at(day: int, hour: int = 14) -> datetime:
    return datetime(2023, 11, day, hour, tzinfo=UTC)


@pytest.mark.slow
def test_the_institute_is_told_at_the_filing_and_in_force_to_who_follows_china(desk: Desk) -> None:
    """Two mails, each once, none for Russia; what the lists then bring is no news."""
    up, act = desk.world.up, institute_removal()
    up.files(act, at=FILED)
    desk.looks(at=at(16))
    desk.looks(at=at(16, 15))
    up.publishes(act)
    desk.looks(at=at(17))
    up.delists(INSTITUTE, csl=False, ecfr=date(2023, 11, 20))
    up.delists(INSTITUTE_AS_CSL_HAD_IT)
    desk.looks(at=at(21))
    desk.looks(at=at(22))
    heads = [
        f"Filed for public inspection: Entity List removal of {INSTITUTE}",
        f"In force: Entity List removal of {INSTITUTE}",
    ]
    assert desk.mails("russia") == []
    assert [text.splitlines()[0] for text in texts(desk.mails("china"))] == heads
    told = [(one["follow"], one["title"]) for one in desk.told()]
    assert sorted(told) == sorted((who, head) for who in ("china", "any") for head in heads)
    first, last = (one for one in desk.told() if one["follow"] == "china")
    assert first["parties"] == [{"kind": "removed", "name": INSTITUTE, "country": "CN"}]
    assert (last["citation"], last["effective_on"]) == ("88 FR 80131", "2023-11-16")


@pytest.mark.slow
def test_a_rule_of_140_is_counted_and_named_as_far_as_it_can_be_read(desk: Desk) -> None:
    """In mail, chat and webhook; the lists that follow bring nothing new."""
    known = [one for one in filler(500)[200:] if one.country in {"CN", "TR", "PK"}]
    act = addition(
        *known[:140], number="2023-25999", publication=date(2023, 11, 17), citation="88 FR 90001"
    )
    up = desk.world.up
    up.files(act, at=FILED)
    desk.looks(at=at(16))
    up.publishes(act)
    desk.looks(at=at(17))
    up.lists(*known[:140], on=date(2023, 11, 20))
    desk.looks(at=at(21))
    assert desk.mails("russia") == []
    assert len(desk.mails("any")) == len(desk.mails("china")) == 2
    said = texts(desk.mails("any"))[0]
    assert (
        said.index("140 additions: China ") < said.index("Added, China (") < said.index("All 140:")
    )
    assert "https://desk.example/acts/2023-25999" in said
    short = desk.chat.received[0].json()["message"]
    assert len(short) <= 500
    assert " more\n" in short
    whole = [one for one in desk.told() if one["follow"] == "any"]
    assert [len(one["parties"]) for one in whole] == [140, 140]
    assert not any(one.json().get("truncated") for one in desk.hook.received)


def texts(mails: Sequence[EmailMessage]) -> list[str]:
    """What a reader of the plain text reads, a line a paragraph."""
    parts = [mail.get_body(("plain",)) for mail in mails]
    return [str(part.get_content()).strip() for part in parts if part is not None]
