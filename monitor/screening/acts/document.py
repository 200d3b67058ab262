"""A document of the Federal Register: what its row says, and at which stage it was seen.

Plain values. The full text is not in it: it is evidence, kept by its hash.
"""

from dataclasses import dataclass

from monitor.screening.witness import Stage

__all__ = ["Document", "Stage", "prefilter"]

_OTHER_TYPES = frozenset(
    {"notice", "proposed rule", "presidential document", "sunshine act document"}
)
_PARTS = frozenset({"15 CFR 744", "15 CFR 748"})


@dataclass(frozen=True, slots=True)
class Document:
    """One document; dates are ISO dates, None where the row has none."""

    number: str
    """With its publication date behind it where another document has the same: "1 (2023-11-20)"."""
    title: str
    type: str
    """As the row writes it: Rule, Notice, …"""
    abstract: str
    action: str
    dates: str
    """The words of the DATES section, as the row has them."""
    publication_date: str | None
    effective_on: str | None
    citation: str | None
    html_url: str | None
    text_url: str | None
    """Raw text."""
    xml_url: str | None
    filed_at: str | None
    """RFC 3339 time of the filing for public inspection."""
    filing_type: str | None
    correction_of: str | None
    """Number of the document this one corrects."""
    cfr_parts: tuple[str, ...]
    """As "15 CFR 744"; empty where the row has no such field."""
    stage: Stage
    editorial_note: str | None = None
    text_stage: Stage | None = None
    """At which stage the text that is kept was read; None in a row as it comes."""
    text_tries: int = 0
    """Looks in a row that asked for a text and got none that is to be believed."""
    text_tried_at: str | None = None
    """RFC 3339 time of the last of them."""


def prefilter(document: Document) -> bool:
    """Whether the document can concern the lists of 15 CFR part 744 at all.

    Titles never count ("Revisions to the Entity List" has been a removal). A row without a CFR
    field, as on public inspection, may concern them; a correction may be of any type but those
    that make no law.
    """
    if document.type.strip().lower() in _OTHER_TYPES:
        return False
    return not document.cfr_parts or not _PARTS.isdisjoint(document.cfr_parts)
