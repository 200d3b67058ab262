"""A small world of three hosts on loopback: `Upstream` is what tests speak to.

The vocabulary of the world is here (`lists`, `delists`, `amends`, `files`, `publishes`,
`withdraws`, `moves_clock`); what goes wrong with a host is said to it: `up.csl.cuts_body()`,
`up.ecfr.imports()`, `up.register.caches()`. Library user agents are refused, as the real hosts do.
"""

import re
import threading
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Self, Unpack

from monitor.screening.entry import ENTITY_LIST, Entry
from tests.upstream import ecfr_xml
from tests.upstream.csl import MAIN, TWIN, Changes, Csl
from tests.upstream.ecfr import Ecfr
from tests.upstream.ecfr_xml import TableRow
from tests.upstream.host import Host
from tests.upstream.parties import (
    canaries,
    filler,
    institute,
    institute_in_csl,
    neighbors,
    other_lists,
)
from tests.upstream.register import Register
from tests.upstream.rules import Rule, housekeeping
from tests.upstream.socket_server import LoopbackServer
from tests.upstream.wire import HTML, Reply, Request

_LIBRARY_AGENT = re.compile(r"python|httpx|curl|wget|java|okhttp|go-http|libwww|$", re.IGNORECASE)
_LONG_LISTED = date(2017, 1, 3)
WASHINGTON_WINTER = timezone(timedelta(hours=-5))


