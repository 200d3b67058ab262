"""Every party of the real lists watched at once, and what is told when a list moves on by years.

The counts are facts of the samples: every removal told is true, none true is missed, and what
not certain is asked. A table of them: `pytest tests/test_real_lists.py -m slow -rA`.
"""

import gzip
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.screening.entry import Entry
from monitor.screening.names import same_name
from monitor.screening.watch import Watch
from monitor.sources.ecfr.table import read
from monitor.status.compare import disagreement
from monitor.status.status import statuses
from tests.listed import Listed, plain_text
from tests.real import data
from tests.screening.linkage import texts

pytestmark = pytest.mark.slow

INSTITUTE = "Ministry of Public Security's Institute of Forensic Science of China"
LEFT_BY_2026 = {
    INSTITUTE,
    "Hefei Bitland Information Technology Co. Ltd.",
    "Jazirah Aviation Club",
    "Department of Atomic Energy entity: Bhabha Atomic Research Center (BARC)",
    "Department of Atomic Energy entity: Indira Gandhi Atomic Research Center (IGCAR)",
    "Department of Atomic Energy entity: Indian Rare Earths",
}
"""Parties that truly left between 2023-11-08 and 2026-07-23."""
LEFT_BY_2023 = {
    "Ministry of Public Security?s Institute of Forensic Science of China",
    "Mushko Electronics Pvt. Ltd.",
    "Nanchang O-Film Tech",
    "Safe Technical Supply Co., LLC",
}
"""And between 2022-05-16 and 2023-12-07, in the Consolidated Screening List's spelling."""


@dataclass
class Told:
    """What each watch was told after the first check, by its name."""

    listed: Listed

    def kinds(self) -> dict[str, list[str]]:
        names = {watch.id: watch.name for watch in self.listed.watches}
        return {names[id_]: kinds for id_, kinds in self.listed.kinds().items()}

    def of(self, beginning: str) -> set[str]:
        return {
            name
            for name, kinds in self.kinds().items()
            if any(kind.startswith(beginning) for kind in kinds)
        }


@contextmanager
def watching(folder: Path, names: Iterable[str], *sources: str) -> Iterator[Told]:
    """A watch for each name, over these sources."""
    watches = [Watch(f"w{at}", name) for at, name in enumerate(dict.fromkeys(names))]
    listed = Listed(folder, watches, sources=sources)
    try:
        yield Told(listed)
    finally:
        listed.closes()


def gives(told: Told, source: str, rows: Sequence[Entry], as_of: str) -> None:
    text = plain_text(rows) if source == "ecfr" else None
    told.listed.lists[source].gives(rows, text=text, as_of=as_of)


def looks(told: Told, polls: int) -> None:
    for _ in range(polls):
        told.listed.checks(after=timedelta(hours=12))


@pytest.mark.parametrize("by", ["name", "alias"])
def test_the_codified_list_from_2023_to_2026(tmp_path: Path, by: str) -> None:
    """Watched by name and by every alias: all true removals, no other, and nobody silent."""
    old, new = texts.ecfr_2023(), texts.ecfr_2026()
    names = [entry.name for entry in old] if by == "name" else [a for e in old for a in e.aliases]
    with watching(tmp_path, names, "ecfr") as told:
        gives(told, "ecfr", old, "2023-11-08")
        told.listed.checks()
        assert set(told.listed.states().values()) == {"listed"}
        gives(told, "ecfr", new, "2026-07-23")
        looks(told, 4)
        removed = told.of("removal_confirmed")
        if by == "name":
            assert removed == LEFT_BY_2026
        else:
            left = {a for entry in old if entry.name in LEFT_BY_2026 for a in entry.aliases}
            assert removed == left
        assert told.of("removal_suspected") == removed


