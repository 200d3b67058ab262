"""Watches follow parties: through every spelling, over time and between the lists."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.judging.case_decision import decide_case
from monitor.screening.cases import Case, Decision
from monitor.screening.entry import Entry
from monitor.screening.watch import Watch
from monitor.status.status import Status, statuses
from tests.extent import mostly_slow
from tests.listed import Listed, plain_text

ACADEMY = "Kestrel Corporation 9th Academy"
STREETS = ("Jiu", "Zhou", "Belka", "Orlan", "Marten", "Sable")
TRADES = ("Optical", "Marine", "Steel", "Turbine", "Cable", "Drone")


def party(name: str, number: int = 1, **said: Any) -> Entry:
    """A party at an address of its own, by a rule of its own."""
    plain = Entry(
        list="EL",
        name=name,
        addresses=(f"No. {number} {name.split(maxsplit=1)[0]} Road, Beijing",),
        country="CN",
        citations=(f"85 FR {34000 + number}",),
        license_policy="Presumption of denial.",
    )
    return replace(plain, **said)


OTHERS = tuple(
    party(f"{one} {two} Works", 100 + at)
    for at, (one, two) in enumerate((a, b) for a in STREETS for b in TRADES)
)
Made = Callable[..., "Town"]


class Town:
    """A service over two lists of some forty parties."""

    def __init__(self, folder: Path, *watches: Watch, sources: tuple[str, ...]) -> None:
        self.listed = Listed(folder, watches, sources=sources)

    def shows(self, *rows: Entry, only: str | None = None) -> list[str]:
        """The lists hold these rows beside the others; the kinds of the events that follow."""
        for name, source in self.listed.lists.items():
            if only in {None, name}:
                every = (*OTHERS, *rows)
                source.gives(every, text=plain_text(every) if name == "ecfr" else None)
        return self.waits()

    def waits(self, hours: float = 12) -> list[str]:
        checked = self.listed.checks(after=timedelta(hours=hours))
        return [event.kind.value for event in checked.events]

    @property
    def status(self) -> Status:
        service = self.listed.service
        with service.ledger.reading() as reading:
            return statuses(service, reading, self.listed.now)[0]

    @property
    def cases(self) -> list[Case]:
        with self.listed.service.ledger.reading() as reading:
            return reading.cases(open_=True)

    def decides(self, decision: Decision) -> list[str]:
        [case] = self.cases
        _, events = decide_case(self.listed.service, case.id, decision, by="Ann Lee")
        return [event.kind.value for event in events]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Made]:
    """Makes one."""
    made: list[Town] = []

    def make(*watches: Watch, sources: tuple[str, ...] = ("ecfr", "csl")) -> Town:
        made.append(Town(tmp_path, *watches, sources=sources))
        return made[-1]

    yield make
    for one in made:
        one.listed.closes()


@pytest.mark.parametrize(
    ("watched", "written"),
    [
        ("Huawei Technologies Co., Ltd.", "Huawei Technologies Co., Ltd. (Huawei)"),
        ("Kestrel Avionics", "Kestrel Avionics Co., Ltd."),
        *(
            pytest.param(*names, marks=pytest.mark.slow)
            for names in (
                ("Kestrel Avionics Company Limited", "Kestrel Avionics Co., Ltd."),
                ("Kestrel & Sons Trading", "Kestrel and Sons Trading"),
                ("The Kestrel Bureau of Metals", "Kestrel Bureau of Metals"),
                ("Limited Liability Company Kestrel Avionics", "Kestrel Avionics LLC"),
            )
        ),
    ],
)
def test_a_listed_party_is_listed_under_every_form_of_its_name(
    town: Made, watched: str, written: str
) -> None:
    """And leaving is a removal by the same rules."""
    there = town(Watch("w", watched))
    assert there.shows(party(written)) == ["baseline"]
    assert there.status.state == "listed"
    assert there.shows() == ["removal_suspected", "removal_confirmed"]


def test_a_unit_struck_while_a_sibling_joins_is_removed(town: Made) -> None:
    """Units below one parent differ in their numbers: an address in common makes them not one."""
    unit = party(f"{ACADEMY} 771 Research Institute", 7)
    sibling = replace(unit, name=f"{ACADEMY} 772 Research Institute", citations=("91 FR 60001",))
    there = town(Watch("w", unit.name))
    there.shows(party(ACADEMY, 3), unit)
    told = there.shows(party(ACADEMY, 3), sibling)
    assert told == ["removal_suspected", "removal_confirmed"]


def test_a_unit_renumbered_with_all_else_the_same_is_asked_and_never_linked(town: Made) -> None:
    """It may be a misprint mended; the suspicion is told at once, and a person says."""
    unit = party(f"{ACADEMY} 771 Research Institute", 7)
    there = town(Watch("w", unit.name))
    there.shows(party(ACADEMY, 3), unit)
    renumbered = replace(unit, name=f"{ACADEMY} 772 Research Institute")
    assert there.shows(party(ACADEMY, 3), renumbered) == ["removal_suspected", "possible_match"]
    assert there.status.state == "unknown"


def test_a_unit_struck_says_nothing_of_the_parent(town: Made) -> None:
    """Nor the parent's going of the unit."""
    unit = party(f"{ACADEMY} subordinate institution: Kestrel Optics", 7)
    there = town(Watch("parent", ACADEMY), Watch("unit", unit.name))
    there.shows(party(ACADEMY, 3), unit)
    there.shows(party(ACADEMY, 3))
    assert there.listed.states() == {"parent": "listed", "unit": "not_listed"}
    there.shows(unit)
    there.shows()
    assert there.listed.kinds()["parent"][-1] == "removal_confirmed"


