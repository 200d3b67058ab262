"""The running service: ticks, claims what is due, polls and sends; one process among any number.

APScheduler ticks; the database decides. A poll that is due is claimed there with a lease by exactly
one process, kept alive while the poll runs, and lost within a minute when its holder dies. Sending
runs beside it: each channel in its own thread, so that one that hangs holds up no other.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event as Signal
from threading import Thread
from uuid import uuid4

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from monitor.deliver import channels_due, drain, reroute
from monitor.errors import MonitorError, WatchlistChangedError
from monitor.history.learn import first_states
from monitor.judging.lost_store import notice_lost_store
from monitor.judging.source_failure import AGAIN_AFTER
from monitor.judging.watch_files import FollowedFiles, take_up
from monitor.logs import about
from monitor.notify.channels import Channel
from monitor.poll import Polled, judge_time, poll
from monitor.screening.event import Event
from monitor.screening.witness import PollOutcome, Source
from monitor.service import Service
from monitor.ticks import Tick, keep_ticking
from monitor.upkeep.reminders import remind
from monitor.upkeep.retention import Keeping, retain_daily

LEASE = timedelta(seconds=45)
"""How long a poll's claim outlives its last sign of life."""
RENEW_EVERY = 15.0
PUT_OFF = timedelta(hours=1)
"""For so long a host may put us off in any case …"""
INTERVALS = 4
"""… and for so many intervals of its source's schedule, but no longer."""
POLL_TICK = 2.0
"""Seconds between looks at what is due."""
SEND_TICK = 1.0
TIME_TICK = 15.0
WATCH_TICK = 3.0
"""Seconds between looks at the watch files; a change counts once it has stood still for as long."""
KEEP_TICK = 900.0
"""Seconds between asking whether it is time to forget; the ledger knows when that was done last."""
SETTLING = timedelta(seconds=60)
"""After a start the sources are asked before silence is judged: being off is no staleness."""
DRAIN = 20.0
"""Seconds that running work is given at the end."""

log = logging.getLogger("monitor.schedule")


