"""Rows of two texts linked one to one: one party goes on as the other.

Identical rows first, then rows of one name; only what is left over is compared by likeness, with
evidence. What nothing proves is a doubt, for a person, and never a link.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from monitor.screening.entry import Entry
from monitor.screening.linkage.candidates import At, meetings, twins
from monitor.screening.linkage.evidence import Leftover
from monitor.screening.linkage.judged import Judged, are_one_party, judge
from monitor.screening.linkage.links import Doubt, Link, Links
from monitor.screening.linkage.new_form import pair_reformed
from monitor.screening.linkage.same_names import in_order, pair_same_names
from monitor.screening.linkage.text import Text
from monitor.screening.names import Likeness
from monitor.screening.words.message import say

_DOUBTS = 3
"""Of one row that went, so many doubts at most, the strongest."""
_CLEARLY = 0.03
"""So much less likeness leaves no doubt which of two is meant."""
_REFORMED = say("the same name in another form, as very many of the list")


def link(old: Sequence[Entry], new: Sequence[Entry]) -> Links:
    """Links the rows of two accepted texts of one source."""
    gone, come, stays = parted(old, new)
    return _with_stays(_linked(gone, come, stays, across=False), stays)


def across(ecfr: Sequence[Entry], csl: Sequence[Entry]) -> Links:
    """Links the rows of two sources that publish the same list."""
    gone, come, stays = parted(ecfr, csl)
    return _with_stays(_linked(gone, come, stays, across=True), stays)


def link_parted(old: Sequence[Entry], new: Sequence[Entry], stays: Sequence[Entry]) -> Links:
    """As `link`, of rows parted already; what stays to the letter has no link in the result."""
    return _linked(old, new, stays, across=False)


def parted(
    old: Sequence[Entry], new: Sequence[Entry]
) -> tuple[list[Entry], list[Entry], list[Entry]]:
    """Rows only before, only after, and to the letter in both; identical ones once."""
    before = {row.digest(): row for row in old}
    after = {row.digest(): row for row in new}
    return (
        [row for digest, row in before.items() if digest not in after],
        [row for digest, row in after.items() if digest not in before],
        [row for digest, row in after.items() if digest in before],
    )


def _with_stays(links: Links, stays: Sequence[Entry]) -> Links:
    same = [Link(row, row, Likeness.SAME, 1.0, (say("the same row"),)) for row in stays]
    return replace(links, links=(*same, *links.links))


def _linked(
    old: Sequence[Entry], new: Sequence[Entry], stays: Sequence[Entry], *, across: bool
) -> Links:
    pairs, gone, come = pair_same_names(in_order(old), in_order(new))
    links = [Link(*pair, Likeness.SAME, 1.0, (say("the same name"),)) for pair in pairs]
    reformed, gone, come = pair_reformed(gone, come, len(old) + len(stays))
    links += [Link(*pair, Likeness.SAME, 1.0, (_REFORMED,)) for pair in reformed]
    doubts: list[Doubt] = []
    before, after = Text([*old, *stays]), Text([*new, *stays])
    if gone and come:
        likely = _Likely(Leftover(before, after, gone, come, across=across))
        links += likely.links()
        doubts = likely.doubts()
    went, arrived = {id(one.old) for one in links}, {id(one.new) for one in links}
    gone = [row for row in gone if id(row) not in went]
    come = [row for row in come if id(row) not in arrived]
    stayed = {row.digest(): found for row in gone if (found := _elsewhere(row, after))}
    known = {row.digest(): there[0] for row in come if (there := before.named(row.name))}
    told = tuple(doubt for doubt in doubts if doubt.old.digest() not in stayed)
    return Links(tuple(links), tuple(gone), tuple(come), told, {**known, **stayed})


def _elsewhere(row: Entry, text: Text) -> Entry | None:
    """A row of a text that the party of a row gone has there still.

    It has the same name; or the same but for form, and an address, an alias or a citation besides:
    a party that stood on two rows, of which one was mended away.
    """
    named = text.named(row.name)
    if named:
        return named[0]
    alike = (text.rows[at] for at in text.names.same(row.name))
    return next((other for other in alike if are_one_party(text, row, other)), None)


class _Likely:
    """The rows no equal name has paired, linked by the strongest pair first."""

    def __init__(self, left: Leftover) -> None:
        self._left = left
        self._went: dict[int, Link] = {}
        self._arrived: set[int] = set()
        self._judged: dict[At, Judged] = {}

    def links(self) -> list[Link]:
        """All that can be linked."""
        self._look(twins(self._left.gone, self._left.come))
        self._take(at for at, found in self._judged.items() if found.proven)
        self._look(meetings(self._left))
        self._take(at for at, found in self._judged.items() if found.proven)
        self._take(self._alone_in_their_rule(), say("the same citations, as no other near row has"))
        self._take(self._each_others_best(), say("nearly equal, and each the other's best"))
        return list(self._went.values())

    def doubts(self) -> list[Doubt]:
        """Pairs of rows still free that a person should look at."""
        found: dict[int, list[Doubt]] = defaultdict(list)
        for at in self._in_order(at for at, one in self._judged.items() if one.doubtful):
            if self._free(at) and len(found[at[0]]) < _DOUBTS:
                one, other = self._rows(at)
                judged = self._judged[at]
                found[at[0]].append(Doubt(one, other, judged.score, judged.reasons))
        return [doubt for some in found.values() for doubt in some]

    def _look(self, pairs: Iterable[At]) -> None:
        for at in pairs:
            if at not in self._judged and self._free(at):
                judged = judge(self._left, *self._rows(at))
                if judged is not None:
                    self._judged[at] = judged

    def _take(self, pairs: Iterable[At], *said: str) -> None:
        for at in self._in_order(pairs):
            if self._free(at):
                found = self._judged[at]
                link = Link(*self._rows(at), found.likeness, found.score, (*found.reasons, *said))
                self._went[at[0]] = link
                self._arrived.add(at[1])

    def _alone_in_their_rule(self) -> list[At]:
        """Pairs with the same citations where neither row is near to another with them."""
        near = [
            at for at, found in self._judged.items() if found.stands_on_the_same and self._free(at)
        ]
        olds, news = Counter(mine for mine, _ in near), Counter(theirs for _, theirs in near)
        return [
            at for at in near if olds[at[0]] == 1 and news[at[1]] == 1 and self._judged[at].close
        ]

    def _each_others_best(self) -> list[At]:
        """Pairs so near that they need no evidence, and neither row has another about as near."""
        scores: dict[tuple[str, int], list[float]] = defaultdict(list)
        near = {at: found for at, found in self._judged.items() if self._free(at)}
        for (mine, theirs), found in near.items():
            if found.likeness is not Likeness.OTHER:
                scores["old", mine].append(found.score)
                scores["new", theirs].append(found.score)
        return [
            at
            for at, found in near.items()
            if found.nearly_equal
            and not _has_rival(scores["old", at[0]], found.score)
            and not _has_rival(scores["new", at[1]], found.score)
        ]

    def _free(self, at: At) -> bool:
        return at[0] not in self._went and at[1] not in self._arrived

    def _rows(self, at: At) -> tuple[Entry, Entry]:
        return self._left.gone[at[0]], self._left.come[at[1]]

    def _in_order(self, pairs: Iterable[At]) -> list[At]:
        """Strongest first; rows in their own order where two are as strong."""
        return sorted(pairs, key=lambda at: (*(-part for part in self._judged[at].strength), at))


def _has_rival(scores: Sequence[float], best: float) -> bool:
    """Whether a second pair is about as near as this one, or nearer."""
    return sum(score > best - _CLEARLY for score in scores) > 1
