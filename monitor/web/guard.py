"""Who may post: the admin token, compared in constant time; guessing is told to stop.

The right token is always admitted: many may share the address of a guesser, and none of them is
to be locked out. What keeps a guesser out is the length of the token.
"""

import hmac
from collections import OrderedDict, deque
from collections.abc import Callable
from datetime import datetime, timedelta
from ipaddress import IPv4Address, ip_address, ip_network
from threading import Lock

FAILURES = 10
"""Failed attempts of one address …"""
WITHIN = timedelta(minutes=5)
"""… in this time, before it must wait."""
SHORT = 16
"""Characters below which a token can be guessed: nothing else keeps a guesser out."""
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
        """Seconds that an address which failed too often is told to wait; 0 for any other."""
        address = _network(address)
        with self._lock:
            failures = self._recent(address)
            if len(failures) < FAILURES:
                return 0
            return max(1, int((failures[0] + WITHIN - self._clock()).total_seconds()))

    def admits(self, authorization: str, address: str) -> bool:
        """Whether the header bears the token; a failure is counted against the address."""
        address = _network(address)
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


def _network(address: str) -> str:
    """The address, or of IPv6 the network of 64 bits: whoever has one has all of them."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return address
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ip_network((int(found), 64), strict=False))
