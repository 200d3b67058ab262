"""What a Federal Register document does to the rules, read from its instructions and its dates.

An instruction that names a section, or a supplement's introduction, footnotes or notes, changes a
rule; one that only adds, removes or revises entries does not. Words of a stay are read with their
last day. What concerns a rule and is not understood is UNCLEAR, never silence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.screening.acts.document import Document
from monitor.screening.acts.effective_date import dates_section, effective_date
from monitor.screening.acts.tables import CELL, ROW
from monitor.screening.printed import MONTH, written_day
from monitor.screening.rules.provision import AFFILIATES, PROVISIONS, in_order
from monitor.screening.rules.rule_act import ON_STAYS, Deed, Does
from monitor.screening.rules.seed import SEED

READER = "1"
"""Another one for a reader that reads more, or otherwise: stored acts are read again."""

_QUOTE = 600
_DATE = rf"(?P<{{}}>(?:{MONTH})\s+\d{{{{1,2}}}},?\s+(?:19|20)\d\d)"
_INSTRUCTION = re.compile(
    r"(?<![\w.(])(?<!footnote )(?<!\bNo\. )(?P<number>\d{1,2})\.\s+"
    r"(?=(?:Effective|Amend|Revis|Add|Remov|Stay|Suspend|Lift"
    r"|Reinstat|Reimpos|Withdraw|Extend|Delay|Terminat|End\b|Redesignat|Section|Sec\.|§|Supplement"
    r"|In\b|The\b|Part\b|PART\b|Paragraph))"
)
_END = re.compile(
    r"\[FR\s+Doc\.|\bBILLING\s+CODE|\bSigned\s+at\b|\bPART\s+7\d\d\s*(?:-{1,2}|—|–)\s*[A-Z]{3}"
)
_PRINTED = re.compile(
    rf"\bto\s+read\s+as\s+follows\b|\*\s*\*\s*\*|[{CELL}{ROW}]"
    r"|\bsupplement\s+no\.?\s*\d+\s+to\s+part\s+\d+\s*(?:-{1,2}|—|–)"
    r"|(?:§|\bSec\.)\s*744\.\d+\s+[A-Z][a-z]+\s+[a-z][^.;]{8,300}\.\s+(?:\(a\)|\*)",
    re.IGNORECASE,
)
_SECTION = re.compile(r"\b744\.(11|15|16|21)(?!\d)")
_SUPPLEMENT = re.compile(
    r"\bsupplements?\s+(?:nos?\b\.?|numbers?)\s*([4678])(?:\s+to\s+(?:15\s+CFR\s+)?part\s+744\b"
    r"|\s+to\s+this\s+part\b|\s+of\s+part\s+744\b|\s+\([^()]{1,60}\)\s+(?:to|of)\s+part\s+744\b)"
    r"|\bpart\s+744,\s+supplement\s+(?:no\b\.?|number)\s*([4678])\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\b7\d\d\.\d+(?:\([A-Za-z0-9]{1,4}\))*"
    r"(?:(?:,\s+|\s+)(?:and\s+|through\s+)?(?:§+\s*|sections?\s+|Sec\.\s+)?7\d\d\.\d+"
    r"(?:\([A-Za-z0-9]{1,4}\))*){0,30}"
    r"|\bsupplements?\s+(?:nos?\b\.?|numbers?)\s*\d+\s+(?:\([^()]{1,60}\)\s+)?(?:to|of)\s+"
    r"(?:15\s+CFR\s+)?(?:this\s+part|part\s+\d+)|\bpart\s+\d+,\s+supplement\s+no\.?\s*\d+",
    re.IGNORECASE,
)
"""What an instruction amends: the first section, or several in a row, or the first supplement."""
_INTRODUCTION = re.compile(
    r"\bintroductory\s+(?:text|paragraph|words)|\bintroduction\b"
    r"|\b(?:add|revis|remov|amend|reserv)\w*\s+(?:and\s+\w+\s+)?(?:the\s+)?(?:text\s+(?:of|in)\s+)?"
    r"(?:new\s+)?(?:footnotes?|notes?)\b(?!\s*\d?\s*(?:designat|referenc|to\s+the\s+entr))",
    re.IGNORECASE,
)
_OF_ENTRIES = re.compile(
    r"\bentr(?:y|ies)\b|\balias(?:es)?\b|\baddress(?:es)?\b|\bentit(?:y|ies)\b|“"
    r"|\bunder\s+(?:the\s+\w+\s+of\s+)?[A-Z]{4}",
)
_STAY = r"(?:stays?|suspensions?)"
_STAYED = re.compile(r"\bstay(?:s|ed|ing)?\b|\bsuspend(?:s|ed|ing)?\b", re.IGNORECASE)
_A_STAY = re.compile(rf"\b{_STAY}\b", re.IGNORECASE)

_LIFTED = re.compile(
    rf"\b(?:lift|remov|end|terminat|withdraw|rescind|vacat|dissolv)\w*\s+(?:the\s+|this\s+|that\s+"
    rf"|its\s+)?(?:[\w-]+\s+){{0,2}}{_STAY}\b"
    rf"|\b{_STAY}\b[^;]{{0,300}}?\b(?:is|are|was)\s+(?:hereby\s+)?(?:lifted|removed|ended|terminated"
    r"|withdrawn|rescinded|vacated|dissolved)\b"
    r"|\b(?:reinstat|reimpos|reactivat)\w+|\bno\s+longer\s+(?:stayed|suspended)\b",
    re.IGNORECASE,
)
_PROLONGED = re.compile(
    rf"\b(?:extend|prolong|continu)\w*\b[^;]{{0,200}}?\b{_STAY}\b"
    rf"|\b{_STAY}\b[^;]{{0,300}}?\b(?:extended|prolonged|continued|continues)\b",
    re.IGNORECASE,
)
_DELAYED = re.compile(r"\b(?:delay|postpon)\w*\b", re.IGNORECASE)
_UNIT = r"(?:§+|Sections?|Sec\.|Supplement)"
_REMOVED = re.compile(
    rf"^\W*(?:Remov\w*\s+(?:and\s+reserv\w+\s+)?{_UNIT}[^,:;(]{{0,60}}$"
    rf"|{_UNIT}[^,:;(]{{0,60}}?\b(?:is|are)\s+(?:hereby\s+)?removed\b)",
    re.IGNORECASE,
)
_ADDED = re.compile(
    rf"^\W*(?:Add\w*\s+(?:a\s+new\s+)?{_UNIT}|{_UNIT}[^,:;(]{{0,60}}?\b(?:is|are)\s+added\b)",
    re.IGNORECASE,
)
_ENDLESS = re.compile(r"\bindefinitely\b|\buntil\s+further\s+notice\b", re.IGNORECASE)
_UNTIL = re.compile(rf"\b(?:until|through|to)\s+{_DATE.format('until')}", re.IGNORECASE)
_FROM = re.compile(
    rf"\b(?:Effective|Beginning|Starting)\s+(?:on\s+)?{_DATE.format('on')}", re.IGNORECASE
)
_ITS_DATE = re.compile(
    r"\binstructions?\s+(?P<numbers>(?:\d{1,2}(?:,?\s+(?:and\s+)?)?){1,20}),?\s+which\s+(?:is|are)\s+"
    rf"effective\s+(?:on\s+)?{_DATE.format('on')}",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\bAffiliates['’]?\s+rule\b|\baffiliates\s+of\s+(?:certain\s+)?listed\b|\b50\s+percent\b",
    re.IGNORECASE,
)
_LAW = re.compile(r"(?:§+|\bsections?)\s*744\.(11|15|16|21)(?!\d)", re.IGNORECASE)
_NUMBERS = frozenset(act.number for act in SEED)
_CITED = [re.escape(act.citation or "") for act in SEED]
_OF_SEED = re.compile(rf"\b(?:{'|'.join(_CITED)})\b")
_SENTENCE = re.compile(r"(?<=[a-z0-9)\]]\.)\s+(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class _Segment:
    """One numbered instruction, without what it prints."""

    number: int
    words: str


def read_deeds(document: Document, text: str, preamble: int) -> tuple[Deed, ...]:
    """What the document does to rules; nothing for one that only lists parties.

    `text` is flat; `preamble` where its preamble ends.
    """
    dates = document.dates or dates_section(text[:preamble]) or ""
    default = _default_date(document, dates)
    own = _own_dates(dates)
    deeds = [
        deed
        for segment in _segments(text, preamble)
        for deed in _deeds(segment.words, own.get(segment.number, default))
    ]
    said = _said_of_stays(dates, default)
    if not any(deed.does in ON_STAYS for deed in deeds):
        deeds += said
    else:
        deeds = [_completed(deed, said) for deed in deeds]
    return _merged(deeds) or tuple(_doubt(document, dates, default))


def _default_date(document: Document, dates: str) -> str | None:
    """The act's own date: its field, else the only one that DATES gives."""
    if document.effective_on:
        return document.effective_on
    if found := _FROM.search(dates):
        return _iso(found["on"])
    day, _ = effective_date(
        f"DATES: {dates} SUPPLEMENTARY INFORMATION",
        stated=None,
        published=document.publication_date,
        filed=document.filed_at,
    )
    return day


