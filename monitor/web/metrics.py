"""Metrics for Prometheus, read from the ledger at every scrape. Named and explained in docs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import get_args

from fastapi import APIRouter, Request, Response
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from monitor import __version__
from monitor.language.languages import ENGLISH, LANGUAGES
from monitor.language.translator import missing
from monitor.ledger.read import Reading
from monitor.screening.event import Kind
from monitor.screening.state import Pending, State
from monitor.screening.witness import PollOutcome
from monitor.service import Service
from monitor.status.summary import WatchSummary
from monitor.web.context import site_of
from monitor.web.openapi import says

router = APIRouter(tags=["probes"])
LETTERS = ("pending", "sent", "dead", "skipped")


@router.get("/metrics", responses=says(None, media={"text/plain": None}), response_class=Response)
def metrics(request: Request) -> Response:
    """Metrics in the Prometheus text format."""
    site = site_of(request)
    service, now = site.service, site.service.clock()
    registry = CollectorRegistry(auto_describe=False)
    with service.ledger.reading() as reading:
        summaries = site.summaries.of(service, reading, now)
        registry.register(_Found(measured(service, summaries, reading, now)))
        content = generate_latest(registry)
    return Response(
        content, headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"}
    )


class _Found(Collector):
    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = tuple(metrics)

    def collect(self) -> Iterable[Metric]:
        return self._metrics


def measured(
    service: Service, summaries: Sequence[WatchSummary], reading: Reading, now: datetime
) -> Iterator[Metric]:
    info = GaugeMetricFamily(
        "entity_monitor_build_info", "The running version; always 1.", labels=["version"]
    )
    info.add_metric([__version__], 1)
    yield info
    yield from _watches(service, summaries)
    yield _cases(service, reading)
    yield from _sources(service, reading)
    yield from _outbox(reading, now)
    yield _untranslated()


def _watches(service: Service, found: Sequence[WatchSummary]) -> Iterator[Metric]:
    """By list and state: a series for each watch would be megabytes with thousands of them."""
    state = GaugeMetricFamily(
        "entity_monitor_watches",
        "Watches by the state they are in now (listed, not_listed, unknown).",
        labels=["list", "state"],
    )
    pending = GaugeMetricFamily(
        "entity_monitor_watches_pending",
        "Watches of which a removal or listing is announced or suspected, or a match possible.",
        labels=["list", "pending"],
    )
    stale = GaugeMetricFamily(
        "entity_monitor_watches_stale",
        "Watches of which no source of the list was read successfully within its limit.",
        labels=["list"],
    )
    states = Counter((one.list, one.state) for one in found)
    changes = Counter((one.list, one.pending) for one in found)
    blind = Counter(one.list for one in found if not one.fresh)
    for list_ in sorted(service.followed):
        for name in get_args(State):
            state.add_metric([list_, name], float(states[list_, name]))
        for name in get_args(Pending):
            pending.add_metric([list_, name], float(changes[list_, name]))
        stale.add_metric([list_], float(blind[list_]))
    yield from (state, pending, stale)


def _sources(service: Service, reading: Reading) -> Iterator[Metric]:
    good = GaugeMetricFamily(
        "entity_monitor_source_last_good_timestamp_seconds",
        "When the source was last read successfully, in seconds since 1970; 0 for never.",
        labels=["source"],
    )
    asked = GaugeMetricFamily(
        "entity_monitor_source_last_poll_timestamp_seconds",
        "When the source was last polled, in seconds since 1970; 0 for never.",
        labels=["source"],
    )
    limit = GaugeMetricFamily(
        "entity_monitor_source_stale_after_seconds",
        "Seconds without a successful poll after which the source is stale.",
        labels=["source"],
    )
    outcome = GaugeMetricFamily(
        "entity_monitor_source_outcome",
        "1 for the outcome of the newest poll of the source, 0 for the others.",
        labels=["source", "outcome"],
    )
    memories = reading.memories()
    for name in sorted(service.enabled):
        memory = memories.get(name)
        good.add_metric([name], _seconds(memory.last_good_at if memory else None))
        asked.add_metric([name], _seconds(memory.last_poll_at if memory else None))
        limit.add_metric([name], service.stale_after.get(name, 0.0))
        newest = memory.last_outcome if memory else None
        for one in PollOutcome:
            outcome.add_metric([name, one], float(newest == one))
    yield from (good, asked, limit, outcome)
    yield from _lists(reading)


def _cases(service: Service, reading: Reading) -> Metric:
    counts = reading.open_cases()
    waiting = GaugeMetricFamily(
        "entity_monitor_open_cases",
        "Possible matches that wait for a person's decision.",
        labels=["list"],
    )
    for list_ in sorted({*service.followed, *counts}):
        waiting.add_metric([list_], float(counts.get(list_, 0)))
    return waiting


def _lists(reading: Reading) -> Iterator[Metric]:
    rows = GaugeMetricFamily(
        "entity_monitor_list_rows",
        "Rows of the list in the source's last accepted snapshot.",
        labels=["source", "list"],
    )
    held = GaugeMetricFamily(
        "entity_monitor_list_held",
        "1 while a newer snapshot of the list is quarantined as implausible.",
        labels=["source", "list"],
    )
    for value in reading.source_lists().values():
        rows.add_metric([value.source, value.list], float(value.rows))
        held.add_metric([value.source, value.list], float(value.held))
    yield from (rows, held)


def _outbox(reading: Reading, now: datetime) -> Iterator[Metric]:
    told = CounterMetricFamily(
        "entity_monitor_events", "Events since the ledger began.", labels=["kind"]
    )
    counts = reading.event_counts()
    for kind in Kind:
        told.add_metric([kind.value], float(counts.get(kind.value, 0)))
    letters = GaugeMetricFamily(
        "entity_monitor_notifications", "Notifications by status.", labels=["status"]
    )
    found = reading.notification_counts()
    for status in LETTERS:
        letters.add_metric([status], float(found.get(status, 0)))
    oldest = reading.waiting_since()
    waiting = GaugeMetricFamily(
        "entity_monitor_outbox_oldest_seconds",
        "Age of the oldest notification that is still pending; 0 for none.",
        value=(now - oldest).total_seconds() if oldest else 0.0,
    )
    yield from (told, letters, waiting)


def _untranslated() -> Metric:
    """Of this process alone: what is said is nobody else's."""
    found = CounterMetricFamily(
        "entity_monitor_untranslated",
        "Sentences said in English for want of a translation, since this process began.",
        labels=["language"],
    )
    for code in LANGUAGES.keys() - {ENGLISH.code}:
        found.add_metric([code], float(missing[code]))
    return found


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0