class Upstream:
    """CSL, eCFR and Federal Register, on one port of 127.0.0.1. A context manager."""

    def __init__(
        self,
        today: date = date(2026, 11, 20),
        *,
        port: int = 0,
        refuses_library_agents: bool = True,
    ) -> None:
        """`today`: the newest date of the eCFR and the day of the CSL's stamps. Binds the port."""
        self.requests: list[Request] = []
        """Every request, in the order it came."""
        self.surprises: list[BaseException] = []
        """What went wrong in here on answering; `stop` raises the first."""
        self.control: Callable[[str, dict[str, str]], str] | None = None
        """Does what `POST /_/word` asks, for use by hand."""
        self.refuses_library_agents = refuses_library_agents
        self.stopping = threading.Event()
        self._lock = threading.RLock()
        self._server = LoopbackServer(self, port)
        self._thread: threading.Thread | None = None
        host, bound = self._server.socket.getsockname()
        self.base_url = f"http://{host}:{bound}"
        self.csl = Csl(self._lock, _after_rebuild(today))
        self.ecfr = Ecfr(self._lock, today)
        self.register = Register(self._lock, self.base_url)

    # -- its life

    def start(self) -> Self:
        """Serves from now on."""
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def stop(self) -> None:
        """Closes every connection. Raises what went wrong in here, if anything did."""
        self.stopping.set()
        if self._thread is not None:
            self._server.shutdown()
            self._thread.join()
        self._server.close_connections()
        self._server.server_close()
        if self.surprises:
            raise self.surprises[0]

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def csl_url(self) -> str:
        return f"{self.base_url}{MAIN}.json"

    @property
    def csl_csv_url(self) -> str:
        return f"{self.base_url}{MAIN}.csv"

    @property
    def csl_twin_url(self) -> str:
        return f"{self.base_url}{TWIN}.json"

    def asked(self, host: str, part: str = "") -> list[Request]:
        """The requests that came to one host, for paths with this part."""
        return [one for one in self.requests if one.host == host and part in one.path]

    # -- the world

    def moves_clock(self, to: date | datetime) -> None:
        """Another day: the eCFR's newest date and the stamps of the next rebuild of the CSL."""
        moment = to if isinstance(to, datetime) else _after_rebuild(to)
        self.ecfr.moves_to(moment.date())
        self.csl.is_rebuilt(moment)

    def lists(
        self,
        *entries: Entry,
        on: date | None = None,
        csl: bool = True,
        csl_form: Entry | None = None,
    ) -> None:
        """Entries join the CSL now, and the eCFR from the version of `on` (None: not at all).

        `csl_form` is how the CSL spells it, where that differs.
        """
        if csl:
            self.csl.lists(*((csl_form,) if csl_form else entries))
        if on is not None:
            for list_ in dict.fromkeys(entry.list for entry in entries):
                new = tuple(ecfr_xml.row_for(one) for one in entries if one.list == list_)
                self.ecfr.changes_on(on, lambda rows, new=new: (*rows, *new), list_)  # type: ignore[misc]

    def delists(
        self, name: str, *, csl: bool = True, ecfr: date | None = None, list_: str = ENTITY_LIST
    ) -> None:
        """Every row of this name goes: from the CSL now, from the eCFR with the version of a date.

        LookupError: there is none to go.
        """
        if csl:
            self.csl.delists(name, list_)
        if ecfr is not None:
            self._must_be_in_ecfr(name, ecfr, list_)
            self.ecfr.changes_on(
                ecfr, lambda rows: tuple(r for r in rows if not r.is_named(name)), list_
            )

    def amends(
        self,
        name: str,
        /,
        *,
        csl: bool = True,
        ecfr: date | None = None,
        **changes: Unpack[Changes],
    ) -> None:
        """The entries of this name say something else. LookupError: there is none to amend."""
        if csl:
            self.csl.amends(name, **changes)
        if ecfr is not None:
            self._must_be_in_ecfr(name, ecfr)
            self.ecfr.changes_on(
                ecfr,
                lambda rows: tuple(_amended(r, changes) if r.is_named(name) else r for r in rows),
            )

    def _must_be_in_ecfr(self, name: str, day: date, list_: str = ENTITY_LIST) -> None:
        if not any(row.is_named(name) for row in self.ecfr.rows_on(day, list_)):
            raise LookupError(f"the eCFR has no entry {name!r} on {day}")

    def files(self, rule: Rule, *, at: datetime | None = None, kind: str = "special") -> None:
        """A rule goes on public inspection: at 08:45 in Washington the day before, if not said."""
        eve = rule.publication - timedelta(days=1)
        filed = at or datetime(eve.year, eve.month, eve.day, 8, 45, tzinfo=WASHINGTON_WINTER)
        self.register.files(rule, filed, kind)

    def publishes(self, *rules: Rule, on: date | None = None) -> None:
        """The documents API carries these, under their own date or under `on`."""
        self.register.publishes(*(replace(r, publication=on) if on else r for r in rules))

    def withdraws(self, number: str) -> None:
        """A rule on public inspection is withdrawn."""
        self.register.withdraws(number)

    # -- whole worlds

    def lists_institute(self, *, on: date = date(2020, 6, 5), csl: bool = True) -> None:
        """The institute, spelled by each list as that list spelled it."""
        self.lists(institute(), on=on, csl=csl, csl_form=institute_in_csl())

    def is_furnished(
        self, entries: int = 40, *, institute_listed: bool = True, others: int = 5
    ) -> Self:
        """A plausible whole, with other lists and two idle rules, and the institute or not."""
        self.lists(*canaries(), *neighbors(), *filler(entries), on=_LONG_LISTED)
        codified = tuple(one for one in other_lists(others) if one.list in ecfr_xml.SUPPLEMENTS)
        self.lists(*codified, on=_LONG_LISTED)
        self.lists(*(one for one in other_lists(others) if one not in codified))
        self.publishes(*housekeeping(2, newest=self.ecfr.newest))
        if institute_listed:
            self.lists_institute()
        return self

    def loads_real_csl(self, path: Path, *, without: Collection[str] = ()) -> None:
        """The CSL is a real file (gzipped JSON) from now on, less these Entity List names."""
        self.csl.loads(path, without)

    def loads_real_ecfr(self, body: bytes, *, on: date) -> None:
        """The supplement has the rows of a real one from the version of `on`."""
        rows = ecfr_xml.rows_of(body)
        self.ecfr.changes_on(on, lambda _: rows)

    # -- answering

    def reply(self, request: Request) -> Reply:
        """What the host in question answers."""
        host = self._host(request.path)
        self.requests.append(replace(request, host=host.name if host else "nowhere"))
        if self.refuses_library_agents and _LIBRARY_AGENT.match(
            request.headers.get("user-agent", "")
        ):
            return Reply(b"<html><body>Forbidden</body></html>", HTML, 403)
        if host is None:
            return Reply(b"<html><body>Not found</body></html>", HTML, 404)
        return host.reply(request)

    def does(self, word: str, asked: dict[str, str]) -> str | None:
        """What came of a word said by hand; None if nobody listens."""
        return self.control(word, asked) if self.control else None

    @property
    def hosts(self) -> tuple[Host, ...]:
        """All three."""
        return (self.csl, self.ecfr, self.register)

    def _host(self, path: str) -> Host | None:
        return next((host for host in self.hosts if path.startswith(host.prefixes)), None)


def _after_rebuild(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, 15, tzinfo=UTC)


def _amended(row: TableRow, changes: Changes) -> TableRow:
    """The row of the amended entry. LookupError: it came from a real file."""
    if row.entry is None:
        raise LookupError("a row of a real file cannot be amended: delist it and list another")
    return ecfr_xml.row_for(replace(row.entry, **changes))
