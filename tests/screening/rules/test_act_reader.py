"""What documents of the Federal Register do to rules, by their own words."""

from datetime import date
from pathlib import Path

import pytest

from monitor.screening.acts.document import Document
from monitor.screening.acts.instructions import layout
from monitor.screening.acts.text import flat
from monitor.screening.rules.act_reader import read_deeds
from monitor.screening.rules.provision import AFFILIATES
from monitor.screening.rules.rule_act import Deed, Does
from monitor.screening.witness import Stage
from tests.screening.rules.drawn_up import prolonging, reinstating, revising
from tests.upstream.parties import institute
from tests.upstream.rules import Rule, addition, housekeeping, removal, revision, rule

TEXTS = Path(__file__).parent.parent / "act_texts"
DAY = date(2026, 10, 20)


def read(published: Rule, correction_of: str | None = None) -> tuple[Deed, ...]:
    """What is read in a rule in print."""
    effective = published.effective_on.isoformat() if published.effective_on else None
    document = Document(
        number=published.number, title=published.title, type="Rule", abstract=published.abstract,
        action=published.action, dates=published.dates or "",
        publication_date=published.publication.isoformat(), effective_on=effective,
        citation=published.citation, html_url=None, text_url=None, xml_url=None, filed_at=None,
        filing_type=None, correction_of=correction_of, cfr_parts=("15 CFR 744",),
        stage=Stage.DOCUMENT,
    )  # fmt: skip
    text = flat(f"{published.title}. {published.abstract}\n\n{published.text}")
    return read_deeds(document, text, layout(text).preamble)


def said(*deeds: Deed) -> list[tuple[str, tuple[str, ...], str | None, str | None, bool]]:
    return [(one.does.value, one.places, one.effective_on, one.until, one.certain) for one in deeds]


def does(*instructions: str, title: str = "Amendments", dates: str | None = None) -> Rule:
    return rule(
        "2026-19000", title=title, instructions=instructions, publication=DAY, citation="91 FR 1",
        effective=None if dates else DAY, dates=dates,
    )  # fmt: skip


def test_the_four_kinds_of_act_that_november_2026_may_bring() -> None:
    """One that prolongs the stay, one that ends it, and one that revises what is stayed."""
    assert said(*read(prolonging())) == [("stays", AFFILIATES, "2026-11-09", "2027-11-09", True)]
    assert said(*read(reinstating())) == [("reinstates", AFFILIATES, "2026-10-26", None, True)]
    assert said(*read(revising())) == [
        ("revises", ("744.11", "supplement-4"), "2026-12-01", None, True)
    ]


