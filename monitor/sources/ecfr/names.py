"""Where a name ends and an address begins, in text that parts them with nothing but a comma.

The codified list writes "Name, address, address." and names hold commas themselves ("Co., Ltd.",
"Tactical Missile Corporation, Raduga Design Bureau"). The first comma ends the name unless what
follows is plainly more of a name. This room refuses to drop text: name and rest together are all
that came in.
"""

import re

_LEGAL = (
    r"(?:co|company|ltd|limited|l\.?l\.?c|l\.?l\.?p|l\.?p|inc|incorporated|corp|corporation|plc|"
    r"pte|pvt|private|pty|sdn|bhd|berhad|gmbh|a\.?g|s\.?a|s\.?a\.?r\.?l|s\.?a\.?l|s\.?p\.?a|s\.?l|"
    r"s\.?r\.?l|s\.?r\.?o|d\.?o\.?o|b\.?v|n\.?v|a\.?s|oy|ab|k\.?k|k\.?g|fze|fzc|fzco|fz|dmcc|"
    r"sti|pt|j\.?s\.?c|ojsc|cjsc|pjsc|oao|zao|pao|ao|ooo|fgup|fsue|jr|sr|est|mfg|ph\.?d)"
)
_LEGAL_WORD = re.compile(rf"{_LEGAL}\.?", re.IGNORECASE)
_LEGAL_PART = re.compile(
    rf"(?:{_LEGAL}\b[.,]?[\s-]*)+(?:\(.*\))?[.\s]*(?:and sons|branch)?", re.IGNORECASE
)
_LEGAL_OPENING = re.compile(
    rf"{_LEGAL}(?:\.(?=[\s,]|$)|(?=[,;]|$)|(?=\s+(?:{_LEGAL}|room|rm|unit|flat|suite)\b))",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\((?!address)[^()]*\)", re.IGNORECASE)
_NUMBERED_BODY = re.compile(
    r"\d+(?:st|nd|rd|th)?\s+[A-Z][^,]*\b(?:institute|plant|factory)\b", re.IGNORECASE
)
_CENTER = re.compile(r"\bcent(?:er|re)(?:\s*\([^()]*\))?$", re.IGNORECASE)
_BODY = re.compile(
    r"\b(?:institut(?:e|ion)|academy|joint[ -]stock|jsc|pjsc|ojsc|plant|bureau|corporation|company|"
    r"branch of|concern|laborator(?:y|ies)|lab|factory|directorate|faculty|design|department|"
    r"scientific research|research and production|research cent(?:er|re)|consultants|importers|"
    r"exporters|npo|kb|rkb)\b",
    re.IGNORECASE,
)
_ORGANIZATION = re.compile(
    r"\b(?:institut\w*|academy|laborator(?:y|ies)|corporation|company|ministry|concern|university|group|commission|"
    r"complex|enterprise|agency|council|committee|association|studies|organi[sz]ations?|department|military|"
    r"consultants|importers|exporters)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:street|str|st|road|rd|avenue|ave|building|buildings|bldg|floor|fl|room|rm|flat|suite|"
    r"unit|block|blk|house|plaza|tower|city|district|province|village|park|zone|box|highway|hwy|"
    r"lane|square|region|oblast|county|town|level|shop|office|ul|ulitsa|prospekt|apt|apartment|"
    r"estate|mall|market|airport|khlebozavod|shosse|d(?=[.\s]*\d)|kv|pr)\b",
    re.IGNORECASE,
)
_ADDRESS_OPENING = re.compile(
    r"(?:address(?:es)?\b|flat\b|room\b|rm\b|unit\b|suite\b|shop\b|office\b|block\b|building\b|"
    r"bldg\b|floor\b|level\b|house\b|plot\b|villa\b|apt\b|p\.?\s?o\.?\s?box|c/o\b|nos?\.?\s?\d|#|"
    r"\d+/f\b|ul\.|ulitsa\b|ulica\b|prospekt\b|pr\.|pr-t|str\.|g/f\b|"
    r"(?:d\.\s?)?dom\s\d|d\.\s?\d|korp\b|pom\b|kom\.|of\.|per\.|pl\.|nab\.|sh\.|lit\.|\d)",
    re.IGNORECASE,
)
_BARE_ADDRESS = re.compile(
    r"(?:(?:flat|room|rm|unit|suite|shop)\b(?:\s*/\s*(?:rm|room|flat)\b)?[\s./]*\S*\d|"
    r"(?:flat|room|rm|unit|suite|shop|office|lot|plot|block|house|nos?)\b\.?\s*"
    r"(?:no\.?\s*)?(?:\d[\w/–-]*|[a-z]),|"
    r"\d+(?:st|nd|rd|th)?\s?(?:/f|floor)\b|"
    r"\d[\d\w/–-]*,?\s[^,;]*\b(?:street|st|road|rd|avenue|ave)\b)",
    re.IGNORECASE,
)
_NUMBERED_ADDRESS = re.compile(r"address(?:es)?\s*(?:no\.?\s*)?\d", re.IGNORECASE)
_STOPPED = re.compile(r"(?:co|ltd|inc|corp|pvt|pte|bhd|sdn|jr|sr|est|mfg)\.", re.IGNORECASE)
_NAME_GOES_ON = re.compile(r"[a-z]{2,}\s+[a-z(]")
_NO_COMMA = re.compile(
    r"(?<=\w{2})\s+(?=(?:Office|Room|Suite|Flat|Shop|P\.?O\.? Box)\s+(?:No\.?\s*)?\S*\d)"
)
_ABBREVIATED = re.compile(
    r"(?:san|tic|tech|mat|std|elec|electr|corp|inst|dept|univ|engr?|ind|int'?l|imp|exp|mrs?|ms|dr|gen|col|"
    r"sci|dev|prof|acad|equip|mach|info|comm|trad|ste?|mt|ul|nos?|im|str|ave|bldg|rm)\.?",
    re.IGNORECASE,
)
_ROOM_BEHIND_FORM = re.compile(
    rf"(\b{_LEGAL}\.?)\s+(?=(?:room|rm|unit|flat|suite)\b)", re.IGNORECASE
)
_MOST_COMMAS = 40
_LONGEST_NAME = 600
"""No published name comes near either; they bound the work on a hostile text."""
_STOPS = re.compile(r"[,;()\[\]]")
_LIST_TAIL = re.compile(r"\s*[;,]?(['’”\"]?)[;,]?\s*(?:(?<=[\s;,])and)?$")
_GLUED_DIGIT = re.compile(r"(?:(?<=[a-z]{3})|(?<=[.)]))[1-9]$")
_TAIL_MARKS = ";,'’”\""
_STRAY_QUOTE = re.compile(r"(['’”\"])\.['’”\"]$")
_SENTENCE = re.compile(r"(?<=[\w)”\"'’])\.(?:['’”\"]?\s+(?=\S)|(?=\d)|(?<=['’”]\.)(?=\w))")
_RUNS_ON_FROM_LEGAL = re.compile(rf"(.*\w\s{_LEGAL})\s+[A-Z][^,;]*\s\d", re.IGNORECASE)
_RUNS_INTO_NUMBER = re.compile(r"(.*\w{3})\s+\d+[A-Z]?(?:\s+[A-Z][a-z]+)?")


def split_name(text: str) -> tuple[str, str]:
    """The name that opens the text, and the rest (its address), which may be empty.

    >>> split_name("Dick Kuo, Ltd., Room 9, Kowloon, Hong Kong.")
    ('Dick Kuo, Ltd.', 'Room 9, Kowloon, Hong Kong.')
    """
    end, behind = _end_of_name(text)
    sentence = _sentence_end(text[:end])
    if sentence is not None:
        end, behind = sentence
    return tidy_name(text[:end]), text[behind:].strip()


def split_sentence(text: str) -> tuple[str, str]:
    """The same where nothing but a full stop before a house number parts the two.

    >>> split_sentence("JSCT SKTB RT.55 Nijinsky")
    ('JSCT SKTB RT', '55 Nijinsky')
    """
    found = _sentence_end(text[:_LONGEST_NAME])
    if found is None or _ADDRESS_OPENING.match(text, found[1]) is None:
        return tidy_name(text), ""
    return tidy_name(text[: found[0]]), text[found[1] :].strip()


def shorter_readings(name: str) -> list[str]:
    """Where a name may have ended though nothing plain parts it from its address.

    Further names beside the one as read, for no name may be lost.

    >>> shorter_readings("BiotaGroup Company Al Thuraya Tower 1")
    ['BiotaGroup Company']
    """
    text = name[:_LONGEST_NAME]
    for match in _SENTENCE.finditer(text):
        word = re.split(r"[\s,(]+", text[: match.start()])[-1].strip(")")
        if _ends_sentence(word) and not _legal(word):
            return [text[: match.start()]]
    running = _RUNS_ON_FROM_LEGAL.match(text) or _RUNS_INTO_NUMBER.fullmatch(text)
    return [running[1]] if running is not None and not shares_kind(text[running.end(1) :]) else []


def tidy_name(text: str) -> str:
    """A name without the list's own marks behind it.

    Gone are "; and", a comma, a full stop that is no abbreviation's, and a footnote's digit glued
    on ("Systems1"; never the number of "Krylov 45").
    """
    name, before = " ".join(text.split()), ""
    while name != before and (name[-1:] in _TAIL_MARKS or name.endswith("and")):
        name, before = _LIST_TAIL.sub(r"\1", name).strip(), name
    if name[-1:].isalpha():
        return name
    name = _STRAY_QUOTE.sub(r"\1", _GLUED_DIGIT.sub("", name))
    if name.endswith(".") and not _keeps_stop(name):
        name = name[:-1].rstrip()
    if name.endswith(")") and name.count(")") > name.count("("):
        name = name[:-1].rstrip()
    return name


def is_bare_address(text: str) -> bool:
    """Whether what stands in a name's place is an address.

    The list has had entries that are an address alone since 2024-06-12.
    """
    return is_numbered_address(text) or _BARE_ADDRESS.match(text) is not None


def is_numbered_address(text: str) -> bool:
    """Whether the text begins as BIS numbers such entries: "Address 01, …"."""
    return _NUMBERED_ADDRESS.match(text) is not None


def opens_address(text: str) -> bool:
    """Whether the text begins as addresses do: a number, a room, a building, a street."""
    first = text[slice(*_segments(text)[0])]
    return _ADDRESS_OPENING.match(text.strip()) is not None or (
        _PLACE.search(first) is not None and _BODY.search(first) is None
    )


def shares_kind(text: str) -> bool:
    """Whether the text calls itself a body of people: an institute, a company, an academy."""
    return _BODY.search(text) is not None or _ORGANIZATION.search(text) is not None


def ends_in_legal_form(name: str) -> bool:
    """Whether the last word is a company's form: Ltd., L.L.C, OOO."""
    return _legal(name.rpartition(" ")[2])


def _keeps_stop(name: str) -> bool:
    last = re.split(r"[\s,(]+", name)[-1]
    return (
        _STOPPED.fullmatch(last) is not None
        or _ABBREVIATED.fullmatch(last) is not None
        or last.count(".") > 1
        or len(last) == 2
    )


def _segments(text: str, *, brackets: bool = True) -> list[tuple[int, int]]:
    """Spans between commas that stand outside brackets; a semicolon ends the last."""
    depth, start, spans = 0, 0, list[tuple[int, int]]()
    for match in _STOPS.finditer(text):
        char = match[0]
        if char in "([":
            depth += brackets
        elif char in ")]":
            depth = max(0, depth - 1)
        elif depth == 0:
            spans.append((start, match.start()))
            if char == ";":
                return spans
            start = match.end()
    if depth:  # one that never closes would swallow the address
        return _segments(text, brackets=False)
    return [*spans, (start, len(text))]


def _end_of_name(text: str) -> tuple[int, int]:
    """Where the name ends and where the rest begins."""
    spans = _segments(text)
    missing = _NO_COMMA.search(text, 0, spans[0][1])
    if missing is not None:
        return missing.start(), missing.end()
    last = 0
    while last + 1 < min(len(spans), _MOST_COMMAS) and (
        _legal(text[: spans[last][1]].strip()) or _continues(text, spans, last + 1)
    ):
        last += 1
    end = spans[last][1]
    glued = _ROOM_BEHIND_FORM.search(text, 0, end)
    if glued is not None:
        return glued.end(1), glued.end()
    return end, min(end + 1, len(text))


def _continues(text: str, spans: list[tuple[int, int]], at: int) -> bool:
    """Whether a segment behind a comma is still the name's."""
    part = text[slice(*spans[at])].strip()
    if not part:
        return False
    if _LEGAL_PART.fullmatch(part) or _LEGAL_OPENING.match(part) or _IN_BRACKETS.fullmatch(part):
        return True
    if _ADDRESS_OPENING.match(part) and not _NUMBERED_BODY.match(part):
        return False
    if _NAME_GOES_ON.match(part):
        return True
    before = text[: spans[at][0]].rstrip(" ,")
    owned = _legal(before.rpartition(" ")[2])
    if _PLACE.search(part) or (_CENTER.search(part) and not owned):
        return False
    return _BODY.search(part) is not None and (owned or _ORGANIZATION.search(before) is not None)


def _sentence_end(text: str) -> tuple[int, int] | None:
    """Where a full stop ends the name though no comma does ("… Shipyard. 13 Geroyev Street").

    Returns the end of the name and the start of the address.
    """
    for match in _SENTENCE.finditer(text, 0, _LONGEST_NAME):
        word = re.split(r"[\s,(]+", text[max(0, match.start() - 80) : match.start()])[-1]
        legal = _legal(word)
        if legal and match.start() == len(word):  # "PT. Kuantum": the form opens the name
            continue
        following = text[match.end() : match.end() + _LONGEST_NAME]
        glued = following[:1].isdigit() and match.end() == match.start() + 1
        ends = legal or _ends_sentence(word, shortest=2 if glued and word.isupper() else 3)
        if _LEGAL_OPENING.match(following) or not ends:
            continue
        if _ADDRESS_OPENING.match(following) or _reads_as_address(following):
            return match.start() + legal, match.end()
    return None


def _legal(word: str) -> bool:
    return _LEGAL_WORD.fullmatch(word) is not None


def _ends_sentence(word: str, *, shortest: int = 3) -> bool:
    bare = word.strip("()'’”\"")
    return len(bare) >= shortest and "." not in bare and not _ABBREVIATED.fullmatch(bare)


def _reads_as_address(text: str) -> bool:
    return text[:1].isupper() and _BODY.search(text) is None and _ORGANIZATION.search(text) is None