def _own_dates(dates: str) -> dict[int, str]:
    """The instructions that take effect on a day of their own."""
    found = dict[int, str]()
    for said in _ITS_DATE.finditer(dates):
        if day := _iso(said["on"]):
            found |= dict.fromkeys(map(int, re.findall(r"\d+", said["numbers"])), day)
    return found


def _segments(text: str, start: int) -> Iterator[_Segment]:
    begins = list(_INSTRUCTION.finditer(text, start))
    for at, begin in enumerate(begins):
        end = begins[at + 1].start() if at + 1 < len(begins) else len(text)
        over = _END.search(text, begin.end(), end)
        end = over.start() if over else end
        printed = _PRINTED.search(text, begin.end(), end)
        words = text[begin.end() : printed.start() if printed else end]
        yield _Segment(int(begin["number"]), words)


def _deeds(words: str, on: str | None) -> Iterator[Deed]:
    """What one instruction does."""
    if found := _FROM.match(words):
        on = _iso(found["on"]) or on
        words = words[found.end() :].lstrip(", ")
    quote = " ".join(words.split())[:_QUOTE]
    does = _on_stay(words)
    if does is not None and (places := _places(words) or (AFFILIATES if _named(words) else ())):
        yield _stay_deed(does, places, words, on, quote)
        return
    subject = _SUBJECT.search(words)
    for place in _places(subject[0]) if subject else ():
        if not PROVISIONS[place].holds_a_list:
            yield Deed(_verb(words), (place,), on, None, quote, certain=on is not None)
        elif _INTRODUCTION.search(words):
            yield Deed(Does.REVISES, (place,), on, None, quote, certain=on is not None)
        elif not _OF_ENTRIES.search(words):
            yield Deed(Does.UNCLEAR, (place,), on, None, quote, certain=False)


