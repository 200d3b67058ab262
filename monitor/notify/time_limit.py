"""A delivery call that may hang, held to a time limit without being started twice.

A call that outlives its limit cannot be stopped; it goes on in its own thread, and the next attempt
waits for that same call instead of sending again. Only after many waits is it given up for hung.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from monitor.notify.receipt import Outcome, Receipt

_MAX_WAITS = 10
"""Attempts that wait for one call before another is started beside it."""


@dataclass(slots=True)
class _Call:
    late: Callable[[], Receipt | None]
    """What is to be said of it while it is under way, where that is more than silence."""
    ended: threading.Event = field(default_factory=threading.Event)
    receipt: Receipt | None = None
    error: Exception | None = None
    waits: int = 0

    def worth_waiting_for(self) -> bool:
        """Under way and not given up, or ended late and well; a late failure is tried afresh."""
        if self.ended.is_set():
            return self.receipt is not None and self.receipt.outcome is Outcome.SENT
        return self.waits < _MAX_WAITS


class BoundedCalls:
    """The calls of one channel, each known by the id of what it delivers."""

    def __init__(self, timeout: float) -> None:
        """`timeout`: seconds that one `run` waits at most."""
        self._timeout = timeout
        self._lock = threading.Lock()
        self._open: dict[str, _Call] = {}

    def run(
        self,
        key: str,
        deliver: Callable[[], Receipt],
        late: Callable[[], Receipt | None] = lambda: None,
    ) -> Receipt:
        """Deliver, or wait for the delivery of `key` that is already under way.

        Returns TRANSIENT when the time is up, or what `late` says then. An exception of `deliver`
        is raised here.
        """
        call = self._begin(key, deliver, late)
        if not call.ended.wait(self._timeout):
            if (known := call.late()) is not None:
                return known
            said = f"no answer within {self._timeout:g} s"
            return Receipt(Outcome.TRANSIENT, said, unanswered=True)
        with self._lock:
            self._open.pop(key, None)
        if call.error is not None:
            raise call.error
        assert call.receipt is not None
        return call.receipt

    def _begin(
        self, key: str, deliver: Callable[[], Receipt], late: Callable[[], Receipt | None]
    ) -> _Call:
        with self._lock:
            call = self._open.get(key)
            if call is not None and call.worth_waiting_for():
                call.waits += 1
                return call
            self._open[key] = call = _Call(late)
        # A thread of its own: a shared pool would let hung calls starve the healthy ones. It is a
        # daemon so that a hung receiver cannot keep the process from ending.
        threading.Thread(
            target=_carry_out, args=(call, deliver), name=f"deliver {key[:16]}", daemon=True
        ).start()
        return call


def _carry_out(call: _Call, deliver: Callable[[], Receipt]) -> None:
    try:
        call.receipt = deliver()
    except Exception as error:  # noqa: BLE001 - raised again where the caller waits for it
        call.error = error
    finally:
        call.ended.set()
