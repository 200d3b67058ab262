"""The watch files read again by a running service, and by several over one ledger."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from monitor.errors import ConfigError, ConfigProblem, WatchlistChangedError
from monitor.judging.watch_files import FollowedFiles, take_up
from monitor.poll import poll
from monitor.screening.entry import Entry
from monitor.screening.follow import Follow
from monitor.screening.watch import Watch
from monitor.service import Service
from monitor.settings import WatchFiles
from tests.listed import Listed, plain_text

INSTITUTE, BRAKES, PUMPS = (
    Watch("institute", "Institute of Forensic Science"),
    Watch("brakes", "Bremerhaven Brake Works"),
    Watch("pumps", "Ostrava Pump Factory"),
)
ROWS = [Entry("EL", watch.name) for watch in (INSTITUTE, BRAKES)]


@dataclass
class Replica:
    """One process over the ledger of `on`, with files of its own."""

    on: Listed
    folder: Path
    service: Service = field(init=False)
    followed: FollowedFiles = field(init=False)
    file: Sequence[Watch] | ConfigError = ()
    follows: Sequence[Follow] = ()

    def __post_init__(self) -> None:
        self.folder.mkdir()
        self.writes(*self.on.watches)
        self.followed = FollowedFiles(WatchFiles(self.folder), self._read)
        self.service = take_up(self.on.service, frozenset()).service

    def writes(self, *watches: Watch, follows: Sequence[Follow] = ()) -> None:
        self.follows = follows
        self._holds(watches)

    def spoils(self, reason: str) -> None:
        self._holds(ConfigError([ConfigProblem("watchlist.yaml", 3, "watches[0].id", reason)]))

    def looks(self) -> None:
        """As often as a change takes to count."""
        for _ in range(2):
            self.service = self.followed.look(self.service, frozenset()).service

    def _holds(self, file: Sequence[Watch] | ConfigError) -> None:
        self.file = file
        (self.folder / "watchlist.yaml").write_text(repr((file, self.follows)))

    def _read(self) -> tuple[Sequence[Watch], Sequence[Follow]]:
        if isinstance(self.file, ConfigError):
            raise self.file
        return self.file, self.follows


@pytest.fixture
def on(tmp_path: Path) -> Iterator[Listed]:
    """The institute is watched and listed; so is the brake works, which nobody watches yet."""
    made = Listed(tmp_path / "ledger", [INSTITUTE])
    for source in made.lists.values():
        source.gives(ROWS, text=plain_text(ROWS) if source.name == "ecfr" else None)
    made.checks()
    yield made
    made.closes()


@pytest.fixture
def replica(on: Listed, tmp_path: Path) -> Callable[[], Replica]:
    names = iter("abc")
    return lambda: Replica(on, tmp_path / next(names))


def told(on: Listed) -> list[tuple[str, str | None]]:
    """Every event, oldest first."""
    with on.service.ledger.reading() as reading:
        events = [stored.event for stored in reversed(reading.events(limit=None))]
    return [(event.kind.value, event.watch) for event in events]


def states(on: Listed) -> dict[str, str | None]:
    with on.service.ledger.reading() as reading:
        return {watch: one.state.state for (watch, _), one in reading.watched().items()}


def test_what_is_new_gets_its_state_and_what_went_keeps_its_events(
    on: Listed, replica: Callable[[], Replica]
) -> None:
    """From the snapshots that are there: no source is asked."""
    one = replica()
    one.writes(BRAKES, PUMPS)
    one.looks()
    assert states(on) == {"brakes": "listed", "pumps": "not_listed"}
    assert told(on) == [("baseline", w) for w in ("institute", "brakes", "pumps")]
    assert [watch.id for watch in one.service.watches] == ["brakes", "pumps"]


def test_broken_files_are_told_once_and_change_nothing(
    on: Listed, replica: Callable[[], Replica]
) -> None:
    """Whoever reads them, and however often they are saved before they are right."""
    one, other = replica(), replica()
    for at, each in ((1, one), (2, other), (3, one)):
        each.spoils(f"mistake {at}")
        each.looks()
    assert told(on)[1:] == [("format_changed", None)]
    with on.service.ledger.reading() as reading:
        event, broken = reading.events(limit=1)[0].event, reading.broken_files()
    assert "watchlist.yaml:3: watches[0].id: mistake 1" in event.summary
    assert broken is not None
    assert broken.reason == "watchlist.yaml:3: watches[0].id: mistake 3"
    assert states(on) == {"institute": "listed"}
    one.writes(INSTITUTE)
    one.looks()
    with on.service.ledger.reading() as reading:
        assert reading.broken_files() is None
    assert len(told(on)) == 2


def test_a_replica_follows_what_another_has_read(
    on: Listed, replica: Callable[[], Replica]
) -> None:
    """Though its own files say nothing new; and nothing is told twice when they do."""
    one, other = replica(), replica()
    one.writes(INSTITUTE, BRAKES)
    one.looks()
    other.looks()
    assert other.service.watches == one.service.watches
    other.writes(INSTITUTE, BRAKES)
    other.looks()
    one.looks()
    assert told(on) == [("baseline", "institute"), ("baseline", "brakes")]


def test_nothing_is_judged_by_a_list_no_longer_in_force(
    on: Listed, replica: Callable[[], Replica]
) -> None:
    """A removal that came between two replicas' reading of the file is told all the same."""
    one, late = replica(), replica()
    one.writes(INSTITUTE, BRAKES)
    one.looks()
    for source in on.lists.values():
        source.gives(ROWS[:1], text=plain_text(ROWS[:1]) if source.name == "ecfr" else None)
    for name in on.lists:
        with pytest.raises(WatchlistChangedError):
            poll(late.service, name)
    late.looks()
    for name in on.lists:
        poll(late.service, name)
    assert ("removal_confirmed", "brakes") in told(on)


