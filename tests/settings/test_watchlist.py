"""watchlist.yaml: what a watch may be, and how a wrong one is told."""

import re
from pathlib import Path

import pytest

from monitor import wiring
from tests.settings.folders import Folder

GOOD = """\
watches:
  - id: mps-ifs
    name: Ministry of Public Security's Institute of Forensic Science of China
    aliases: [Forensic Identification Center]
    same_as: [Institute of Forensic Science]
    not_same_as: [Forensic Science Institute of Shanghai]
    addresses: ["17 Muxidi South Lane, Beijing"]
    near: broad
    local_names: [公安部物证鉴定中心]
    country: CN
    lists: [EL, NS-MBS]
    note: why
    tags: [police]
  - id: norwegian
    name: 12345
    country: NO
"""


def test_a_watch_is_read_whole(folder: Folder) -> None:
    """Every field arrives as written; what is left out has its default."""
    first, second = folder.says(watchlist=GOOD).loaded().watches
    assert first.model_dump() == {
        "id": "mps-ifs",
        "name": "Ministry of Public Security's Institute of Forensic Science of China",
        "aliases": ("Forensic Identification Center",),
        "same_as": ("Institute of Forensic Science",),
        "not_same_as": ("Forensic Science Institute of Shanghai",),
        "addresses": ("17 Muxidi South Lane, Beijing",),
        "near": "broad",
        "local_names": ("公安部物证鉴定中心",),
        "country": "CN",
        "lists": ("EL", "NS-MBS"),
        "note": "why",
        "tags": ("police",),
    }
    assert (second.name, second.country, second.lists) == ("12345", "NO", ("EL",))
    assert (second.aliases, second.same_as, second.addresses) == ((), (), ())
    assert (second.near, second.note) == (None, None)


def test_how_near_is_asked_for_all_and_for_one(folder: Folder) -> None:
    """`close` unless the file says otherwise; a watch may say it for itself."""
    assert folder.loaded().near == "close"
    assert folder.says(watchlist="near: broad\n" + GOOD).loaded().near == "broad"


def watch(**said: str) -> str:
    """A watchlist of one watch, a key a line, `id` on line 2."""
    values = {"id": "acme", "name": "Acme Trading"} | said
    lines = "\n    ".join(f"{key}: {value}" for key, value in values.items() if value)
    return f"watches:\n  - {lines}\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (watch(id="Acme"), "watchlist.yaml:2: watches[0].id: should be a slug"),
        (watch(id="a b"), "watchlist.yaml:2: watches[0].id: should be a slug"),
        (watch(id="removal"), "watchlist.yaml:2: watches[0].id: should not be a word that routes"),
        (watch(name="''"), "watchlist.yaml:3: watches[0].name: should be a name of at least 3"),
        (watch(name="A & B"), "watchlist.yaml:3: watches[0].name: should be a name of at least 3"),
        (watch(name="'??????'"), "watchlist.yaml:3: watches[0].name: should be a name of at least"),
        (watch(name="[Acme]"), "watchlist.yaml:3: watches[0].name: should be text"),
        (watch(name="~"), "watchlist.yaml:3: watches[0].name: has no value"),
        (watch(name=""), "watchlist.yaml:2: watches[0].name: is required: The party's name"),
        (
            watch(aliases="[Good One, x]"),
            "watchlist.yaml:4: watches[0].aliases[1]: should be a name",
        ),
        (watch(aliases="Acme"), "watchlist.yaml:4: watches[0].aliases: should be a list"),
        (
            watch(alias="[x]"),
            "watchlist.yaml:4: watches[0].alias: unknown key; did you mean aliases?",
        ),
        (
            watch(zzz="1"),
            "watchlist.yaml:4: watches[0].zzz: unknown key; known: id, name, aliases,",
        ),
        (
            watch(near="far"),
            "watchlist.yaml:4: watches[0].near: should be one of off, close, broad",
        ),
        ("near: yes\nwatches: []\n", "watchlist.yaml:1: near: should be one of off, close, broad"),
        (watch(same_as="[x]"), "watchlist.yaml:4: watches[0].same_as[0]: should be a name of"),
        (watch(addresses="['']"), "watchlist.yaml:4: watches[0].addresses[0]: should be one line"),
        (
            watch(not_same_as="[ACME trading]"),
            "watchlist.yaml:4: watches[0].not_same_as: should not repeat a name of this watch",
        ),
        (watch(country="China"), "watchlist.yaml:4: watches[0].country: should be a two-letter"),
        (watch(lists="[]"), "watchlist.yaml:4: watches[0].lists: should name at least one list"),
        (watch(lists="[EL, EL]"), "watchlist.yaml:4: watches[0].lists: should name each list once"),
        (watch(lists="[el]"), "did you mean EL?"),
        (watch(lists="[EL, NS-MBS List]"), "did you mean NS-MBS?"),
        (
            watch(lists="\n      - EL\n      - XYZ"),
            "watchlist.yaml:6: watches[0].lists[1]: should be",
        ),
        ("watches: []\n", "watchlist.yaml:1: watches: must list at least one watch or follow"),
        ("watches:\n  - just text\n", "watchlist.yaml:2: watches[0]: should be a mapping"),
        ("watch: []\n", "watchlist.yaml:1: watch: unknown key; did you mean watches?"),
        ("# nothing\n{}\n", "watchlist.yaml:2: watches: must list at least one watch or follow"),
    ],
)
def test_says_what_would_be_right(folder: Folder, text: str, told: str) -> None:
    """Each mistake is told with file, line and key."""
    assert any(told in one for one in folder.says(watchlist=text).told())


