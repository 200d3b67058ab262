"""The words of a name, and which of them are written several ways.

A name is cut into words and marks; numbers are marked (`#13` for "13th", "No. 13" and
"thirteenth") because they are never bridged. `stem` puts the spellings of one common word together
("Technologies", "Tech."), `sound` those of one foreign word ("Dmitriy", "Dmitry"). Both are for
likeness only: two names are never the same by them.
"""

import re
from functools import lru_cache

from monitor.screening.names.key import LOST, fold

_APOSTROPHES = str.maketrans(
    "", "", "'`\u2018\u2019\u02bc\u2032\u00b4\u00b7\u00ad\u200b\u200c\u200d"
)
_INITIALS = re.compile(rf"(?<![^\W_{LOST}])([^\W\d_])[./](?=[^\W\d_](?![^\W\d_]))")
"""The point behind one letter before another single letter: "S.A.", "A/S"."""
_TOKEN = re.compile(rf"(?:[^\W\d_]|{LOST})+|\d+|[(),:;&\[\]]")
_COUNTED = """
first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
"""
_ORDINALS = {word: f"#{number}" for number, word in enumerate(_COUNTED.split(), start=1)}
_ORDINALS |= {"ii": "#2", "iii": "#3"}
_DIGIT = re.compile(r"\d")
_ORDINAL_ENDS = {"st", "nd", "rd", "th"}
_BEFORE_NUMBER = {"no", "nr", "number"}


def tokens(text: str) -> list[str]:
    """Words, numbers and marks of a name in their order."""
    folded = fold(text)
    if not folded.isascii() or "'" in folded or "`" in folded:
        folded = folded.translate(_APOSTROPHES)
    if "." in folded or "/" in folded:
        folded = _INITIALS.sub(r"\1", folded)
    found: list[str] = _TOKEN.findall(folded)
    if _DIGIT.search(folded) or not _ORDINALS.keys().isdisjoint(found):
        return _numbered(found)
    return found


def _numbered(found: list[str]) -> list[str]:
    out: list[str] = []
    for word in found:
        if word[0].isdigit():
            if out and out[-1] in _BEFORE_NUMBER:
                out.pop()
            out.append("#" + (word.lstrip("0") or "0"))
        elif word in _ORDINAL_ENDS and out and out[-1][0] == "#":
            continue
        else:
            out.append(_ORDINALS.get(word, word))
    return out


_ONE_WORD = """
technology technologies tech technol tekhnologii tekhnologiya tekhnologiy tehnologii teknoloji tek
electronic electronics electron elektronik elektronika elec electr
system systems sistemy sistema sistem sys
science sciences scientific nauchno nauchny sci nauk
research issledovatelski issledovatelskiy issledovatelskii issledovatelsky
institute institut inst
center centre tsentr
industry industries industrial ind sanayi
international intl internacional
engineering engineers engineer eng engg muhendislik
manufacturing manufacture mfg manufacturer
development devel dev
production proizvodstvennoe proizvodstvenny
enterprise enterprises predpriyatie predpriyatiye
factory zavod plant plants works fabrika
trading trade trd ticaret
service services servis
communication communications comm comms
telecommunication telecommunications telecom telekom
semiconductor semiconductors semi
equipment equip
group grupo gruppa
association obedinenie obyedineniye assn
concern kontsern
bureau byuro
design konstruktorskoe konstruktorskoye
shipbuilding shipyard shipyards verf
aviation avia havacilik
machinery machine machines makina
information info
general gen
university univ
laboratory lab labs laboratories
investment investments
department dept
management mgmt mgt
integrated integration
circuit circuits
named imeni im
company kompaniya
corporation korporatsiya
logistics logistic lojistik
export ihracat
import ithalat
defense defence savunma
state gosudarstvennoe gosudarstvennoye gosudarstvenny
special spetsialnoe spetsialnoye
chemical chemicals kimya
brother brothers bros
automation otomasyon
petroleum petrol
academy akademiya akademii
academician akademika
federal federalnoe federalnoye
saint st
uyghur uighur uygur
network networks net
"""
_STEMS = {word: line.split()[0] for line in _ONE_WORD.strip().splitlines() for word in line.split()}


SPELLINGS = tuple(_STEMS)
"""Every spelling that the table puts together."""


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """One spelling for a common word's spellings; plural and singular alike."""
    known = _STEMS.get(word)
    if known:
        return known
    if len(word) > 4 and word[-1] == "s" and word[-2] not in "suiyao":
        return word[:-3] + "y" if word.endswith("ies") else word[:-1]
    return word


_SOUNDS = [
    (re.compile(pattern), to)
    for pattern, to in (
        (r"shch|sch", "sh"), ("kh", "h"), ("zh|dj|dzh", "j"), ("tsch|tch", "ch"), ("ph", "f"),
        ("ts|tz", "c"), (r"c(?=[kaouy])|ck|q", "k"), ("ks", "x"), ("w", "v"),
        ("[yj]u|iu|ou|oo", "u"),
        ("[yj]a|ia", "a"), ("[yj]e|[yj]o|io|ie", "e"), (r"[iyj]+|ee", "i"), ("gh", "g"),
    )
]  # fmt: skip
_TWICE = re.compile(r"(.)\1+")


def sounds_alike(one: str, other: str) -> bool:
    """Whether two words may be one word, transliterated twice; acronyms are not pronounced."""
    return (
        min(len(one), len(other)) >= _PRONOUNCED
        and sound(one) == sound(other)
        and not _VOWELS.isdisjoint(sound(one))
    )


_PRONOUNCED = 4
_VOWELS = frozenset("aeiou")


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """The word with the choices of transliteration taken out."""
    for pattern, to in _SOUNDS:
        word = pattern.sub(to, word)
    return _TWICE.sub(r"\1", word)
