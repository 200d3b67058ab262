"""Whatever goes wrong upstream, no false removal is told, no true one is missed, nothing twice.

A model of the law changes by acts; two lists follow it late, and the three hosts break in every way
that is known, each by itself. The monitor sees only the hosts, through its own sources and ledger.
A fault that takes exactly one watched row out of both lists for a day cannot be told from a removal
by anybody: single rows are lost on one list at a time, and for less than a day.
"""

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from monitor.poll import Checked
from monitor.screening.entry import ENTITY_LIST, Entry
from monitor.screening.event import Event, Kind
from monitor.screening.witness import WASHINGTON
from monitor.status.status import Status, statuses
from tests.extent import so_many
from tests.stories.story import Story as Told
from tests.upstream.parties import POLICY, filler, institute
from tests.upstream.rules import Rule, addition, removal
from tests.upstream.server import Upstream

BEGINS = "2026-03-02 09:00"
PARTIES = {
    "mps-ifs": replace(institute(), source=""),
    "wing-fai": Entry(
        ENTITY_LIST, "Wing Fai Optics Limited", (), ("Unit 5, Nathan Road, Kowloon",), "CN", None,
        POLICY, ("80 FR 8524",), "2015-02-18",
    ),
}  # fmt: skip
"""Who is watched, by watch."""
Fault = Callable[[Any], object]
ANYWHERE: dict[str, Fault] = {
    "unreachable": lambda host: host.resets(),
    "timeout": lambda host: host.hangs(3600),
    "503": lambda host: host.answers(503),
    "404": lambda host: host.answers(404),
    "captcha": lambda host: host.html_page(),
    "cut": lambda host: host.cuts_body(),
    "cut silently": lambda host: host.cuts_body(with_length=False, at=0.7),
    "moves": lambda host: host.redirects_to("https://example.gov/"),
    "empty": lambda host: host.serves(b""),
}
OF_ECFR: dict[str, Fault] = {
    "older": lambda host: host.falls_behind(timedelta(days=2)),
    **{f"keeps {part}": lambda host, part=part: host.keeps(part) for part in (0.0, 0.4, 0.9)},  # type: ignore[misc]
}
OF_CSL: dict[str, Fault] = {
    "older": lambda host: host.falls_behind(timedelta(hours=30)),
    "no rows": lambda host: host.empty_results(),
    "no Entity List": lambda host: host.drops_list("EL"),
    "0.4 of it": lambda host: host.keeps_of_list("EL", 0.4),
    "0.9 of it": lambda host: host.keeps_of_list("EL", 0.9),
    "single spaces": lambda host: host.collapses_double_spaces(),
    "blank aliases": lambda host: host.writes_no_aliases_as_blank(),
    "reshaped aliases": lambda host: host.changes_everywhere(
        "alt_names", lambda _: ["Old Works", "New Works"], "EL"
    ),
    "a field more": lambda host: host.adds_field("screening_reference", "R-1"),
    "no metadata": lambda host: host.loses_metadata(),
    "a wrong total": lambda host: host.declares_total(7),
    "other ids": lambda host: host.renumbers(),
    "lost letters": lambda host: host.loses_apostrophes(),
    "a search answer": lambda host: host.answers_search(),
}
FAULTS = {
    "csl": {**ANYWHERE, **OF_CSL},
    "ecfr": {**ANYWHERE, **OF_ECFR},
    "federal_register": ANYWHERE,
}
CROWD = filler(60)
CONFIRMED = {Kind.REMOVAL_CONFIRMED: False, Kind.LISTING_CONFIRMED: True}
parties = st.sampled_from(sorted(PARTIES))
LOST_FOR = timedelta(hours=20)