@dataclass(slots=True)
class Running:
    """The scheduled work of one process."""

    service: Service
    next_after: Mapping[str, Callable[[datetime], datetime]]
    """By source, the next due time after a moment."""
    keeping: Keeping | None = None
    """How long is kept what no event needs; without it nothing is ever forgotten."""
    watch_files: FollowedFiles | None = None
    """The files of watches, read again when they change; without them the first list stays."""
    shows: Callable[[Service], None] = lambda _: None
    """Told of the service by every watch list that comes into force."""
    scheduler: AsyncIOScheduler = field(default_factory=lambda: AsyncIOScheduler(timezone="UTC"))
    polling: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(8, thread_name_prefix="poll")
    )
    sending: ThreadPoolExecutor = field(init=False)
    """A thread for each channel: however many hang, another can go."""
    busy: set[str] = field(default_factory=set)
    """Channels with a send under way in this process."""
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    sends: set[Future[None]] = field(default_factory=set)
    """Work in threads that an end waits for: sends, and first states."""
    clock_watch: asyncio.Task[None] | None = None
    stopping: bool = False
    left_behind: bool = False
    """Whether work outlived the limit at the end: its threads cannot be ended, only the process."""

    def __post_init__(self) -> None:
        """Makes room for every channel."""
        most = max(len(self.service.channels), 1)
        self.sending = ThreadPoolExecutor(most, thread_name_prefix="send")

    async def start(self) -> None:
        """Bring the watches in step, then tick."""
        await asyncio.to_thread(notice_lost_store, self.service)
        asked = frozenset(self.service.list_sources)
        self._use((await asyncio.to_thread(take_up, self.service, asked)).service)
        for name in sorted(self.service.enabled):
            self._every(POLL_TICK, self._poll_if_due, name)
        self._every(TIME_TICK, self._judge_time, None, after=SETTLING)
        self._every(SEND_TICK, self._send, None)
        self._every(KEEP_TICK, self._retain, None, after=SETTLING)
        if self.watch_files is not None:
            self._every(WATCH_TICK, self._follow_watchlist, None)
        self.scheduler.start()
        self.clock_watch = asyncio.create_task(
            keep_ticking(self.scheduler, self.service.real_clock)
        )

    async def stop(self) -> None:
        """Start nothing new, let running work finish within the limit, then let go."""
        self.stopping = True
        if self.clock_watch is not None:
            self.clock_watch.cancel()
        self.scheduler.pause()
        running = {*self.tasks, *map(asyncio.wrap_future, self.sends)}
        if running:
            self.left_behind = bool((await asyncio.wait(running, timeout=DRAIN))[1])
        if self.left_behind:
            log.warning("work that does not end is left; its claims end by themselves")
        self.scheduler.shutdown(wait=False)
        self.polling.shutdown(wait=False, cancel_futures=True)
        self.sending.shutdown(wait=False, cancel_futures=True)

    def _every(
        self,
        seconds: float,
        work: Callable[..., None],
        name: str | None,
        *,
        after: timedelta = timedelta(),
    ) -> None:
        """Tick. The body runs in a task of its own, which a shutdown of the scheduler leaves."""
        self.scheduler.add_job(
            self._begin,
            Tick(seconds, after),
            args=(work, name),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
            next_run_time=self.service.real_clock() + after,
        )

    async def _begin(self, work: Callable[..., None], name: str | None) -> None:
        if self.stopping:
            return
        task = asyncio.create_task(self._shielded(work, name))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        await asyncio.shield(task)

    async def _shielded(self, work: Callable[..., None], name: str | None) -> None:
        loop = asyncio.get_running_loop()
        arguments = () if name is None else (name,)
        try:
            await loop.run_in_executor(self.polling, work, *arguments)
        except WatchlistChangedError as error:
            log.info("work is done again: %s", error)
        except MonitorError as error:
            log.error("work could not be done: %s", error)  # noqa: TRY400 - expected, and told

    def _poll_if_due(self, name: str) -> None:
        now = self.service.clock()
        with self.service.ledger.outbox() as outbox:
            mine = outbox.claim_poll(name, self.service.owner, now, LEASE)
        if not mine:
            return
        with about(poll=uuid4().hex[:12], source=name):
            self._poll(name, min(self.next_after[name](now), now + AGAIN_AFTER))

    def _follow_watchlist(self) -> None:
        """Take up the watch list that the files or another replica have brought."""
        assert self.watch_files is not None
        awaiting = self._never_polled()
        taken = self.watch_files.look(self.service, awaiting)
        if taken.service is self.service:
            return
        self._use(taken.service)
        log.info("the watch list has changed: %d watches", len(taken.service.watches))
        if taken.fresh and not self.stopping:
            # Beside this: hosts that are slow to tell the past must not keep us from the files.
            telling = self.polling.submit(self._first_states, taken.service, awaiting)
            self.sends.add(telling)
            telling.add_done_callback(self.sends.discard)
            telling.add_done_callback(_tell_surprise)

    def _first_states(self, service: Service, awaiting: frozenset[str]) -> None:
        with service.ledger.reading() as reading:
            newest = max((poll.id for poll in reading.polls(limit=1)), default=0)
        try:
            _say(first_states(
                service, newest, Source.CSL, PollOutcome.UNCHANGED, awaiting=awaiting
            ))  # fmt: skip
        except MonitorError as error:
            log.warning("first states are told after the next poll: %s", error)

    def _use(self, service: Service) -> None:
        self.service = service
        self.shows(service)

    def _poll(self, name: str, due: datetime) -> None:
        """A poll that is ours; `due` is when to try again if it cannot be finished."""
        log.info("polling %s", name)
        # To its end by one watch list: where another comes into force meanwhile it is done again.
        service = self.service
        try:
            service.heartbeat.begins()
            awaiting = self._never_polled(name)
            with _kept_alive(service, name):
                polled = poll(service, name, awaiting=awaiting)
            service.heartbeat.ends(good=self._all_good())
            due = next_look(polled, service.clock(), self.next_after[name])
            _say(polled.events)
            if awaiting and not self._never_polled(name):
                # Two first polls at once have each waited for the other's word.
                _say(judge_time(service, silence=False))
            outcome, reasons = polled.poll.outcome, "; ".join(polled.poll.reasons)
            log.info("polled %s: %s %s", name, outcome, reasons, extra={"poll_id": polled.poll.id})
        except WatchlistChangedError:
            log.info("%s is polled again: the watch list has changed", name)
            due = service.clock() + timedelta(seconds=2 * WATCH_TICK)
        except MonitorError as error:
            log.error("%s could not be polled: %s", name, error)  # noqa: TRY400 - expected, told
        finally:
            with service.ledger.outbox() as outbox:
                outbox.release_poll(name, service.owner, due)

    def _never_polled(self, name: str = "") -> frozenset[str]:
        """List sources but this one that nobody has asked yet: first states wait for their word."""
        with self.service.ledger.reading() as reading:
            memories = reading.memories()
        return frozenset(
            other
            for other in self.service.list_sources
            if other != name and (other not in memories or memories[other].last_poll_at is None)
        )

    def _all_good(self) -> bool:
        """Whether no enabled source came off badly at its last poll, whichever was polled now."""
        with self.service.ledger.reading() as reading:
            memories = reading.memories()
        outcomes = {
            memories[name].last_outcome for name in self.service.enabled if name in memories
        }
        return all(outcome is None or outcome.good for outcome in outcomes)

    def _judge_time(self) -> None:
        _say(judge_time(self.service))
        remind(self.service)

    def _retain(self) -> None:
        if self.keeping is None:
            return
        service = self.service
        done = retain_daily(service.ledger, self.keeping, service.clock(), service.real_clock)
        if done is not None:
            log.info(
                "forgot %d bodies (%d bytes) and summed up %d looks",
                done.bodies, done.freed, done.polls,
            )  # fmt: skip

    def _send(self) -> None:
        """Set every channel going that has something to send and is not sending."""
        reroute(self.service)
        for channel in channels_due(self.service, self.busy.copy()):
            if not self.stopping:
                self.busy.add(channel.id)
                sending = self.sending.submit(self._serve, channel)
                self.sends.add(sending)
                sending.add_done_callback(self.sends.discard)
                sending.add_done_callback(_tell_surprise)

    def _serve(self, channel: Channel) -> None:
        try:
            with about(channel=channel.id):
                for delivery in drain(self.service, channel, lambda: self.stopping):
                    log.info(
                        "%s: %s %s", channel.id, delivery.outcome, delivery.reason,
                        extra={"event_id": delivery.event},
                    )  # fmt: skip
        except MonitorError as error:
            log.error("channel %s: %s", channel.id, error)  # noqa: TRY400 - expected, and told
        finally:
            self.busy.discard(channel.id)