def test_a_corrected_alias_is_an_amendment_of_the_watch_by_it(town: Made) -> None:
    """Bound to the party, the watch keeps it though no name of its own stands there any more."""
    there = town(Watch("w", "Kestrel Elektro"))
    row = party("Kestrel Avionics Co., Ltd.", aliases=("Kestrel Elektro",))
    there.shows(row)
    assert there.status.state == "listed"
    assert there.shows(replace(row, aliases=("Kestrel Elektronika",))) == ["entry_amended"]
    assert there.status.state == "listed"
    assert there.shows() == ["removal_suspected", "removal_confirmed"]


def test_an_alias_that_two_parties_share_hides_no_removal(town: Made) -> None:
    """Bound by name to the one, the watch does not stay listed through the other's alias."""
    there = town(Watch("w", "KTC"))
    one, other = party("KTC", 3), party("Kestrel Trading Company", 5, aliases=("KTC",))
    there.shows(one, other)
    assert [row.name for row in there.status.sources[0].matched] == ["KTC"]
    assert there.shows(other) == ["removal_suspected", "removal_confirmed"]


def test_the_loss_of_one_of_two_parties_by_alias_is_for_a_person_to_read(town: Made) -> None:
    """Bound to both by alias: neither is certainly the one that is meant."""
    there = town(Watch("w", "KTC"), sources=("csl",))
    one = party("Kestrel Turbine Combine", 3, aliases=("KTC",))
    other = party("Kite Tool Cooperative", 5, aliases=("KTC",))
    there.shows(one, other)
    assert there.shows(other) == ["notice_found"]
    assert there.waits() == []
    assert there.status.state == "listed"


def test_a_further_country_and_a_twin_row_are_the_same_party(town: Made) -> None:
    """It is removed only when each of its rows is."""
    here, there_ = party("Kestrel Systems", 3), party("Kestrel Systems", 5, country="PK")
    city = town(Watch("w", "Kestrel Systems"))
    city.shows(here, there_)
    assert city.shows(there_) == ["entry_amended"]
    assert city.status.state == "listed"
    assert city.shows()[-1] == "removal_confirmed"


def test_a_list_that_turns_all_names_round_tells_no_removal(town: Made) -> None:
    """One notice of format; the parties go on as they were."""
    folk = [party(f"{first} {last}", 900 + at) for at, (first, last) in enumerate(
        (a, b) for a in ("Arash", "Benson", "Kapil", "Ivana", "Pavel", "Nadia")
        for b in ("Dadgar", "Hiasoo", "Arora", "Petrovna", "Sidorov", "Qureshi")
    )]  # fmt: skip
    turned = [replace(one, name=", ".join(reversed(one.name.split()))) for one in folk]
    city = town(*(Watch(f"w{at}", one.name) for at, one in enumerate(folk)))
    city.shows(*folk)
    kinds = set(city.shows(*turned))
    assert not {kind for kind in kinds if kind.startswith("removal")}
    assert set(city.listed.states().values()) == {"listed"}


def test_a_row_renamed_at_its_address_waits_for_a_person(town: Made) -> None:
    """Another name at the same address with the same citation may be its successor."""
    old = party("Kestrel Avionics Co., Ltd.", 3)
    new = replace(old, name="Blue Heron Instruments Co., Ltd.")
    there = town(Watch("w", old.name))
    there.shows(old)
    assert there.shows(new) == ["removal_suspected", "possible_match"]
    assert (there.status.state, there.status.pending) == ("unknown", "possible_match")
    for _ in range(4):
        assert there.waits() == []
    assert there.decides(Decision.SAME) == ["removal_cancelled", "entry_amended"]
    assert there.status.state == "listed"
    assert there.shows() == ["removal_suspected", "removal_confirmed"]


def test_decided_different_the_removal_is_told_by_the_rules(town: Made) -> None:
    """The time that passed meanwhile counts."""
    old = party("Kestrel Avionics Co., Ltd.", 3)
    there = town(Watch("w", old.name))
    there.shows(old)
    there.shows(replace(old, name="Blue Heron Instruments Co., Ltd."))
    there.waits(24)
    assert there.decides(Decision.DIFFERENT) == ["removal_confirmed"]
    assert there.status.state == "not_listed"