def test_the_screening_list_from_2022_to_2023_and_back(tmp_path: Path) -> None:
    """The eCFR off: every removal is true against it; what is in doubt is asked, not told."""
    old, new = texts.csl_2022(), texts.bis_2023()
    with watching(tmp_path, [entry.name for entry in old], "csl") as told:
        gives(told, "csl", old, "2022-05-16")
        told.listed.checks()
        gives(told, "csl", new, "2023-12-07")
        looks(told, 4)
        assert told.of("removal_confirmed") == LEFT_BY_2023
        asked = told.of("possible_match")
        assert told.of("removal_suspected") == LEFT_BY_2023 | asked
        assert len(asked) <= 2
        codified = [name for entry in texts.ecfr_2023() for name in entry.names]
        for name in LEFT_BY_2023:
            there = any(same_name(name, other) for other in codified)
            # The institute left on 2023-11-16: the codified text of 2023-11-08 still has it.
            assert there is ("Forensic" in name), name
        gives(told, "csl", old, "2023-12-08")
        looks(told, 3)
        assert told.of("listing_confirmed") == LEFT_BY_2023


def test_new_parties_of_the_screening_list_are_each_told_once(tmp_path: Path) -> None:
    """Watched in the spelling of 2023 before they were listed: one listing each, no removal."""
    old, new = texts.csl_2022(), texts.bis_2023()
    with watching(tmp_path, [entry.name for entry in new], "csl") as told:
        gives(told, "csl", old, "2022-05-16")
        told.listed.checks()
        before = {id_ for id_, state in told.listed.states().items() if state == "not_listed"}
        gives(told, "csl", new, "2023-12-07")
        looks(told, 3)
        kinds = told.listed.kinds()
        assert len(before) > 500
        for id_ in before:
            assert kinds[id_].count("listing_confirmed") == 1, (id_, kinds[id_])
        assert not told.of("removal_confirmed")


def test_both_spellings_of_late_2023_are_listed(tmp_path: Path) -> None:
    """The bureau's file as the screening list beside the codified text: nobody is "not listed"."""
    ours, theirs = texts.bis_2023(), texts.ecfr_2023()
    names = [entry.name for entry in (*ours, *theirs)]
    with watching(tmp_path, names, "ecfr", "csl") as told:
        gives(told, "csl", ours, "2023-12-07")
        gives(told, "ecfr", theirs, "2023-11-08")
        told.listed.checks()
        assert set(told.listed.states().values()) == {"listed"}
        with told.listed.service.ledger.reading() as reading:
            found = disagreement(reading, "EL")
        younger = [entry for entry in found.only_csl if _of_winter_2023(entry)]
        assert len(younger) >= 55  # rules printed after the codified text's date
        assert len(found.only_csl) - len(younger) <= 16
        assert len(found.only_ecfr) <= 26
        assert INSTITUTE in {entry.name for entry in found.only_ecfr}


def _of_winter_2023(entry: Entry) -> bool:
    """Whether all that a row cites was printed from 88 FR 76128 on."""
    pages = [cited.split() for cited in entry.citations]
    return all((int(page[0]), int(page[2])) >= (88, 76128) for page in pages if page[0].isdigit())


@pytest.mark.parametrize("csl", ["lacks it", "lists it", "is disabled"])
def test_a_party_that_only_an_editorial_note_names(tmp_path: Path, csl: str) -> None:
    """S2C Limited: added by 89 FR 96836, its row could not be incorporated. Never "not listed"."""
    law = read(gzip.decompress(data("ecfr-part744-2026-07-23.xml.gz").read_bytes()))
    sources = ("ecfr",) if csl == "is disabled" else ("ecfr", "csl")
    with watching(tmp_path, ["S2C Limited"], *sources) as told:
        listed = told.listed
        listed.lists["ecfr"].gives_reading(law)
        if "csl" in sources:
            rows = law.entries["EL"][:9]
            more = (Entry("EL", "S2C Limited", country="CN"),) if csl == "lists it" else ()
            listed.lists["csl"].gives([*rows, *more])
        listed.checks()
        with listed.service.ledger.reading() as reading:
            (status,) = statuses(listed.service, reading, listed.now)
        assert status.state == ("listed" if csl == "lists it" else "unknown")
        assert any("At 89 FR 96836, Dec. 5, 2024" in reason for reason in status.reasons)
        assert "not listed" not in " ".join(status.reasons)