class Story(RuleBasedStateMachine):
    """The law, its followers, their faults, and what the monitor tells of it."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(TemporaryDirectory(prefix="story-")))
        self.up = Upstream()
        self.stack.callback(self.up.stop)
        self.story = Told(self.up, folder)
        self.stack.callback(self.story.ends)
        self.hosts = {host.name: host for host in self.up.hosts}
        self.law: dict[str, bool] = {}
        self.changed_on: dict[str, datetime] = {}
        self.filed: dict[str, Rule] = {}
        self.lost: tuple[str, str, datetime] | None = None
        self.events: list[Event] = []
        self.acts = 0
        self.crowd = [entry.name for entry in CROWD]

    @initialize(listed=st.booleans(), other=st.booleans())
    def begins(self, listed: bool, other: bool) -> None:
        """All is well at first, whoever is listed."""
        self.law = {"mps-ifs": listed, "wing-fai": other}
        standing = [PARTIES[name] for name, there in self.law.items() if there]
        self.up.lists(*standing, on=date(2017, 1, 3))
        watches: tuple[dict[str, object], ...] = tuple(
            {"id": name, "name": one.name} for name, one in PARTIES.items()
        )
        self.story.begins(
            BEGINS, entries=len(CROWD), others=2, institute_listed=False, watches=watches
        )
        self._hears(self.story.last)

    def teardown(self) -> None:
        """A day after all is mended and followed, the monitor says what the law says."""
        try:
            if self.law:
                self._ends()
        finally:
            self.stack.close()

    def _ends(self) -> None:
        self.finds_row()
        for host in self.up.hosts:
            host.recovers()
        self.follows("csl")
        self.follows("ecfr")
        for _ in range(4):
            self.looks(9)
        for name, status in self.status().items():
            assert (status.state == "listed") is self.law[name], status.reasons
            announced = name in self.filed
            assert (status.pending is not None) is announced, status.reasons

    # -- the law

    @precondition(lambda self: any(self._settled(name) for name in PARTIES))
    @rule(name=parties)
    def files(self, name: str) -> None:
        """An act that turns a party's standing is on public inspection; it comes out tomorrow."""
        if self._settled(name) and name not in self.filed:
            day = self._today() + timedelta(days=1)
            self.filed[name] = self._act(name, day)
            self.up.files(self.filed[name], at=self.story.now)

    @rule(name=parties)
    def withdraws(self, name: str) -> None:
        """It is withdrawn."""
        if name in self.filed:
            self.up.withdraws(self.filed.pop(name).number)

    @rule(name=parties)
    def comes_into_force(self, name: str) -> None:
        """It is published on its day; another comes without having been on inspection."""
        if not self._settled(name):
            return
        act = self.filed.pop(name, None) or self._act(name, self._today())
        if act.publication > self._today():
            self.story.moves_to(self.story.now + timedelta(days=1))
        self.up.publishes(act)
        self.law[name] = not self.law[name]
        self.changed_on[name] = self.story.now

    # -- the lists

    @rule(host=st.sampled_from(["csl", "ecfr"]))
    def follows(self, host: str) -> None:
        """A list says what the law says."""
        if self.lost and self.lost[0] == host:
            self.lost = None
        for name, listed in self.law.items():
            self._shows(host, name, listed=listed)

    @rule(name=parties, both=st.booleans(), number=st.integers(1, 3))
    def amends(self, name: str, both: bool, number: int) -> None:
        """An entry says something else, on one list or on both."""
        said = f"Case-by-case review, in form {number}."
        if self._has("ecfr", name):
            self.up.amends(
                PARTIES[name].name, csl=False, ecfr=self.story.today, license_policy=said
            )
        if both and self._has("csl", name):
            self.up.csl.amends(PARTIES[name].name, license_policy=said)

    @rule()
    def loses_somebody_else(self) -> None:
        """Another party leaves both lists."""
        if len(self.crowd) > 55:
            self.up.delists(self.crowd.pop(), ecfr=self.story.today)

    # -- what goes wrong

    @rule(data=st.data(), host=st.sampled_from(sorted(FAULTS)))
    def breaks(self, data: st.DataObject, host: str) -> None:
        """Something is wrong with one host."""
        fault = data.draw(st.sampled_from(sorted(FAULTS[host])))
        FAULTS[host][fault](self.hosts[host])

    @rule(host=st.sampled_from(sorted(FAULTS)))
    def mends(self, host: str) -> None:
        """Nothing is wrong with it any more."""
        self.hosts[host].recovers()

    @rule(name=parties, host=st.sampled_from(["csl", "ecfr"]))
    def loses_row(self, name: str, host: str) -> None:
        """One list alone loses one row that is there by law, for less than a day."""
        if self.lost is None and self.law[name] and self._settled(name):
            self._shows(host, name, listed=False)
            self.lost = (host, name, self.story.now)

    @rule(name=parties)
    def brings_back_row(self, name: str) -> None:
        """The screening list alone brings back an old row, for less than a day."""
        if self.lost is None and not self.law[name] and self._settled(name):
            self._shows("csl", name, listed=True)
            self.lost = ("csl", name, self.story.now)

    def finds_row(self) -> None:
        """The row that one list alone got wrong is right again."""
        if self.lost is not None:
            host, name, _ = self.lost
            self._shows(host, name, listed=self.law[name])
            self.lost = None

    # -- the looks

    @rule(hours=st.integers(0, 30), only=st.sampled_from([None, None, *sorted(FAULTS)]))
    def looks(self, hours: int = 0, only: str | None = None) -> None:
        """Time passes, and the monitor looks."""
        now = self.story.now + timedelta(hours=hours)
        if self.lost is not None and now - self.lost[2] > LOST_FOR:
            self.finds_row()
        self.story.moves_to(now)
        self._hears(self.story.looks(only))

    def _hears(self, checked: Checked) -> None:
        good = {poll.source for poll in checked.polls if poll.outcome in {"accepted", "unchanged"}}
        for event in checked.events:
            self._is_true(event)
            self._is_news(event)
            self.events.append(event)
        self._is_told(good)

    def _is_true(self, event: Event) -> None:
        """What is confirmed is the law."""
        if event.kind in CONFIRMED:
            assert event.watch is not None
            assert self.law[event.watch] is CONFIRMED[event.kind], event.summary

    def _is_news(self, event: Event) -> None:
        """Nothing is told twice, and every decision is another than the one before."""
        assert event.id not in {before.id for before in self.events}
        mine = [before for before in self.events if before.watch == event.watch]
        decided = [before.kind for before in mine if before.kind in CONFIRMED]
        if event.kind in CONFIRMED and decided:
            assert decided[-1] is not event.kind, event.summary
        if event.kind in {Kind.REMOVAL_ANNOUNCED, Kind.LISTING_ANNOUNCED}:
            assert event.document_number not in {
                before.document_number for before in mine if before.kind is event.kind
            }
        if event.kind is Kind.BASELINE:
            assert not mine

    def _is_told(self, good: set[str]) -> None:
        """What a healthy source shows in a good poll is told, suspected or better."""
        for name, status in self.status().items():
            said = status.last_known_state == "listed"
            if said is self.law[name]:
                continue
            for host in (self.up.csl, self.up.ecfr):
                shows = self._has(host.name, name)
                if host.name in good and host.is_well and shows is self.law[name]:
                    assert status.pending is not None, (host.name, status.reasons)
            healthy = "federal_register" in good and self.up.register.is_well
            assert not healthy, ("an act in force was not told", name, status.reasons)

    # -- small words

    def status(self) -> dict[str, Status]:
        """How each party stands with the monitor."""
        running = self.story.running
        with running.ledger.reading() as reading:
            return {status.watch: status for status in statuses(running, reading, self.story.now)}

    def _settled(self, name: str) -> bool:
        """Whether all followed the last change, so that the law may change again."""
        if not self.law or (self.lost and self.lost[1] == name):
            return False
        changed = self.changed_on.get(name)
        if changed and changed.astimezone(WASHINGTON).date() >= self._today():
            return False
        status = self.status()[name]
        shown = all(self._has(host, name) is self.law[name] for host in ("csl", "ecfr"))
        seen = all(source.verdict == ("listed" if self.law[name] else "absent")
                   for source in status.sources if source.verdict)  # fmt: skip
        told = (status.last_known_state == "listed") is self.law[name]
        return shown and seen and told and "suspected" not in (status.pending or "")

    def _has(self, host: str, name: str) -> bool:
        return (self.up.csl if host == "csl" else self.up.ecfr).has(PARTIES[name].name)

    def _shows(self, host: str, name: str, *, listed: bool) -> None:
        entry, today = PARTIES[name], self.story.today
        there, csl = self._has(host, name), host == "csl"
        if listed and not there:
            self.up.lists(entry, csl=csl, on=None if csl else today)
        if there and not listed:
            self.up.delists(entry.name, csl=csl, ecfr=None if csl else today)

    def _act(self, name: str, day: date) -> Rule:
        self.acts += 1
        entry, number = PARTIES[name], f"2026-{10_000 + self.acts}"
        citation = f"91 FR {20_000 + self.acts}"
        if self.law[name]:
            return removal(
                entry.name, number=number, publication=day, effective=day, citation=citation
            )
        return addition(entry, number=number, publication=day, effective=day, citation=citation)

    def _today(self) -> date:
        return self.story.now.astimezone(WASHINGTON).date()


def the_settings(examples: int, steps: int) -> settings:
    """Long enough a story for three things to go wrong at once."""
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        print_blob=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


def tell(number: int, examples: int, steps: int = 18) -> int:
    """So many stories of one seed; the seed, when all of them held."""
    run_state_machine_as_test(seed(number)(Story), settings=the_settings(examples, steps))
    return number


def test_no_story_misleads() -> None:
    """A few stories of a seed that stays, in every run."""
    tell(744, 3, 8)


@pytest.mark.slow
def test_no_story_of_many_misleads() -> None:
    """More and longer ones of that seed."""
    tell(744, 15, 10)


@pytest.mark.long
def test_two_thousand_stories_mislead_nobody() -> None:
    """2,000 stories in eight seeds, over the cores there are."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        assert list(pool.map(tell, range(1, 9), [so_many(250)] * 8)) == list(range(1, 9))
