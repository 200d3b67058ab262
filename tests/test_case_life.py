"""The life of a case through the whole service: told by mail and webhook, decided, reopened, gone.

The service is the installed one: its commands, its configuration files, a real SMTP server and a
real webhook on loopback.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.screening.entry import Entry
from tests.receivers import Mailbox, Recorder
from tests.upstream.parties import INSTITUTE, institute
from tests.upstream.rules import housekeeping, removal
from tests.upstream.server import Upstream
from tests.worlds import WATCH, Ran, World

NEAR = "Forensic Science Institute of the Ministry of Public Security"
STREET = "No. 17 Mulidi South Lane, Xicheng District, Beijing, China"
# Apprise imports a module that Python 3.13 leaves out; it minds that itself.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


@dataclass
class Life:
    """A world in which the institute left the list long ago, and its two receivers."""

    world: World
    hook: Recorder
    mailbox: Mailbox

    def checks(self, hours: float = 12) -> Ran:
        self.world.up.moves_clock(self.world.now.date())
        return self.world.check(after=hours)

    def decides(self, case: str, decision: str, *more: str) -> Ran:
        """The command, at the world's time."""
        self.world.ends()
        return self.world.run(
            "cases", "decide", case, decision, "--now", self.world.now.isoformat(), *more
        )

    def cases(self, *more: str) -> list[dict[str, Any]]:
        self.world.ends()
        found: list[dict[str, Any]] = self.world.run("cases", *more, "--json").json["cases"]
        return found

    def posted(self) -> list[str]:
        """The kinds that the webhook was told since the last question."""
        kinds = [got.json()["data"]["kind"] for got in self.hook.received]
        self.hook.received.clear()
        return kinds

    def mailed(self) -> list[str]:
        """The texts of the mails since the last question, subjects first."""
        found = []
        for _, mail in self.mailbox.received:
            body = mail.get_body(("plain",))
            assert body is not None
            found.append(f"{mail['Subject']}\n{body.get_content()}")
        self.mailbox.received.clear()
        return found


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    with (
        Upstream(date(2026, 10, 2)) as up,
        Recorder() as hook,
        Mailbox(None) as mailbox,
    ):
        up.is_furnished(40)
        up.delists(INSTITUTE, ecfr=date(2023, 11, 17))
        up.publishes(*housekeeping(5, newest=date(2026, 9, 28)))
        world = World(up, tmp_path, now=datetime(2026, 10, 2, 15, tzinfo=UTC))
        world.watches({**WATCH, "addresses": [STREET]})
        world.asks("csl", "ecfr", "federal_register")
        url = f"mailto://127.0.0.1:{mailbox.port}/?from=m@example.org&to=ann@example.org"
        world.tells(f"{hook.url}/told", mail=[url], public_url="https://monitor.example")
        yield Life(world, hook, mailbox)
        world.ends()


def joins(life: Life, **said: Any) -> Entry:
    """A row with a near name joins both lists."""
    plain = replace(institute(), name=NEAR, aliases=(), addresses=(), citations=("91 FR 60001",))
    entry = replace(plain, **{"start_date": "2026-10-03", **said})
    life.world.passes(hours=24)
    life.world.up.lists(entry, on=life.world.now.date())
    return entry


@pytest.mark.slow
def test_told_refused_silent_and_asked_again_by_an_address(life: Life) -> None:
    """A decision holds through thirty polls; an address of the watch is new evidence."""
    assert life.checks(0).status["state"] == "not_listed"
    joins(life)
    assert life.checks().kinds == ["possible_match"]
    assert life.posted() == ["possible_match"]
    [mail] = life.mailed()
    [case] = life.cases()
    said = f"entity-monitor cases decide {case['id']} same|different"
    for text in (INSTITUTE, NEAR, said, f"https://monitor.example/cases/{case['id']}",
                 f"{case['score']:.2f}", case["reasons"][0], "License requirement"):  # fmt: skip
        assert text in mail
    ran = life.decides(case["id"], "different", "--by", "Ann Lee", "--note", "another ministry")
    assert ran.code == 0
    assert "different by Ann Lee" in ran.out
    assert life.cases() == []
    [decided] = life.cases("--all")
    assert (decided["decision"], decided["decided_by"], decided["note"]) == (
        "different", "Ann Lee", "another ministry",
    )  # fmt: skip
    for _ in range(30):
        told = life.checks()
        assert told.kinds == []
        assert told.status["state"] == "not_listed"
    assert (life.posted(), life.mailed()) == ([], [])
    life.world.up.amends(NEAR, addresses=(STREET,), ecfr=life.world.now.date())
    assert "possible_match" in life.checks().kinds
    assert life.posted() == ["possible_match"]
    [again] = life.cases()
    assert again["id"] == case["id"]
    assert again["decision"] is None


