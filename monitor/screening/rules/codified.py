"""The codified text of the provisions: what of it changed, and what its notes say of stays.

Compared by its letters alone: blanks, kinds of quotes and dashes, and what the eCFR's site puts
into a text of its own are no change.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from monitor.screening.event import FieldChange
from monitor.screening.printed import without_debris, written_day
from monitor.screening.rules.provision import PROVISIONS
from monitor.screening.rules.rule_act import Deed, Does, RuleAct
from monitor.screening.witness import Stage
from monitor.screening.words.message import say

_SAME = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‑": "-"})
_DATE = r"([A-Z][a-z]{2,8})\.?\s+(\d{1,2}),\s+(\d{4})"
_STAYED = re.compile(
    rf"\bAt\s+(\d{{1,3}}\s+FR\s+\d{{1,6}}),\s+{_DATE},\s+(?:[^.]|\.(?!\s+At\b)){{0,600}}?"
    rf"\b(?:was|were)\s+(?:stayed|suspended)\b(?:[^.]{{0,60}}?\buntil\s+{_DATE})?"
)
_CITED = re.compile(rf"(\d{{1,3}}\s+FR\s+\d{{1,6}}),\s+{_DATE}")


@dataclass(frozen=True, slots=True)
class CodifiedText:
    """A provision as the eCFR has it; of a list's supplement all but its rows."""

    place: str
    paragraphs: tuple[str, ...]
    notes: tuple[str, ...] = ()
    """The editors' notes below it: what is stayed, what could not be taken in."""
    credit: str = ""
    """Where it was printed and amended, as its last line says."""

    @property
    def has_words(self) -> bool:
        """Whether there is more of it than its heading."""
        return len(self.paragraphs) > 1 or bool(self.notes)


def changed(before: CodifiedText, after: CodifiedText) -> tuple[FieldChange, ...]:
    """The paragraphs and the notes that differ, in the words of both; nothing for mere form."""
    name = PROVISIONS[after.place].name
    parts = (
        (name, before.paragraphs, after.paragraphs),
        (say("{provision}, editors' notes", provision=name), before.notes, after.notes),
    )
    return tuple(
        FieldChange(field, gone or None, come or None)
        for field, old, new in parts
        if (gone := _only(old, new)) != (come := _only(new, old))
    )


def _only(texts: Sequence[str], others: Sequence[str]) -> str:
    """The texts that are not among the others; one a line."""
    known = {letters(text) for text in others}
    return "\n".join(text for text in texts if letters(text) not in known)


def letters(text: str) -> str:
    """What of a text counts when two are compared."""
    said = unicodedata.normalize("NFKC", without_debris(text)).translate(_SAME)
    return "".join(
        char for char in said if not char.isspace() and unicodedata.category(char) != "Cf"
    )


def stays_in_code(texts: Iterable[CodifiedText], known: Sequence[RuleAct]) -> list[RuleAct]:
    """The stays that the notes tell of, less those of acts that are known.

    A note cites the page of the amendment and not that of the act: volume and day make them one.
    """
    acts = {_issue(act.citation, act.publication_date) for act in known}
    found: dict[tuple[str, str], RuleAct] = {}
    for text in texts:
        for said in _STAYED.finditer(" ".join(text.notes)):
            printed, until = _day(said[2], said[3], said[4]), _day(said[5], said[6], said[7])
            if printed is None or _issue(said[1], printed.isoformat()) in acts:
                continue
            last = until.isoformat() if until else None
            act = found.get((said[1], last or ""))
            places = (*act.deeds[0].places, text.place) if act else (text.place,)
            deed = Deed(Does.STAYS, places, printed.isoformat(), last, said[0])
            found[said[1], last or ""] = RuleAct(
                "", "", said[1], None, Stage.DOCUMENT, printed.isoformat(), None, (deed,)
            )
    return list(found.values())


def last_amended(text: CodifiedText) -> tuple[str, str] | None:
    """Citation and ISO date of the newest amendment that the credit names."""
    found = [
        (day.isoformat(), said[1])
        for said in _CITED.finditer(text.credit)
        if (day := _day(said[2], said[3], said[4]))
    ]
    if not found:
        return None
    day_, citation = max(found, key=lambda one: one[0])
    return citation, day_


def _issue(citation: str | None, published: str | None) -> tuple[str, str | None]:
    return (citation or "").partition(" ")[0], published


def _day(month: str | None, day: str | None, year: str | None) -> date | None:
    return written_day(month, day, year) if month and day and year else None


@dataclass(frozen=True, slots=True)
class CodifiedPart:
    """The provisions of one answer of the eCFR."""

    texts: tuple[CodifiedText, ...]
    whole: bool
    """Whether it is the whole part: what is not in it is not in the law."""


@dataclass(frozen=True, slots=True)
class KeptText:
    """A provision's text as it was read last."""

    text: CodifiedText
    as_of: str
    seen_at: datetime
    snapshot: str
