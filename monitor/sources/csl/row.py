"""One row of the Consolidated Screening List, from either format, made an entry."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from monitor.screening.entry import ENTITY_LIST, Entry
from monitor.screening.witness import Source
from monitor.screening.words.message import say

_CODE = re.compile(r"\(([A-Z][A-Z-]*)(?: List)?\)")
_CITATION = re.compile(
    r"(\d{1,3})\s*F\.?\s*R\.?\s*,?\s*(?:No\.?\s*\d+\s*,?\s*)?(\d[\d,]{0,9})", re.IGNORECASE
)
_FIRST_YEAR = 1950
"""Denied persons' orders go back that far; upstream has had years like 0017."""


def list_code(source: str) -> str:
    """The list's abbreviation as the source gives it in brackets: EL, UVL, MEU, and so on."""
    found = _CODE.search(source)
    if found:
        return found[1]
    return ENTITY_LIST if source.strip().casefold().startswith("entity list") else source.strip()


def make_entry(
    *,
    list_: str,
    name: str,
    aliases: Iterable[str],
    addresses: Iterable[str],
    country: str | None,
    notice: str | None,
    start_date: str | None,
    requirement: str | None,
    policy: str | None,
) -> Entry:
    """An entry of the published fields, with spaces mended and nothing else."""
    return Entry(
        list=list_,
        name=spaced(name),
        aliases=tuple(dict.fromkeys(split_aliases(aliases))),
        addresses=tuple(dict.fromkeys(filter(None, map(_bare, addresses)))),
        country=country,
        license_requirement=spaced(requirement or "") or None,
        license_policy=spaced(policy or "") or None,
        citations=citations(notice or ""),
        start_date=iso_date(start_date or ""),
        source=Source.CSL,
    )


def split_aliases(texts: Iterable[str]) -> Iterable[str]:
    """Aliases one by one: some rows hold several in one text, parted by `; ` or `; and `."""
    for text in texts:
        for part in text.split(";"):
            if alias := _bare(part):
                yield alias


def _bare(text: str) -> str:
    """One item of an enumeration, without the `and` before the last."""
    item = spaced(text)
    return item[4:] if item.lower().startswith("and ") else item


def spaced(text: str) -> str:
    """The text with every run of white space, NBSP included, as one space."""
    return " ".join(text.split())


def citations(notice: str) -> tuple[str, ...]:
    """Citations as `85 FR 34505`; a notice without one stands as it is."""
    found = [f"{vol} FR {page.replace(',', '')}" for vol, page in _CITATION.findall(notice)]
    return tuple(dict.fromkeys(found)) or tuple(filter(None, (spaced(notice),)))


def iso_date(text: str) -> str | None:
    """The date as ISO, or None where there is none that can be true."""
    try:
        given = date.fromisoformat(text)
    except ValueError:
        pass
    else:
        return text if len(text) == 10 and given.year >= _FIRST_YEAR else None
    for form in ("%Y-%m-%d", "%m/%d/%Y"):
        try:
            day = datetime.strptime(text.strip()[:10], form).date()  # noqa: DTZ007 - a bare date
        except ValueError:
            continue
        return day.isoformat() if date(_FIRST_YEAR, 1, 1) <= day else None
    return None


_MOST_DATES = 20


class ImpossibleDates:
    """Dates that cannot be true: their rows are read without them, and each is named.

    Years like 0017 are known of old, and told nobody.
    """

    def __init__(self) -> None:
        self._found: dict[str, None] = {}

    def add(self, text: str | None, name: str) -> None:
        """The date of a row that was read without one, as it was given."""
        text = spaced(text or "")
        if text and not text.startswith("00") and len(self._found) <= _MOST_DATES:
            said = say(
                "the date “{text}” of “{name}” cannot be true and is left out",
                text=text[:40],
                name=name[:120],
            )
            self._found[said] = None

    def remarks(self) -> tuple[str, ...]:
        """One for each, or one for all where their format has changed."""
        if len(self._found) > _MOST_DATES:
            return (say("the dates of many rows cannot be read and are left out"),)
        return tuple(self._found)
