"""The judgement of acts over texts in the style of the bureau's rules, one for each real case."""

import csv
import gzip
import json
import time
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.screening.acts.judge import (
    UNNAMED,
    Document,
    Effect,
    Finding,
    Party,
    Stage,
    judge,
    judge_anew,
)
from monitor.screening.acts.roles import Role, role_of

TEXTS = Path(__file__).parent / "act_texts"
_OF_THE_MINISTRY = "Center of the Ministry of Public Security of the People's Republic of China"
INSTITUTE = Party(
    "institute",
    (
        "Ministry of Public Security's Institute of Forensic Science of China",
        f"Forensic Identification {_OF_THE_MINISTRY}",
        f"Material Identification {_OF_THE_MINISTRY}",
    ),
)
NAMES = (
    "Hefei Bitland Information Technology Co., Ltd.",
    "Sandvine Incorporated",
    "Jazirah Aviation Club",
    "Arrow (China) Electronics Trading Co., Ltd.",
    "Arrow Electronics (Hong Kong) Co., Ltd.",
    "Arrow ECS Asia",
    "Fiber Optic Solutions",
    "Beta Engineering Gulf LLC",
    "Wuhan Raycus Test Systems",
    "Lahore Optronics",
    "Karachi Marine Systems",
    "Satori Corporation",
    "Satori",
    "Shanghai Supercomputing Technology Co., Ltd.",
    "Plexus (Xiamen) Co., Ltd.",
    "Avilon Ltd.",
    "Admiralty Shipyard JSC",
    "Xinjiang Test Avionics Institute",
    "Advanced Micro-Fabrication Equipment, Inc., China",
    "Device Consulting",
    "ST Baltic Telecom",
    "National University of Defense Technology (NUDT)",
    "Sugon",
    "Best Ideas Computer Limited",
    "Hunan Goke Microelectronics",
    "Kuang-Chi Group",
    "China Academy of Launch Vehicle Technology",
    "University of Electronic Science and Technology of China",
    "Ministry of Public Security",
    "Institute of Forensic Science",
    "Forensic Science",
    "NetPosa",
    "Bosphorus Deneme Havacılık Sanayi Limited Şirketi",
)
PARTIES = (INSTITUTE, *(Party(name, (name,)) for name in NAMES))
ADDS, REMOVES, REVISES, UNCLEAR = Effect.ADDS, Effect.REMOVES, Effect.REVISES, Effect.UNCLEAR
SIX = ("CA", "IN", "JP", "MY", "SE", "AE")

