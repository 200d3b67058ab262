"""The Service that polling, judging and sending work with: ledger, sources, channels, clock."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from monitor.ledger.ledger import Ledger
from monitor.notify.channels import Channel
from monitor.notify.heartbeat import Heartbeat
from monitor.screening.event import Event
from monitor.screening.scope import Scope
from monitor.sources.ecfr.client import Ecfr
from monitor.sources.ecfr.part import WholePart
from monitor.sources.federal_register.client import FederalRegister
from monitor.sources.source import ListSource


@dataclass(frozen=True)
class Service(Scope):
    """Everything that polling, judging and delivering need."""

    clock: Callable[[], datetime]
    ledger: Ledger
    list_sources: Mapping[str, ListSource]
    """The enabled sources that publish lists, in the order they are asked."""
    register: FederalRegister | None
    """The Federal Register, where it is enabled."""
    channels: Sequence[Channel]
    owner: str
    """Names this process in leases."""
    real_clock: Callable[[], datetime]
    """For what goes by the machine's own clock: signatures, the age of files, the scheduler."""
    versions: Ecfr | None = None
    """The codified list's dated versions, where the eCFR is enabled: here the past is asked."""
    part: WholePart | None = None
    """The rest of part 744, where the eCFR is enabled: asked when the title has moved."""
    heartbeat: Heartbeat = field(default_factory=Heartbeat)
    """Signs of life for an outside watchdog; none unless configured."""
    remind_every: timedelta | None = None
    """How often what nobody took note of is told again; None for never."""
    digest: Literal["daily", "weekly"] | None = None
    """How often all is summed up; None for never."""
    in_force: str | None = None
    """Digest of the watch list of the ledger by which this process judges, and by no other; None
    for a command, which judges by its own files."""
    attach_report: bool = False
    """Whether mails carry the evidence report of their event."""

    def told_of(self, event: Event) -> list[Channel]:
        """The channels whose routes choose an event."""
        watch = self.watch(event.watch or "")
        tags = watch.tags if watch else ()
        return [channel for channel in self.channels if channel.wants(event, tags)]