def next_look(
    polled: Polled, now: datetime, next_after: Callable[[datetime], datetime]
) -> datetime:
    """When a source is asked again: as planned, or after a fault sooner, or when its host wishes.

    No host puts us off for longer than an hour or four intervals of the schedule, whichever is
    more; `next_after` gives the schedule's next time after a moment.
    """
    planned = next_after(now)
    if polled.poll.outcome is not PollOutcome.FAILED:
        return planned
    own = max(AGAIN_AFTER, timedelta(seconds=polled.pause))
    asked = timedelta(seconds=polled.retry_after) if polled.retry_after else own
    if asked <= own:
        return min(planned, now + asked)
    second = next_after(planned)
    interval = min(second - planned, next_after(second) - second)
    return now + min(asked, max(PUT_OFF, INTERVALS * interval))


def _say(events: Iterable[Event]) -> None:
    for event in events:
        log.info("event %s: %s", event.kind.value, event.title, extra={"event_id": event.id})


def _tell_surprise(done: Future[None]) -> None:
    """A fault that nobody waits for must not go by in silence."""
    if not done.cancelled() and (fault := done.exception()) is not None:
        log.error("sending broke off: %s", type(fault).__name__, exc_info=fault)


@contextmanager
def _kept_alive(service: Service, name: str) -> Iterator[None]:
    """Renews a poll's lease until the poll is done."""
    done = Signal()

    def renew() -> None:
        while not done.wait(RENEW_EVERY):
            try:
                with service.ledger.outbox() as outbox:
                    outbox.renew_poll(name, service.owner, service.clock(), LEASE)
            except MonitorError as error:
                # The next renewal may work; else the lease ends, and its term was for that.
                log.warning("the lease on %s could not be renewed: %s", name, error)

    # With the poll's id on what it logs.
    thread = Thread(target=copy_context().run, args=(renew,), name=f"lease-{name}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
