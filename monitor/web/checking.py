"""A round of polls on request, in a thread of its own; one at a time."""

import logging
from threading import Lock, Thread

from monitor.errors import MonitorError
from monitor.poll import check
from monitor.service import Service

log = logging.getLogger("monitor.web")


class Checking:
    """The one round that may run in this process beside the scheduled polls."""

    def __init__(self) -> None:
        self._starting = Lock()
        self._thread: Thread | None = None

    def start(self, service: Service) -> bool:
        """Starts a round; False where one is still running."""
        with self._starting:
            if self._thread is not None and self._thread.is_alive():
                return False
            # A daemon: what a round has not committed when the process ends is polled again.
            self._thread = Thread(target=_run, args=(service,), name="check", daemon=True)
            self._thread.start()
            return True

    def finish(self, seconds: float) -> None:
        """Gives a running round this long to end."""
        if self._thread is not None:
            self._thread.join(seconds)


def _run(service: Service) -> None:
    try:
        checked = check(service)
    except MonitorError as error:
        log.error("the requested check failed: %s", error)  # noqa: TRY400 - expected, and told
    else:
        log.info("checked on request: %d polls", len(checked.polls))
