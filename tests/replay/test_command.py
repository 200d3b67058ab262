"""`entity-monitor replay`, as it is run from anywhere, with nothing set up."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from monitor.cli.app import app
from tests.receivers import Recorder

SHORT = "any-day-not-modified"


def run(*words: str) -> Result:
    return CliRunner().invoke(app, [*words])


def test_november_2023_tells_its_story_from_an_empty_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Announced on the 16th, confirmed on the 17th, in Washington's time and in UTC; then quiet."""
    monkeypatch.chdir(tmp_path)
    ran = run("replay", "november-2023")
    assert ran.exit_code == 0, ran.output
    told = [line.split()[1] for line in ran.output.splitlines() if line.startswith("  decided")]
    assert told == [
        "baseline", "removal_announced", "removal_confirmed", "nothing", "nothing", "nothing",
    ]  # fmt: skip
    assert "Thu 2023-11-16 08:45 in Washington (13:45 UTC)" in ran.output
    assert "Rule: 88 FR 80131 (document 2023-25557)" in ran.output
    assert ran.output.rstrip().endswith("As expected.")
    assert list(tmp_path.iterdir()) == []


def test_json_is_one_document_of_the_contract() -> None:
    """Scenario, steps with polls, events and deliveries, all events, and how watches stand."""
    ran = run("replay", "november-2023", "--json")
    said = json.loads(ran.stdout)
    assert said["scenario"] == "november-2023"
    assert set(said["steps"][0]) == {"at", "happens", "polls", "events", "deliveries"}
    assert [event["kind"] for event in said["events"]] == [
        "baseline", "removal_announced", "removal_confirmed",
    ]  # fmt: skip
    filed = next(step for step in said["steps"] if step["at"] == "2023-11-16T13:45:00Z")
    assert [(one["channel"], one["outcome"]) for one in filed["deliveries"]] == [
        ("removal", "skipped")
    ]
    assert said["watches"][0]["state"] == "not_listed"
    assert said["differences"] == []


def test_a_story_that_is_not_met_ends_with_1(tmp_path: Path) -> None:
    """And says what was expected and what came."""
    story = tmp_path / "story.yaml"
    story.write_text(
        "title: Nothing happens\nbegins: 2026-11-03 09:20\nsteps: []\n"
        "expect: {events: [baseline, removal_confirmed]}\n",
        encoding="utf-8",
    )
    ran = run("replay", str(story))
    assert ran.exit_code == 1
    assert "expected the events baseline, removal_confirmed; came baseline" in ran.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["november-2032"], "no scenario is called"),
        ([], "name a scenario: "),
        ([SHORT, "--send", "--config", "/nowhere"], "is no folder"),
    ],
)
def test_wrong_usage_ends_with_2(words: list[str], said: str) -> None:
    """No such scenario, no name at all, no configuration to send with."""
    ran = run("replay", *words)
    assert (ran.exit_code, said in ran.output) == (2, True), ran.output


def test_the_list_names_what_ships() -> None:
    """One line a scenario, or JSON."""
    assert "The institute leaves the Entity List, November 2023" in run("replay", "--list").output
    listed = json.loads(run("replay", "--list", "--json").stdout)["scenarios"]
    assert SHORT in [one["name"] for one in listed]


def test_send_really_delivers_and_says_that_it_is_a_replay(tmp_path: Path) -> None:
    """Every alert once and in order, each marked, under an id that is not the real event's."""
    with Recorder() as recorder:
        configure(tmp_path, recorder.url)
        ran = run("replay", "relisting", "--send", "--json", "--config", str(tmp_path))
    assert ran.exit_code == 0, ran.output
    bodies = [received.json() for received in recorder.received]
    assert [body["type"] for body in bodies] == [
        "entity-monitor.listing_announced", "entity-monitor.listing_confirmed",
    ]  # fmt: skip
    real = [event["id"] for event in json.loads(ran.stdout)["events"]]
    for body in bodies:
        assert body["data"]["title"].startswith("Replay of relisting, not news: ")
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
        "user_agent: test\ncontact: a@example.org\nsources: {csl: {urls: ['http://127.0.0.1:9/x.json']}}\n",
        encoding="utf-8",
    )
    (folder / "monitor.yaml").write_text(
        "webhooks:\n  - {id: test, url: '" + url + "/hook',"
        " secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, allow_private: true}\n",
        encoding="utf-8",
    )
