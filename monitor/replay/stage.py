"""The stage: the three hosts of a scenario, answering through the fetcher's contract.

Nothing here judges: deeds are done to the hosts, and the sources ask them like the real ones.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import msgspec

from monitor.errors import UsageError
from monitor.replay.cast import ALWAYS, CROWD, cast, crowd, members, other_lists
from monitor.replay.csl_host import CslHost
from monitor.replay.deeds import (
    Accepts,
    Amends,
    Breaks,
    Deed,
    Delists,
    Files,
    Lists,
    Mends,
    Publishes,
    Registers,
    Serves,
    Withdraws,
)
from monitor.replay.ecfr_host import EcfrHost
from monitor.replay.host import Host
from monitor.replay.list_host import ListHost, Rows, respelled
from monitor.replay.register_host import RegisterHost
from monitor.replay.scenario import Act, Party, Scenario
from monitor.screening.acts.document import Document
from monitor.screening.entry import ENTITY_LIST, Entry
from monitor.sources.fetch import Http


class Stage:
    """The world of one scenario."""

    def __init__(self, scenario: Scenario, clock: Callable[[], datetime], folder: Path) -> None:
        """`folder`: where the files of a recording are."""
        self._scenario, self._folder = scenario, folder
        written = {**{name: Party.model_validate(one) for name, one in cast().items()},
                   **scenario.parties}  # fmt: skip
        self._parties = {name: _entry(party) for name, party in written.items()}
        self._in_csl = {
            name: respelled(replace(self._parties[name], source="csl"), party.csl)
            for name, party in written.items()
        }
        self._crowd = crowd(scenario.world.crowd)
        self._acts = {name: self._one_by_one(act) for name, act in scenario.acts.items()}
        self.csl = CslHost(clock, scenario.world.csl_urls)
        self.ecfr = EcfrHost(clock)
        self.register = RegisterHost(clock, self._everyone())
        self._furnish()

    @property
    def hosts(self) -> Mapping[str, Host]:
        """The hosts, by source."""
        return {one.name: one for one in (self.csl, self.ecfr, self.register)}

    @property
    def https(self) -> Mapping[str, Http]:
        """What each source asks in place of the network."""
        return self.hosts

    def does(self, deed: Deed) -> None:
        """Does a deed to the world; what a person does at the monitor is the player's to do."""
        if isinstance(deed, (Lists, Delists, Amends)):
            self._edit(deed)
        elif isinstance(deed, Files):
            self.register.files(self._acts[deed.files])
        elif isinstance(deed, Publishes):
            self.register.publishes(self._acts[deed.publishes])
        elif isinstance(deed, Withdraws):
            self.register.withdraws(self._acts[deed.withdraws])
        elif isinstance(deed, Breaks):
            for host in self._named(deed.breaks):
                host.breaks(deed)
        elif isinstance(deed, Mends):
            for host in self._named(deed.mends):
                host.mends()
        elif not isinstance(deed, Accepts):
            self._replay(deed)

    def _edit(self, deed: Lists | Delists | Amends) -> None:
        hosts: dict[str, ListHost] = {"csl": self.csl, "ecfr": self.ecfr}
        for name in deed.hosts:
            host = hosts[name]
            if isinstance(deed, Lists):
                host.lists(self._rows(deed.lists, name))
            elif isinstance(deed, Delists):
                host.delists(list(self._rows(deed.delists, name)))
            else:
                host.amends(list(self._rows(deed.amends, name)), deed.to)

    def _replay(self, deed: Serves | Registers) -> None:
        if isinstance(deed, Serves):
            host = self.csl if deed.serves == "csl" else self.ecfr
            host.kept = (deed, self._file(deed.body))
            return
        documents = msgspec.json.decode(self._file(deed.registers), type=list[Document])
        self.register.kept = (
            documents,
            {number: self._file(name) for number, name in deed.texts.items()},
        )

    def _file(self, name: str) -> bytes:
        """A file beside the scenario. Raises UsageError where there is none."""
        path = (self._folder / name).resolve()
        if not path.is_relative_to(self._folder.resolve()) or not path.is_file():
            raise UsageError(f"the scenario names {name}, and there is no such file beside it")
        return path.read_bytes()

    def _named(self, host: str) -> Sequence[Host]:
        return list(self.hosts.values()) if host == "all" else [self.hosts[host]]

    def _furnish(self) -> None:
        world = self._scenario.world
        names = [*world.listed]
        if world.crowd:
            names += [*ALWAYS, f"{CROWD}:1-{world.crowd}"]
        others = {f"other:{at}": one for at, one in enumerate(other_lists(world.other_lists))}
        self.ecfr.lists(self._rows(names, "ecfr"))
        self.csl.lists({**self._rows(names, "csl"), **others})
        if world.rules:
            self.register.begun = self.csl.clock()

    def _rows(self, names: Sequence[str], host: str) -> Rows:
        """The entries of these names as the host spells them; the eCFR has one list alone."""
        parties = self._in_csl if host == "csl" else self._parties
        found: Rows = {}
        for name in names:
            for at in members(name, len(self._crowd)):
                found[f"{CROWD}:{at + 1}"] = self._crowd[at]
            if name in parties and (host == "csl" or parties[name].list == ENTITY_LIST):
                found[name] = parties[name]
        return found

    def _one_by_one(self, act: Act) -> Act:
        """The act with every party it names by itself."""
        named = {"removes": act.removes, "adds": act.adds, "revises": act.revises}
        return act.model_copy(
            update={verb: tuple(self._rows(names, "csl")) for verb, names in named.items()}
        )

    def _everyone(self) -> dict[str, Entry]:
        """Every party by name, for the texts of acts."""
        crowded = {f"{CROWD}:{at + 1}": one for at, one in enumerate(self._crowd)}
        return {**self._parties, **crowded}


def _entry(party: Party) -> Entry:
    return respelled(Entry(list=party.list, name=party.name, source="ecfr"), party)