Told = dict[tuple[str, str], tuple[Effect, tuple[str, ...]]]
# What each text does to which of the parties; it must do nothing to any other.
CASES: dict[str, Told] = {
    "2023-25557": {("institute", "EL"): (REMOVES, ("CN",))},
    "2020-10869": {("institute", "EL"): (ADDS, ("CN",)), ("NetPosa", "EL"): (ADDS, ("CN",))},
    "2020-15827": {("institute", "EL"): (REVISES, ()), ("NetPosa", "EL"): (REVISES, ())},
    "2024-24562": {
        ("Hefei Bitland Information Technology Co., Ltd.", "EL"): (REMOVES, ("CN",)),
        ("Sandvine Incorporated", "EL"): (REMOVES, SIX),
    },
    "2024-03674": {
        ("Jazirah Aviation Club", "EL"): (REMOVES, ("AE",)),
        ("Sandvine Incorporated", "EL"): (ADDS, SIX),
        ("China Academy of Launch Vehicle Technology", "EL"): (REVISES, ()),
    },
    "2025-19858": {
        ("Arrow (China) Electronics Trading Co., Ltd.", "EL"): (REMOVES, ("CN",)),
        ("Arrow Electronics (Hong Kong) Co., Ltd.", "EL"): (REVISES, ()),
        # known by that alias alone, it leaves the list as a name: a person must read that
        ("Arrow ECS Asia", "EL"): (UNCLEAR, ()),
    },
    "2023-12726": {("Fiber Optic Solutions", "EL"): (REMOVES, ("LV",))},
    "2022-26622": {
        ("Beta Engineering Gulf LLC", "EL"): (REMOVES, ("OM", "SA", "AE")),
        ("Fiber Optic Solutions", "EL"): (ADDS, ("LV",)),
    },
    "2022-14069": {
        ("Wuhan Raycus Test Systems", "EL"): (REMOVES, ("CN",)),
        ("Lahore Optronics", "EL"): (REMOVES, ("PK",)),
        ("Karachi Marine Systems", "EL"): (REVISES, ()),
    },
    "2021-12751": {("Satori Corporation", "EL"): (REMOVES, ("FR", "AE"))},
    "2023-13196": {("Shanghai Supercomputing Technology Co., Ltd.", "EL"): (ADDS, ("CN",))},
    "2023-27932": {("Plexus (Xiamen) Co., Ltd.", "UVL"): (REMOVES, ("CN",))},
    "2022-27149": {
        ("Avilon Ltd.", "EL"): (ADDS, ("RU",)),
        ("Avilon Ltd.", "UVL"): (REMOVES, ("RU",)),
    },
    "2022-04300": {
        ("Admiralty Shipyard JSC", "EL"): (ADDS, ("RU",)),
        ("Admiralty Shipyard JSC", "MEU"): (REMOVES, ("RU",)),
    },
    "2023-21080": {("Xinjiang Test Avionics Institute", "MEU"): (REMOVES, ("CN",))},
    "2024-28267": {
        ("Advanced Micro-Fabrication Equipment, Inc., China", "VEU"): (REMOVES, ("CN",))
    },
    "2022-04819": {},
    "2025-17893": {("Device Consulting", "EL"): (REVISES, ())},
    "2024-25411": {("ST Baltic Telecom", "EL"): (REVISES, ())},
    "2022-21658": {
        ("National University of Defense Technology (NUDT)", "EL"): (REVISES, ()),
        ("Sugon", "EL"): (REVISES, ()),
    },
    "2019-13245": {
        ("National University of Defense Technology (NUDT)", "EL"): (REVISES, ()),
        ("Sugon", "EL"): (ADDS, ("CN",)),
    },
    "2020-28101": {("Best Ideas Computer Limited", "EL"): (REVISES, ())},
    "2022-07643": {("Hunan Goke Microelectronics", "EL"): (REVISES, ())},
    "2024-16379": {},
    "2022-21714": {("Best Ideas Computer Limited", "UVL"): (REMOVES, ("CN",))},
    "2022-27151": {
        ("Hunan Goke Microelectronics", "EL"): (ADDS, ("CN",)),
        ("Hunan Goke Microelectronics", "UVL"): (REMOVES, ("CN",)),
        ("Sugon", "EL"): (REVISES, ()),
    },
    "2023-18125": {("Plexus (Xiamen) Co., Ltd.", "UVL"): (REMOVES, ("CN",))},
    "2024-01253": {("Kuang-Chi Group", "UVL"): (REMOVES, ("CN",))},
    "2024-07760": {
        ("Wuhan Raycus Test Systems", "EL"): (ADDS, ("CN",)),
        ("Karachi Marine Systems", "EL"): (REVISES, ()),
    },
    "2025-05426": {("National University of Defense Technology (NUDT)", "EL"): (REVISES, ())},
    "2021-04505": {("Lahore Optronics", "EL"): (REVISES, ())},
    # of 2026-08-24: a title that names nobody, and two addresses of an entry that stays
    "2026-17230": {("Bosphorus Deneme Havacılık Sanayi Limited Şirketi", "EL"): (REMOVES, ("TR",))},
    "2026-17231": {("Arrow Electronics (Hong Kong) Co., Ltd.", "EL"): (REVISES, ())},
    "neighbors": {},
    "future": {("Kuang-Chi Group", "EL"): (REMOVES, ("CN",))},
    "alias-only": {("institute", "EL"): (REVISES, ())},
    "address-only": {("institute", "EL"): (REVISES, ())},
    "one-of-several": {("Sandvine Incorporated", "EL"): (REMOVES, ("SE",))},
    # only a comparison with the past: it does nothing to the institute
    "background-only": {},
    "relisting": {("institute", "EL"): (ADDS, ("CN",))},
    "nameless-removal": {("institute", "EL"): (REMOVES, ("CN",))},
    "alias-of-another": {
        ("Kuang-Chi Group", "EL"): (UNCLEAR, ()),
        ("Hefei Bitland Information Technology Co., Ltd.", "EL"): (REVISES, ()),
        ("Sandvine Incorporated", "EL"): (REVISES, ()),
    },
}


def text_of(name: str) -> str:
    return (TEXTS / f"{name}.txt").read_text()


def a_document(number: str = "2023-25557", **said: object) -> Document:
    plain = Document(
        number=number, title="", type="Rule", abstract="", action="", dates="",
        publication_date="2026-10-07", effective_on=None, citation=None, html_url=None,
        text_url=None, xml_url=None, filed_at=None, filing_type=None, correction_of=None,
        cfr_parts=(), stage=Stage.DOCUMENT,
    )  # fmt: skip
    return replace(plain, **said)  # type: ignore[arg-type]


def told(text: str, *parties: Party) -> Told:
    found = judge(a_document(), text, parties or PARTIES)
    return {(who, one.list): (one.effect, one.destinations) for who, one in found}


def only(text: str, party: Party = INSTITUTE, document: Document | None = None) -> Finding:
    ((who, finding),) = judge(document or a_document(), text, (party,))
    assert who == party.id
    return finding


