"""Asking through a source's own client, and remembering when each host said it answered."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from monitor.sources.fetch import Answer, Http


class Listening:
    """The source's client, with how far the host's clock was from ours at its last answer."""

    def __init__(self, http: Http, clock: Callable[[], datetime]) -> None:
        self._http = http
        self._clock = clock
        self.skew: float | None = None
        """Seconds by which our clock is ahead; None before an answer with a date."""

    def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """Asks; the host's date is held against the middle of the time that it took."""
        asked = self._clock()
        answer = self._http.get(url, headers=headers)
        middle = asked + (self._clock() - asked) / 2
        said = _moment(answer.headers.get("date"))
        if said is not None and "age" not in answer.headers:
            self.skew = (middle - said).total_seconds()
        return answer


def _moment(text: str | None) -> datetime | None:
    try:
        said = parsedate_to_datetime(text) if text else None
    except ValueError:
        return None
    return said.replace(tzinfo=UTC) if said is not None and said.tzinfo is None else said
