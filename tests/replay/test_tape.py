"""The format of tapes: strict, documented; what is served is what was recorded, or nothing."""

import gzip
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml

from monitor.errors import ConfigError, SourceFault, UsageError
from monitor.replay.player import Clock, play
from monitor.replay.scenario import Look, Recorded, Scenario, read_scenario
from monitor.replay.shipped import FOLDER, opened
from monitor.replay.tape import tapes
from monitor.sources.fetch import Http
from tests.replay import november
from tests.upstream.csl_file import as_json, document, row_for
from tests.upstream.parties import filler

PAGE = (Path(__file__).parents[2] / "docs" / "replay.md").read_text(encoding="utf-8")
URL = "https://example.org/list.json"
LEAST: dict[str, Any] = {
    "title": "A story",
    "watches": [{"id": "somebody", "name": "Somebody"}],
    "sources": {"csl": {"urls": [URL]}},
    "looks": [{"at": "2026-11-02 09:00"}],
    "answers": [{"since": "2026-11-01", "source": "csl", "path": "/list.json", "body": "one"}],
}
MONDAY = as_json(
    document([row_for(entry) for entry in filler(3)], datetime(2026, 11, 2, tzinfo=UTC))
)


def write(folder: Path, **changes: Any) -> Path:
    said = yaml.safe_dump({**LEAST, **changes})
    (folder / "scenario.yaml").write_text(said, encoding="utf-8")
    return folder


def answer(since: str, **said: Any) -> dict[str, Any]:
    return {"since": since, "source": "csl", "path": "/list.json", **said}


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 11, 2, 14, tzinfo=UTC))


@pytest.fixture
def http(tmp_path: Path, clock: Clock) -> Callable[..., Http]:
    """What the CSL asks, of these answers."""

    def of(*answers: dict[str, Any]) -> Http:
        scenario = read_scenario(write(tmp_path, answers=[*answers]))
        return tapes(scenario, tmp_path, clock)["csl"]

    return of


# -- the shipped tape


def bodies(folder: Path) -> dict[str, bytes]:
    return {
        path.name: gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for path in folder.iterdir()
    }


@pytest.mark.slow
def test_the_shipped_tape_is_what_the_hosts_say(tmp_path: Path) -> None:
    """Drawn up from the facts; rewrite it with `python -m tests.replay.november`."""
    lived = november.record(tmp_path / "tape")
    assert bodies(FOLDER / november.NAME) == bodies(tmp_path / "tape")
    played = play(read_scenario(FOLDER / november.NAME), FOLDER / november.NAME)
    assert [event.id for event in played.events] == [event.id for event in lived.events]
    assert [look.at for look in played.looks][-1] == lived.now


def test_the_shipped_tape_is_small() -> None:
    """It is carried by every installation."""
    assert sum(path.stat().st_size for path in (FOLDER / november.NAME).iterdir()) < 100_000


