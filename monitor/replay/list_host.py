"""What the two list hosts share: the rows now published, and those of any hour before."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from monitor.replay.deeds import Serves, Spelling
from monitor.replay.host import Host
from monitor.screening.entry import Entry

Rows = dict[str, Entry]
"""Entries by the name the scenario has for them."""


class ListHost(Host):
    """A host that publishes a list of entries."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__(clock)
        self.past: list[tuple[datetime, Rows]] = []
        """What was published, and when, oldest first."""
        self.kept: tuple[Serves, bytes] | None = None
        """A recorded body that is served in place of the rows."""

    @property
    def rows(self) -> Rows:
        """What is published now."""
        return self.past[-1][1] if self.past else {}

    def rows_at(self, moment: datetime) -> Rows:
        """What was published then; the first that ever was, before it."""
        before = [rows for at, rows in self.past if at <= moment]
        return before[-1] if before else self.past[0][1] if self.past else {}

    def publishes(self, rows: Rows) -> None:
        """These rows from now on."""
        self.past.append((self.clock(), rows))

    def lists(self, entries: Rows) -> None:
        """Entries join."""
        self.publishes({**self.rows, **entries})

    def delists(self, names: list[str]) -> None:
        """Entries vanish."""
        self.publishes({name: row for name, row in self.rows.items() if name not in names})

    def amends(self, names: list[str], to: Spelling) -> None:
        """Entries say something else; those that are not published here stay away."""
        changed = {name: respelled(self.rows[name], to) for name in names if name in self.rows}
        self.publishes({**self.rows, **changed})

    def behind(self) -> timedelta:
        """The age of the copy that is served; none where it is the newest."""
        return max((one.said.behind.delta for one in self.wrong("older")), default=timedelta())

    def shown(self) -> Rows:
        """The rows as served now: an older copy's, where an edge serves one."""
        behind = self.behind()
        return self.rows_at(self.clock() - behind) if behind else self.rows

    def hour(self) -> datetime:
        """When what is served now was made."""
        now = self.clock() - self.behind()
        made = now.replace(minute=15, second=0, microsecond=0)
        return made if made <= now else made - timedelta(hours=1)


def respelled(entry: Entry, said: Spelling) -> Entry:
    """The entry with the fields that a spelling gives."""
    given: dict[str, Any] = {
        name: value for name in Spelling.model_fields if (value := getattr(said, name)) is not None
    }
    return replace(entry, **given)
