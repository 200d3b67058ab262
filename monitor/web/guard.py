"""Who may post: the admin token, compared in constant time; guessing is slowed down.

An address that failed too often is refused outright for a while, the right token included: else the
limit would not slow a guesser down at all.
"""

import hmac
from collections import OrderedDict, deque
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

FAILURES = 10
"""Failed attempts of one address …"""
WITHIN = timedelta(minutes=5)
"""… in this time, before it must wait."""
ADDRESSES = 1024
"""Most addresses remembered; the oldest is forgotten."""


class Guard:
    """The token, and the failures of each address."""

    def __init__(self, token: str, clock: Callable[[], datetime]) -> None:
        self._token = token.encode()
        self._clock = clock
        self._failures: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def waits(self, address: str) -> int:
        """Seconds that an address must wait; 0 where it may try."""
        with self._lock:
            failures = self._recent(address)
            if len(failures) < FAILURES:
                return 0
            return max(1, int((failures[0] + WITHIN - self._clock()).total_seconds()))

    def admits(self, authorization: str, address: str) -> bool:
        """Whether the header bears the token; a failure is counted against the address."""
        scheme, _, given = authorization.partition(" ")
        right = hmac.compare_digest(given.strip().encode("utf-8", "replace"), self._token)
        if right and scheme.lower() == "bearer":
            return True
        with self._lock:
            failures = self._failures.setdefault(address, deque(maxlen=FAILURES))
            failures.append(self._clock())
            self._failures.move_to_end(address)
            while len(self._failures) > ADDRESSES:
                self._failures.popitem(last=False)
        return False

    def _recent(self, address: str) -> deque[datetime]:
        failures = self._failures.get(address, deque())
        while failures and self._clock() - failures[0] >= WITHIN:
            failures.popleft()
        return failures
