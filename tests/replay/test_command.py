"""`entity-monitor replay`, as it is run from anywhere, with nothing set up."""

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from monitor.cli.app import app
from monitor.replay.shipped import FOLDER
from tests.installed import SECRET
from tests.receivers import Recorder

TAPE = "november-2023"


def run(*words: str) -> Result:
    return CliRunner().invoke(app, [*words])


def test_november_2023_tells_its_story_from_an_empty_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Announced on the 16th, confirmed on the 17th, in Washington's time and in UTC; then quiet."""
    monkeypatch.chdir(tmp_path)
    ran = run("replay", TAPE)
    assert ran.exit_code == 0, ran.output
    told = [line.split()[1] for line in ran.output.splitlines() if line.startswith("  decided")]
    assert told == [
        "baseline", "removal_announced", "removal_confirmed", "nothing", "nothing", "nothing",
    ]  # fmt: skip
    assert "Thu 2023-11-16 08:45 in Washington (13:45 UTC)" in ran.output
    assert "By 88 FR 80131 (document 2023-25557)" in ran.output
    end = " ".join(ran.output.partition("in the end")[2].split())
    assert "removed effective 2023-11-16 by 88 FR 80131" in end
    assert "The eCFR followed" in end
    assert "The Consolidated Screening List followed" in end
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_json_is_one_document_of_the_contract() -> None:
    """Scenario, steps with polls, events and deliveries, all events, and how watches stand."""
    said = json.loads(run("replay", TAPE, "--json").stdout)
    assert said["scenario"] == TAPE
    assert set(said["steps"][0]) == {"at", "happens", "polls", "events", "deliveries"}
    events = [(one["kind"], one["at"], one["effective_on"]) for one in said["events"]]
    assert events[1:] == [
        ("removal_announced", "2023-11-16T13:45:00Z", "2023-11-16"),
        ("removal_confirmed", "2023-11-17T13:45:00Z", "2023-11-16"),
    ]
    filed = next(step for step in said["steps"] if step["at"] == "2023-11-16T13:45:00Z")
    assert [(one["channel"], one["outcome"]) for one in filed["deliveries"]] == [
        ("removal", "skipped")
    ]
    (status,) = said["watches"]
    assert (status["state"], status["since"], status["citation"], status["document_number"]) == (
        "not_listed", "2023-11-16", "88 FR 80131", "2023-25557",
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    "zipped",
    [
        pytest.param(False, id="a folder", marks=pytest.mark.slow),
        pytest.param(True, id="a zip file"),
    ],
)
def test_a_tape_of_ones_own_is_played(zipped: bool, tmp_path: Path) -> None:
    """By the path of its folder, or of the zip file that it came in."""
    path = tmp_path / "mine"
    shutil.copytree(FOLDER / TAPE, path)
    if zipped:
        path = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", tmp_path, "mine"))
    ran = run("replay", str(path), "--json")
    assert ran.exit_code == 0, ran.output
    said = json.loads(ran.stdout)
    assert said["scenario"] == path.stem
    assert [event["kind"] for event in said["events"]] == [
        "baseline", "removal_announced", "removal_confirmed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["november-2032"], "no tape is called"),
        ([], "name a tape: november-2023"),
        ([__file__], "is no zip file"),
        ([str(Path(__file__).parent)], "holds no scenario.yaml"),
        ([TAPE, "--send", "--config", "/nowhere"], "is not a folder"),
    ],
)
def test_wrong_usage_ends_with_2(words: list[str], said: str) -> None:
    """No such tape, no name at all, no tape in there, no configuration to send with."""
    ran = run("replay", *words)
    assert (ran.exit_code, said in ran.output) == (2, True), ran.output


@pytest.mark.slow
def test_a_request_that_was_never_recorded_ends_the_replay(tmp_path: Path) -> None:
    """It is no failed poll: what the tape does not hold, nobody knows."""
    tape = tmp_path / "torn"
    shutil.copytree(FOLDER / TAPE, tape)
    manifest = tape / "scenario.yaml"
    text = manifest.read_text("utf-8")
    manifest.write_text(re.sub(r"/full/2023-11-17/", "/full/2023-11-18/", text), "utf-8")
    ran = run("replay", str(tape))
    assert ran.exit_code == 2
    assert "the tape holds no answer of ecfr to https://www.ecfr.gov/api/versioner" in ran.output
    assert "2023-11-17" in ran.output


def test_the_list_names_what_ships() -> None:
    """One line a tape, or JSON."""
    assert "The institute leaves the Entity List, November 2023" in run("replay", "--list").output
    listed = json.loads(run("replay", "--list", "--json").stdout)["scenarios"]
    assert [one["name"] for one in listed] == [TAPE]


@pytest.mark.slow
def test_send_really_delivers_and_says_that_it_is_a_replay(tmp_path: Path) -> None:
    """Every alert once and in order, each marked, under an id that is not the real event's."""
    with Recorder() as recorder:
        configure(tmp_path, recorder.url)
        ran = run("replay", TAPE, "--send", "--json", "--config", str(tmp_path))
    assert ran.exit_code == 0, ran.output
    bodies = [received.json() for received in recorder.received]
    assert [body["type"] for body in bodies] == [
        "entity-monitor.removal_announced", "entity-monitor.removal_confirmed",
    ]  # fmt: skip
    real = [event["id"] for event in json.loads(ran.stdout)["events"]]
    for body in bodies:
        assert body["data"]["title"].startswith(f"Replay of {TAPE}, not news: ")
        assert body["id"] not in real
    outcomes = [
        (one["channel"], one["outcome"])
        for step in json.loads(ran.stdout)["steps"]
        for one in step["deliveries"]
    ]
    assert outcomes == [("webhook:test", "sent")] * 2


def configure(folder: Path, url: str) -> None:
    (folder / "watchlist.yaml").write_text(
        "watches: [{id: somebody, name: Somebody Else}]\n", encoding="utf-8"
    )
    (folder / "sources.yaml").write_text(
        "user_agent: test\ncontact: a@example.org\n"
        "sources: {csl: {urls: ['http://127.0.0.1:9/x.json']}}\n",
        encoding="utf-8",
    )
    hook = {"id": "test", "url": f"{url}/hook", "secret": SECRET, "allow_private": True}
    (folder / "monitor.yaml").write_text(json.dumps({"webhooks": [hook]}), encoding="utf-8")
