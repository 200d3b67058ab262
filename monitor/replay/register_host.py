"""The Federal Register on the stage: documents, public inspection and full texts."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from monitor.replay.act_text import filed_page, full_text, published_page
from monitor.replay.host import Host, not_found
from monitor.replay.scenario import Act
from monitor.screening.acts.document import Document, Stage
from monitor.screening.entry import Entry
from monitor.screening.witness import WASHINGTON
from monitor.sources.fetch import Answer

BASE = "https://www.federalregister.gov"
_AGENCIES = [
    {"slug": "commerce-department", "name": "Commerce Department"},
    {"slug": "industry-and-security-bureau", "name": "Industry and Security Bureau"},
]
_EVERY = timedelta(days=14)
_RULES_BACK = 5


class RegisterHost(Host):
    """Carries acts through public inspection to publication."""

    name = "federal_register"

    def __init__(self, clock: Callable[[], datetime], parties: Mapping[str, Entry]) -> None:
        super().__init__(clock)
        self._parties = parties
        self._filed: dict[str, tuple[Act, datetime | None]] = {}
        self._published: dict[str, Act] = {}
        self.kept: tuple[list[Document], Mapping[str, bytes]] | None = None
        """Recorded documents and texts that are served in place of the acts."""
        self.begun: datetime | None = None
        """Since when the bureau publishes rules of no interest; never, where it is None."""

    # -- what happens

    def files(self, act: Act) -> None:
        """On public inspection from now on."""
        self._filed[act.number] = (act, self.clock())

    def publishes(self, act: Act) -> None:
        """Among the documents from now on."""
        self._filed.pop(act.number, None)
        self._published[act.number] = act

    def withdraws(self, act: Act) -> None:
        """Withdrawn: the row stays, without its dates."""
        self._filed[act.number] = (act, None)

    # -- what it answers

    def answer(self, url: str, headers: Mapping[str, str]) -> Answer:
        """One of the two lists, or a full text."""
        del headers
        parts = urlsplit(url)
        if parts.path.endswith("/documents.json"):
            first = parse_qs(parts.query)["conditions[publication_date][gte]"][0]
            return _json(url, self._documents(date.fromisoformat(first)))
        if parts.path.endswith("/public-inspection-documents/current.json"):
            return _json(url, self._inspected())
        return Answer(url, 200, self._text(parts.path, url))

    def _documents(self, first: date) -> list[dict[str, Any]]:
        if self.kept:
            return [_kept_row(one) for one in self.kept[0] if one.stage is Stage.DOCUMENT]
        acts = [*self._published.values(), *self._rules()]
        return [_document_row(act) for act in acts if act.publication >= first]

    def _inspected(self) -> list[dict[str, Any]]:
        if self.kept:
            return [_kept_row(one) for one in self.kept[0] if one.stage is not Stage.DOCUMENT]
        return [_filing_row(act, at) for act, at in self._filed.values()]

    def _text(self, path: str, url: str) -> bytes:
        number = path.rpartition("/")[2].removesuffix(".txt")
        if self.kept:
            return self.kept[1].get(number) or not_found(url)
        if number in self._published:
            act = self._published[number]
            return published_page(act, full_text(act, self._parties))
        if number in self._filed:
            act, at = self._filed[number]
            day = (at or self.clock()).astimezone(WASHINGTON).date()
            return filed_page(act, full_text(act, self._parties), day)
        rule = next((one for one in self._rules() if one.number == number), None)
        return published_page(rule, full_text(rule, {})) if rule else not_found(url)

    def _rules(self) -> list[Act]:
        """Rules of no interest, every two weeks, the newest of them past."""
        if self.begun is None:
            return []
        first = self.begun.astimezone(WASHINGTON).date() - _EVERY * _RULES_BACK
        today = self.clock().astimezone(WASHINGTON).date()
        days = [first + _EVERY * at for at in range((today - first) // _EVERY + 1)]
        return [
            Act(
                number=f"{day.year}-{90_000 + day.timetuple().tm_yday}",
                title="Revisions to Paperwork",
                publication=day,
                effective=day,
                citation=f"{day.year - 1935} FR {10_000 + day.timetuple().tm_yday}",
            )
            for day in days
        ]


def _json(url: str, rows: list[dict[str, Any]]) -> Answer:
    """An answer; with a count of nothing the results are left out, as the real one does."""
    said: dict[str, Any] = {"count": len(rows), "results": rows} if rows else {"count": 0}
    return Answer(url, 200, json.dumps(said).encode())


def _document_row(act: Act) -> dict[str, Any]:
    day = f"{act.publication:%Y/%m/%d}"
    return {
        "document_number": act.number, "title": act.title, "type": "Rule",
        "abstract": act.abstract, "action": "Final rule.", "citation": act.citation,
        "publication_date": act.publication.isoformat(),
        "effective_on": act.effective.isoformat() if act.effective else None,
        "cfr_references": [{"title": 15, "part": 744}], "agencies": _AGENCIES,
        "html_url": f"{BASE}/documents/{day}/{act.number}",
        "raw_text_url": f"{BASE}/documents/full_text/text/{day}/{act.number}.txt",
    }  # fmt: skip


def _filing_row(act: Act, at: datetime | None) -> dict[str, Any]:
    return {
        "document_number": act.number, "title": act.title, "type": "Rule",
        "filed_at": at.isoformat() if at else None, "filing_type": "special",
        "publication_date": act.publication.isoformat() if at else None,
        "editorial_note": None if at else "Withdrawn at the request of the agency.",
        "agencies": _AGENCIES, "toc_subject": "Entity List", "toc_doc": act.title,
        "html_url": f"{BASE}/public-inspection/{act.number}",
        "raw_text_url": f"{BASE}/public-inspection/raw_text/{act.number}.txt",
    }  # fmt: skip


def _kept_row(one: Document) -> dict[str, Any]:
    """A recorded document as a row; its text is asked for by its number."""
    said = asdict(one)
    cited = [part.split(" CFR ") for part in one.cfr_parts]
    return {
        **{name: said[name] for name in _SAME},
        "document_number": one.number,
        "cfr_references": [{"title": title, "part": part} for title, part in cited] or None,
        "correction_of": one.correction_of and f"{BASE}/api/v1/documents/{one.correction_of}.json",
        "agencies": _AGENCIES,
        "raw_text_url": f"{BASE}/recorded/{one.number}.txt",
    }


_SAME = (
    "title", "type", "abstract", "action", "dates", "publication_date", "effective_on", "citation",
    "html_url", "filed_at", "filing_type", "editorial_note",
)  # fmt: skip
