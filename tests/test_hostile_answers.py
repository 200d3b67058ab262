"""Answers that nobody foresaw, with a removal in flight: the look fails, is told, blinds nobody."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from monitor.screening.acts import judge
from monitor.sources.csl import json_file
from monitor.sources.federal_register import client
from tests.extent import mostly_slow
from tests.upstream.act_text import inspection_page, published_page
from tests.upstream.parties import INSTITUTE
from tests.upstream.rules import Rule, removal
from tests.upstream.server import Upstream
from tests.worlds import WATCH, Ran, World


@pytest.fixture
def world(up: Upstream, tmp_path: Path) -> Iterator[World]:
    """All three sources, looked at once; the institute is listed."""
    made = World(up, tmp_path)
    made.watches(WATCH)
    made.asks("csl", "ecfr", "federal_register")
    made.tells()
    assert made.check().kinds == ["baseline"]
    yield made
    made.ends()


def reasons(ran: Ran, source: str) -> list[str]:
    """Why a source's poll came out as it did."""
    return next(poll["reasons"] for poll in ran.json["polls"] if poll["source"] == source)


def kept_body(world: World, source: str) -> Path:
    """The file of the body that a source was judged by last."""
    with world.service() as service, service.ledger.reading() as reading:
        sha = reading.memory(source).accepted_sha256
        return service.ledger.bodies.path(sha or "")


def _a_number_of_5000_digits(up: Upstream) -> None:
    up.ecfr.serves(
        up.ecfr.full_text(up.ecfr.newest).replace(b"<TD", b'<TD rowspan="' + b"9" * 5_000 + b'"'),
        on="full",
    )


def _a_citation_of_5000_digits(up: Upstream) -> None:
    said = up.csl.file("json")
    assert b"85 FR 34503" in said or b" FR " in said
    up.csl.serves(said.replace(b" FR ", b" FR " + b"9" * 5_000))


HOSTILE: dict[str, tuple[str, Callable[[Upstream], object]]] = {
    "a port of 99999": ("csl", lambda up: up.csl.redirects_to("http://127.0.0.1:99999/x")),
    "no host at all": (
        "federal_register",
        lambda up: up.register.serves(b'{"count":3,"results":[],"next_page_url":"http://[1/x"}'),
    ),
    "a port of 99999 at the eCFR": (
        "ecfr",
        lambda up: up.ecfr.redirects_to("http://127.0.0.1:99999/x"),
    ),
    "a redirect that is no header": (
        "csl",
        lambda up: up.csl.redirects_to("http://\xe9\xe9.example/x"),
    ),
}


@pytest.mark.parametrize("kind", mostly_slow(HOSTILE, quick=12))
def test_what_nobody_foresaw_is_a_failed_poll(world: World, kind: str) -> None:
    """The other sources are asked and judged, three in a row are told, then all is well again."""
    source, goes_wrong = HOSTILE[kind]
    goes_wrong(world.up)
    world.up.delists(INSTITUTE, csl=True, ecfr=world.up.ecfr.newest)
    told: list[str] = []
    for _ in range(3):
        ran = world.check(after=1)
        assert [name for name, came in ran.outcomes.items() if came == "failed"] == [source]
        told += ran.kinds
    assert told.count("source_failing") == 1
    for host in world.up.hosts:
        host.recovers()
    told += world.check(after=1).kinds
    assert "removal_confirmed" in told
    assert told.count("removal_confirmed") == 1


