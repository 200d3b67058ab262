"""A tape: what the hosts answered, served to the sources in place of the network.

It keeps the fetcher's contract: a whole 200, a 304 to who has the body already, or a SourceFault in
the fetcher's words. A request that was never recorded is no fault of a source: it ends the replay.
"""

import gzip
import zlib
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from monitor.errors import SourceFault, UsageError
from monitor.replay.scenario import Recorded, Scenario
from monitor.sources.fetch import Answer, Http

LARGEST = 256 * 1024 * 1024
"""Bytes of a body that are read; more is a broken tape."""


class Tape:
    """The answers of one source."""

    def __init__(
        self, source: str, scenario: Scenario, folder: Path, clock: Callable[[], datetime]
    ) -> None:
        self._source = source
        self._answers = [answer for answer in scenario.answers if answer.source == source]
        self._folder = folder
        self._clock = clock

    def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """What was answered. Raises SourceFault as recorded, UsageError where nothing was."""
        recorded = self._recorded(url)
        if recorded.fault is not None:
            raise SourceFault(recorded.fault, url=url, unreached=True)
        if recorded.status != 200:
            raise SourceFault(
                f"answered {recorded.status}",
                url=url,
                status=recorded.status,
                at_once=recorded.status in {404, 410},
            )
        etag = recorded.headers.get("etag")
        if etag is not None and (headers or {}).get("If-None-Match") == etag:
            return Answer(url, 304, b"", recorded.headers)
        return Answer(url, 200, self._body(recorded), recorded.headers)

    def _recorded(self, url: str) -> Recorded:
        """The newest answer to this address; of two at once, the one that asks for more."""
        now = self._clock()
        found = [one for one in self._answers if one.since <= now and _fits(one, url)]
        if not found:
            raise UsageError(
                f"the tape holds no answer of {self._source} to {url} at {now:%Y-%m-%d %H:%M} UTC"
            )
        return max(found, key=lambda one: (one.since, one.path.count("&"), "?" in one.path))

    def _body(self, recorded: Recorded) -> bytes:
        """Raises UsageError where the file is missing or broken."""
        if recorded.body is None:
            return b""
        path = self._folder / recorded.body
        try:
            with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
                body: bytes = file.read(LARGEST + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise UsageError(f"the tape's body {recorded.body} cannot be read: {error}") from error
        if len(body) > LARGEST:
            raise UsageError(f"the tape's body {recorded.body} is larger than {LARGEST} bytes")
        return body


def tapes(scenario: Scenario, folder: Path, clock: Callable[[], datetime]) -> dict[str, Http]:
    """What each source asks in place of the network."""
    return {name: Tape(name, scenario, folder, clock) for name in scenario.sources}


def _fits(recorded: Recorded, url: str) -> bool:
    asked, kept = urlsplit(url), urlsplit(recorded.path)
    return asked.path == kept.path and set(parse_qsl(kept.query)) <= set(parse_qsl(asked.query))
