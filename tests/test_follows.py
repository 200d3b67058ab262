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
from tests.upstream.parties import filler
from monitor.screening.entry import Entry
from tests.upstream.act_text import quoted
from tests.upstream.ecfr_xml import heading_of
from tests.upstream.rules import Rule, institute_removal, rule
from tests.upstream.server import Upstream
from tests.worlds import World

CHINA, RUSSIA = {"id": "china", "countries": ["CN"]}, {"id": "russia", "countries": ["RU"]}
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
        world.watches(WATCH, follows=(CHINA, RUSSIA, {"id": "any"}))
        world.asks("csl", "ecfr", "federal_register")
        smtp = f"mailto://127.0.0.1:{mailbox.port}?from=monitor@example.org&mode=insecure&to="
        world.tells(public_url="https://desk.example")
        world.writes(
            "apprise.yaml",
            {
                "version": 1,
                "urls": [
                    *({f"{smtp}{name}@example.org": [{"tag": name}]} for name in ("china", "russia", "any")),
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
                        "id": "news", "url": f"{hook.url}/news", "secret": SECRET,
                        "kinds": ["list_changed"],
                    }
                ],
            },
        )
        made = Desk(world, mailbox, hook, chat)
        assert world.check().code == 0
        yield made
        world.ends()


@pytest.mark.slow
def test_the_institute_is_told_at_the_filing_and_in_force_to_who_follows_china(desk: Desk) -> None:
    """Two mails each once, none for Russia; what the lists then bring is no news."""
    up, rule = desk.world.up, institute_removal()
    up.files(rule, at=FILED)
    desk.looks(at=datetime(2023, 11, 16, 14, 0, tzinfo=UTC))
    desk.looks(at=datetime(2023, 11, 16, 15, 0, tzinfo=UTC))
    up.publishes(rule)
    desk.looks(at=datetime(2023, 11, 17, 14, 0, tzinfo=UTC))
    for m in desk.mailbox.received: print(m[0], m[1]["Subject"])
    print([one["title"] for one in desk.told()])
    print([one.body for one in desk.chat.received])


def of_140(new: Sequence[Entry]) -> Rule:
    """A rule that adds these, named in its instructions as the bureau names them."""
    by_country = {one.country: [e.name for e in new if e.country == one.country] for one in new}
    places = [
        f"under {heading_of(country)} by adding, in alphabetical order, entries for {quoted(names)}"
        for country, names in by_country.items()
    ]
    return rule(
        "2023-25999",
        title="Additions of Entities to the Entity List",
        publication=date(2023, 11, 17),
        effective=date(2023, 11, 17),
        citation="88 FR 90001",
        background=(f"This rule adds {len(new)} entities to the Entity List.",),
        instructions=(f"Supplement No. 4 to part 744 is amended {'; and '.join(places)}.",),
    )


@pytest.mark.slow
def test_140(desk: Desk) -> None:
    known = filler(400)[200:]
    new = tuple(one for one in known if one.country in {"CN", "TR", "PK"})[:140]
    act = of_140(new)
    up = desk.world.up
    up.files(act, at=FILED)
    desk.looks(at=datetime(2023, 11, 16, 14, 0, tzinfo=UTC))
    up.publishes(act)
    up.lists(*new, on=date(2023,11,20))
    desk.looks(at=datetime(2023, 11, 17, 14, 0, tzinfo=UTC))
    desk.looks(at=datetime(2023, 11, 21, 14, 0, tzinfo=UTC))
    import collections
    print(collections.Counter(one.country for one in new))
    for m in desk.mailbox.received: print(m[0], m[1]["Subject"])
    for one in desk.told(): print(one["title"], one["summary"], len(one["parties"]))
    print([one.body.decode() for one in desk.chat.received])
    print([(len(one.body), one.json().get("truncated")) for one in desk.hook.received])
    html = desk.mails("any")[0].get_body(("html",)).get_content()
    Path("/tmp/c21_mail.html").write_text(html)
    print(desk.mailbox.received[0][1].get_body(("plain",)).get_content() if desk.mailbox.received[0][1].get_body(("plain",)) else "")
