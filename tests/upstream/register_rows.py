"""Documents and filings as rows of the Federal Register's JSON. Pure.

Every field of the real rows that a reader of rules may ask for; an unknown one is not invented.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from tests.upstream.rules import Rule

API = "/api/v1/"
TEXTS = "/documents/full_text/"
INSPECTION_TEXTS = "/public-inspection/raw_text/"


@dataclass(frozen=True, slots=True)
class Filing:
    """A document on public inspection."""

    rule: Rule
    filed_at: datetime | None
    kind: str
    """`regular` or `special`."""
    note: str | None = None


def filing_row(filing: Filing, base: str) -> dict[str, Any]:
    """A row of `public-inspection-documents`: no CFR field, no text but its address."""
    rule, digits = filing.rule, filing.rule.number.replace("-", "")
    withdrawn = filing.filed_at is None
    subject, _, rest = rule.title.partition(":")
    return {
        "agencies": _agencies(rule, base),
        "agency_letters": [],
        "agency_names": [rule.agency_name],
        "docket_numbers": [f"Docket No. {rule.docket}"],
        "document_number": rule.number,
        "editorial_note": filing.note,
        "filed_at": filing.filed_at.isoformat(timespec="milliseconds") if filing.filed_at else None,
        "filing_type": filing.kind,
        "html_url": f"{base}/public-inspection/{rule.number}/{rule.slug}",
        "json_url": f"{base}{API}public-inspection-documents/{rule.number}.json",
        "num_pages": 6,
        "page_views": {"count": 0, "last_updated": None},
        "pdf_url": f"{base}/public-inspection/{rule.number}.pdf",
        "publication_date": None if withdrawn else rule.publication.isoformat(),
        "raw_text_url": base
        + INSPECTION_TEXTS
        + "/".join(digits[at : at + 3] for at in range(0, len(digits), 3))
        + ".txt",
        "subject_1": subject,
        "subject_2": rest or None,
        "subject_3": None,
        "title": rule.title,
        "toc_doc": rule.title,
        "toc_subject": "Entity List",
        "type": rule.kind,
    }


def document_row(rule: Rule, base: str, corrections: Iterable[Rule] = ()) -> dict[str, Any]:
    """A row of `documents`, with all its fields."""
    day = f"{rule.publication:%Y/%m/%d}"
    volume, _, page = rule.citation.split()
    return {
        "title": rule.title,
        "type": rule.kind,
        "abstract": rule.abstract,
        "document_number": rule.number,
        "html_url": f"{base}/documents/{day}/{rule.number}/{quote(rule.slug)}",
        "pdf_url": f"{base}/content/pkg/{rule.number}.pdf",
        "public_inspection_pdf_url": f"{base}/public-inspection/{rule.number}.pdf",
        "publication_date": rule.publication.isoformat(),
        "agencies": _agencies(rule, base),
        "excerpts": rule.abstract[:200],
        "action": rule.action,
        "dates": rule.dates,
        "effective_on": rule.effective_on.isoformat() if rule.effective_on else None,
        "citation": rule.citation,
        "cfr_references": [
            {"title": title, "part": part, "chapter": None, "citation_url": None}
            for title, part in rule.cfr
        ],
        "docket_ids": [f"Docket No. {rule.docket}"],
        "regulation_id_numbers": [rule.rin],
        "correction_of": f"{base}{API}documents/{rule.correction_of}.json"
        if rule.correction_of
        else None,
        "corrections": [f"{base}{API}documents/{other.number}.json" for other in corrections],
        "json_url": f"{base}{API}documents/{rule.number}.json",
        "raw_text_url": f"{base}{TEXTS}text/{day}/{rule.number}.txt",
        "full_text_xml_url": f"{base}{TEXTS}xml/{day}/{rule.number}.xml",
        "body_html_url": f"{base}{TEXTS}html/{day}/{rule.number}.html",
        "volume": int(volume),
        "start_page": int(page),
        "significant": False,
        "signing_date": None,
    }


def _agencies(rule: Rule, base: str) -> list[dict[str, Any]]:
    commerce = "https://www.federalregister.gov/agencies/commerce-department"
    return [
        {
            "raw_name": "DEPARTMENT OF COMMERCE", "name": "Commerce Department", "id": 54,
            "url": commerce, "json_url": f"{base}{API}agencies/54", "parent_id": None,
            "slug": "commerce-department",
        },
        {
            "raw_name": rule.agency_name, "name": rule.agency_name, "id": 241,
            "url": f"https://www.federalregister.gov/agencies/{rule.agency}",
            "json_url": f"{base}{API}agencies/241", "parent_id": 54,
            "slug": rule.agency,
        },
    ]  # fmt: skip


FIELDS = frozenset(
    {
        "abstract", "action", "agencies", "body_html_url", "cfr_references", "citation",
        "correction_of", "corrections", "dates", "docket_ids", "document_number", "effective_on",
        "excerpts", "full_text_xml_url", "html_url", "json_url", "pdf_url",
        "public_inspection_pdf_url", "publication_date", "raw_text_url",
        "regulation_id_numbers", "signing_date", "significant", "start_page", "title", "type",
        "volume",
    }
)  # fmt: skip
"""The fields that can be asked for."""
