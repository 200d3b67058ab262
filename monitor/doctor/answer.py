"""An assumption of the code, and the result of checking it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from monitor.errors import LedgerError, SourceFault


class Result(StrEnum):
    HELD = "ok"
    NOT_HELD = "failed"
    COULD_NOT_ASK = "not checked"


class NotHeld(Exception):
    """The answer differs from what the code assumes; the text says how."""


class CannotAsk(Exception):
    """An earlier result makes this check meaningless."""


@dataclass(frozen=True, slots=True)
class Answer:
    about: str
    """The source, or `machine`."""
    question: str
    outcome: Result
    detail: str
    """What was observed."""
    place: str
    """Where in the code or the configuration to fix it."""


class Questions:
    """The checks of one source or of the machine, in order."""

    def __init__(self, about: str) -> None:
        self.about = about
        self.answers: list[Answer] = []

    def ask(self, question: str, place: str, look: Callable[[], str]) -> None:
        """Runs `look`, which says what it saw, or raises NotHeld, CannotAsk or SourceFault."""
        try:
            outcome, detail = Result.HELD, look()
        except NotHeld as error:
            outcome, detail = Result.NOT_HELD, str(error)
        except CannotAsk as error:
            outcome, detail = Result.COULD_NOT_ASK, str(error)
        except SourceFault as fault:
            outcome, detail = _outcome(fault), fault.reason
        except LedgerError as error:
            outcome, detail = Result.NOT_HELD, str(error)
        self.answers.append(Answer(self.about, question, outcome, detail[:300], place))


def _outcome(fault: SourceFault) -> Result:
    """A host that did not answer, or refused us for now, says nothing about the assumption."""
    unable = fault.status in {403, 429} or (fault.status is not None and fault.status >= 500)
    return Result.COULD_NOT_ASK if fault.unreached or unable else Result.NOT_HELD