# -- the manifest


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"looks": [{"at": "noon"}]}, "looks.0.at: Value error, should be a time such as 2023"),
        ({"looks": []}, "looks: Tuple should have at least 1 item"),
        ({"looks": [{"at": "2026-11-03"}, {"at": "2026-11-02"}]}, "comes before its turn"),
        ({"looks": [{"at": "2026-11-03", "only": "ecfr"}]}, "ecfr is not among the sources"),
        ({"answers": [answer("2026-11-03", source="ofac")]}, "answers.0.source: Input should be"),
        ({"answers": [answer("2026-11-03", body="../../etc/passwd")]}, "answers.0.body: String"),
        ({"worlds": {}}, "worlds: Extra inputs are not permitted"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_by_its_key(changes: dict[str, Any], said: str, tmp_path: Path) -> None:
    """Times that are none or go back, sources that are none, bodies elsewhere, unknown keys."""
    with pytest.raises(UsageError) as caught:
        read_scenario(write(tmp_path, **changes))
    assert said in str(caught.value)


@pytest.mark.parametrize("text", [b"title: [", b"\xff\xfe\x00"])
def test_what_is_no_yaml_is_no_manifest(text: bytes, tmp_path: Path) -> None:
    """And said so."""
    (tmp_path / "scenario.yaml").write_bytes(text)
    with pytest.raises(UsageError, match="is no YAML"):
        read_scenario(tmp_path)


def test_watches_and_sources_are_refused_as_the_configuration_refuses_them(tmp_path: Path) -> None:
    """By the same code, with the file and key that an operator knows."""
    scenario = read_scenario(write(tmp_path, watches=[{"id": "Not A Slug", "name": "Somebody"}]))
    with pytest.raises(ConfigError, match=r"watchlist\.yaml"):
        play(scenario, tmp_path)


def test_times_are_washingtons_unless_they_say_otherwise(tmp_path: Path) -> None:
    """Winter and summer; a bare date is its midnight; a zone is obeyed."""
    said = ("2026-03-07", "2026-03-08 09:00", "2026-03-09T12:00Z")
    scenario = read_scenario(write(tmp_path, looks=[{"at": one} for one in said]))
    assert [str(look.at) for look in scenario.looks] == [
        "2026-03-07 05:00:00+00:00", "2026-03-08 13:00:00+00:00", "2026-03-09 12:00:00+00:00",
    ]  # fmt: skip


def test_the_page_explains_every_key() -> None:
    """No key of the manifest is left out."""
    keys = [*Scenario.model_fields, *Look.model_fields, *Recorded.model_fields]
    assert [key for key in keys if f"`{key}`" not in PAGE] == []


def test_the_example_on_the_page_is_a_manifest(tmp_path: Path) -> None:
    """It can be copied as it stands."""
    (tmp_path / "scenario.yaml").write_text(PAGE.split("```yaml\n")[1].split("```")[0], "utf-8")
    (tmp_path / "monday.json.gz").write_bytes(gzip.compress(MONDAY))
    played = play(read_scenario(tmp_path), tmp_path)
    assert [[poll.outcome for poll in look.polls] for look in played.looks] == [
        ["accepted"], ["failed"],
    ]  # fmt: skip
    assert [event.kind.value for event in played.events] == ["baseline", "source_failing"]


# -- what is served


def test_an_answer_holds_until_the_next_one_to_the_same_address(
    http: Callable[..., Http], tmp_path: Path, clock: Clock
) -> None:
    """Whatever order they stand in; packed bodies are unpacked; what is still to come is not."""
    (tmp_path / "old").write_bytes(b"old")
    (tmp_path / "new.gz").write_bytes(gzip.compress(b"new"))
    csl = http(
        answer("2026-11-04", status=404),
        answer("2026-11-01", body="old"),
        answer("2026-11-03", body="new.gz", headers={"etag": '"2"'}),
    )
    assert csl.get(URL).body == b"old"
    clock.now = datetime(2026, 11, 3, 14, tzinfo=UTC)
    assert csl.get(f"{URL}?_=1").body == b"new"
    again = csl.get(URL, headers={"If-None-Match": '"2"'})
    assert (again.status, again.body) == (304, b"")
    assert csl.get(URL, headers={"If-None-Match": '"1"'}).body == b"new"


def test_parameters_that_are_recorded_must_be_asked(
    http: Callable[..., Http], tmp_path: Path
) -> None:
    """And the answer that asks for more of them goes before."""
    for name in ("any", "second"):
        (tmp_path / name).write_text(name)
    csl = http(
        answer("2026-11-01", path="/list.json?page=2", body="second"),
        answer("2026-11-01", body="any"),
    )
    assert csl.get(f"{URL}?page=1").body == b"any"
    assert csl.get(f"{URL}?order=newest&page=2").body == b"second"


@pytest.mark.parametrize(
    ("said", "reason", "at_once", "unreached"),
    [
        ({"status": 404}, "answered 404", True, False),
        ({"status": 503}, "answered 503", False, False),
        ({"fault": "the connection failed: reset"}, "the connection failed: reset", False, True),
    ],
)
def test_what_went_wrong_goes_wrong_again(
    said: dict[str, Any], reason: str, at_once: bool, unreached: bool, http: Callable[..., Http]
) -> None:
    """As the fetcher tells it."""
    with pytest.raises(SourceFault) as caught:
        http(answer("2026-11-01", **said)).get(URL)
    fault = caught.value
    assert (fault.reason, fault.at_once, fault.unreached) == (reason, at_once, unreached)


@pytest.mark.parametrize(
    ("said", "url", "reason"),
    [
        ({"status": 200}, "https://example.org/other.json", "holds no answer of csl to https://ex"),
        ({"since": "2026-11-03"}, URL, "at 2026-11-02 14:00 UTC"),
        ({"path": "/list.json?page=2"}, URL, "holds no answer"),
        ({"body": "lost"}, URL, "body lost cannot be read"),
        ({"body": "broken.gz"}, URL, "body broken.gz cannot be read"),
    ],
    ids=["another address", "not yet", "other parameters", "a lost body", "a broken body"],
)
def test_what_the_tape_does_not_hold_is_no_fault_of_a_source(
    said: dict[str, Any], url: str, reason: str, http: Callable[..., Http], tmp_path: Path
) -> None:
    """Another error than a source's: it goes through every hand that takes those."""
    (tmp_path / "broken.gz").write_bytes(gzip.compress(b"whole")[:-6])
    with pytest.raises(UsageError, match=reason):
        http({**answer("2026-11-01"), **said}).get(url)


def test_a_zip_is_unpacked_into_a_folder_of_its_own(tmp_path: Path) -> None:
    """Whatever its members are called, nothing is written elsewhere."""
    path = tmp_path / "tape.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("../../outside", b"x")
        archive.writestr("tape/scenario.yaml", b"title: x")
    with opened(str(path)) as folder:
        assert {one.name for one in folder.iterdir()} == {"outside", "scenario.yaml"}
    assert not folder.exists()
    assert not (tmp_path.parent / "outside").exists()
