"""Looking names up on a list, now or on a past date: suggestions with score and reason.

A score is likeness of spelling and never a verdict; only an exact match after normalization is the
same party (see `screening.names`).
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from rapidfuzz import fuzz, process, utils

from monitor.errors import UsageError
from monitor.ledger.read import Reading
from monitor.screening.entry import Entry, display_key
from monitor.screening.names import NameIndex, same_name
from monitor.screening.words.event_text import list_name
from monitor.sources.csl.row import iso_date

LOWEST = 60.0
"""Likeness in percent below which nothing is suggested."""
MOST = 50
"""Most suggestions."""


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that a search brought up."""

    entry: Entry
    score: float
    """Likeness in percent; 100 is the same name after normalization."""
    reason: str

    def public(self) -> dict[str, object]:
        """The ENTRY with score and reason."""
        return {**asdict(self.entry), "score": round(self.score, 1), "reason": self.reason}


def entries_on(reading: Reading, list_: str, on: str | None) -> list[Entry]:
    """A list's entries, now or on an ISO date: the law's own text, and what only the CSL has.

    Raises UsageError for a date that is none, for one on which no source's text is known or the
    eCFR's could not be used, for one after the last good look, and for a list that was never read:
    what nobody has read is no empty list, and not the list of the day before.
    """
    if on is not None and iso_date(on) is None:
        raise UsageError(f"“{on}” is not a date such as 2023-11-16")
    looked = _last_read(reading, list_)
    if on is not None and looked is not None and on > looked:
        raise UsageError(f"the list of {on} was not read: the last good look was on {looked}")
    known = {source: reading.entry_history(source, list_) for source in ("ecfr", "csl")}
    first = {source: history.first_poll() for source, history in known.items()}
    reach = [
        source
        for source, history in known.items()
        if on is None or history.coverage().holds(on, first[source])
    ]
    if not reach and any(first.values()):
        raise UsageError(f"the list of {on} was not read; `entity-monitor backfill` reads the past")
    if on is not None and (gap := known["ecfr"].coverage().gap(on)) is not None:
        raise UsageError(
            f"the list of {on} cannot be told: the eCFR's version of {gap.begins} could not be "
            f"used ({gap.reason}), and the next is of {gap.ends}"
        )
    found: list[Entry] = []
    for source in reach:
        more = reading.entries(source, list_, on)
        found += _others(found, more) if found else more
    if not found and looked is None:
        raise UsageError(f"the {list_name(list_)} has not been read yet: nothing can be said of it")
    return sorted(found, key=display_key)


def _last_read(reading: Reading, list_: str) -> str | None:
    """The day of the last good look at the list, UTC; None where no text of it was accepted."""
    goods = [one.last_good_at for one in reading.source_lists().values() if one.list == list_]
    return max((good.date().isoformat() for good in goods if good), default=None)


def _others(known: list[Entry], more: Iterable[Entry]) -> list[Entry]:
    """Entries of parties that are not known yet."""
    names = NameIndex((name, None) for entry in known for name in entry.names)
    return [entry for entry in more if not any(names.find(name) for name in entry.names)]


def look_up(reading: Reading, name: str, list_: str = "EL", on: str | None = None) -> list[Found]:
    """The entries nearest to a name, best first; all of them, unscored, for an empty name."""
    entries = entries_on(reading, list_, on)
    if not name.strip():
        return [Found(entry, 100.0, "on the list") for entry in entries]
    found = [one for entry in entries if (one := _exact(entry, name)) is not None]
    exact = {id(one.entry) for one in found}
    texts = {
        (at, spelling): spelling
        for at, entry in enumerate(entries)
        if id(entry) not in exact
        for spelling in entry.names
    }
    near = process.extract(
        name,
        texts,
        scorer=_likeness,
        processor=utils.default_process,
        score_cutoff=LOWEST,
        limit=MOST * 2,
    )
    best: dict[int, Found] = {}
    for spelling, score, (at, _) in near:
        if at not in best:
            alias = f"alias “{spelling}”" if spelling != entries[at].name else "name"
            best[at] = Found(entries[at], min(score, 99.0), f"its {alias} is similar")
    return [*found, *best.values()][:MOST]


def _likeness(one: str, other: str, *, score_cutoff: float | None = None) -> float:
    """Spelling first, then the words in any order, then the words they share."""
    del score_cutoff
    return max(
        fuzz.ratio(one, other),
        fuzz.token_sort_ratio(one, other),
        0.5 * (fuzz.token_set_ratio(one, other) + fuzz.token_sort_ratio(one, other)),
    )


def _exact(entry: Entry, name: str) -> Found | None:
    if same_name(entry.name, name):
        return Found(entry, 100.0, "the same name")
    alias = next((alias for alias in entry.aliases if same_name(alias, name)), None)
    return Found(entry, 100.0, f"the same as its alias “{alias}”") if alias else None
