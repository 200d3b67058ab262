"""A sign of life to an outside watchdog after every round, so that it notices when we die.

The URL with `/start` is asked before a round, plain after a good one, with `/fail` after any other
(the form of healthchecks and its kin). It is a secret. A watchdog that fails or hangs costs a line
in the log and nothing else: signs are sent beside the work, few wait, and all are given up in time.
"""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import BoundedSemaphore
from urllib.parse import urlsplit, urlunsplit

from monitor.notify.channels import Outcome, ping

TIMEOUT = 5.0
"""Seconds that one sign may take."""
MOST_WAITING = 4

log = logging.getLogger("monitor.notify.heartbeat")


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The signs of one process. Without a URL it gives none."""

    url: str | None = field(default=None, repr=False)
    timeout: float = TIMEOUT
    _sending: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="heartbeat"), repr=False
    )
    _room: BoundedSemaphore = field(
        default_factory=lambda: BoundedSemaphore(MOST_WAITING), repr=False
    )

    def begins(self) -> None:
        self._give("/start")

    def ends(self, *, good: bool) -> None:
        self._give("" if good else "/fail")

    @contextmanager
    def open(self) -> Iterator["Heartbeat"]:
        """For as long as the process works; the last signs are sent before it ends."""
        try:
            yield self
        finally:
            self._sending.shutdown(wait=True)

    def _give(self, sign: str) -> None:
        if self.url is None:
            return
        if self._room.acquire(blocking=False):
            self._sending.submit(self._ask, sign_url(self.url, sign))
        else:
            log.warning("heartbeat: too many signs wait, one is left out")

    def _ask(self, url: str) -> None:
        try:
            receipt = ping(url, timeout=self.timeout)
            if receipt.outcome is not Outcome.SENT:
                log.warning("heartbeat: %s", receipt.reason)
        finally:
            self._room.release()


def sign_url(url: str, sign: str) -> str:
    """The URL for a sign: `/start` or `/fail` behind its path, before its query.

    >>> sign_url("https://hc.example/abc?rid=1", "/fail")
    'https://hc.example/abc/fail?rid=1'
    """
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=parts.path.rstrip("/") + sign)) if sign else url
