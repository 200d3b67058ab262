"""The probes: alive, ready, healthy are three questions."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import jsonschema
import pytest
from fastapi.testclient import TestClient

from monitor.web import probes
from tests.web.world import Site

CHECK = {
    "type": "object",
    "required": ["status", "time", "componentType"],
    "properties": {
        "componentId": {"type": "string"},
        "componentType": {"enum": ["component", "datastore", "system"]},
        "observedValue": {},
        "observedUnit": {"type": "string"},
        "status": {"enum": ["pass", "warn", "fail"]},
        "time": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
        "output": {"type": "string"},
    },
    "additionalProperties": False,
}
HEALTH = {
    "type": "object",
    "required": ["status", "version", "releaseId", "serviceId", "checks"],
    "properties": {
        "status": {"enum": ["pass", "warn", "fail"]},
        "version": {"type": "string"},
        "releaseId": {"type": "string"},
        "serviceId": {"type": "string"},
        "description": {"type": "string"},
        "checks": {
            "type": "object",
            "propertyNames": {"pattern": "^[a-z]+:[a-z]+$"},
            "additionalProperties": {"type": "array", "items": CHECK},
        },
    },
    "additionalProperties": False,
}
"""draft-inadarei-api-health-check-06, sections 3 and 4, as far as it is used here."""


def health(client: TestClient) -> tuple[int, str, dict[str, list[dict[str, object]]]]:
    """Status code, verdict and checks, once the document is found to be one."""
    told = client.get("/health")
    assert told.headers["content-type"] == "application/health+json"
    body = told.json()
    jsonschema.validate(body, HEALTH)
    return told.status_code, body["status"], body["checks"]


def test_alive_and_ready_do_not_speak_of_freshness(site: Site) -> None:
    """Before the first poll, when nothing can be told, both are well."""
    with site.client() as client:
        assert client.get("/livez").text == "ok"
        assert client.get("/readyz").text == "ok"
        code, verdict, checks = health(client)
        assert (code, verdict) == (503, "fail")
        assert "mps-ifs on EL" in str(checks["watch:unknown"][0]["output"])


def test_healthy_warned_and_failed(site: Site) -> None:
    """Fresh; a source in trouble; nothing read for too long."""
    site.check()
    with site.client() as client:
        assert health(client)[:2] == (200, "pass")
        site.world.up.csl.html_page()
        site.world.passes(hours=1)
        site.check()
        code, verdict, checks = health(client)
        assert (code, verdict) == (200, "warn")
        csl = next(one for one in checks["source:age"] if one["componentId"] == "csl")
        assert (csl["status"], csl["observedValue"]) == ("warn", 3600.0)
        site.world.now += timedelta(days=5)
        assert health(client)[:2] == (503, "fail")


def test_a_clock_behind_the_newest_poll_is_noticed(site: Site) -> None:
    """A clock that jumped back makes every age wrong."""
    site.check()
    site.world.now -= timedelta(hours=1)
    with site.client() as client:
        checks = health(client)[2]
        assert checks["clock:behind"][0]["status"] == "warn"
        assert checks["clock:behind"][0]["observedValue"] == 3600.0


def test_a_late_outbox_is_noticed(site: Site) -> None:
    """An alert that waits for long is worth a warning; the disk is looked at too."""
    event = site.check().events[0].id
    with site.service.ledger.judging() as tx:
        tx.add_notifications(event, ["webhook:legal"], site.world.now)
    site.world.now += timedelta(hours=1)
    with site.client() as client:
        checks = health(client)[2]
        assert checks["outbox:age"][0] == checks["outbox:age"][0] | {"status": "warn"}
        assert checks["disk:free"][0]["observedUnit"] == "bytes"


def test_a_database_that_hangs_is_not_ready_in_time(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """503 within the probe's own limit, however long the database takes."""
    freed = threading.Event()

    @contextmanager
    def hangs() -> Iterator[None]:
        freed.wait(10)
        yield

    monkeypatch.setattr(probes, "READY_WITHIN", 0.05)
    with site.client() as client:
        monkeypatch.setattr(site.service.ledger, "reading", hangs)
        told = client.get("/readyz")
        freed.set()
    assert told.status_code == 503
    assert "does not answer" in told.json()["detail"]
