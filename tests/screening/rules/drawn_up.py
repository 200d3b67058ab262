"""Acts on rules, drawn up in the words that the Federal Register has for stays and amendments."""

from datetime import date

from tests.upstream.rules import Rule, rule

STAYED_PARTS = (
    "In § 744.11, paragraph (a)(1)", "In § 744.16, the introductory text of paragraph (e)",
    "In § 744.21, paragraph (a)(3)", "In supplement no. 4 to part 744, the introductory text",
    "In supplement no. 7 to part 744, the introductory text", "Supplement no. 8 to part 744",
)  # fmt: skip


def prolonging(number: str = "2026-20500", publication: date = date(2026, 11, 4)) -> Rule:
    """A rule that stays for another year what is stayed, as the first stay was written."""
    return rule(
        number,
        title="Extension of Suspension of Expansion of End-User Controls for Affiliates of Certain"
        " Listed Entities",
        publication=publication,
        effective=date(2026, 11, 9),
        citation="91 FR 60001",
        dates="Effective November 9, 2026, the amendments to 15 CFR parts 732, 734, 736, 744, and"
        " 748 in the interim final rule published at 90 FR 47201, on September 30, 2025, are stayed"
        " until November 9, 2027.",
        instructions=tuple(
            f"{part} is stayed, effective November 9, 2026, until November 9, 2027."
            for part in STAYED_PARTS
        ),
    )


def reinstating(
    number: str = "2026-19900",
    publication: date = date(2026, 10, 20),
    effective: date = date(2026, 10, 26),
) -> Rule:
    """A rule that ends the stay before its time."""
    return rule(
        number,
        title="Reinstatement of End-User Controls for Affiliates of Certain Listed Entities",
        publication=publication,
        effective=effective,
        citation="91 FR 58001",
        instructions=tuple(
            f"The stay of {part[0].lower() + part[1:].replace('In ', '')} is lifted."
            for part in STAYED_PARTS
        ),
    )


def revising(number: str = "2026-20100", publication: date = date(2026, 10, 28)) -> Rule:
    """A rule that gives § 744.11 and the list's introduction other words, and speaks of no stay."""
    return rule(
        number,
        title="Revisions to License Requirements for Listed Entities",
        publication=publication,
        effective=date(2026, 12, 1),
        citation="91 FR 59001",
        instructions=(
            (
                "Section 744.11 is amended by revising paragraphs (a) and (b) to read as follows:"
                " § 744.11 License requirements that apply to entities. * * * * *"
            ),
            (
                "Supplement No. 4 to part 744 is amended by revising the introductory text to"
                " read as follows: Supplement No. 4 to Part 744--Entity List This supplement lists"
                " entities. * * * * *"
            ),
        ),
    )
