"""Searching a list: by the same names that watches are found by."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.screening.entry import Entry
from monitor.screening.watch import Watch
from monitor.status import search as searching
from monitor.status.search import Found, Search, look_up, script_remark
from tests.listed import Listed, plain_text

NAMES = (
    ("National University of Defense Technology", ("NUDT",)),
    ("Pakistan Atomic Energy Commission", ("PAEC",)),
    ("Beihang University", ("Beijing University of Aeronautics and Astronautics", "BUAA")),
    ("Kirov Zavod JSC", ()),
    ("Arash Dadgar", ()),
    ("Sukhoi Aircraft Company", ()),
    ("Huawei Technologies Co., Ltd.", ("Huawei",)),
    ("Orion Optical Works", ()),
)
ROWS = tuple(
    Entry(list="EL", name=name, aliases=aliases, country="CN", citations=(f"85 FR {at}",))
    for at, (name, aliases) in enumerate(NAMES)
)
LOCAL = Watch("nudt", "National University of Defense Technology",
              local_names=("国防科技大学", "Национальный университет"))  # fmt: skip


@pytest.fixture
def listed(tmp_path: Path) -> Iterator[Listed]:
    made = Listed(tmp_path, [LOCAL])
    for name, source in made.lists.items():
        source.gives(ROWS, text=plain_text(ROWS) if name == "ecfr" else None)
    made.checks()
    yield made
    made.closes()


def found(listed: Listed, name: str) -> list[Found]:
    with listed.service.ledger.reading() as reading:
        return look_up(reading, name, watches=listed.service.watches)


@pytest.mark.parametrize(
    ("asked", "name", "reason"),
    [
        ("Beihang University", "Beihang University", "the same name"),
        ("NUDT", "National University of Defense Technology", "the same as its alias “NUDT”"),
        ("Huawei Technologies Company Limited", "Huawei Technologies Co., Ltd.",
         "equal but for form"),
    ],
)  # fmt: skip
def test_the_same_name_is_100(listed: Listed, asked: str, name: str, reason: str) -> None:
    """And says by what it is the same."""
    first = found(listed, asked)[0]
    assert (first.entry.name, first.score) == (name, 100)
    assert first.reason.startswith(reason)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Pakistan Atomic Enrgy Comission", "Pakistan Atomic Energy Commission"),
        ("BUAA", "Beihang University"),
        ("PAEC", "Pakistan Atomic Energy Commission"),
        ("Dadgar Arash", "Arash Dadgar"),
        ("Suhoi Aircraft Company", "Sukhoi Aircraft Company"),
        ("University of Defense Technology", "National University of Defense Technology"),
    ],
)
def test_acronyms_typing_errors_order_and_transliteration(
    listed: Listed, asked: str, name: str
) -> None:
    """The entry that was meant comes first."""
    assert found(listed, asked)[0].entry.name == name


def test_near_names_say_why_and_are_never_100(listed: Listed) -> None:
    """An entry stands once, whatever of its names are near."""
    near = found(listed, "Pakistan Atomic Enrgy Comission")
    assert 50 < near[0].score < 100
    assert near[0].reason.startswith("its name is near: ")
    entries = [candidate.entry.name for candidate in near]
    assert len(entries) == len(set(entries))


def test_nothing_near_is_nothing(listed: Listed) -> None:
    """No suggestion for the sake of one."""
    assert found(listed, "Zzyzx Qwrtp") == []


@pytest.mark.parametrize("asked", ["国防科技大学", "国防科技", "Национальный университет"])
def test_a_name_in_its_own_script_finds_the_watch_that_has_it(listed: Listed, asked: str) -> None:
    """With the reason; and the search says in which script the lists are."""
    first = found(listed, asked)[0]
    assert first.entry.name == LOCAL.name
    assert "a name of the watch nudt in its own script" in first.reason


@pytest.mark.parametrize(
    ("asked", "script"), [("公安部", "Chinese"), ("Завод", "Cyrillic"), ("Завод Zavod Works", None),
                          ("Huawei", None), ("Huawei 华为 Technologies", None), ("", None)],
)  # fmt: skip
def test_another_script_is_said(asked: str, script: str | None) -> None:
    """Where most letters are in it."""
    said = script_remark(asked)
    if script is None:
        assert said is None
    else:
        assert said is not None
        assert script in said
        assert "Latin letters" in said


def test_a_list_is_indexed_once_a_text(listed: Listed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked again it is ready; with another accepted text it is read anew."""
    reads: list[str] = []
    plain = searching.entries_on

    def counted(reading: object, list_: str, on: str | None) -> list[Entry]:
        reads.append(list_)
        return plain(reading, list_, on)  # type: ignore[arg-type]

    monkeypatch.setattr(searching, "entries_on", counted)
    search = Search()

    def asks(name: str) -> list[Found]:
        with listed.service.ledger.reading() as reading:
            return search.find(reading, name)

    assert asks("Kestrel Avionics") == []
    assert asks("Orion Optical Works")[0].score == 100
    assert len(reads) == 1
    more = (*ROWS, replace(ROWS[0], name="Kestrel Avionics", aliases=()))
    for name, source in listed.lists.items():
        source.gives(more, text=plain_text(more) if name == "ecfr" else None)
    listed.checks()
    assert asks("Kestrel Avionics")[0].score == 100
    assert len(reads) == 2
