"""Every error this service raises on purpose; each names what it concerns and what would do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self


class MonitorError(Exception):
    """Base of all of them; its text is fit to be shown to a user."""

    @property
    def text(self) -> str:
        """What it was made with: a message keeps what it is made of."""
        said: str = self.args[0] if self.args else ""
        return said


@dataclass(frozen=True, slots=True)
class ConfigProblem:
    """One thing wrong in one file."""

    file: str
    line: int | None
    key: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.key}: {self.message}" if self.key else f"{place}: {self.message}"


class ConfigError(MonitorError):
    """The configuration cannot be used; carries every problem found, not only the first."""

    def __init__(self, problems: Sequence[ConfigProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UsageError(MonitorError):
    """A command was given something that does not exist, such as an unknown watch."""


class WatchlistChangedError(UsageError):
    """Another process has taken up a newer watch list: nothing may be judged by the old one."""

    def __init__(self) -> None:
        super().__init__("the watch list has just changed; try again in a few seconds")


class SourceFault(MonitorError):
    """A source did not bring a whole document of the right kind: a failed look, never an absence.

    `reason` is one plain sentence without secrets. `at_once` marks faults to hear of at the first
    time (404, 410, a redirect to another host, a broken contract). `retry_after` is in seconds,
    where the host named it. `detail` is the beginning of what the host sent with the error, in its
    own words: foreign text, never to be shown unescaped. `unreached` marks that no answer came at
    all: the line may be to blame, and it may be ours.
    """

    def __init__(
        self,
        reason: str,
        *,
        url: str | None = None,
        status: int | None = None,
        at_once: bool = False,
        retry_after: float | None = None,
        detail: str | None = None,
        unreached: bool = False,
    ) -> None:
        self.reason = reason
        self.url = url
        self.status = status
        self.at_once = at_once
        self.retry_after = retry_after
        self.detail = detail
        self.unreached = unreached
        super().__init__(reason)

    def alone(self) -> Self:
        """Itself, to be kept as a value: the frames it came through hold a body of 128 MB."""
        self.__traceback__ = self.__cause__ = self.__context__ = None
        return self


class LedgerError(MonitorError):
    """The database cannot be used as it is; the text says what to do."""
