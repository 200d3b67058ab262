"""A document of the Federal Register: what its row says, and at which stage it was seen.

Plain values. The full text is not in it: it is evidence, kept by its hash.
"""

from dataclasses import dataclass

from monitor.screening.witness import Stage

__all__ = ["Document", "Stage"]


@dataclass(frozen=True, slots=True)
class Document:
    """One document; dates are ISO dates, None where the row has none."""

    number: str
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
