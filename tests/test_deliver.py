"""From decision to people, end to end: whom an event goes to, and that nobody waits for another."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from monitor.deliver import PAUSES, TERM, after_receipt
from monitor.ledger.records import Notification
from monitor.notify.receipt import Outcome, Receipt
from tests.receivers import Recorder
from tests.upstream.parties import INSTITUTE, filler
from tests.worlds import WATCH, World

OTHER: dict[str, object] = {"id": "other", "name": "Bharat Electronics Limited (BEL)"}


@pytest.fixture
def hook() -> Iterator[Recorder]:
    with Recorder() as running:
        yield running


def told(hook: Recorder, path: str) -> list[str]:
    """The kinds that came to a path."""
    found = [one.json() for one in hook.received if one.path == path]
    return [one["type"].removeprefix("entity-monitor.") for one in found]


def told_by_apprise(hook: Recorder, path: str) -> list[str]:
    """The first words of the titles that came to a path."""
    return [
        str(one.json()["title"]).split(":")[0].split(" ")[0]
        for one in hook.received
        if one.path == path
    ]


def deliveries(document: Any) -> dict[str, str]:
    return {one["channel"]: one["outcome"] for one in document["deliveries"]}


def test_tags_are_routes(world: World, hook: Recorder) -> None:
    """A route by topic, by watch, or all but baselines; a webhook by kinds."""
    base = f"json://127.0.0.1:{hook.port}"
    world.watches(WATCH, OTHER)
    tags = {
        "all": [], "removal": ["removal"], "operations": ["operations"], "baseline": ["baseline"],
        "institute": ["mps-ifs"], "listing": ["listing"],
    }  # fmt: skip
    urls = [
        {f"{base}/{name}": [{"tag": tag}]} if tag else f"{base}/{name}"
        for name, tag in tags.items()
    ]
    world.writes("apprise.yaml", {"version": 1, "urls": urls})
    world.writes(
        "monitor.yaml",
        {"webhooks": [{"id": "legal", "url": f"{hook.url}/legal", "kinds": ["removal_cancelled"],
                       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}]},
    )  # fmt: skip
    world.check()
    world.up.delists(INSTITUTE)
    world.check(after=1)
    world.up.lists_institute()
    world.check(after=1)
    world.up.csl.answers(404)
    world.check(after=1)
    said = {name: len(told_by_apprise(hook, f"/{name}")) for name in tags}
    assert said == {
        "all": 3, "removal": 2, "operations": 1, "baseline": 2, "institute": 2, "listing": 0,
    }  # fmt: skip
    assert told(hook, "/legal") == ["removal_cancelled"]


def test_an_address_that_makes_no_channel_is_refused(world: World) -> None:
    """An empty list of options must not mean that nobody is told."""
    world.writes("apprise.yaml", {"version": 1, "urls": [{"json://127.0.0.1:9/a": []}]})
    for command in ("check", "config"):
        ran = world.run(command, *(["check"] if command == "config" else []))
        assert ran.code == 2
        assert "apprise.yaml:4: urls[0]: makes no channel" in ran.err


def test_a_channel_that_fails_holds_up_no_other(world: World, hook: Recorder) -> None:
    """Each has its own outcome, and the failing one is tried again under the same id."""
    world.tells(f"{hook.url}/good", f"{hook.url}/bad")
    world.check()
    world.up.delists(INSTITUTE)
    hook.answers(500, at="/bad")
    assert deliveries(world.check(after=1).json) == {
        "webhook:hook-0": "sent", "webhook:hook-1": "retry",
    }  # fmt: skip
    hook.recovers()
    world.now = world.now.replace(minute=30)
    assert deliveries(world.check().json) == {"webhook:hook-1": "sent"}
    ids = {one.headers["webhook-id"] for one in hook.received}
    assert (len(ids), len(hook.received)) == (1, 3)


def test_what_is_not_delivered_in_this_run_is_in_the_next(world: World, hook: Recorder) -> None:
    """`--no-deliver` decides and stores; nothing is lost."""
    world.tells(f"{hook.url}/told")
    world.check()
    world.up.delists(INSTITUTE)
    ran = world.check(after=1, send=False)
    assert (ran.decisions, deliveries(ran.json)) == (
        ["removal_suspected"], {"webhook:hook-0": "skipped"},
    )  # fmt: skip
    assert hook.received == []
    assert deliveries(world.check(after=1).json) == {"webhook:hook-0": "sent"}
    assert told(hook, "/told") == ["removal_suspected"]
    assert deliveries(world.check(after=1).json) == {}


def test_a_second_process_sends_what_the_first_left(world: World, hook: Recorder) -> None:
    """The queue is in the ledger and not in anybody's memory."""
    world.tells(f"{hook.url}/told")
    world.check()
    world.up.delists(INSTITUTE)
    world.check(after=1, send=False)
    world.ends()
    assert deliveries(world.commands(after=1).json) == {"webhook:hook-0": "sent"}


def test_several_events_of_one_round_go_out_in_that_round(world: World, hook: Recorder) -> None:
    """In their order: an hourly check must not leave one for the next hour."""
    world.tells(f"{hook.url}/told")
    world.asks("csl", csl={"stale_after": "1h"})
    world.check()
    world.up.csl.answers(500)
    world.check(after=3)
    world.up.csl.recovers()
    world.up.delists(INSTITUTE)
    world.check(after=1)
    assert told(hook, "/told") == ["watch_stale", "removal_suspected", "watch_fresh"]


def test_many_watches_removed_at_once_are_each_told(world: World, hook: Recorder) -> None:
    """Never batched into one."""
    names = [entry.name for entry in filler(8)]
    watches: list[dict[str, object]] = [
        {"id": f"w-{at}", "name": name} for at, name in enumerate(names)
    ]
    world.watches(*watches)
    world.tells(f"{hook.url}/told")
    world.check()
    for name in names:
        world.up.delists(name)
    world.check(after=1)
    told_of = {one.json()["data"]["watch"] for one in hook.received}
    assert told_of == {f"w-{at}" for at in range(len(names))}
    assert told(hook, "/told") == ["removal_suspected"] * len(names)


def test_a_notification_is_dead_only_after_three_days_and_every_pause() -> None:
    """Tried once before a long power cut, it is tried again after it, not buried."""
    first = datetime(2023, 11, 17, 15, tzinfo=UTC)
    refused = Receipt(Outcome.TRANSIENT, "no")
    waiting = Notification(
        1, "e", "c", "", "pending", first, first, attempts=1, reason="", first_tried_at=first
    )
    for attempts, later, status in (
        (1, timedelta(days=9), "pending"),
        (len(PAUSES), timedelta(days=2), "pending"),
        (len(PAUSES), TERM, "dead"),
    ):
        tried = replace(waiting, attempts=attempts)
        assert after_receipt(tried, refused, first + later)[0] == status
    assert after_receipt(waiting, Receipt(Outcome.PERMANENT, "no"), first)[0] == "dead"
