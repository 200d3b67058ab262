"""Metrics, and that what is shipped for Prometheus and Grafana speaks of them and no others."""

import json
import re
from pathlib import Path

import pytest
import yaml
from fastapi.testclient import TestClient
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families

from tests.web.world import Site

DOCS = Path(__file__).resolve().parents[2] / "docs"
NAME = re.compile(r"\bentity_monitor_[a-z_]+")
GRAFANA = json.loads((DOCS / "grafana-dashboard.json").read_text("utf-8"))
RULES = yaml.safe_load((DOCS / "prometheus-rules.yml").read_text("utf-8"))["groups"][0]["rules"]


def scraped(client: TestClient) -> dict[str, Metric]:
    """The metrics by name, as Prometheus' own parser reads them."""
    told = client.get("/metrics")
    assert told.headers["content-type"].startswith("text/plain; version=")
    return {one.name: one for one in text_string_to_metric_families(told.text)}


def value(metrics: dict[str, Metric], name: str, **labels: str) -> float:
    """One sample."""
    samples = metrics[name].samples
    (found,) = (s.value for s in samples if labels.items() <= s.labels.items())
    return found


def series(metrics: dict[str, Metric]) -> set[str]:
    """The names under which Prometheus files them."""
    return {sample.name for metric in metrics.values() for sample in metric.samples}


def test_metrics_say_what_is_so(client: TestClient, lived_in: Site) -> None:
    """States, freshness, sources, rows, events."""
    found = scraped(client)
    state, pending = "entity_monitor_watches", "entity_monitor_watches_pending"
    assert value(found, state, list="EL", state="listed") == 1
    assert value(found, state, list="EL", state="not_listed") == 1
    assert value(found, state, list="EL", state="unknown") == 0
    assert value(found, pending, list="EL", pending="removal_suspected") == 1
    assert value(found, pending, list="EL", pending="possible_match") == 0
    assert value(found, "entity_monitor_watches_stale", list="EL") == 0
    good = value(found, "entity_monitor_source_last_good_timestamp_seconds", source="csl")
    assert good == lived_in.world.now.timestamp()
    assert value(found, "entity_monitor_list_rows", source="ecfr", list="EL") > 40
    assert value(found, "entity_monitor_events", kind="removal_suspected") == 1
    assert value(found, "entity_monitor_outbox_oldest_seconds") == 0


def test_every_metric_has_a_help_text(client: TestClient) -> None:
    """And none is a copy of another."""
    texts = [one.documentation for one in scraped(client).values()]
    assert all(text.endswith(".") for text in texts)
    assert len(set(texts)) == len(texts)


LINE = re.compile(
    r"(?P<name>[a-zA-Z_:][a-zA-Z0-9_:]*)"
    r'(?P<labels>\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\n"])*",?)*\})? '
    r"(?P<value>[+-]?(?:\d+(?:\.\d*)?(?:e[+-]?\d+)?|Inf)|NaN)"
)


def test_the_text_holds_to_the_format(client: TestClient) -> None:
    """Line by line, after the text format's own description, without the library that wrote it."""
    text = client.get("/metrics").text
    assert text.endswith("\n")
    family, kinds, seen = "", dict[str, str](), set[str]()
    for line in text.splitlines():
        if line.startswith("# "):
            _, said, family, rest = line.split(" ", 3)
            assert said in {"HELP", "TYPE"}
            if said == "TYPE":
                assert family not in kinds, family
                assert rest in {"counter", "gauge", "histogram", "summary", "untyped"}
                kinds[family] = rest
            continue
        found = LINE.fullmatch(line)
        assert found, line
        # The samples of a family stand together, below its type, and none is told twice.
        assert found["name"] == family, line
        series_of_line = f"{found['name']}{found['labels']}"
        assert series_of_line not in seen, line
        seen.add(series_of_line)
    assert len(kinds) > 10


