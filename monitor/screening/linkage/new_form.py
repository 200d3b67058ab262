"""A list whose names changed their form all at once: order, a suffix, a legal form left off.

What the names of very many rows gained or lost, while nothing else of the rows changed, is how the
list is written now. Names that are equal but for these words, in whatever order, are one.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from monitor.screening.entry import Entry
from monitor.screening.linkage.candidates import twins
from monitor.screening.linkage.same_names import Pair, pair_same_names
from monitor.screening.names import LOST

MANY = 0.10
"""More than this share of a list's rows changed at once is a change of format."""
_LEAST = 10
"""In a shorter list a few rows are not the list."""
_WORD = re.compile(rf"(?:[^\W_]|[?{LOST}])+")


def pair_reformed(
    gone: Sequence[Entry], come: Sequence[Entry], rows: int
) -> tuple[list[Pair], list[Entry], list[Entry]]:
    """Pairs of rows whose names changed as very many of a list of `rows` rows did, and the rest."""
    if min(len(gone), len(come)) <= max(MANY * rows, _LEAST):
        return [], list(gone), list(come)
    words = {id(row): _words(row.name) for row in (*gone, *come)}
    written = _format_words(gone, come, words)
    called = {
        id(row): " ".join(sorted(words[id(row)] - written or words[id(row)]))
        for row in (*gone, *come)
    }
    return pair_same_names(gone, come, lambda row: called[id(row)])


def _format_words(
    gone: Sequence[Entry], come: Sequence[Entry], words: Mapping[int, frozenset[str]]
) -> frozenset[str]:
    """Words that more than a tenth of the names gained or lost; never one with a digit."""
    seen: Counter[str] = Counter()
    pairs = 0
    for mine, theirs in twins(gone, come):
        pairs += 1
        seen.update(words[id(gone[mine])] ^ words[id(come[theirs])])
    bound = max(MANY * pairs, _LEAST)
    return frozenset(word for word, count in seen.items() if count > bound and word.isalpha())


def _words(name: str) -> frozenset[str]:
    return frozenset(_WORD.findall(name.casefold()))