@pytest.mark.parametrize("name", CASES)
def test_each_act_does_what_it_does_and_to_nobody_else(name: str) -> None:
    """Every real case: the right effect on the right list and destination, no other finding."""
    assert told(text_of(name)) == CASES[name]


def test_every_text_is_a_case() -> None:
    """No text lies about without an expectation."""
    assert {path.stem for path in TEXTS.glob("*.txt")} == set(CASES)


def test_the_institute_is_removed_with_the_amending_sentence_as_proof() -> None:
    """The quote is the instruction itself, the date that of the DATES section, nothing doubtful."""
    finding = only(text_of("2023-25557"))
    assert finding.quote == (
        "Supplement No. 4 to part 744 is amended under CHINA, PEOPLE'S REPUBLIC OF by removing the"
        " entry for “Ministry of Public Security's Institute of Forensic Science of China.”"
    )
    assert finding.effective_on == "2023-11-16"
    assert not finding.review


def test_a_removal_to_come_has_its_date() -> None:
    """Effective next month: the date is read from the text."""
    assert only(text_of("future"), Party("k", ("Kuang-Chi Group",))).effective_on == "2027-02-15"


def test_effective_on_publication_is_the_publication_date() -> None:
    """Words for "on publication" mean the publication date, and nothing without one."""
    finding = only(text_of("relisting"))
    assert (finding.effective_on, finding.undated) == ("2026-10-07", False)
    unknown = only(text_of("relisting"), document=a_document(publication_date=None))
    assert (unknown.effective_on, unknown.undated, unknown.review) == (None, True, False)


def test_a_withdrawn_document_is_judged_like_any_other() -> None:
    """What it would have done is known; that it is withdrawn, its stage says."""
    withdrawn = a_document(stage=Stage.WITHDRAWN, publication_date=None)
    assert only(text_of("2023-25557"), document=withdrawn).effect is REMOVES


@pytest.mark.parametrize("title", ["Removal From the Entity List", "Revisions to the Entity List"])
def test_a_title_that_names_nobody_changes_nothing(title: str) -> None:
    """The entity under Turkey goes for certain, on its day; the one whose addresses go stays."""
    document = a_document(title=title, abstract="One entity under Turkey is removed.")
    gone = only(text_of("2026-17230"), Party("t", (NAMES[-1],)), document)
    assert (gone.effect, gone.destinations, gone.review) == (REMOVES, ("TR",), False)
    assert (gone.effective_on, gone.undated) == ("2026-08-21", False)
    arrow = Party("arrow", ("Arrow Electronics (Hong Kong) Co., Ltd.",))
    stays = only(text_of("2026-17231"), arrow, document)
    assert (stays.effect, stays.review) == (REVISES, False)


def test_several_effective_dates_need_a_person() -> None:
    """Instructions with dates of their own: the field wins, and is not certain."""
    nudt = Party("nudt", ("National University of Defense Technology (NUDT)",))
    finding = only(text_of("2022-21658"), nudt, a_document(effective_on="2022-10-07"))
    assert (finding.effective_on, finding.undated) == ("2022-10-07", True)


def test_quotes_are_short_and_in_one_line() -> None:
    """Evidence never grows past 600 characters and has single blanks."""
    for name in CASES:
        for _, finding in judge(a_document(name), text_of(name), PARTIES):
            assert 0 < len(finding.quote) <= 600
            assert finding.quote == " ".join(finding.quote.split())


def test_lost_letters_match() -> None:
    """The watch as the list wrote it, with ? for an apostrophe, and a text with a lost letter."""
    lossy = Party("x", ("Ministry of Public Security?s Institute of Forensic Science of China",))
    assert only(text_of("2023-25557"), lossy).effect is REMOVES
    text = text_of("2023-25557").replace("Institute of Forensic", "Institute of For\ufffdnsic")
    assert only(text).effect is REMOVES


DATA = next(
    (up / "shared" / "data" for up in Path(__file__).resolve().parents if (up / "shared").is_dir()),
    None,
)


@pytest.mark.skipif(
    DATA is None,
    reason="needs the sample federal-register-bis-rules-2022-2026.json, not in the project",
)
@pytest.mark.slow
def test_no_false_removal_or_listing_in_the_real_titles_and_abstracts() -> None:
    """136 real rules against a real list: only what an abstract itself tells is an effect."""
    assert DATA is not None
    with gzip.open(DATA / "csl-2022-05-16-consolidated.csv.gz", "rt", encoding="utf-8-sig") as file:
        listed = [row["name"] for row in csv.DictReader(file) if "Entity List" in row["source"]]
    parties = (*PARTIES, *(Party(name, (name,)) for name in dict.fromkeys(listed)))
    rules = json.loads((DATA / "federal-register-bis-rules-2022-2026.json").read_text())["rules"]
    assert len(rules) == 136
    false = [
        (rule["document_number"], who, one)
        for rule in rules
        for who, one in judge(
            a_document(
                rule["document_number"], title=rule["title"], abstract=rule["abstract"] or ""
            ),
            f"{rule['title']}\n{rule['abstract']}",
            parties,
        )
        if one.effect in {ADDS, REMOVES}
    ]
    assert false == []