@pytest.mark.slow
def test_told_taken_on_listed_and_removed_by_an_act(life: Life) -> None:
    """Decided the same, it is listed at once, and its removal is one like any other."""
    life.checks(0)
    joins(life)
    life.checks()
    [case] = life.cases()
    life.posted()
    told = life.decides(case["id"], "same", "--by", "Ann Lee", "--json").json
    assert (told["case"]["decision"], told["case"]["id"]) == ("same", case["id"])
    assert [event["kind"] for event in told["events"]][-1:] == ["listing_confirmed"]
    assert life.checks().status["state"] == "listed"
    assert life.posted() == ["listing_confirmed"]
    life.world.passes(hours=48)
    day = life.world.now.date()
    act = removal(NEAR, number="2026-21000", publication=day, citation="91 FR 61000")
    life.world.up.moves_clock(day)
    life.world.up.publishes(act)
    told_by_act = life.checks(2)
    assert told_by_act.decisions == ["removal_confirmed"]
    assert life.posted() == ["removal_confirmed"]
    assert told_by_act.status["citation"] == "91 FR 61000"


@pytest.mark.slow
def test_told_again_until_somebody_decides(life: Life) -> None:
    """As a removal is; the decision ends it."""
    life.world.tells(f"{life.hook.url}/told", reminders={"every": "1d"})
    life.checks(0)
    joins(life)
    life.checks()
    assert life.posted() == ["possible_match"]
    life.checks(30)
    [reminder] = life.hook.received
    assert reminder.json()["reminder"] == 1
    assert life.posted() == ["possible_match"]
    [case] = life.cases()
    assert life.decides(case["id"], "different").code == 0
    life.checks(30)
    life.checks(30)
    assert life.posted() == []


@pytest.mark.slow
def test_gone_before_anybody_decided(life: Life) -> None:
    """Told wherever removals go, with the case; it stays open."""
    life.checks(0)
    joins(life)
    life.checks()
    life.posted()
    life.mailed()
    life.world.passes(hours=24)
    life.world.up.delists(NEAR, ecfr=life.world.now.date())
    assert life.checks().kinds == ["notice_found"]
    [mail] = life.mailed()
    [case] = life.cases()
    assert mail.startswith("Please read: a possible match of Ministry")
    for text in (INSTITUTE, NEAR, f"cases decide {case['id']} same|different",
                 f"{case['score']:.2f}", "Entry that may have been the party"):  # fmt: skip
        assert text in mail


@pytest.mark.slow
def test_an_unknown_case_is_a_wrong_usage(life: Life) -> None:
    """Exit code 2; so is a decision that is neither."""
    life.checks(0)
    assert life.decides("0123456789abcdef", "same").code == 2
    assert life.decides("0123456789abcdef", "perhaps").code == 2
    life.world.ends()
    plain, listed = life.world.run("cases"), life.world.run("cases", "list")
    assert plain.out == listed.out == "No open cases.\n"


@pytest.mark.slow
def test_the_list_for_people(life: Life) -> None:
    """Both names, the likeness, the reasons and the command."""
    life.checks(0)
    joins(life)
    life.checks()
    [case] = life.cases()
    out = life.world.run("cases").out
    for text in (case["id"], INSTITUTE, NEAR, case["reasons"][0], "entity-monitor cases decide"):
        assert text in out
    assert case["id"] in life.world.run("status").out