def test_what_is_said_of_a_watch_comes_into_force_too(
    on: Listed, replica: Callable[[], Replica]
) -> None:
    """A note and tags are no news to anybody, and every replica shows them."""
    one, other = replica(), replica()
    one.writes(replace(INSTITUTE, note="Asked by legal.", tags=("legal",)))
    one.looks()
    other.looks()
    [watch] = other.service.watches
    assert (watch.note, watch.tags) == ("Asked by legal.", ("legal",))
    assert told(on) == [("baseline", "institute")]


def test_follows_are_taken_up_with_the_watches_by_every_replica(
    on: Listed, replica: Callable[[], Replica]
) -> None:
    """Each is set when it came, and anew with another filter; one that went is forgotten."""
    one, other = replica(), replica()
    china = Follow("china", countries=("CN",))
    one.writes(INSTITUTE, follows=(china, Follow("uvl", list="UVL")))
    one.looks()
    other.looks()
    assert [follow.id for follow in other.service.follows] == ["china", "uvl"]
    assert "UVL" in other.service.followed
    first = set_at(on)
    assert first.keys() == {"china", "uvl"}
    on.now += timedelta(hours=1)
    one.writes(INSTITUTE, follows=(replace(china, note="other words"), Follow("any")))
    one.looks()
    assert set_at(on) == {"china": first["china"], "any": on.now}
    one.writes(INSTITUTE, follows=(replace(china, countries=("RU",)),))
    one.looks()
    assert set_at(on) == {"china": on.now}
    assert told(on) == [("baseline", "institute")]


def set_at(on: Listed) -> dict[str, datetime]:
    with on.service.ledger.reading() as reading:
        return reading.followed_since()


def test_a_text_is_told_once_to_who_follows_the_list(
    on: Listed, replica: Callable[[], Replica]
) -> None:
    """By the source that brings a change first; not what was there, nor a list read anew."""
    made = replica()
    made.writes(INSTITUTE, follows=(Follow("any"), Follow("russia", countries=("RU",))))
    made.looks()
    on.service = replace(made.service, in_force=None)
    on.checks()
    come = [*ROWS, Entry("EL", PUMPS.name, country="CZ")]
    on.lists["csl"].gives(come)
    on.checks()
    on.lists["ecfr"].gives(come, text=plain_text(come))
    on.checks()
    on.lists["csl"].gives(ROWS)
    on.checks()
    news = [event for event in on.events if event.kind.value == "list_changed"]
    assert [(event.follow, event.title) for event in news] == [
        ("any", f"Found in the Consolidated Screening List: Entity List addition of {PUMPS.name}"),
        ("any", f"Found in the Consolidated Screening List: Entity List removal of {PUMPS.name}"),
    ]
    assert news[0].witnesses[0].source == "csl"
