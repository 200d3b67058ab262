"""The spellings people use, made from a listed name: each kind as a function of name and chance.

A kind answers None where a name has nothing of it. Nothing here knows the product's own tables.
"""

import re
from collections.abc import Callable
from random import Random

Kind = Callable[[str, Random], str | None]

_FORMS = [
    ("Co., Ltd.", ["Company Limited", "Co Ltd", "Co., Limited"]),
    ("Company Limited", ["Co., Ltd."]),
    ("Company Ltd.", ["Co., Ltd."]),
    ("Sdn. Bhd.", ["Sendirian Berhad", "SDN BHD"]),
    ("Sdn Bhd", ["Sdn. Bhd.", "Sendirian Berhad"]),
    ("Pvt. Ltd.", ["Private Limited", "(Pvt.) Limited"]),
    ("(Private) Limited", ["Pvt. Ltd.", "Private Ltd"]),
    ("Private Limited", ["Pvt. Ltd."]),
    ("Pte. Ltd.", ["Pte Limited"]),
    ("Ltd.", ["Limited", "Ltd"]),
    ("Limited Liability Company", ["LLC", "L.L.C.", "OOO"]),
    ("Limited", ["Ltd.", "LTD"]),
    ("LLC", ["L.L.C.", "Limited Liability Company"]),
    ("OOO", ["LLC", "Obshchestvo s Ogranichennoi Otvetstvennostyu"]),
    ("Open Joint Stock Company", ["OJSC", "OAO"]),
    ("Public Joint Stock Company", ["PJSC", "PAO"]),
    ("Closed Joint Stock Company", ["ZAO", "CJSC"]),
    ("Joint Stock Company", ["JSC", "AO"]),
    ("OJSC", ["OAO", "Open Joint Stock Company"]),
    ("OAO", ["OJSC", "Otkrytoe Aktsionernoe Obshchestvo"]),
    ("PJSC", ["PAO", "Public Joint Stock Company"]),
    ("PAO", ["PJSC", "Publichnoe Aktsionernoe Obshchestvo"]),
    ("ZAO", ["CJSC", "Closed Joint Stock Company"]),
    ("JSC", ["Joint Stock Company", "J.S.C."]),
    ("AO", ["JSC", "Aktsionernoe Obshchestvo"]),
    ("GmbH", ["Gesellschaft mit beschränkter Haftung", "G.m.b.H."]),
    ("FZE", ["F.Z.E."]),
    ("Inc.", ["Incorporated"]),
    ("Corporation", ["Corp."]),
    ("Corp.", ["Corporation"]),
]
_CITIES = {"CN": ["Shenzhen", "Beijing", "Wuhan", "Guangzhou"], "RU": ["Moscow", "Kazan", "Perm"]}
_SWITCHES = [
    ("skiy", "sky"), ("sky", "skiy"), ("iy", "y"), ("kh", "h"), ("shch", "sch"), ("zh", "j"),
    ("ya", "ia"), ("yu", "iu"), ("ts", "tz"), ("ks", "x"), ("ye", "e"), ("yi", "y"), ("ei", "ey"),
    ("oye", "oe"), ("oe", "oye"), ("ov", "ow"), ("ai", "ay"), ("iya", "ia"), ("q", "gh"),
    ("oo", "u"), ("ou", "u"), ("ee", "i"), ("mm", "m"), ("ss", "s"),
]  # fmt: skip


def _form(name: str) -> tuple[int, int, list[str]] | None:
    for form, others in _FORMS:
        for pattern in (rf",? {re.escape(form)}(?=$|\.$)", rf"^{re.escape(form)} "):
            if found := re.search(pattern, name):
                return found.start(), found.end(), others
    return None


def form_dropped(name: str, _: Random) -> str | None:
    if not (found := _form(name)):
        return None
    left = (name[: found[0]] + name[found[1] :]).strip(" .,")
    return left if len(left) > 3 else None


def form_spelled(name: str, chance: Random) -> str | None:
    if not (found := _form(name)):
        return None
    start, end, others = found
    form = chance.choice(others)
    return f"{form} {name[end:]}" if start == 0 else f"{name[:start]} {form}"


def ampersand(name: str, _: Random) -> str | None:
    if " & " in name:
        return name.replace(" & ", " and ")
    return name.replace(" and ", " & ") if " and " in name else None


def _bracket(name: str) -> re.Match[str] | None:
    return re.search(r" ?\(([^()]{2,30})\)", name)


_ABROAD = {"UK", "HK", "UAE", "PRC", "USA", "RF"}


def short_name_dropped(name: str, _: Random) -> str | None:
    found = _bracket(name)
    if not found or not re.fullmatch(r"[A-Z][A-Za-z]{0,7}[A-Z]", found[1]) or found[1] in _ABROAD:
        return None
    return (name[: found.start()] + name[found.end() :]).strip()


