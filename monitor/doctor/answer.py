"""A question that the code assumes an answer to, and what came of asking it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from monitor.errors import LedgerError, SourceFault


class Held(StrEnum):
    """Whether an assumption holds."""

    HELD = "held"
    NOT_HELD = "not held"
    COULD_NOT_ASK = "could not ask"


class NotHeld(Exception):
    """The host answered, and otherwise than the code assumes; the text says how."""


class CannotAsk(Exception):
    """The question makes no sense now, because of what an earlier one came to."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one question."""

    about: str
    """The source, or `machine`."""
    question: str
    outcome: Held
    detail: str
    """What was seen."""
    place: str
    """Where in the code or the configuration to correct it."""


class Questions:
    """The questions about one thing, asked one after the other."""

    def __init__(self, about: str) -> None:
        self.about = about
        self.answers: list[Answer] = []

    def ask(self, question: str, place: str, look: Callable[[], str]) -> None:
        """Asks by looking; `look` says what it saw, or raises NotHeld, CannotAsk or SourceFault."""
        try:
            outcome, detail = Held.HELD, look()
        except NotHeld as error:
            outcome, detail = Held.NOT_HELD, str(error)
        except CannotAsk as error:
            outcome, detail = Held.COULD_NOT_ASK, str(error)
        except SourceFault as fault:
            outcome, detail = _outcome(fault), fault.reason
        except LedgerError as error:
            outcome, detail = Held.NOT_HELD, str(error)
        self.answers.append(Answer(self.about, question, outcome, detail[:300], place))


def _outcome(fault: SourceFault) -> Held:
    """A host that did not answer, or not us and not now, says nothing about the assumption."""
    unable = fault.status in {403, 429} or (fault.status is not None and fault.status >= 500)
    return Held.COULD_NOT_ASK if fault.unreached or unable else Held.NOT_HELD