def test_an_empty_ledger_can_be_scraped(site: Site) -> None:
    """Before the first poll: never, unknown, nothing waits."""
    with site.client() as client:
        found = scraped(client)
        assert value(found, "entity_monitor_source_last_good_timestamp_seconds", source="csl") == 0
        assert value(found, "entity_monitor_watches", list="EL", state="unknown") == 2
        assert value(found, "entity_monitor_watches_stale", list="EL") == 2


def test_no_metric_names_a_watch(client: TestClient, lived_in: Site) -> None:
    """Else a scrape grows with the watches: with fifty thousand it was 17 MB."""
    text = client.get("/metrics").text
    assert not [watch.id for watch in lived_in.service.watches if watch.id in text]
    labels = {
        name for metric in scraped(client).values() for s in metric.samples for name in s.labels
    }
    assert labels == {
        "version",
        "list",
        "state",
        "pending",
        "source",
        "outcome",
        "kind",
        "status",
        "language",
    }


def test_the_docs_name_every_metric_and_no_other(client: TestClient) -> None:
    """docs/metrics.md is the whole truth."""
    told = set(re.findall(r"`(entity_monitor_[a-z_]+)`", (DOCS / "metrics.md").read_text("utf-8")))
    assert told == series(scraped(client))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_alert_rules_ask_for_what_there_is(rule: dict[str, object], client: TestClient) -> None:
    """Known keys, balanced expressions, metrics and labels that exist."""
    assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
    assert rule["labels"] in ({"severity": "critical"}, {"severity": "warning"})
    asks(str(rule["expr"]), client)
    labels = set(re.findall(r"\$labels\.(\w+)", json.dumps(rule["annotations"])))
    assert labels <= labels_of(str(rule["expr"]), client)


def test_the_dashboard_asks_for_what_there_is(client: TestClient) -> None:
    """Every panel has an expression over metrics and legends over labels that exist."""
    ids = [panel["id"] for panel in GRAFANA["panels"]]
    assert len(ids) == len(set(ids))
    for panel in GRAFANA["panels"]:
        assert panel["description"]
        for target in panel["targets"]:
            asks(target["expr"], client)
            legend = set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"]))
            assert legend <= labels_of(target["expr"], client)


def asks(expression: str, client: TestClient) -> None:
    """Holds an expression against what is scraped."""
    names = set(NAME.findall(expression))
    assert names
    assert names <= series(scraped(client))
    assert expression.count("(") == expression.count(")")
    for name, asked in re.findall(r'(\w+)="([^"]*)"', expression):
        samples = [s for m in scraped(client).values() for s in m.samples if s.name in names]
        assert asked in {sample.labels.get(name) for sample in samples}


def labels_of(expression: str, client: TestClient) -> set[str]:
    """The labels that an expression's metrics have."""
    names = set(NAME.findall(expression))
    samples = [s for m in scraped(client).values() for s in m.samples if s.name in names]
    return {name for sample in samples for name in sample.labels}


@pytest.mark.parametrize(("alert", "last"), [("EntityMonitorSourceStale", "good"),
                                             ("EntityMonitorNotPolling", "poll")])  # fmt: skip
@pytest.mark.parametrize(("at", "fires"), [(0.0, False), (1e9, True), (2e9 - 60, False)])
def test_a_source_that_has_not_had_its_first_look_is_no_alarm(
    alert: str, last: str, at: float, fires: bool
) -> None:
    """Its time is 0, which is no time; a fresh start must not ring."""
    (expr,) = [str(rule["expr"]) for rule in RULES if rule["alert"] == alert]
    said = {
        f"entity_monitor_source_last_{last}_timestamp_seconds": at,
        "entity_monitor_source_stale_after_seconds": 3600.0,
        "time": lambda: 2e9,
    }
    # With single numbers PromQL's operators are Python's, and bind as these do.
    assert bool(eval(" ".join(expr.split()), {"__builtins__": {}}, said)) is fires
