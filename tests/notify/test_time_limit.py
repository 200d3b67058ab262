"""A call that hangs neither blocks its caller nor is made twice."""

import threading
import time

import pytest

from monitor.notify.receipt import Outcome, Receipt
from monitor.notify.time_limit import BoundedCalls

SENT = Receipt(Outcome.SENT, "ok")


def test_a_hung_call_is_transient_and_its_late_success_counts() -> None:
    """The next attempt waits for the call under way instead of sending the same again."""
    calls, go_on, made = BoundedCalls(0.05), threading.Event(), []

    def deliver() -> Receipt:
        made.append(1)
        go_on.wait(5)
        return SENT

    assert calls.run("ev_1", deliver).outcome is Outcome.TRANSIENT
    assert calls.run("ev_1", deliver).reason == "no answer within 0.05 s"
    go_on.set()
    time.sleep(0.02)
    assert calls.run("ev_1", deliver) == SENT
    assert made == [1]
    calls.run("ev_1", deliver)
    assert made == [1, 1]


def test_a_late_failure_is_tried_afresh() -> None:
    """What failed after its time was up says nothing about now."""
    calls = BoundedCalls(0.05)

    def fails_late() -> Receipt:
        time.sleep(0.08)
        return Receipt(Outcome.TRANSIENT, "late")

    calls.run("ev_1", fails_late)
    time.sleep(0.08)
    assert calls.run("ev_1", lambda: SENT) == SENT


def test_a_call_that_never_ends_is_given_up() -> None:
    """After many waits another call is made beside it: an alert must not hang with a socket."""
    calls, never = BoundedCalls(0.01), threading.Event()

    def hangs() -> Receipt:
        never.wait(5)
        return SENT

    for _ in range(11):
        assert calls.run("ev_1", hangs).outcome is Outcome.TRANSIENT
    assert calls.run("ev_1", lambda: SENT) == SENT
    never.set()


def test_eight_hanging_calls_do_not_delay_a_healthy_one() -> None:
    """Every call has its own thread."""
    calls, never = BoundedCalls(2.0), threading.Event()

    def hangs() -> Receipt:
        never.wait(5)
        return SENT

    waiting = [threading.Thread(target=calls.run, args=(f"ev_{n}", hangs)) for n in range(8)]
    for thread in waiting:
        thread.start()
    begun = time.monotonic()
    assert calls.run("healthy", lambda: SENT) == SENT
    assert time.monotonic() - begun < 1.5
    never.set()
    for thread in waiting:
        thread.join()


def test_a_surprise_is_raised_where_it_is_waited_for() -> None:
    """A fault of ours is not taken for a failed delivery."""

    def surprises() -> Receipt:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        BoundedCalls(1.0).run("ev_1", surprises)
