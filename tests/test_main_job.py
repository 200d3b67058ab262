"""The main job on the real list: the institute leaves, and people are told, each thing once."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

import pytest

from tests.real import whole_csl, without_institute
from tests.receivers import Mailbox, Recorder
from tests.upstream.server import Upstream
from tests.worlds import WATCH, World

CANARIES = [
    "All-Russian Scientific Research Institute of Technical Physics (VNIITF)",
    "Abdul Qader Khan Research Laboratories (AQKRL)",
    "Shahid Hemmat Industrial Group",
    "National University of Defense Technology (NUDT)",
]


@pytest.fixture(scope="module")
def bodies() -> tuple[bytes, bytes]:
    """The real list as it was, and with the institute's row deleted."""
    whole = whole_csl()
    return json.dumps(whole).encode(), json.dumps(without_institute(whole)).encode()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox(None) as running:
        yield running


@pytest.fixture
def hook() -> Iterator[Recorder]:
    with Recorder() as running:
        yield running


@pytest.fixture
def world(tmp_path: Path, mailbox: Mailbox, hook: Recorder) -> Iterator[World]:
    """The service of May 2022, with a mailbox and a webhook."""
    with Upstream(date(2022, 5, 16)) as up:
        made = World(up, tmp_path, now=datetime(2022, 5, 16, 19, 25, tzinfo=UTC))
        made.watches(WATCH)
        made.asks(
            "csl", csl={"min_entries": {"EL": 1900}, "max_shrink": 0.03, "canaries": CANARIES}
        )
        mail = f"mailto://127.0.0.1:{mailbox.port}?from=monitor@example.org&to=ann@example.org"
        made.tells(f"{hook.url}/told", mail=[f"{mail}&mode=insecure"])
        yield made
        made.ends()


def told(hook: Recorder) -> list[tuple[str, str]]:
    """Kind and id of everything the webhook was told."""
    said = [(one.json()["type"], one.headers["webhook-id"]) for one in hook.received]
    assert all(kind.startswith("entity-monitor.") for kind, _ in said)
    return [(kind.removeprefix("entity-monitor."), id_) for kind, id_ in said]


def mailed(mailbox: Mailbox) -> list[tuple[str, EmailMessage]]:
    """Event id and message of everything mailed."""
    return [(str(mail["X-Event-Id"]), mail) for _, mail in mailbox.received]


@pytest.mark.slow
def test_the_first_look_is_a_baseline(
    world: World, bodies: tuple[bytes, bytes], hook: Recorder, mailbox: Mailbox
) -> None:
    """Listed since 2020-06-05 by 85 FR 34505; 2,001 entries; nobody is alarmed."""
    world.up.csl.serves(bodies[0])
    ran = world.check()
    assert (ran.code, ran.kinds, ran.outcomes) == (0, ["baseline"], {"csl": "accepted"})
    assert (ran.status["state"], ran.status["pending"]) == ("listed", None)
    assert (ran.status["citation"], ran.status["since"]) == ("85 FR 34505", "2020-06-05")
    assert ran.json["polls"][0]["entries"] == 2001
    assert (hook.received, mailbox.received) == ([], [])


def test_the_institute_leaves(
    world: World, bodies: tuple[bytes, bytes], hook: Recorder, mailbox: Mailbox
) -> None:
    """Suspected at once, confirmed after 24 hours and 3 polls, each once in mailbox and webhook."""
    world.up.csl.serves(bodies[0])
    world.check()
    world.up.csl.serves(bodies[1])
    world.now = world.now.replace(hour=20)
    steps = [world.check().decisions]
    with world.web() as client:
        assert client.get("/status/mps-ifs").json()["pending"] == "removal_suspected"
    for hours in (11, 12.9, 0.2, 5):
        world.passes(hours=hours)
        steps.append(world.check().decisions)
    assert steps == [["removal_suspected"], [], [], ["removal_confirmed"], []]
    said = told(hook)
    assert [kind for kind, _ in said] == ["removal_suspected", "removal_confirmed"]
    assert [id_ for id_, _ in mailed(mailbox)] == [id_ for _, id_ in said]
    subjects = [mail["Subject"] for _, mail in mailed(mailbox)]
    assert "suspected" in subjects[0].lower()
    assert subjects[1].startswith("Removed: Ministry of Public Security")
    with world.web() as client:
        status = client.get("/status/mps-ifs").json()
        events = client.get("/events", params={"watch": "mps-ifs"}).json()["events"]
    assert (status["state"], status["pending"]) == ("not_listed", None)
    assert status["history"][-1]["to"] == status["since"] == "2022-05-16"
    assert [event["kind"] for event in events] == [
        "removal_confirmed",
        "removal_suspected",
        "baseline",
    ]
    assert events[0]["before"]["name"].startswith("Ministry of Public Security?s")


@pytest.mark.slow
def test_the_row_comes_back_before(
    world: World, bodies: tuple[bytes, bytes], hook: Recorder, mailbox: Mailbox
) -> None:
    """Cancelled, once; and a later true removal is told anew."""
    world.up.csl.serves(bodies[0])
    world.check()
    world.up.csl.serves(bodies[1])
    world.check(after=1)
    world.up.csl.serves(bodies[0])
    assert world.check(after=1).decisions == ["removal_cancelled"]
    assert world.check(after=30).decisions == []
    world.up.csl.serves(bodies[1])
    assert world.check(after=1).decisions == ["removal_suspected"]
    assert [kind for kind, _ in told(hook)] == [
        "removal_suspected", "removal_cancelled", "removal_suspected",
    ]  # fmt: skip
    assert len({id_ for _, id_ in told(hook)}) == 3
    assert [id_ for id_, _ in mailed(mailbox)] == [id_ for _, id_ in told(hook)]


@pytest.mark.slow
def test_the_evidence_comes_along_where_it_is_asked_for(
    world: World, bodies: tuple[bytes, bytes], hook: Recorder, mailbox: Mailbox
) -> None:
    """The mail of the removal has the report: the hash of the text, and the looks around it."""
    mail = f"mailto://127.0.0.1:{mailbox.port}?from=monitor@example.org&to=ann@example.org"
    world.tells(f"{hook.url}/told", mail=[f"{mail}&mode=insecure"], attach_report=True)
    world.up.csl.serves(bodies[0])
    world.check()
    world.up.csl.serves(bodies[1])
    world.passes(hours=1)
    world.check()
    ((event, message),) = mailed(mailbox)
    (file,) = message.iter_attachments()
    assert file.get_filename() == f"evidence-{event}.html"
    content = file.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert sha256(bodies[1]).hexdigest() in content.decode()
    assert f"entity-monitor export {event}" in content.decode()
