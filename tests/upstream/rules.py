"""Rules as the Federal Register carries them: values with their text, and ways to draw them up.

`institute_removal` is the real act of November 2023, its text written anew after the facts;
whatever else is drawn up here is invented, in the style of the Bureau of Industry and Security.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.screening.entry import Entry
from tests.upstream import act_text
from tests.upstream.act_text import quoted
from tests.upstream.ecfr_xml import heading_of
from tests.upstream.parties import CHINA, INSTITUTE, institute

BUREAU = "industry-and-security-bureau"
_AMENDED = "Supplement No. 4 to part 744 is amended"
_WHAT_THE_LIST_IS = (
    "The Entity List (supplement no. 4 to part 744 of the EAR (15 CFR parts 730 through 774))"
    " identifies entities for which there is reasonable cause to believe that they have been"
    " involved in activities contrary to the national security or foreign policy interests of the"
    " United States."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One document of the Federal Register."""

    number: str
    title: str
    text: str
    """From the department's name to the signature, without any wrapper."""
    publication: date
    citation: str
    abstract: str = ""
    action: str = "Final rule."
    dates: str | None = None
    effective_on: date | None = None
    docket: str = "231114-0269"
    rin: str = "0694-AJ45"
    kind: str = "Rule"
    agency: str = BUREAU
    agency_name: str = "Industry and Security Bureau"
    cfr: tuple[tuple[int, int], ...] = ((15, 744),)
    correction_of: str | None = None

    @property
    def slug(self) -> str:
        """The title as addresses spell it."""
        kept = "".join(c if c.isalnum() else "-" for c in self.title.lower())
        return "-".join(part for part in kept.split("-") if part)


def spoken(day: date) -> str:
    """A date as a rule says it."""
    return f"{day:%B} {day.day}, {day.year}"


def rule(
    number: str,
    *,
    title: str,
    instructions: tuple[str, ...],
    publication: date,
    effective: date | None = None,
    citation: str,
    summary: str = "",
    background: tuple[str, ...] = (),
    table: str = "",
    dates: str | None = None,
) -> Rule:
    """A rule that does what its instructions say; `dates` replaces the sentence about the date."""
    starts = effective or publication
    summary = summary or (
        "In this rule, the Bureau of Industry and Security (BIS) amends the Export Administration"
        " Regulations (EAR)."
    )
    said = dates if dates is not None else f"This rule is effective {spoken(starts)}."
    text = act_text.rule_text(
        title=title, summary=summary, dates=said, background=background, table=table,
        instructions=instructions, docket="231114-0269", rin="0694-AJ45",
    )  # fmt: skip
    return Rule(
        number=number, title=title, text=text, publication=publication, citation=citation,
        abstract=summary, dates=said, effective_on=effective,
    )  # fmt: skip


def removal(
    *names: str,
    number: str,
    publication: date,
    citation: str,
    effective: date | None = None,
    heading: str = CHINA,
    title: str = "Entity List Removal",
    summary: str = "",
) -> Rule:
    """A rule that removes the whole entries of these names under one country."""
    entries = "the entry for" if len(names) == 1 else "the entries for"
    many = "one entity" if len(names) == 1 else f"{len(names)} entities"
    return rule(
        number,
        title=title,
        publication=publication,
        effective=effective,
        citation=citation,
        summary=summary,
        background=(
            _WHAT_THE_LIST_IS,
            (
                f"This rule removes {many}, {', '.join(names)}, from the Entity List, on the basis"
                " of information received by BIS pursuant to Sec. 744.16 of the EAR."
            ),
        ),
        instructions=(f"{_AMENDED} under {heading} by removing {entries} {quoted(names)}.",),
    )


def addition(
    *entries: Entry,
    number: str,
    publication: date,
    citation: str,
    effective: date | None = None,
    title: str = "Additions to the Entity List",
) -> Rule:
    """A rule that adds these entries, with the table that it prints."""
    headings = sorted({heading_of(entry.country) for entry in entries})
    instructions = [
        f"under {heading} by adding, in alphabetical order, entries for "
        + quoted([entry.name for entry in entries if heading_of(entry.country) == heading])
        for heading in headings
    ]
    return rule(
        number,
        title=title,
        publication=publication,
        effective=effective,
        citation=citation,
        background=(
            f"This rule adds {len(entries)} entities to the Entity List.",
            "The End-User Review Committee determined to add them under Sec. 744.11(b) of the EAR.",
        ),
        instructions=(f"{_AMENDED} {'; and '.join(instructions)}, to read as follows:",),
        table=act_text.entry_table(entries, act_text.citation_cell(citation, publication)),
    )


def revision(
    *entries: Entry,
    number: str,
    publication: date,
    citation: str,
    title: str = "Revisions to Existing Entries on the Entity List",
) -> Rule:
    """A rule that revises these entries and removes none."""
    heading = heading_of(entries[0].country)
    revised = "the entries for " + quoted([entry.name for entry in entries])
    return rule(
        number,
        title=title,
        publication=publication,
        citation=citation,
        background=(f"This rule modifies {len(entries)} existing entries on the Entity List.",),
        instructions=(f"{_AMENDED} under {heading} by revising {revised}, to read as follows:",),
        table=act_text.entry_table(entries, act_text.citation_cell(citation, publication)),
    )


def institute_removal() -> Rule:
    """FR Doc. 2023-25557: effective 2023-11-16, published the day after; only its text names it."""
    return removal(
        INSTITUTE,
        number="2023-25557",
        publication=date(2023, 11, 17),
        effective=date(2023, 11, 16),
        citation="88 FR 80131",
        summary="In this rule, the Bureau of Industry and Security (BIS) amends the Export"
        " Administration Regulations (EAR) by removing one entity under the destination of the"
        " People's Republic of China (China).",
    )


def institute_relisting(publication: date) -> Rule:
    """An invented act that puts the institute back on the day it is published."""
    return addition(
        institute(),
        number=f"{publication.year}-23456",
        publication=publication,
        effective=publication,
        citation=f"{publication.year - 1935} FR 90001",
        title="Addition of an Entity to the Entity List",
    )


def housekeeping(count: int, *, newest: date) -> Iterator[Rule]:
    """So many rules of the bureau that touch part 744 and no entry, a week apart, newest first."""
    for age in range(count):
        day = newest - timedelta(weeks=age)
        yield rule(
            f"{day.year}-{10_000 + age:05}",
            title=f"Revisions to License Exception Paperwork; Part {age + 1}",
            publication=day,
            effective=day,
            citation=f"{day.year - 1935} FR {20_000 + age}",
            background=("This rule makes the EAR easier to read.",),
            instructions=("Section 744.1 is amended by revising the first sentence.",),
        )