HEADER = "Federal Register / Vol. 88, No. 221 / Friday, November 17, 2023 / Rules and Regulations"


def relaid(text: str, width: int, seed: int) -> str:
    """The text in other line breaks, with words broken at line ends and page headers anywhere."""
    chance, lines, line = Random(seed), list[str](), ""
    for word in text.split():
        if len(line) + len(word) > width:
            end, rest = _broken(line, word, chance)
            lines, line = [*lines, end], ""
        else:
            rest = word
        line = f"{line} {rest}".strip()
        if chance.random() < 0.01:
            lines += [line, "", chance.choice([HEADER, "[[Page 80132]]", f"80132 {HEADER}"]), ""]
            line = ""
    return "\n".join([*lines, line])


def _broken(line: str, word: str, chance: Random) -> tuple[str, str]:
    """The line's end and what of the word is left for the next line."""
    if len(word) > 5 and word.isalpha() and word[1:].islower():
        at = chance.randint(2, len(word) - 3)
        return f"{line} {word[:at]}-".strip(), word[at:]
    return line, word


# texts without drawn tables, whose columns are their meaning
RUNNING = [name for name in CASES if "-----\n \n" not in text_of(name)]


@given(st.sampled_from(RUNNING), st.integers(30, 90), st.integers(0, 2**32))
def test_the_layout_of_the_text_never_matters(name: str, width: int, seed: int) -> None:
    """Wrapping, hyphens at line ends and page headers change no finding, not even its quote."""
    plain = text_of(name)
    again = relaid(plain, width, seed)
    assert judge(a_document(name), again, PARTIES) == judge(a_document(name), plain, PARTIES)


@pytest.mark.slow
def test_a_large_text_is_read_in_time() -> None:
    """A text of 2 MB and a thousand parties: seconds, not minutes."""
    text = text_of("2024-24562") + "lorem “ipsum (a) under the dolor; by adding " * 50_000
    parties = [Party(str(n), (f"Xinyu Optics {n} Co., Ltd.",)) for n in range(1000)]
    assert judge(a_document(), text, parties) == ()


@pytest.mark.slow
@pytest.mark.parametrize(
    "run",
    [
        " ",
        "DATES: ",
        *(
            pytest.param(run, marks=pytest.mark.slow)
            for run in ("“a” ", "“a” is removed ", "China, ")
        ),
    ],
)
def test_a_run_of_one_sign_is_read_in_time(run: str) -> None:
    """Blanks behind an empty line, or thousands of names in one clause, once took hours."""
    for opening in ("", "PART 744--C\n2. Supplement No. 4 to part 744 is amended under CHINA by "):
        text = f"{opening}\n\n{run * (200_000 // len(run))}"
        started = time.monotonic()
        assert judge(a_document(), text, PARTIES) == ()
        assert time.monotonic() - started < 30


@pytest.mark.parametrize("run", ["1", "12 ", "i", "and ", ". ", "—"])
def test_a_run_of_joining_signs_costs_no_more_than_its_length(run: str) -> None:
    """A table of figures before a name, or a damaged line of them, once never came to an end."""
    assert role_of(f"{run * 4_000}x ", None) is Role.UNKNOWN
    assert role_of(f" {run.strip()} ", Role.ENTRY) is Role.ENTRY


def test_a_name_gone_between_inspection_and_print_is_for_a_person_to_read() -> None:
    """A name may be misprinted, or gone; silence would be the removal missed."""
    filed = text_of("2023-25557")
    printed = filed.replace("Institute of Forensic Science", "Office of Other Works")
    assert judge(a_document(), printed, (INSTITUTE,)) == ()
    ((who, finding),) = judge_anew(a_document(), printed, filed, (INSTITUTE,))
    assert (who, finding.effect, finding.review) == (INSTITUTE.id, Effect.UNCLEAR, True)
    assert finding.reason == UNNAMED
    ((_, same),) = judge_anew(a_document(), filed, filed, (INSTITUTE,))
    assert same.effect is Effect.REMOVES
    revised = text_of("2020-15827")
    assert [one.effect for _, one in judge(a_document(), revised, (INSTITUTE,))] == [REVISES]
    assert judge_anew(a_document(), printed, revised, (INSTITUTE,)) == ()
