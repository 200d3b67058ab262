"""Upstream text made harmless before it is shown: one line, no controls, no hidden marks, bounded.

Escaping for HTML or Markdown is not done here; that belongs to the form it is written in.
"""

import unicodedata

# These break lines or hide, reorder or end text: controls, format characters (bidi, zero width,
# byte order mark, tags), surrogates, private use, line and paragraph separators.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_BREAKS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029")
# These letters and marks show as nothing, so a name could hide in them.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5")


def one_line(text: str | None, limit: int = 500) -> str:
    r"""The text on one line, at most `limit` characters and a remark of how many were left out.

    >>> one_line("a\r\nBcc: b\u202e", 6)
    'a Bcc:… (2 more characters)'
    """
    shown = "".join(map(_shown, text or ""))
    return _cut(" ".join(shown.split()), limit)


def paragraphs(text: str | None, limit: int = 4000) -> tuple[str, ...]:
    """The text's lines that say anything, each cleaned, at most `limit` characters in all."""
    kept: list[str] = []
    room = limit
    for line in (text or "").splitlines():
        if room <= 0:
            break
        if shown := one_line(line, room):
            kept.append(shown)
            room -= len(shown)
    return tuple(kept)


def fit(text: str, limit: int) -> str:
    """The text within `limit` characters, ending in `…` at a word where it had to be cut.

    >>> fit("Ministry of Public Security", 14)
    'Ministry of…'
    """
    if len(text) <= limit:
        return text
    head = text[: max(limit - 1, 0)]
    at_word = head.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > limit // 2 else head).rstrip(" ,;:.") + "…"


def web_link(url: str | None) -> str | None:
    """The URL if a reader can safely be given it as a link: http(s), no blanks, not endless."""
    if not url or len(url) > 1000 or not url.lower().startswith(("https://", "http://")):
        return None
    if any(c.isspace() or c in "<>\"'`\\" or _shown(c) != c for c in url):
        return None
    return url


def _shown(char: str) -> str:
    if char in _BREAKS:
        return " "
    if char in _BLANK or unicodedata.category(char) in _HIDDEN:
        return ""
    return char


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return f"{text[:limit]}… ({len(text) - limit} more characters)"