def place_in_bracket_dropped(name: str, _: Random) -> str | None:
    found = _bracket(name)
    if not found or not (found[1] in _ABROAD or found[1] in _SEATS):
        return None
    return (name[: found.start()] + name[found.end() :]).strip()


_SEATS = {
    "Beijing", "Shanghai", "Shenzhen", "Tianjin", "Suzhou", "Nanjing", "Hong Kong", "Hefei",
    "Wuhan", "Chengdu", "Dongguan", "Jiangsu", "Kunshan", "Anhui", "Wuxi", "Guangzhou",
    "Qingdao", "Zhuhai", "Singapore", "Bolivia", "Australia", "Netherlands", "Malaysia", "Asia",
    "China", "Cyprus",
}  # fmt: skip


def short_name_alone(name: str, _: Random) -> str | None:
    found = re.search(r"\(([A-Z]{3,8})\)$", name)
    return found[1] if found and found[1] not in _ABROAD else None


_LITTLE_WORDS = {"of", "and", "the", "for", "&"}
_FORM_WORD = re.compile(
    r"[(),\d:]|\b(?:Company|Limited|JSC|OOO|Bhd|Ltd|Şti|Sti|Şirketi|Sirketi|S\.?A|A\.?[SŞ])\b"
)


def initials_alone(name: str, chance: Random) -> str | None:
    bare = form_dropped(name, chance) or name
    if _FORM_WORD.search(bare):
        return None
    words = [word for word in re.split(r"[ -]+", bare) if word.lower() not in {*_LITTLE_WORDS, ""}]
    if len(words) < 4 or not all(word[0].isalpha() for word in words):
        return None
    return "".join(word[0] for word in words).upper()


_NO_NAME = re.compile(
    r"(?:Joint|Open|Public|Closed|Aktsionernoe|Otkrytoe|Obshchestvo|Limited Liability|Federal State"
    r"|Address|AO|OOO|PAO|OAO|ZAO|JSC|OJSC|LLC|PJSC|PT|The)\b"
)
"""What a name may begin with and nobody moves to its end."""


def first_word_last(name: str, _: Random) -> str | None:
    words = name.split()
    if len(words) < 2 or _NO_NAME.match(name) or re.search(r"[(,:]", name):
        return None
    return " ".join([*words[1:], words[0]])


def china_dropped(name: str, _: Random) -> str | None:
    left = re.sub(r" of China\b|\bChina ", "", name, count=1)
    return left if left != name else None


def city_in_front(name: str, chance: Random) -> str | None:
    return f"{chance.choice(_CITIES['CN' if chance.random() < 0.6 else 'RU'])} {name}"


def transliterated(name: str, chance: Random) -> str | None:
    if not re.search(r"sk(iy|y|oye|oe)|kh|zh|shch|iy\b|ye|ov\b|yu|ya", name):
        return None
    for was, becomes in chance.sample(_SWITCHES, len(_SWITCHES)):
        if was in name:
            return name.replace(was, becomes)
    return None


def one_letter_wrong(name: str, chance: Random) -> str | None:
    return _mistyped(name, chance, 5, 1)


def two_letters_wrong(name: str, chance: Random) -> str | None:
    return _mistyped(name, chance, 7, 2)


def _mistyped(name: str, chance: Random, least: int, times: int) -> str | None:
    form = _form(name)
    words = [
        found for found in re.finditer(r"[A-Za-z]+", name)
        if len(found[0]) >= least and not (form and form[0] <= found.start() < form[1])
    ]  # fmt: skip
    if not words:
        return None
    at = chance.choice(words)
    word = at[0]
    places = chance.sample(range(1, len(word)), times)
    for place in sorted(places, reverse=True):
        letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
        way = chance.randrange(4)
        if way == 0:
            word = word[:place] + word[place + 1 :]
        elif way == 1:
            word = word[:place] + letter + word[place + 1 :]
        elif way == 2:
            word = word[:place] + letter + word[place:]
        else:
            word = word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]
    return name[: at.start()] + word + name[at.end() :] if word != at[0] else None


KINDS: dict[str, tuple[Kind, float]] = {
    "legal form left off": (form_dropped, 0.99),
    "legal form spelled another way": (form_spelled, 0.99),
    "& and and": (ampersand, 0.99),
    "first word last": (first_word_last, 0.99),
    "China or of China left off": (china_dropped, 0.99),
    "short name in brackets left off": (short_name_dropped, 0.99),
    "place in brackets left off": (place_in_bracket_dropped, 0.97),
    "city in front": (city_in_front, 0.97),
    "transliterated": (transliterated, 0.97),
    "one letter wrong in five": (one_letter_wrong, 0.95),
    "two letters wrong in seven": (two_letters_wrong, 0.95),
    "short name in end brackets, alone": (short_name_alone, 0.90),
    "initials of four words, alone": (initials_alone, 0.90),
}
"""Every kind with the least share that must be the same or a case (design, section 11)."""