def _places(words: str) -> tuple[str, ...]:
    """The provisions that these words name."""
    sections = [f"744.{found[1]}" for found in _SECTION.finditer(words)]
    supplements = [f"supplement-{found[1] or found[2]}" for found in _SUPPLEMENT.finditer(words)]
    return in_order([*sections, *supplements])


def _on_stay(words: str) -> Does | None:
    lifted, stayed = _LIFTED.search(words), _STAYED.search(words) or _A_STAY.search(words)
    if _DELAYED.search(words) and (lifted or stayed):
        # What is delayed, and to which day the stay then lasts, is a person's to read.
        return Does.UNCLEAR
    if _PROLONGED.search(words):
        return Does.PROLONGS
    if lifted:
        return Does.REINSTATES
    return Does.STAYS if stayed else None


def _verb(words: str) -> Does:
    if _REMOVED.search(words):
        return Does.REMOVES
    return Does.ADDS if _ADDED.search(words) else Does.REVISES


def _named(words: str) -> bool:
    """Whether the Affiliates Rule or its stay is meant, by name or citation."""
    return bool(_ABOUT.search(words) or _OF_SEED.search(words))


def _stay_deed(does: Does, places: Sequence[str], words: str, on: str | None, quote: str) -> Deed:
    """A stay, with its last day; one without any is certain only where it says so."""
    if does is Does.UNCLEAR:
        return Deed(does, tuple(places), on, None, quote, certain=False)
    if does is Does.REINSTATES:
        return Deed(does, tuple(places), on, None, quote, certain=on is not None)
    untils = {day for found in _UNTIL.finditer(words) if (day := _iso(found["until"]))}
    until = max(untils) if untils else None
    endless = _ENDLESS.search(words) is not None
    # A stay that is prolonged is named with its old last day too.
    one = does is Does.PROLONGS or len(untils) < 2
    certain = on is not None and one and (until is not None or endless)
    return Deed(does, tuple(places), on, until, quote, certain=certain)


