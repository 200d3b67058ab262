"""A host on the stage: what it answers, and what can be wrong with the way it answers.

It stands where the fetcher stands and keeps its contract: a whole 200, a 304 that was asked for, or
a SourceFault in the fetcher's own words. What is wrong with a list's content is said in its room.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NoReturn

from monitor.errors import SourceFault
from monitor.replay.deeds import Breaks, How
from monitor.sources.fetch import Answer

BLOCK_PAGE = (
    b"<!DOCTYPE html><html><head><title>Request Access</title></head><body><h1>Request Access</h1>"
    b"<p>Due to aggressive automated scraping, please complete the CAPTCHA.</p></body></html>"
)
_REFUSED: frozenset[How] = frozenset(
    {"unreachable", "timeout", "refuses", "moves", "cut", "unasked_304"}
)
_SPOILED: frozenset[How] = frozenset({"captcha", "cut_silently", "empty"})


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and since when."""

    said: Breaks
    since: datetime


class Host(ABC):
    """One host of the three."""

    name = ""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.faults: list[Fault] = []

    def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer. Raises SourceFault where no whole one comes."""
        wrong = [fault.said for fault in self.faults if self._concerns(fault.said, url)]
        for said in wrong:
            if said.how in _REFUSED:
                _refuse(said, url)
        spoiled = [said for said in wrong if said.how in _SPOILED]
        answer = self.answer(url, {} if spoiled else dict(headers or {}))
        for said in spoiled:
            answer = _spoil(said, answer)
        return answer

    @abstractmethod
    def answer(self, url: str, headers: Mapping[str, str]) -> Answer:
        """What the host says when nothing is wrong with the way."""

    def place(self, url: str) -> int:
        """Which of the host's addresses this is."""
        del url
        return 0

    def breaks(self, said: Breaks) -> None:
        """Something is wrong from now on."""
        self.faults.append(Fault(said, self.clock()))

    def mends(self) -> None:
        """Nothing is wrong any more."""
        self.faults.clear()

    def wrong(self, *hows: How) -> list[Fault]:
        """What is wrong of these kinds."""
        return [fault for fault in self.faults if fault.said.how in hows]

    def _concerns(self, said: Breaks, url: str) -> bool:
        return said.address is None or said.address == self.place(url)


def not_found(url: str) -> NoReturn:
    """Answers 404. Raises SourceFault."""
    raise SourceFault("answered 404", url=url, status=404, at_once=True)


def _refuse(said: Breaks, url: str) -> NoReturn:
    if said.how == "unreachable":
        raise SourceFault("the connection failed: no route to host", url=url, unreached=True)
    if said.how == "timeout":
        raise SourceFault("no whole answer within 60 s", url=url, unreached=True)
    if said.how == "moves":
        raise SourceFault("redirected to another host: example.gov", url=url, at_once=True)
    if said.how == "cut":
        raise SourceFault("1998433 of 33554432 bytes came", url=url)
    if said.how == "unasked_304":
        raise SourceFault("answered 304 to a request without validators", url=url, status=304)
    reason = said.reason or f"answered {said.status}"
    raise SourceFault(reason, url=url, status=said.status, at_once=said.status in {404, 410})


def _spoil(said: Breaks, answer: Answer) -> Answer:
    bodies = {
        "captcha": BLOCK_PAGE,
        "cut_silently": answer.body[: int(len(answer.body) * said.share)],
        "empty": b"",
    }
    return replace(answer, body=bodies[said.how])
