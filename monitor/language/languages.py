"""The languages that readers can choose, and how each writes days, times and lists of things.

English is the source: it has no catalog, and nothing is looked up for it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from string import Formatter

_DAY = r"(\d{4})-(\d{2})-(\d{2})"
_WRITTEN = re.compile(rf"{_DAY}(?:[T ](\d{{2}}:\d{{2}})(?::\d{{2}})?(?:Z| UTC))?")


@dataclass(frozen=True, slots=True)
class Language:
    code: str
    """As `?lang=` and `language:` name it, and its catalog."""
    tag: str
    """BCP 47, for `lang` attributes and feeds."""
    name: str
    """In the language itself."""
    day: Callable[[int, int, int], str]
    joints: Mapping[str, str] = field(default_factory=dict)
    """What stands between several things, where it is other than in English."""
    colon: str = ": "
    comma: str = ", "
    stop: str = "."
    brackets: tuple[str, str] = (" (", ")")
    capitals: bool = True
    """Whether a sentence begins with a capital."""
    terms: Mapping[str, str] = field(default_factory=dict)
    """Terms that carry the English beside them, and what is left from the second use on."""
    script: str = ""
    """Letters that tell a name of this language, as a character class."""

    def dated(self, text: str) -> str:
        """An ISO day or a time in UTC as the language writes it; any other text as it is."""
        found = _WRITTEN.fullmatch(text)
        if found is None:
            return text
        day = self.day(int(found[1]), int(found[2]), int(found[3]))
        return f"{day} {found[4]} UTC" if found[4] else day

    def once(self, text: str) -> str:
        """The text with the English beside a term only where the term comes first."""
        for whole, short in self.terms.items():
            head, term, rest = text.partition(whole)
            # The blank behind the English goes with it.
            rest = rest if short[-1:].isascii() else rest.replace(f"{whole} ", short)
            text = head + term + rest.replace(whole, short)
        return text

    def own(self, local_names: tuple[str, ...]) -> str:
        """The first of a party's names in its own script that is this language's, if there is."""
        if not self.script:
            return ""
        return next((one for one in local_names if re.fullmatch(self.script, one)), "")

    def called(self, name: str, local_names: tuple[str, ...]) -> str:
        """A party's name, with its own in this language before it."""
        own = self.own(local_names)
        return self.beside(own, str.__str__(name)) if own else str.__str__(name)

    def joint(self, separator: str) -> str:
        return self.joints.get(separator, separator)

    def joined(self, separator: str, parts: Iterable[str]) -> str:
        """Several things, with between them what the language has there."""
        joint = self.joint(separator)
        if not self.script:
            return joint.join(parts)
        said = ""
        for at, part in enumerate(parts):
            said = _beside(_beside(said, joint) if at else said, part)
        return said

    def beside(self, text: str, more: str) -> str:
        """A text with more in brackets."""
        return f"{text}{self.brackets[0]}{more}{self.brackets[1]}" if more else text

    def placed(self, template: str, values: Mapping[str, object]) -> str:
        """A template with its values; a blank stands where Latin letters meet others."""
        if not self.script:
            return template.format_map(values)
        said = ""
        for text, name, spec, conversion in _PARSE(template):
            said = _beside(said, text)
            if name is not None:
                place = f"{{{name}{'!' + conversion if conversion else ''}:{spec or ''}}}"
                said = _beside(said, place.format_map(values))
        return said


_PARSE = Formatter().parse
_MEETS = re.compile(r"[A-Za-z0-9.][\u4e00-\u9fff]|[\u4e00-\u9fff][A-Za-z0-9]")
_OWN_DAY = re.compile(r"\d{4}年|\d+[日月年]")


def _beside(before: str, after: str) -> str:
    meet = _MEETS.match(before[-1:] + after[:1]) and not _OWN_DAY.match(after)
    return f"{before} {after}" if meet else before + after


ENGLISH = Language("en", "en", "English", lambda year, month, day: f"{year}-{month:02}-{day:02}")
CHINESE = Language(
    "zh", "zh-Hans", "中文",
    lambda year, month, day: f"{year}年{month}月{day}日",
    joints={
        " ": "", ", ": "、", "; ": "；", " and ": "和", " and of ": "和", " and the ": "和",
    },
    colon="：",
    comma="，",
    stop="。",
    brackets=("（", "）"),
    capitals=False,
    terms={
        "实体清单 Entity List": "实体清单",
        "未经核实清单 Unverified List": "未经核实清单",
        "军事最终用户清单 MEU List": "军事最终用户清单",
        "联邦公报 Federal Register": "联邦公报",
        "综合筛查清单 Consolidated Screening List": "综合筛查清单",
        "联邦法规电子版 eCFR": "eCFR",
    },
    script=r"[^\u3040-\u30ff\uac00-\ud7af]*[\u4e00-\u9fff][^\u3040-\u30ff\uac00-\ud7af]*",
)  # fmt: skip
LANGUAGES: Mapping[str, Language] = {one.code: one for one in (ENGLISH, CHINESE)}


def language_of(code: str | None) -> Language:
    """The language of a code; English for one that is not known."""
    return LANGUAGES.get((code or "").strip().lower().partition("-")[0], ENGLISH)


def preferred(accept: str) -> Language:
    """The language that `Accept-Language` asks for first among those there are; else English."""
    best, language = 0.0, ENGLISH
    for part in accept[:500].split(","):
        name, _, weight = part.partition(";")
        known = LANGUAGES.get(name.strip().lower().partition("-")[0])
        if known is not None and (weighs := _weight(weight)) > best:
            best, language = weighs, known
    return language


def _weight(text: str) -> float:
    try:
        return float(text.strip().removeprefix("q=")) if text.strip() else 1.0
    except ValueError:
        return 0.0
