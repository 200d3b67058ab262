"""Looking names up on a list, now or on a past date: the same name, then near ones, with reasons.

The comparison is the one by which watches find their rows (`screening.names`). A score is how near
two names are, and never a verdict.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property

from monitor.errors import UsageError
from monitor.ledger.read import Reading
from monitor.screening.entry import Entry, display_key
from monitor.screening.names import Candidate, ListNames, NameIndex, name_key, same_name
from monitor.screening.watch import Watch
from monitor.screening.witness import LIST_SOURCES, Source
from monitor.screening.words.labels import list_name
from monitor.screening.words.message import Message, joined, say
from monitor.sources.csl.row import iso_date

MOST = 50
"""Most suggestions."""


@dataclass(frozen=True, slots=True)
class Found:
    entry: Entry
    score: float
    """How near the names are, in percent; 100 is the same name."""
    reason: str

    def public(self) -> dict[str, object]:
        return {**asdict(self.entry), "score": round(self.score, 1), "reason": self.reason}


def entries_on(reading: Reading, list_: str, on: str | None) -> list[Entry]:
    """A list's entries, now or on an ISO date: the law's own text, and what only the CSL has.

    Raises UsageError where that day is not known, as `known_by` says.
    """
    found: list[Entry] = []
    for source in known_by(reading, list_, on):
        more = reading.entries(source, list_, on)
        found += _others(found, more) if found else more
    return sorted(found, key=display_key)


def known_by(reading: Reading, list_: str, on: str | None) -> list[Source]:
    """The sources whose text of a list is known, now or on an ISO date.

    Raises UsageError for a date that is none, for one on which no source's text is known or the
    eCFR's could not be used, for one after the last good look, and for a list that was never read:
    what nobody has read is no empty list, and not the list of the day before.
    """
    if on is not None and iso_date(on) is None:
        raise UsageError(say("“{text}” is not a date such as 2023-11-16", text=on))
    looked = _last_read(reading, list_)
    if on is not None and looked is not None and on > looked:
        raise UsageError(
            say("the list of {day} was not read: the last good look was on {last}",
                day=on, last=looked)
        )  # fmt: skip
    known = {source: reading.entry_history(source, list_) for source in LIST_SOURCES}
    first = {source: history.first_poll() for source, history in known.items()}
    if looked is None and not any(first.values()):
        raise UsageError(
            say(
                "the {list} has not been read yet; `entity-monitor check` reads it",
                list=list_name(list_),
            )
        )
    reach = [
        source
        for source, history in known.items()
        if on is None or history.coverage().holds(on, first[source])
    ]
    if not reach and any(first.values()):
        raise UsageError(
            say("no text of {day} is known; `entity-monitor backfill` reads the past", day=on)
        )
    if on is not None and (gap := known[Source.ECFR].coverage().gap(on)) is not None:
        raise UsageError(
            say(
                "the list of {day} is unknown: the eCFR version of {begins} was unusable "
                "({reason}), and the next is of {ends}",
                day=on,
                begins=gap.begins,
                reason=gap.reason,
                ends=gap.ends,
            )
        )
    return reach


def _last_read(reading: Reading, list_: str) -> str | None:
    """The day of the last good look at the list, UTC; None where no text of it was accepted."""
    goods = [value.last_good_at for value in reading.source_lists().values() if value.list == list_]
    return max((good.date().isoformat() for good in goods if good), default=None)


def _others(known: list[Entry], more: Iterable[Entry]) -> list[Entry]:
    """Entries of parties that are not known yet."""
    names = NameIndex((name, None) for entry in known for name in entry.names)
    return [entry for entry in more if not any(names.find(name) for name in entry.names)]


@dataclass(frozen=True)
class Searched:
    """The entries of a list, ready to be asked for names."""

    entries: Sequence[Entry]

    @cached_property
    def _names(self) -> ListNames[int]:
        return ListNames(
            (name, at) for at, entry in enumerate(self.entries) for name in entry.names
        )

    def find(self, name: str) -> list[Found]:
        """The same name first, then the near ones, best first; each entry once."""
        same = [self._same(at, name) for at in self._names.same(name)]
        known = {id(one.entry) for one in same}
        near = [
            self._near(candidate)
            for candidate in self._names.near(name, most=MOST)
            if id(self.entries[candidate.row]) not in known
        ]
        return [*sorted(same, key=lambda one: display_key(one.entry)), *near][:MOST]

    def _same(self, at: int, name: str) -> Found:
        entry = self.entries[at]
        if same_name(entry.name, name):
            return Found(entry, 100.0, say("the same name"))
        alias = next((alias for alias in entry.aliases if same_name(alias, name)), None)
        if alias is not None:
            return Found(entry, 100.0, say("the same as its alias “{alias}”", alias=alias))
        likest = [(each, self._names.compare(name, each)) for each in entry.names]
        best, said = max(likest, key=lambda one: one[1].score)
        equal = (
            say("equal but for form")
            if best == entry.name
            else say("equal to its alias “{alias}” but for form", alias=best)
        )
        return Found(entry, 100.0, joined("; ", (equal, *said.reasons[1:])))

    def _near(self, candidate: Candidate[int]) -> Found:
        entry = self.entries[candidate.row]
        near = (
            say("its name is near")
            if candidate.name == entry.name
            else say("its alias “{alias}” is near", alias=candidate.name)
        )
        why = joined("; ", candidate.reasons)
        if why:
            near = say("{near}: {reasons}", near=near, reasons=why)
        elif candidate.family:
            more = say("{count} more entries like it", count=len(candidate.family))
            near = joined("; ", (near, more))
        return Found(
            entry,
            min(candidate.score * 100, 99.0),
            near,
        )


@dataclass
class Search:
    """Answers searches; the lists asked last stay ready while their accepted texts stay."""

    watches: Sequence[Watch] = ()
    _ready: dict[object, Searched] = field(default_factory=dict)

    def find(
        self, reading: Reading, name: str, list_: str = "EL", on: str | None = None
    ) -> list[Found]:
        """The entries nearest to a name, best first; all of them, unscored, for an empty name.

        A name in another script is looked for among the names that watches have in it.
        """
        ready = self._list(reading, list_, on)
        if not name.strip():
            return [Found(entry, 100.0, say("on the list")) for entry in ready.entries]
        found = ready.find(name)
        for watch in local_watches(self.watches, name):
            known = {id(one.entry) for one in found}
            said = say(
                "“{name}” is a name of the watch {watch} in its own script",
                name=name.strip(),
                watch=watch.id,
            )
            for own in watch.names:
                for one in ready.find(own):
                    if id(one.entry) not in known:
                        known.add(id(one.entry))
                        found.append(Found(one.entry, one.score, joined("; ", (said, one.reason))))
        return sorted(found, key=lambda one: -one.score)[:MOST]

    def entries(self, reading: Reading, list_: str, on: str | None = None) -> Sequence[Entry]:
        """All of a list, as `entries_on` has it."""
        return self._list(reading, list_, on).entries

    def _list(self, reading: Reading, list_: str, on: str | None) -> Searched:
        if on is not None:
            return Searched(entries_on(reading, list_, on))
        texts = {
            value.source: value.accepted_sha256
            for value in reading.source_lists().values()
            if value.list == list_
        }
        asked = (list_, *sorted(texts.items()))
        if (ready := self._ready.get(asked)) is None:
            ready = Searched(entries_on(reading, list_, None))
            # One text of each list is enough; a dict is changed in one step, whoever asks.
            others = {key: one for key, one in self._ready.items() if _list_of(key) != list_}
            self._ready = {**others, asked: ready}
        return ready


def _list_of(key: object) -> object:
    return key[0] if isinstance(key, tuple) else None


def look_up(
    reading: Reading,
    name: str,
    list_: str = "EL",
    on: str | None = None,
    watches: Sequence[Watch] = (),
) -> list[Found]:
    """One search; see `Search.find`."""
    return Search(watches).find(reading, name, list_, on)


def local_watches(watches: Iterable[Watch], name: str) -> list[Watch]:
    """The watches with this name, or a part of it, among those in their own script."""
    wanted = name_key(name)
    if not wanted or not foreign_script(name):
        return []
    return [watch for watch in watches if any(wanted in name_key(one) for one in watch.local_names)]


def foreign_script(name: str) -> Message | None:
    """The script of a name that the lists, which are in Latin letters, cannot hold."""
    letters = [letter for letter in name if letter.isalpha()]
    foreign = [script for letter in letters if (script := _script(letter))]
    return foreign[0] if len(foreign) * 2 > len(letters) else None


def script_remark(name: str) -> Message | None:
    """What to know of a search in another script; None where there is nothing to say."""
    script = foreign_script(name)
    if script is None:
        return None
    return say(
        "The lists are written in Latin letters, and this name is in {script}: search for its "
        "English name or its transliteration. Names that watches have as local_names are found.",
        script=script,
    )


_SCRIPTS = (
    ("CJK", say("Chinese characters")), ("CYRILLIC", say("Cyrillic")),
    ("ARABIC", say("Arabic script")), ("HANGUL", say("Hangul")),
    ("HIRAGANA", say("Japanese script")), ("KATAKANA", say("Japanese script")),
    ("HEBREW", say("Hebrew script")), ("GREEK", say("Greek letters")), ("THAI", say("Thai script")),
    ("DEVANAGARI", say("Devanagari")),
)  # fmt: skip


def _script(letter: str) -> Message | None:
    called = unicodedata.name(letter, "")
    if called.startswith("LATIN"):
        return None
    return next(
        (said for begins, said in _SCRIPTS if called.startswith(begins)), say("another script")
    )
