"""`doctor` against the small world: held when all is right, each fault named with its place."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from monitor import wiring
from monitor.doctor import Answer, Result, examine
from tests.extent import mostly_slow
from tests.installed import Clock, no_pause
from tests.ops.post import Post
from tests.receivers import Recorder
from tests.upstream.parties import INSTITUTE
from tests.upstream.rules import institute_removal
from tests.upstream.server import Upstream

TODAY = date(2026, 11, 20)


@pytest.fixture
def today() -> Iterator[Upstream]:
    """The world as it should be now: the institute long gone, its act in the archive."""
    with Upstream(TODAY) as world:
        world.is_furnished(20)
        world.delists(INSTITUTE, ecfr=date(2023, 11, 17))
        world.publishes(institute_removal())
        yield world


@contextmanager
def asked(post: Post, *, quick: bool = False) -> Iterator[dict[str, Answer]]:
    found = post.settings()
    with post.service() as service, wiring.fetchers(found, no_pause) as https:
        answers = examine(found, service, https, post.clock(), quick=quick)
        yield {f"{answer.about}: {answer.question}": answer for answer in answers}


def post_in(folder: Path, world: Upstream, receiver: Recorder | None = None) -> Post:
    clock = Clock(datetime(2026, 11, 20, 13, tzinfo=UTC))
    return Post(folder, world, receiver, clock=clock)


def test_all_is_held_where_all_is_right(
    tmp_path: Path, today: Upstream, receiver: Recorder
) -> None:
    """Every question is asked of every host, and the act of November 2023 is found and read."""
    with asked(post_in(tmp_path, today, receiver)) as answers:
        wrong = [value for value in answers.values() if value.outcome is not Result.HELD]
        assert wrong == []
        assert {value.about for value in answers.values()} == {
            "machine", "csl", "ecfr", "federal_register",
        }  # fmt: skip
        assert len(answers) > 25
        assert all(value.place for value in answers.values())
        judged = answers["federal_register: its full text removes the institute"]
        assert judged.detail == "removes on EL, effective 2023-11-16"


Spoil = Callable[[Upstream], object]

CASES: dict[str, tuple[Spoil, str, Result]] = {
    "moved": (
        lambda up: up.csl.answers(404), "csl: http://", Result.NOT_HELD,
    ),
    "down": (
        lambda up: up.csl.answers(503), "csl: http://", Result.COULD_NOT_ASK,
    ),
    "a page": (
        lambda up: up.csl.html_page(), "csl: http://", Result.NOT_HELD,
    ),
    "list gone": (
        lambda up: up.csl.drops_list("EL"), "csl: the followed lists", Result.NOT_HELD,
    ),
    "total": (
        lambda up: up.csl.declares_total(7), "csl: `total`", Result.NOT_HELD,
    ),
    "a field": (
        lambda up: up.csl.adds_field("surprise", 1), "csl: all fields", Result.NOT_HELD,
    ),
    "old file": (
        lambda up: up.csl.is_rebuilt(datetime(2026, 11, 19, 1, tzinfo=UTC)),
        "csl: the file was rebuilt", Result.NOT_HELD,
    ),
    "blocked": (
        lambda up: up.ecfr.blocks(), "ecfr: titles.json", Result.NOT_HELD,
    ),
    "importing": (
        lambda up: up.ecfr.imports(), "ecfr: the newest appendix", Result.COULD_NOT_ASK,
    ),
    "stands still": (
        lambda up: up.ecfr.moves_to(date(2026, 11, 2)), "ecfr: titles.json", Result.NOT_HELD,
    ),
    "layout": (
        lambda up: up.ecfr.serves(b"<DIV9 N='Supplement No. 4 to Part 744'/>", on="full"),
        "ecfr: the table", Result.NOT_HELD,
    ),
    "still there": (
        lambda up: up.lists_institute(on=date(2023, 11, 17)),
        "ecfr: the text of 2023-11-17", Result.NOT_HELD,
    ),
    "reset": (
        lambda up: up.register.resets(), "federal_register: public inspection",
        Result.COULD_NOT_ASK,
    ),
    "no key": (
        lambda up: up.register.serves(b'{"count": 3}'),
        "federal_register: public inspection", Result.NOT_HELD,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", mostly_slow(CASES, quick=4))
def test_what_no_longer_holds_is_named(
    tmp_path: Path, today: Upstream, receiver: Recorder, case: str
) -> None:
    """Each fault makes its own question not held, or not askable, and no question crashes."""
    spoil, question, outcome = CASES[case]
    spoil(today)
    with asked(post_in(tmp_path, today, receiver)) as answers:
        (found,) = [one for key, one in answers.items() if key.startswith(question)]
        assert found.outcome is outcome, found
        assert found.detail
        others = [
            value for value in answers.values() if value.about not in {found.about, "machine"}
        ]
        assert all(one.outcome is Result.HELD for one in others)


def test_an_act_that_cannot_be_found_leaves_its_questions_unasked(
    tmp_path: Path, today: Upstream, receiver: Recorder
) -> None:
    """Where the act is not, its text is not judged: that is no second fault."""
    today.register.serves(b'{"count": 0}', on="documents.json")
    with asked(post_in(tmp_path, today, receiver)) as answers:
        told = {
            value.question: value.outcome
            for value in answers.values()
            if "its " in value.question[:4]
        }
        assert set(told.values()) == {Result.COULD_NOT_ASK}


def test_the_machine_alone_is_asked_quickly(tmp_path: Path, today: Upstream) -> None:
    """`--quick` asks no host; a missing channel is said, since alerts would reach nobody."""
    today.requests.clear()
    with asked(post_in(tmp_path, today), quick=True) as answers:
        outcomes = {value.question: value.outcome for value in answers.values()}
    assert today.requests == []
    assert outcomes.pop("alerts have a channel") is Result.NOT_HELD
    assert set(outcomes.values()) == {Result.HELD}


def test_the_database_is_examined(database_url: str, tmp_path: Path, today: Upstream) -> None:
    """Either kind says what it is and that it is sound."""
    post = replace(post_in(tmp_path, today), database_url=database_url)
    with post.service() as service:
        said = service.ledger.examine()
    assert said.startswith("SQLite" if database_url.startswith("sqlite") else "PostgreSQL")


def test_the_command_prints_a_table_or_json_and_its_exit_code_tells(
    tmp_path: Path, today: Upstream, receiver: Recorder
) -> None:
    """0 while nothing is other than assumed, 1 where something is, with the place to correct it."""
    post = post_in(tmp_path, today, receiver)
    good = post.invoke("doctor", "--quick")
    assert good.exit_code == 0, good.output
    assert "0 failed" in good.stdout
    today.csl.answers(404)
    bad = post.invoke("doctor", COLUMNS="200")
    assert bad.exit_code == 1
    assert "Fix in: config/sources.yaml: csl.urls" in bad.stdout
    said = json.loads(post.invoke("doctor", "--json").stdout)
    assert {one["outcome"] for one in said["answers"]} >= {"ok", "failed", "not checked"}
    assert set(said["answers"][0]) == {"about", "question", "outcome", "detail", "place"}