ODD: dict[str, Callable[[Upstream], object]] = {
    "a validator that is no ASCII": lambda up: up.csl.adds_headers(ETag='"caf\xe9"'),
    "a number of 5,000 digits": _a_number_of_5000_digits,
    "a citation of 5,000 digits": _a_citation_of_5000_digits,
    "a time without a zone": lambda up: up.csl.adds_headers(
        Last_Modified="Thu, 99 Jan 9999999999 00:00:00 -0000"
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", mostly_slow(ODD, quick=4))
def test_an_odd_answer_is_read_and_the_next_look_is_made(world: World, kind: str) -> None:
    """What does not matter stops nothing: not this look, and not the next."""
    ODD[kind](world.up)
    for _ in range(2):
        assert "failed" not in world.check(after=1).outcomes.values()
    world.up.ecfr.recovers()
    world.up.csl.recovers()
    world.up.delists(INSTITUTE, csl=True, ecfr=world.up.ecfr.newest)
    assert "removal_confirmed" in world.check(after=1).kinds


@pytest.mark.slow
@pytest.mark.parametrize(
    "error", mostly_slow([ZeroDivisionError, MemoryError, RecursionError], quick=3)
)
def test_whatever_is_thrown_in_a_look_is_its_sources_own(
    world: World, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A defect of a parser is told as a failing source, with its name; the others go on."""

    def breaks(*_: object, **__: object) -> None:
        raise error("out of thin air")

    monkeypatch.setattr(json_file, "read", breaks)
    world.up.delists(INSTITUTE, csl=True, ecfr=world.up.ecfr.newest)
    runs = [world.check(after=1) for _ in range(3)]
    assert [run.outcomes["csl"] for run in runs] == ["failed"] * 3
    assert [run.outcomes["ecfr"] for run in runs] == ["accepted", "unchanged", "unchanged"]
    assert "source_failing" in runs[2].kinds
    assert error.__name__ in " ".join(reasons(runs[0], "csl"))
    monkeypatch.undo()
    assert "removal_confirmed" in world.check(after=1).kinds


@pytest.mark.slow
def test_a_defect_of_judging_is_a_failed_poll(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a text makes of us after it was read counts no less."""
    monkeypatch.setattr("monitor.poll.judge_look", lambda *_: 1 / 0)
    world.up.delists(INSTITUTE, csl=True, ecfr=world.up.ecfr.newest)
    ran = world.check(after=1)
    assert (ran.outcomes["csl"], ran.outcomes["ecfr"]) == ("failed", "failed")
    assert ran.outcomes["federal_register"] != "failed"
    monkeypatch.undo()
    assert "removal_confirmed" in world.check(after=1).kinds


@pytest.mark.slow
def test_a_defect_in_news_of_whole_lists_hides_no_removal(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said with the poll; the watches are judged as ever."""
    for place in ("monitor.poll.judge_acts_as_news", "monitor.judging.accept.name_acts_of_changes"):
        monkeypatch.setattr(place, lambda *_: 1 / 0)
    world.up.publishes(_act())
    world.up.delists(INSTITUTE, csl=True, ecfr=world.up.ecfr.newest)
    ran = world.check(after=1)
    assert "failed" not in ran.outcomes.values()
    assert "removal_confirmed" in ran.kinds
    for source in ("csl", "ecfr", "federal_register"):
        assert "ZeroDivisionError" in " ".join(reasons(ran, source))


@pytest.mark.slow
def test_a_kept_list_that_rotted_is_fetched_again_and_told(world: World) -> None:
    """Its look fails at once with the reason, though what came is judged."""
    rotten = kept_body(world, "csl")
    world.ends()
    rotten.write_bytes(rotten.read_bytes()[:-9] + b"\0" * 9)
    world.up.delists(INSTITUTE, csl=False, ecfr=world.up.ecfr.newest)
    ran = world.check(after=1)
    assert ran.outcomes["csl"] == "failed"
    assert "was damaged" in " ".join(reasons(ran, "csl"))
    assert "source_failing" in ran.kinds
    world.up.delists(INSTITUTE, csl=True)
    assert "removal_confirmed" in world.check(after=1).kinds
    assert world.check(after=1).outcomes["csl"] != "failed"


def _act(number: str = "2023-25557", name: str = INSTITUTE, title: str = "A Removal") -> Rule:
    return removal(
        name,
        number=number,
        publication=date(2023, 11, 22),
        effective=date(2023, 11, 20),
        citation="88 FR 81000",
        title=title,
    )


NO_TEXT: dict[str, Callable[[bytes], bytes]] = {
    "an error page": lambda _: b"<html><body>We are sorry, something went wrong.</body></html>",
    "JSON": lambda _: b'{"status":500,"document_number":"2023-25557","title":"A Removal"}',
    "a PDF": lambda _: b"%PDF-1.7\nFR Doc. 2023-25557 Filed 11-20-23",
    "another act's text": lambda good: good.replace(b"2023-25557", b"2023-11111"),
    "an empty one": lambda _: b" \n ",
    "a cut one": lambda good: good[: len(good) * 2 // 3],
}


@pytest.mark.parametrize("kind", mostly_slow(NO_TEXT, quick=12))
@pytest.mark.parametrize("stage", mostly_slow(["inspection", "print"], quick=2))
def test_a_text_that_is_not_the_acts_own_hides_nothing(world: World, kind: str, stage: str) -> None:
    """It is asked for until the right one comes; after two looks a person is told to read."""
    act, up = _act(), world.up
    if stage == "inspection":
        up.files(act)
        filed = datetime(2023, 11, 20, 8, 45, tzinfo=UTC)
        whole = inspection_page(
            act.text, number=act.number, publication=act.publication, filed=filed
        )
        part, good = "raw_text", "removal_announced"
    else:
        act = replace(act, publication=date(2023, 11, 20))
        up.publishes(act)
        whole = published_page(
            act.text, number=act.number, citation=act.citation, published=act.publication
        )
        part, good = "full_text", "removal_confirmed"
    up.register.serves(NO_TEXT[kind](whole.encode()), "text/plain", on=part)
    first, second, third = (world.check(after=1) for _ in range(3))
    assert (first.kinds, second.kinds) == ([], ["notice_found"])
    assert third.kinds == ["source_failing"]
    assert any(act.number in reason for reason in reasons(first, "federal_register"))
    notice = second.json["events"][0]
    assert (notice["document_number"], notice["watch"]) == (act.number, None)
    up.register.recovers()
    later = world.check(after=1)
    assert good in later.kinds
    assert later.outcomes["federal_register"] != "failed"


@pytest.mark.slow
def test_a_bad_text_kept_by_an_older_version_is_not_believed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error page once taken for the text is told, and the act is read after all."""
    act, up = _act(), world.up
    up.files(act)
    up.register.serves(b"<html>We are sorry.</html>", "text/html", on="raw_text")
    with monkeypatch.context() as older:
        older.setattr(client, "mistrusted", lambda *_: None)
        assert world.check(after=1).kinds == []
    up.register.recovers()
    ran = world.check(after=1)
    assert {"removal_announced", "source_failing"} <= {*ran.kinds}
    assert any("not credible" in reason for reason in reasons(ran, "federal_register"))
    assert world.check(after=1).outcomes["federal_register"] != "failed"


@pytest.mark.slow
def test_a_kept_text_that_rotted_is_fetched_again_and_told(world: World) -> None:
    """The act stays what it was, and nothing of it is told twice."""
    act = _act()
    world.up.files(act)
    assert world.check(after=1).kinds == ["removal_announced"]
    with world.service() as service, service.ledger.reading() as reading:
        rotten = service.ledger.bodies.path(reading.known_acts()[act.number].snapshot or "")
    rotten.write_bytes(b"rotten")
    ran = world.check(after=1)
    assert ran.kinds == ["source_failing"]
    assert any("its file was damaged" in reason for reason in reasons(ran, "federal_register"))
    assert world.check(after=1).outcomes["federal_register"] != "failed"


@pytest.mark.slow
def test_a_text_that_never_comes_is_asked_for_at_longer_intervals(world: World) -> None:
    """Twice at once, then after ten minutes, twenty, … an hour; it is said at every look."""
    world.up.files(_act())
    world.up.register.answers(500, on="raw_text")
    asked = []
    for _ in range(24):
        ran = world.check("federal_register", after=5 / 60)
        assert ran.outcomes == {"federal_register": "failed"}
        asked.append(bool(world.up.asked("federal_register", "raw_text")))
        world.up.requests.clear()
    at = [5 * step for step, was in enumerate(asked) if was]
    assert at == [0, 5, 15, 35, 75]


@pytest.mark.slow
def test_a_text_that_breaks_the_reading_is_for_a_person(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told by its row; the act beside it is judged as ever."""
    whole = judge.judge_anew
    monkeypatch.setattr(
        judge, "judge_anew", lambda act, *a: 1 / 0 if "odd" in act.title else whole(act, *a)
    )
    world.up.files(_act("2023-25999", "Somebody Else", title="An odd one"))
    world.up.files(_act())
    ran = world.check(after=1)
    assert sorted(ran.kinds) == ["notice_found", "removal_announced"]
    assert ran.outcomes["federal_register"] != "failed"
    assert world.check(after=1).kinds == []
