"""A round of polls that a person asked for, in a thread of its own; never two at once."""

import logging
from threading import Lock, Thread

from monitor.errors import MonitorError
from monitor.poll import check
from monitor.service import Parts

log = logging.getLogger("monitor.web")


class Checking:
    """The one round that may run in this process beside the scheduled polls."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._starting = Lock()
        self._thread: Thread | None = None

    def start(self) -> bool:
        """Starts a round; False where one is still running."""
        with self._starting:
            if self._thread is not None and self._thread.is_alive():
                return False
            # A daemon: what a round has not committed when the process ends is polled again.
            self._thread = Thread(target=self._run, name="check", daemon=True)
            self._thread.start()
            return True

    def finish(self, seconds: float) -> None:
        """Gives a running round this long to end."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _run(self) -> None:
        try:
            checked = check(self._parts)
        except MonitorError as error:
            log.error("the check could not be done: %s", error)  # noqa: TRY400 - expected, and told
        else:
            log.info("checked on request: %d polls", len(checked.polls))