def _said_of_stays(dates: str, default: str | None) -> list[Deed]:
    """What the DATES section says of stays, sentence by sentence."""
    found = []
    for sentence in _SENTENCE.split(dates):
        does = _on_stay(sentence)
        places = AFFILIATES if _named(sentence) else _places(sentence)
        if does is not None and places:
            begin = _FROM.search(sentence)
            on = (_iso(begin["on"]) if begin else None) or default
            found.append(
                _stay_deed(does, places, sentence, on, " ".join(sentence.split())[:_QUOTE])
            )
    return found


def _completed(deed: Deed, said: Sequence[Deed]) -> Deed:
    """A stay whose instruction gives no last day has that of DATES, where it gives one."""
    if deed.does not in {Does.STAYS, Does.PROLONGS} or deed.until is not None:
        return deed
    untils = {one.until for one in said if one.until}
    if len(untils) != 1:
        return deed
    on = deed.effective_on or next((one.effective_on for one in said if one.effective_on), None)
    return replace(deed, until=untils.pop(), effective_on=on, certain=on is not None)


def _merged(deeds: Sequence[Deed]) -> tuple[Deed, ...]:
    """One deed for what is done alike to several provisions."""
    found: dict[tuple[Does, str | None, str | None, bool], Deed] = {}
    for deed in deeds:
        key = deed.does, deed.effective_on, deed.until, deed.certain
        same = found.get(key)
        if same is None:
            found[key] = deed
            continue
        quote = same.quote if deed.quote in same.quote else f"{same.quote} … {deed.quote}"
        places = in_order([*same.places, *deed.places])
        found[key] = replace(same, places=places, quote=quote[:_QUOTE])
    return tuple(found.values())


def _doubt(document: Document, dates: str, on: str | None) -> Iterator[Deed]:
    """A document that is about a rule, and of which no instruction was understood."""
    about = f"{document.title}. {document.action} {document.abstract} {dates}"
    quote = " ".join(about.split())[:_QUOTE]
    moved = any(said.search(about) for said in (_STAYED, _A_STAY, _DELAYED))
    if document.correction_of in _NUMBERS or (moved and _named(about)):
        yield Deed(Does.UNCLEAR, AFFILIATES, on, None, quote, certain=False)
    elif law := _LAW.search(document.title):
        yield Deed(Does.UNCLEAR, (f"744.{law[1]}",), on, None, quote, certain=False)


def _iso(words: str) -> str | None:
    day = written_day(*words.replace(",", " ").split())
    return day.isoformat() if day else None