def test_clashing_watches_are_told(folder: Folder) -> None:
    """One id, or one name on one list however spelled, cannot be two watches."""
    told = folder.says(
        watchlist="watches:\n"
        "  - {id: acme, name: Acme Trading Co.}\n"
        "  - {id: acme, name: Other Party}\n"
        "  - {id: again, name: ACME  Trading Co, lists: [UVL, EL]}\n"
        "  - {id: elsewhere, name: Acme Trading Co., lists: [DPL]}\n"
    ).told()
    once = "must be watched only once on EL; acme has the same name"
    assert told == [
        "watchlist.yaml:3: watches[1].id: must be unique; watches[0] has the same id",
        f"watchlist.yaml:4: watches[2].name: {once}",
    ]


def test_clashes_are_found_beside_other_mistakes(folder: Folder) -> None:
    """One run tells everything, so that one edit can mend everything."""
    told = folder.says(
        watchlist="watches:\n"
        "  - {id: acme, name: Acme Trading}\n"
        "  - {id: Wrong, name: Second Party}\n"
        "  - {id: acme, name: Third Party}\n"
    ).told()
    assert [re.split(": (?:should|must)", one)[0] for one in told] == [
        "watchlist.yaml:3: watches[1].id",
        "watchlist.yaml:4: watches[2].id",
    ]


def test_thousands_of_watches_load(folder: Folder) -> None:
    """A long watchlist is read whole."""
    many = "\n".join(f"  - id: w-{at}\n    name: Party number {at}" for at in range(2_000))
    assert len(folder.says(watchlist=f"watches:\n{many}\n").loaded().watches) == 2_000


def test_names_decided_beforehand_are_the_watchs_own(folder: Folder, tmp_path: Path) -> None:
    """What `same_as` says is found on the lists like the name itself."""
    text = watch(aliases="[Acme]", same_as="[Akme Treyding]")
    settings = folder.says(watchlist=text).loaded({"MONITOR_DATA_DIR": str(tmp_path / "data")})
    (tmp_path / "data").mkdir()
    with wiring.build(settings) as service:
        assert service.watches[0].names == ("Acme Trading", "Acme", "Akme Treyding")
