"""The whole of 15 CFR part 744 in one answer: what stands in it beside the Entity List.

One request brings the Unverified List, the Military End-User List, and the sections and notes that
govern all lists. An answer without one of the lists is no absence: that list is not read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from monitor.errors import SourceFault
from monitor.screening.entry import PART_LISTS, Reading
from monitor.sources.ecfr.client import Ecfr
from monitor.sources.faults import faults_only
from monitor.sources.source import digest


@dataclass(frozen=True, slots=True)
class PartAnswer:
    """One answer for the whole part."""

    url: str
    sha256: str
    body: bytes
    as_of: str
    readings: Mapping[str, Reading] = field(default_factory=dict)
    """By list; empty where the body is the one judged last."""
    unread: Mapping[str, str] = field(default_factory=dict)
    """By list that could not be read in it, why."""

    @property
    def is_new(self) -> bool:
        """Whether the body is another than the one judged last."""
        return bool(self.readings or self.unread)


class WholePart:
    """Asks for the whole part."""

    def __init__(self, ecfr: Ecfr) -> None:
        self._ecfr = ecfr

    @property
    def issue(self) -> str:
        """What the versioner said last of the title: while it stands, the part has not moved."""
        return self._ecfr.issue

    @faults_only
    def look(self, on: date, known: str | None) -> PartAnswer:
        """The part of a date; a body whose sha256 is `known` is not read again.

        Raises SourceFault where no answer came.
        """
        answer = self._ecfr.part(on)
        sha = digest(answer.body)
        if sha == known:
            return PartAnswer(answer.url, sha, answer.body, on.isoformat())
        return read_part(answer.url, answer.body, on.isoformat())


def read_part(url: str, body: bytes, as_of: str) -> PartAnswer:
    """The lists of a body, each by itself: what is wrong with one says nothing of the other."""
    # Only now: its patterns cost a command that asks nobody a tenth of its start.
    from monitor.sources.ecfr.table import read

    readings, unread = dict[str, Reading](), dict[str, str]()
    for list_ in PART_LISTS:
        try:
            readings[list_] = read(body, list_)
        except SourceFault as fault:
            unread[list_] = fault.reason
    return PartAnswer(url, digest(body), body, as_of, readings, unread)
