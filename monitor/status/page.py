"""Statuses a page at a time, all or those that a reader chose. Changes nothing.

A page ends at a watch on a list, not at a number: a watch that comes or goes meanwhile moves none
of the others off the next page.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import dropwhile, islice

from monitor.errors import UsageError
from monitor.ledger.engine import chunks
from monitor.ledger.read import Reading
from monitor.screening.scope import Scope
from monitor.screening.watch import Watch
from monitor.status.status import Status, statuses
from monitor.status.summary import WatchSummary

LARGEST = 1000
"""Most statuses on a page, and as many where nobody says how many."""
CURSOR = r"^[a-z0-9_-]{1,64}\.[A-Z-]{1,20}$"
"""The form of a cursor: id and list of the last status shown."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which watches a reader chose; None for any."""

    state: str | None = None
    pending: str | None = None
    tag: str | None = None

    def takes(self, state: str, pending: str | None) -> bool:
        return self.state in {None, state} and self.pending in {None, pending}

    def tagged(self, watch: Watch) -> bool:
        return self.tag is None or self.tag in watch.tags


@dataclass(frozen=True, slots=True)
class Wanted(Choice):
    """And how many of them, from where on."""

    limit: int = LARGEST
    after: str | None = None
    """`next` of the page before."""


@dataclass(frozen=True, slots=True)
class StatusPage:
    statuses: tuple[Status, ...]
    next: str | None
    """Where the next page begins; None at the end."""


def status_page(
    scope: Scope,
    reading: Reading,
    now: datetime,
    wanted: Wanted,
    summaries: Callable[[], Sequence[WatchSummary]],
) -> StatusPage:
    """The page that was asked for, in the order of the configuration.

    `summaries` says where every watch stands; it is asked only where a state or a pending one was
    chosen.

    Raises UsageError for a tag that no watch bears, and for a cursor whose watch is gone.
    """
    chosen = list(islice(_chosen(scope, wanted, summaries), wanted.limit + 1))
    page = chosen[: wanted.limit]
    keys = {(watch.id, list_) for watch, list_ in page}
    found = (
        status
        for some in chunks({watch.id: watch for watch, _ in page}.values())
        for status in statuses(scope, reading, now, some)
        if (status.watch, status.list) in keys
    )
    return StatusPage(
        # A summary may be some seconds older than the status.
        tuple(status for status in found if wanted.takes(status.state, status.pending)),
        _cursor(*page[-1]) if len(chosen) > len(page) else None,
    )


def _chosen(
    scope: Scope, wanted: Wanted, summaries: Callable[[], Sequence[WatchSummary]]
) -> Iterator[tuple[Watch, str]]:
    """Every watch and list that was asked for, from the cursor on."""
    if wanted.tag is not None and not any(wanted.tagged(watch) for watch in scope.watches):
        raise UsageError(f"tag: no watch bears the tag “{wanted.tag}”")
    every: Iterator[tuple[Watch, str, bool]]
    if wanted.state is None and wanted.pending is None:
        every = ((watch, list_, True) for watch in scope.watches for list_ in watch.lists)
    else:
        stand = summaries()
        every = ((one.watch, one.list, wanted.takes(one.state, one.pending)) for one in stand)
    rest = every if wanted.after is None else _rest(scope, every, wanted.after)
    return ((watch, list_) for watch, list_, fits in rest if fits and wanted.tagged(watch))


def _rest(
    scope: Scope, every: Iterator[tuple[Watch, str, bool]], after: str
) -> Iterator[tuple[Watch, str, bool]]:
    id_, _, code = after.partition(".")
    watch = scope.watch(id_)
    if watch is None or code not in watch.lists:
        raise UsageError("cursor: the watch that it names is gone; begin again without a cursor")
    rest = dropwhile(lambda place: place[0].id != id_ or place[1] != code, every)
    return islice(rest, 1, None)


def _cursor(watch: Watch, list_: str) -> str:
    return f"{watch.id}.{list_}"
