"""Text from upstream made harmless before it is shown, wherever that is.

What breaks lines, hides or reorders text is taken out or made visible, and length is bounded.
Escaping for HTML or Markdown belongs to the form that the text is written in.
"""

import re

# Controls but tab and line ends, format characters (bidirectional, zero width, byte order mark,
# tags), line and paragraph separators, surrogates, private use, and letters that show as nothing,
# in which a name could hide.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    "\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\uf8ff\ufeff"
    "\uffa0\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
_BREAKS = re.compile("[\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029]")
_LINK = re.compile(r"https?://[^\s<>\"'`\\]{1,2000}", re.IGNORECASE)


def visible(text: str) -> str:
    """The text with U+FFFD where something would hide or reorder it; line ends stay."""
    return _HIDDEN.sub("\ufffd", text)


def one_line(text: str | None, limit: int = 500) -> str:
    r"""The text on one line, at most `limit` characters and a remark of how many were left out.

    >>> one_line("a\r\nBcc: b\u202e", 6)
    'a Bcc:… (2 more characters)'
    """
    # Of an endless text only as much is looked at as could be shown.
    head = (text or "")[: 4 * limit + 200]
    shown = " ".join(_HIDDEN.sub("", _BREAKS.sub(" ", head)).split())
    more = max(len(shown) - limit, 0) + len(text or "") - len(head)
    return f"{shown[:limit]}… ({more} more characters)" if more else shown


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


def fit(text: str, limit: int, mark: str = "…") -> str:
    """The text within `limit` characters, ending in `mark` at a word where it had to be cut.

    >>> fit("Ministry of Public Security", 14)
    'Ministry of…'
    """
    if len(text) <= limit:
        return text
    head = text[: max(limit - len(mark), 0)]
    at_word = head.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > limit // 2 else head).rstrip(" ,;:.") + mark


def web_link(url: str | None) -> str | None:
    """The URL if a reader can safely be given it as a link: http(s), no blanks, not endless."""
    return url if url and _LINK.fullmatch(url) and not _HIDDEN.search(url) else None
