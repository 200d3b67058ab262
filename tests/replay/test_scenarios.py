"""The shipped scenarios: each played to its end, each as it expects."""

from pathlib import Path

import pytest

from monitor.replay.player import play
from monitor.replay.scenario import read_scenario
from monitor.replay.shipped import FOLDER, find, names

INCIDENTS = {
    "2024-05-06": "2024-05-mass-loss",
    "2019-10": "2019-10-missing-lists",
    "2026-05-25": "2026-05-cut-file",
    "2023-05-25": "2023-05-stale-import",
    "2015-02": "2015-missing-additions",
    "2025-08-27": "2025-08-double-spaces",
    "2022-10 alt_names": "2022-10-reshaped-aliases",
    "2022-10 expired rows": "2022-10-returned-rows",
    "2020-07": "2020-07-added-column",
    "2019-03": "2019-03-no-metadata",
    "2021-08, 2022-09": "2022-09-moved-urls",
    "2021-11": "2021-11-search-answer",
    "2026-10-06, the eCFR agrees": "2026-10-mass-removal",
    "2026-10-06, a person": "2026-10-mass-removal-by-hand",
    "any day, 304": "any-day-not-modified",
    "any day, captcha": "any-day-captcha",
    "any day, older copy": "any-day-older-copy",
    "any day, header only": "any-day-header-only",
}


@pytest.mark.parametrize("name", names())
def test_a_shipped_scenario_comes_out_as_it_expects(name: str) -> None:
    """Every event, in order, with its time and words, and how each watch stands in the end."""
    scenario = read_scenario(find(name))
    assert scenario.expect is not None
    played = play(scenario, FOLDER, database_url="sqlite:///:memory:")
    assert played.differences == ()


@pytest.mark.parametrize("name", INCIDENTS.values(), ids=INCIDENTS.keys())
def test_every_known_incident_of_bad_data_is_a_scenario(name: str) -> None:
    """Each row of the table of incidents ships as a story of its own."""
    assert name in names()


def test_a_scenario_that_is_not_met_says_what_differs(tmp_path: Path) -> None:
    """The difference names the event and the field, what came and what was expected."""
    text = find("act-withdrawn").read_text(encoding="utf-8")
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(text.replace("document_number: 2026-22222", "document_number: 2026-1"),
                     encoding="utf-8")  # fmt: skip
    played = play(read_scenario(wrong), tmp_path, database_url="sqlite:///:memory:")
    assert played.differences == (
        "event 2 (removal_announced): document_number is 2026-22222, expected 2026-1",
    )
