"""What the logs say and never say: tracebacks without values, one id through a piece of work.

A process of its own logs, for the set-up changes the whole process.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.ops.post import TODAY, Post, until
from tests.upstream.server import Upstream

LOGS = """
import logging, sys
from monitor.logs import about, set_up

def sends(password: str) -> None:
    raise ValueError("refused")

set_up(sys.argv[1])
with about(poll="p1"):
    try:
        sends("hunter" + str(2))
    except ValueError as error:
        logging.getLogger("monitor.x").error("broke off", exc_info=error)
busy = "Execution of job %s skipped: maximum number of running instances reached (%d)"
logging.getLogger("apscheduler.scheduler").warning(busy, "send", 1)
logging.getLogger("apscheduler.executors.default").error("Job raised an exception")
"""


def logged(form: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", LOGS, form],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "")
    return done.stderr


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_traceback_prints_no_values(form: str) -> None:
    """Where it broke is said; what the variables held, which may be a password, is not."""
    said = logged(form)
    assert "ValueError: refused" in said
    assert "in sends" in said
    assert "hunter2" not in said


def test_the_json_form_carries_the_exception_as_text() -> None:
    """One line a record, each of them JSON; the traceback is one text among its fields."""
    first, second = [json.loads(line) for line in logged("json").splitlines()]
    assert first["exception"].startswith("Traceback (most recent call last)")
    assert (first["event"], first["level"], first["poll"]) == ("broke off", "error", "p1")
    assert second["event"] == "Job raised an exception"


def test_the_scheduler_is_heard_when_it_fails_and_not_when_it_is_busy() -> None:
    """That work of the last tick still goes on is no news; that it broke is."""
    said = logged("console")
    assert "maximum number of running instances" not in said
    assert "Job raised an exception" in said


@pytest.mark.slow
def test_one_id_runs_through_the_lines_of_a_poll(tmp_path: Path) -> None:
    """From its beginning over the events it came to, to its end; and no two polls share one."""
    with Upstream(TODAY) as upstream:
        upstream.is_furnished(20)
        with Post(tmp_path, upstream, sources=("csl", "federal_register")).serve() as serving:
            assert until(lambda: len(ended(serving.records())) == 2)
            records = serving.records()
            assert serving.stops() == 0
    polls = {record["poll"]: record["source"] for record in records if "poll" in record}
    assert sorted(polls.values()) == ["csl", "federal_register"]
    for poll, source in polls.items():
        lines = [record["event"] for record in records if record.get("poll") == poll]
        assert lines[0] == f"polling {source}"
        assert lines[-1].startswith(f"polled {source}: accepted")
    (told,) = [record for record in records if record["event"].startswith("event baseline")]
    assert polls[told["poll"]] == "csl"
    assert told["event_id"]


def ended(records: list[dict[str, Any]]) -> list[str]:
    return [record["poll"] for record in records if record["event"].startswith("polled ")]
