"""Dates that an instruction gives itself: "Effective January 1, 2024, remove the entry for “X”".

Such a date is that of the entries it stands with, whatever the DATES section says of the rule.
Refuses to guess: an entry that stands between two dates, or has none where its neighbors have, is
not dated for certain.
"""

import re
from dataclasses import dataclass, field

from monitor.screening.printed import DATE, written_day

UNSURE = ""
"""Stands for a date of its own that cannot be told."""
DATED = (
    r"(?:(?<=[.,;:()”—–•]\s)|(?<=\bamended\s))"
    rf"(?i:effective\s+(?:(?:on|as\s+of|beginning)\s+)?{DATE.pattern}(?:,?\s+(?:through|until|to)\b)?)"
)
"""A pattern for the date where it opens or closes a clause, and is no word on the past."""
_HEAD = re.compile(rf"{DATED},?\s+(?:(?i:amend|revise|correct|in)\s+)?$")
_REACH = 90
"""Characters before an instruction's supplement in which its date may stand."""
_FOR_A_TIME = re.compile(r"\b(?:through|until|to)$", re.IGNORECASE)


@dataclass(slots=True)
class OwnDates:
    """Walks over an instruction's tokens beside the names, and gives each the date it stands with.

    A date before names is that of all of them up to the next one; a date behind them is theirs. One
    that introduces a list ("a. Effective January 1, 2024: i. …") holds for the items of the list.
    """

    standing: dict[str, str] = field(default_factory=dict)
    """By kind of the mark before their clause, the dates that introduced what follows."""
    by_name: list[str | None] = field(default_factory=list)
    by_clause: dict[int, str | None] = field(default_factory=dict)
    """By where a clause begins, the date it leaves for entries that nobody names."""
    kind: str = ""
    clause: int = 0
    first: int = 0
    """Index of the clause's first name."""
    leading: str | None = None
    behind: range = range(0)
    """Names that got their date from behind, in this clause."""
    dangling: bool = False
    """A second date has no name behind it."""
    dated: bool = False
    """There is a date of the instruction's own."""

    @classmethod
    def of(cls, text: str, start: int) -> "OwnDates":
        """For the instruction whose supplement is named at `start`."""
        head = text[head_start(text, start) : start]
        return cls({"": iso(head)}, clause=start, dated=True) if head else cls(clause=start)

    def turn(self, start: int, edge: str) -> None:
        """A clause begins behind this mark."""
        self._close()
        if self.leading is not None and len(self.by_name) == self.first:
            self.standing[self.kind] = self.leading
        kind = _kind(edge)
        if kind and kind in self.standing:
            kinds = list(self.standing)
            for over in kinds[kinds.index(kind) :]:
                del self.standing[over]
        self.kind, self.clause, self.first = kind or self.kind, start, len(self.by_name)
        self.leading, self.behind, self.dangling = None, range(0), False

    def date(self, said: str) -> None:
        """A date: of the names before it in the clause if none led them, else of those behind."""
        self.dated = True
        if self.leading is None and len(self.by_name) > self.first:
            self.behind = range(self.first, len(self.by_name))
            self._set(self.behind, iso(said))
            self.first = len(self.by_name)
        else:
            self.dangling = self.leading is not None
            self.leading = self.by_clause[self.clause] = iso(said)

    def verb(self) -> None:
        """A verb: behind a date that followed names it leaves open whose date that is."""
        if self.behind:
            self._set(self.behind, UNSURE)
            self.leading, self.behind = UNSURE, range(0)
        self.by_clause[self.clause] = self._now()

    def name(self) -> None:
        """A name, at the end of those before."""
        self.by_name.append(self._now())
        self.dangling = False

    def named(self) -> list[str | None]:
        """The date of each name; None in an instruction that has none of its own."""
        self._close()
        return [self._sure(day) for day in self.by_name]

    def nameless(self, clause: int) -> str | None:
        """The date of what a clause does to entries that it does not name."""
        return self._sure(self.by_clause.get(clause))

    def _now(self) -> str | None:
        return (
            next(reversed(self.standing.values()), None) if self.leading is None else self.leading
        )

    def _close(self) -> None:
        if self.dangling:
            self._set(range(self.first, len(self.by_name)), UNSURE)

    def _set(self, names: range, day: str) -> None:
        for at in names:
            self.by_name[at] = day

    def _sure(self, day: str | None) -> str | None:
        """The date, or that it is not certain: its neighbors have dates and it has none."""
        return UNSURE if day is None and self.dated else day


def head_start(text: str, start: int) -> int:
    """Where the date begins that stands before an instruction's supplement, else `start`."""
    # what stands before the date is looked at too
    found = _HEAD.search(text[max(start - _REACH, 0) : start])
    return max(start - _REACH, 0) + found.start() if found else start


def iso(said: str) -> str:
    """The date in the words as ISO, UNSURE where it is none or holds for a time only."""
    found = DATE.search(said)
    day = written_day(*found.groups()) if found else None
    return day.isoformat() if day and not _FOR_A_TIME.search(said) else UNSURE


def _kind(edge: str) -> str:
    """Of a mark before a clause, how it counts: by letters, by Roman numbers, by figures."""
    mark = edge.strip("(). ;")
    if not mark or edge[0] == ".":
        return ""
    if mark.isdigit():
        return "figures"
    return "romans" if re.fullmatch("[ivx]+", mark) else "letters"
