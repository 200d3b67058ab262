"""When an act takes effect, from the document's field or the words of its DATES section.

Refuses to guess: without a date, or with several, the answer is marked as not certain.
"""

import re
from datetime import date, timedelta

from monitor.screening.printed import DATE, written_day

_SECTION = re.compile(r"\bDATES?:\s*")
_NEXT_SECTION = re.compile(r"\b(?:FOR FURTHER INFORMATION|ADDRESSES:|SUPPLEMENTARY INFORMATION)")
_LONGEST = 3000
_EFFECT = re.compile(r"\beffective\b|\b(?:takes?|taking|in)\s+effect\b", re.IGNORECASE)
_COMMENTS = re.compile(r"[;,]\s+(?:and\s+)?(?:public\s+|written\s+)?comments\b", re.IGNORECASE)
_BUT = re.compile(
    r"\bexcept\b|\bdelayed\b|\bpostponed\b|\bstayed\b|\bto\s+be\s+(?:announced|published|determined)\b",
    re.IGNORECASE,
)
"""A part of the rule has another date, or the date is not what it was."""
_SENTENCE = re.compile(r"(?<=[.\]])\s+(?=[A-Z])")
_COUNTS = {"thirty": 30, "forty-five": 45, "sixty": 60, "ninety": 90}
_DAYS_AFTER = re.compile(
    rf"\b(\d{{1,3}}|{'|'.join(_COUNTS)})\s+(?:calendar\s+)?days?\s+after\s+(?:the\s+)?"
    r"(?:date\s+of\s+)?(?:its\s+)?(publication|filing)",
    re.IGNORECASE,
)
_ON_PUBLICATION = re.compile(
    r"insert\s+(?:the\s+)?date\s+of\s+publication|(?:up)?on\s+(?:the\s+)?(?:date\s+of\s+)?(?:its\s+)?"
    r"publication",
    re.IGNORECASE,
)
_ON_FILING = re.compile(
    r"(?:up)?on\s+(?:the\s+)?(?:date\s+of\s+)?(?:its\s+)?filing|insert\s+(?:the\s+)?date\s+of\s+filing",
    re.IGNORECASE,
)


def effective_date(
    text: str, *, stated: str | None, published: str | None, filed: str | None
) -> tuple[str | None, bool]:
    """The ISO date, and whether it is certain.

    `text` is flat; `stated` is the document's own field, which wins; `published` and `filed` are
    ISO dates for rules that count from publication or filing.
    """
    section = dates_section(text)
    words = text[:_LONGEST] if section is None else section
    said = _said(words, _day(published), _day(filed))
    certain = not (section and _BUT.search(section))
    if stated is not None:
        return stated, certain and not said - {stated}
    return (next(iter(said)), certain) if len(said) == 1 else (None, False)


def dates_section(text: str) -> str | None:
    """The words of a flat text's DATES section; None where it has none."""
    section = _SECTION.search(text)
    if section is None:
        return None
    return _NEXT_SECTION.split(text[section.end() :][:_LONGEST], maxsplit=1)[0]


def _said(section: str, published: date | None, filed: date | None) -> set[str]:
    found = set[str]()
    for sentence in _SENTENCE.split(section):
        effect = _EFFECT.search(sentence)
        # what stands before the word is another date ("Comments are due …; the rule is effective")
        words = _COMMENTS.split(sentence[effect.start() :])[0] if effect else ""
        found |= {day.isoformat() for day in _days(words, published, filed)}
    return found


def _days(words: str, published: date | None, filed: date | None) -> list[date]:
    days = [day for said in DATE.finditer(words) if (day := written_day(*said.groups()))]
    for after in _DAYS_AFTER.finditer(words):
        base = published if after[2].lower() == "publication" else filed
        count = _COUNTS.get(after[1].lower()) or int(after[1])
        days += [base + timedelta(days=count)] if base else []
    words = _DAYS_AFTER.sub(" ", words)
    if _ON_PUBLICATION.search(words) and published:
        days.append(published)
    elif _ON_FILING.search(words) and filed:
        days.append(filed)
    return days


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said[:10]) if said else None
