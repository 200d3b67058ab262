"""Many cases at once reach each channel as one message; each is an event all the same."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from sqlite3 import connect
from typing import cast

import pytest

from monitor.deliver import deliver
from monitor.judging.case_decision import decide_case
from monitor.notify.channels import Channel
from monitor.screening.cases import Decision
from monitor.screening.entry import Entry
from monitor.screening.event import Event, Kind
from monitor.screening.watch import Watch
from monitor.upkeep.reminders import remind
from tests.ledger.test_upgrade_0003 import aged
from tests.listed import Listed, plain_text
from tests.post import hook, opened
from tests.receivers import Recorder
from tests.screening.names.made_names import made_names
from tests.upstream.parties import filler

COLORS = ("Amber", "Bronze", "Cobalt", "Damson", "Ebony", "Fawn", "Garnet", "Hazel", "Indigo",
          "Jasper", "Khaki", "Lilac", "Mauve", "Nacre", "Ochre", "Puce", "Quartz", "Russet",
          "Sepia", "Teal")  # fmt: skip
BEASTS = ("Badger", "Civet", "Dingo", "Ermine", "Ferret", "Gazelle", "Hyena", "Ibex", "Jackal",
          "Kudu")  # fmt: skip
PAIRS = [(color, beast) for color in COLORS for beast in BEASTS]
ROWS = tuple(
    Entry(list="EL", name=f"{color}{beast.lower()} Zvezdomer Works {color}", country="RU",
          addresses=(f"{at} {color} Street, Moscow",), citations=(f"85 FR {30000 + at}",))
    for at, (color, beast) in enumerate(PAIRS)
)  # fmt: skip
NEAR = tuple(
    Watch(f"w{at}", f"{color}{beast.lower()[:-1]}q Zvezdomer Works {color}")
    for at, (color, beast) in enumerate(PAIRS)
)
"""Each with a letter wrong in the word of its own."""
FIRST = Watch("first", "Nobody of Nowhere")


@pytest.fixture
def receiver() -> Iterator[Recorder]:
    with Recorder() as running:
        yield running


@pytest.fixture
def listed(receiver: Recorder, tmp_path: Path) -> Iterator[Listed]:
    """One watch, one webhook, two lists, and a first check done."""
    made = Listed(tmp_path, [FIRST])
    made.service = replace(made.service, channels=opened(hook(receiver.url)))
    for name, source in made.lists.items():
        source.gives(ROWS, text=plain_text(ROWS) if name == "ecfr" else None)
    made.checks()
    yield made
    made.closes()


def watches(listed: Listed, *more: Watch) -> None:
    listed.service = replace(listed.service, watches=(FIRST, *more))


def told(listed: Listed, receiver: Recorder) -> list[dict[str, object]]:
    """What the channel received since the last question."""
    deliver(listed.service)
    found = [got.json()["data"] for got in receiver.received]
    receiver.received.clear()
    return found


def matches(events: tuple[Event, ...]) -> list[Event]:
    return [event for event in events if event.kind is Kind.POSSIBLE_MATCH]


@pytest.mark.slow
def test_an_import_of_200_watches_is_one_message(listed: Listed, receiver: Recorder) -> None:
    """How many, the ten strongest; an event each in the feed, and no more at the next checks."""
    watches(listed, *NEAR)
    events = matches(listed.checks().events)
    own = [event for event in events if event.watch]
    assert len({event.watch for event in own}) == 200
    [summary] = [event for event in events if event.watch is None]
    [message] = told(listed, receiver)
    assert message["id"] == summary.id
    assert f"{len(own)} possible matches for 200 watches" in summary.title
    assert summary.summary.count("may be") == 10
    strongest = max(own, key=lambda event: (event.score, event.id))
    assert f"({strongest.score:.2f}; case" in summary.summary
    with listed.service.ledger.reading() as reading:
        stored = reading.events(kind="possible_match", limit=None)
    assert {one.event.id for one in stored} == {event.id for event in events}
    for _ in range(3):
        assert listed.checks().events == ()
    assert told(listed, receiver) == []


@pytest.mark.slow
def test_an_import_on_a_list_that_nobody_followed_is_one_message(
    listed: Listed, receiver: Recorder
) -> None:
    """Its first text comes with the look after the import; a single watch tells its first check."""
    other = tuple(replace(row, list="UVL") for row in ROWS)
    listed.lists["csl"].gives((*ROWS, *other))
    watches(listed, *(replace(watch, lists=("UVL",)) for watch in NEAR[:20]))
    events = listed.checks().events
    assert {event.watch for event in matches(events)} == {*(f"w{at}" for at in range(20)), None}
    assert len(told(listed, receiver)) == 1
    assert listed.checks().events == ()
    listed.lists["csl"].gives((*ROWS, *other, *(replace(row, list="MEU") for row in ROWS)))
    watches(listed, replace(NEAR[30], lists=("MEU",)))
    assert [event.kind for event in listed.checks().events] == [Kind.BASELINE]


def test_a_first_installation_tells_its_first_checks_alone(tmp_path: Path) -> None:
    """On whichever lists: nothing was imported into anything."""
    made = Listed(tmp_path, [replace(watch, lists=("EL", "UVL")) for watch in NEAR[:5]])
    for name, source in made.lists.items():
        other = tuple(replace(row, list="UVL") for row in ROWS[:5])
        source.gives((*ROWS, *other), text=plain_text(ROWS) if name == "ecfr" else None)
    assert {event.kind for event in made.checks().events} == {Kind.BASELINE}
    made.closes()


def test_one_new_watch_tells_its_first_check_alone(listed: Listed, receiver: Recorder) -> None:
    """Its cases stand in it."""
    watches(listed, NEAR[0])
    [event] = listed.checks().events
    assert event.kind is Kind.BASELINE
    assert ROWS[0].name in event.summary
    assert told(listed, receiver) == []


def test_a_channel_for_some_watches_is_told_of_those(tmp_path: Path) -> None:
    """Its message counts what it may know, and names nobody else."""
    with Recorder() as one, Recorder() as all_:
        made = Listed(tmp_path, [FIRST])
        every_one, some = opened(hook(all_.url), hook(one.url, "few"))
        few_of = cast(Channel, _Few(some, {"w1", "w2"}))
        made.service = replace(made.service, channels=(every_one, few_of))
        for name, source in made.lists.items():
            source.gives(ROWS, text=plain_text(ROWS) if name == "ecfr" else None)
        made.checks()
        made.service = replace(made.service, watches=(FIRST, *NEAR[:20]))
        made.checks()
        deliver(made.service)
        [few], [every] = one.received, all_.received
        made.closes()
    assert "for 2 watches" in few.json()["data"]["title"]
    assert NEAR[5].name not in few.json()["data"]["summary"]
    assert "for 20 watches" in every.json()["data"]["title"]


class _Few:
    """A channel that wants some watches, as a tag of theirs does."""

    def __init__(self, channel: Channel, watches: set[str]) -> None:
        self._channel, self._watches = channel, watches

    def __getattr__(self, name: str) -> object:
        return getattr(self._channel, name)

    def wants(self, event: Event, _tags: Collection[str] = ()) -> bool:
        return event.watch in self._watches and event.kind is not Kind.BASELINE


@pytest.mark.sqlite
def test_an_upgrade_tells_its_cases_once_and_together(listed: Listed, receiver: Recorder) -> None:
    """Rows of an older version get their parties; a certain state says nothing."""
    sure = Watch("sure", ROWS[3].name)
    watches(listed, sure, *NEAR[10:14])
    listed.checks()
    told(listed, receiver)
    _downgrade(listed)
    checked = listed.checks()
    assert {event.kind for event in checked.events} == {Kind.POSSIBLE_MATCH}
    assert {event.watch for event in checked.events} == {"w10", "w11", "w12", "w13", None}
    assert len(told(listed, receiver)) == 1
    assert listed.states()["sure"] == "listed"
    assert listed.checks().events == ()


@pytest.mark.slow
def test_an_upgrade_of_a_thousand_watches_is_one_message(tmp_path: Path) -> None:
    """From the schema before parties: one message a channel, no alarm, every state as it was."""
    listed = [Watch(f"l{at}", row.name) for at, row in enumerate(filler(500))]
    strange = made_names([row.name for row in ROWS], Random(5), 400)
    nobody = [Watch(f"n{at}", name) for at, name in enumerate(strange)]
    watched = (*listed, *NEAR[:100], *nobody)
    rows = (*ROWS, *filler(1_500))
    with Recorder() as one, Recorder() as another:
        channels = (*opened(hook(one.url)), *opened(hook(another.url, "other")))
        before = _of_thousand(tmp_path, watched, rows)
        before.checks()
        before.checks()
        kept = _states(before)
        before.closes()
        aged(f"sqlite:///{tmp_path / 'monitor.db'}")
        after = _of_thousand(tmp_path, watched, rows)
        after.now = before.now
        after.service = replace(after.service, channels=channels)
        events = after.checks().events
        deliver(after.service)
        told = [[got.json()["data"]["kind"] for got in each.received] for each in (one, another)]
        now, shown = _states(after), after.states()
        assert after.checks().events == ()
        after.closes()
    assert {event.kind for event in events} == {Kind.POSSIBLE_MATCH}
    assert told == [["possible_match"], ["possible_match"]]
    assert {f"w{at}" for at in range(100)} <= {event.watch for event in events}
    assert len(watched) == 1_000
    assert now == kept
    asked = {event.watch for event in events}
    assert {shown[watch.id] for watch in listed} == {"listed"}
    assert {shown[one.id] for one in nobody if one.id not in asked} == {"not_listed"}


def _of_thousand(folder: Path, watched: Sequence[Watch], rows: Sequence[Entry]) -> Listed:
    """A service whose two lists have these rows, before its next look."""
    made = Listed(folder, watched)
    for name, source in made.lists.items():
        source.gives(rows, text=plain_text(rows) if name == "ecfr" else None)
    return made


def _states(listed: Listed) -> dict[str, tuple[str | None, str | None]]:
    """What is decided of each watch beneath its cases, and since when."""
    with listed.service.ledger.reading() as reading:
        return {
            watch: (one.state.state, one.state.since)
            for (watch, _), one in reading.watched().items()
        }


def test_the_message_is_told_again_until_all_is_decided(listed: Listed, receiver: Recorder) -> None:
    """One reminder for all, none for each."""
    listed.service = replace(listed.service, remind_every=timedelta(days=1))
    watches(listed, *NEAR[:3])
    listed.checks()
    assert len(told(listed, receiver)) == 1
    listed.now += timedelta(days=2)
    assert remind(listed.service) == 1
    with listed.service.ledger.reading() as reading:
        waiting = reading.cases(open_=True)
    for case in waiting:
        decide_case(listed.service, case.id, Decision.DIFFERENT, by="Ann Lee")
    listed.now += timedelta(days=2)
    assert remind(listed.service) == 0


def _downgrade(listed: Listed) -> None:
    """The ledger as a version without parties left it."""
    with connect(listed.folder / "monitor.db") as database:
        for said in ("DELETE FROM possible_match", "DELETE FROM bound",
                     "UPDATE entry SET party = NULL"):  # fmt: skip
            database.execute(said)