@pytest.mark.parametrize(
    ("act", "found"),
    [
        (
            does(
                "The authority citation continues.",
                dates="Effective November 10, 2026, the stay of the amendments in the interim final"
                " rule published at 90 FR 47201 is extended until November 10, 2027.",
            ),
            ("prolongs", AFFILIATES, "2026-11-10", "2027-11-10", True),
        ),
        (
            does(
                "The authority citation continues.",
                dates="This rule is effective November 6, 2026. The stay published at 90 FR 50857"
                " is extended from November 9, 2026, to November 9, 2027.",
            ),
            ("prolongs", AFFILIATES, "2026-11-06", "2027-11-09", True),
        ),
        (
            does("Section 744.11 is amended by staying paragraph (a)(1) until November 9, 2027."),
            ("stays", ("744.11",), "2026-10-20", "2027-11-09", True),
        ),
        (
            does("Stay § 744.16(e), introductory text, from October 20 through November 9, 2027."),
            ("stays", ("744.16",), "2026-10-20", "2027-11-09", True),
        ),
        (
            does("Effective November 2, 2026, lift the stay on § 744.11(a)(1)."),
            ("reinstates", ("744.11",), "2026-11-02", None, True),
        ),
        (
            does("Paragraph (a)(3) of § 744.21 is reinstated."),
            ("reinstates", ("744.21",), "2026-10-20", None, True),
        ),
        (
            does("The reinstatement of § 744.11(a)(1) is delayed until November 9, 2027."),
            ("unclear", ("744.11",), "2026-10-20", None, False),
        ),
        (
            does("Section 744.15 is amended by revising paragraph (b)."),
            ("revises", ("744.15",), "2026-10-20", None, True),
        ),
        (
            does("Revise § 744.21(g) to read as follows: (g) Military end user."),
            ("revises", ("744.21",), "2026-10-20", None, True),
        ),
        (
            does("Section 744.16 is removed and reserved."),
            ("removes", ("744.16",), "2026-10-20", None, True),
        ),
        (
            does("Supplement No. 8 to part 744 is removed."),
            ("removes", ("supplement-8",), "2026-10-20", None, True),
        ),
        (
            does("Effective December 1, 2026, add § 744.15 to read as follows: § 744.15 Lists."),
            ("adds", ("744.15",), "2026-12-01", None, True),
        ),
        (
            does("Supplement No. 4 to part 744 is amended by adding footnote 6 to the table."),
            ("revises", ("supplement-4",), "2026-10-20", None, True),
        ),
        (
            does("Supplement No. 6 to part 744 is amended by revising the introductory paragraph."),
            ("revises", ("supplement-6",), "2026-10-20", None, True),
        ),
        (
            does("Supplement No. 7 to part 744 is revised in its second column."),
            ("unclear", ("supplement-7",), "2026-10-20", None, False),
        ),
        (
            does("In § 744.11, stay paragraph (a)(1)."),
            ("stays", ("744.11",), "2026-10-20", None, False),
        ),
        (
            does("In § 744.11, stay paragraph (a)(1) indefinitely."),
            ("stays", ("744.11",), "2026-10-20", None, True),
        ),
        (
            does(
                "Section 740.2 is amended by revising paragraph (a).",
                title="Delay of the Affiliates Rule",
            ),
            ("unclear", AFFILIATES, "2026-10-20", None, False),
        ),
    ],
)
def test_wordings(act: Rule, found: tuple[object, ...]) -> None:
    """Subject, verb, first and last day; what is not certain says so."""
    assert said(*read(act)) == [found]


def test_a_correction_of_the_rule_or_its_stay_is_for_a_person() -> None:
    act = does("In rule document 2025-19846, on page 50857, the date is corrected.")
    assert said(*read(act, correction_of="2025-19846")) == [
        ("unclear", AFFILIATES, "2026-10-20", None, False)
    ]


def test_an_instruction_with_a_day_of_its_own_takes_effect_then() -> None:
    """DATES names it by its number."""
    act = does(
        "Section 744.11 is amended by revising paragraph (b).",
        "Section 744.16 is amended by revising paragraph (e).",
        dates="This rule is effective October 20, 2026, except for amendatory instruction 3, which"
        " is effective November 2, 2026.",
    )
    assert said(*read(act)) == [
        ("revises", ("744.11",), "2026-10-20", None, True),
        ("revises", ("744.16",), "2026-11-02", None, True),
    ]


def test_lists_of_parties_and_other_sections_change_no_rule() -> None:
    """Entries come, go and change, and their tables cite § 744.11; § 744.23 refers to it."""
    parties = institute()
    acts = (
        removal(parties.name, number="1", publication=DAY, citation="91 FR 1"),
        addition(parties, number="1", publication=DAY, citation="91 FR 1"),
        revision(parties, number="1", publication=DAY, citation="91 FR 1"),
        *housekeeping(1, newest=DAY),
        does("Section 744.23 is amended by revising paragraph (a) to refer to § 744.11."),
        does("Supplement No. 4 to part 744 is amended by adding footnote 4 to the entry for “X”."),
    )
    assert [read(act) for act in acts] == [()] * len(acts)


def test_recorded_texts_tell_of_two_rules_and_of_no_other() -> None:
    """Of forty: § 744.21 in March 2022, and footnote 4, which a rule of October 2022 added."""
    found = {}
    for path in sorted(TEXTS.glob("*.txt")):
        text = flat(path.read_text("utf-8"))
        document = Document(
            "1", "", "Rule", "", "", "", "2022-10-13", None, None, None, None, None, None, None,
            None, (), Stage.DOCUMENT,
        )  # fmt: skip
        if deeds := read_deeds(document, text, layout(text).preamble):
            found[path.stem] = [(deed.does, deed.places, deed.certain) for deed in deeds]
    assert found == {
        "2022-04300": [(Does.REVISES, ("744.21",), True)],
        "2022-21658": [(Does.REVISES, ("supplement-4",), True)],
    }