def test_a_row_without_evidence_holds_back_nothing(town: Made) -> None:
    """An addition of the same day by another rule at another place is somebody else."""
    old = party("Kestrel Avionics Co., Ltd.", 3)
    there = town(Watch("w", old.name))
    there.shows(old)
    assert there.shows(party("Blue Heron Instruments", 77)) == [
        "removal_suspected", "removal_confirmed",
    ]  # fmt: skip


def test_a_party_relisted_under_a_name_its_row_once_had_is_listed_again(town: Made) -> None:
    """The names of its party's rows are the watch's names."""
    there = town(Watch("w", "Kestrel Elektro"))
    row = party("Kestrel Avionics Co., Ltd.", aliases=("Kestrel Elektro",))
    there.shows(row)
    there.shows()
    assert there.shows(replace(row, aliases=())) == ["listing_confirmed"]


def test_a_name_in_another_partys_row_is_no_entry(town: Made) -> None:
    """Neither listed by it, nor hindered from being absent."""
    there = town(Watch("w", "Kestrel Avionics"))
    other = party("Kestrel Avionics Museum Friends", addresses=("Kestrel Avionics Building 5",))
    assert there.shows(other) == ["baseline"]
    assert there.status.last_known_state == "not_listed"


@pytest.mark.parametrize("first", ["ecfr", "csl"])
def test_where_only_one_list_has_it_the_other_one_lacks_it_without_a_say(
    town: Made, first: str
) -> None:
    """Listed with review; and its going is told by that list's own rule."""
    there = town(Watch("w", "Kestrel Systems"))
    for name in ("ecfr", "csl"):
        rows = (party("Kestrel Systems"),) if name == first else ()
        source, every = there.listed.lists[name], (*OTHERS, *rows)
        source.gives(every, text=plain_text(every) if name == "ecfr" else None)
    assert there.waits() == ["baseline"]
    assert there.listed.events[-1].review
    assert there.shows(only=first) == ["removal_suspected"]
    assert there.waits(13) == []
    assert there.waits(13) == ["removal_confirmed"]


def test_a_list_decoded_wrongly_is_mended_and_said_once(town: Made) -> None:
    """UTF-8 read as Latin-1, or escaped twice: a notice of format, no removal, no amendment."""
    folk = [party(f"Müller & Söhne Optik {at} GmbH", 700 + at) for at in range(12)]
    spoiled = [
        replace(one, name=one.name.encode().decode("latin-1").replace("&", "&amp;amp;"))
        for one in folk
    ]
    city = town(*(Watch(f"w{at}", one.name) for at, one in enumerate(folk)), sources=("csl",))
    city.shows(*folk)
    assert city.shows(*spoiled) == ["format_changed"]
    assert set(city.listed.states().values()) == {"listed"}
    assert city.waits() == []
    assert "format_changed" not in city.shows(*spoiled[:-1], replace(spoiled[-1], country="DE"))


@pytest.mark.parametrize(
    "mark",
    mostly_slow(
        ["[Removed] {}", "REMOVED 11/16/2023 - {}", "{} (removed from the Entity List)",
         "{} - Removed November 16, 2023"],
        quick=4,
    ),
)  # fmt: skip
def test_an_entry_that_says_it_was_removed_is_for_a_person(town: Made, mark: str) -> None:
    """Neither a removal nor nothing; the removal itself is told when the entry goes."""
    there = town(Watch("kestrel", "Kestrel Avionics Co., Ltd."))
    row = party("Kestrel Avionics Co., Ltd.", 1)
    there.shows(row)
    marked = replace(row, name=mark.format(row.name))
    assert there.shows(marked) == ["notice_found"]
    assert there.listed.events[-1].review
    assert there.status.state == "listed"
    assert there.waits() == []
    there.shows()
    assert there.listed.kinds()["kestrel"][-1] == "removal_confirmed"


@pytest.mark.parametrize("sources", mostly_slow([("ecfr", "csl"), ("csl",)], quick=2))
def test_what_is_left_of_a_removed_entry_lists_nobody(town: Made, sources: tuple[str, ...]) -> None:
    """Back under its old name with the mark: a person is asked, and no listing is told."""
    there = town(Watch("kestrel", "Kestrel Avionics Co., Ltd."), sources=sources)
    row = party("Kestrel Avionics Co., Ltd.", 1)
    there.shows(row)
    for _ in range(3):
        there.shows()
    assert there.status.state == "not_listed"
    assert there.shows(replace(row, name=f"[Removed] {row.name}"), only="csl") == ["possible_match"]
    assert [there.waits() for _ in range(4)] == [[]] * 4
    assert there.status.state == "unknown"


def test_a_mark_is_told_once_and_what_comes_after_is_an_amendment(town: Made) -> None:
    there = town(Watch("kestrel", "Kestrel Avionics Co., Ltd."))
    row = party("Kestrel Avionics Co., Ltd.", 1)
    there.shows(row)
    marked = replace(row, name=f"[Removed] {row.name}")
    assert there.shows(marked) == ["notice_found"]
    assert there.shows(replace(marked, license_policy="Policy of denial.")) == ["entry_amended"]
