"""Letting a held list go by itself: when the other list source shows the same change.

What the other source shows is its accepted list, or a snapshot of its own that is held: a true mass
removal is implausible in both. Each is read from evidence, never from the other's verdicts.
"""

from collections.abc import Iterable, Iterator, Sequence

from monitor.judging.round import Round
from monitor.screening.entry import Entry, Reading
from monitor.screening.plausibility import Doubt, Loss, loss
from monitor.screening.words.labels import source_name

OF_SIZE = frozenset({"floor", "shrink", "canary"})
"""Doubts that another witness can settle; a list that is missing or miscounted stays held."""


def standing(
    round_: Round, source: str, reading: Reading, found: Sequence[Doubt]
) -> tuple[tuple[Doubt, ...], tuple[str, ...]]:
    """The doubts that stand, and a sentence for each list that was let go."""
    sentences: dict[str, str] = {}
    for list_ in {doubt.list for doubt in found if _of_size(doubt)}:
        for other, lost in _losses(round_, source, reading, list_ or ""):
            if lost.same:
                sentences[list_ or ""] = f"released: {_said(list_ or '', other, lost)}"
    kept = tuple(one for one in found if not (_of_size(one) and one.list in sentences))
    return kept, tuple(sentences.values())


def told_apart(
    round_: Round, source: str, reading: Reading, lists: Iterable[str]
) -> tuple[str, ...]:
    """For each held list, what tells a mass removal from an accident, in words."""
    return tuple(
        f"{said[0].upper()}{said[1:]}: {_likely(lost)}."
        for list_ in sorted(lists)
        for other, lost in _losses(round_, source, reading, list_)
        if lost.gone
        for said in (_said(list_, other, lost),)
    )


def _of_size(doubt: Doubt) -> bool:
    return doubt.list is not None and doubt.code.split(":", 1)[0] in OF_SIZE


def _losses(round_: Round, source: str, reading: Reading, list_: str) -> Iterator[tuple[str, Loss]]:
    """The loss as each other source shows it, its held snapshot last where it has one."""
    before = list(round_.tx.entries(source, list_).values())
    after = reading.entries.get(list_, ())
    for other in round_.parts.carriers(list_):
        if other != source:
            for there in _shown(round_, other, list_):
                yield other, loss(before, after, there)


def _shown(round_: Round, source: str, list_: str) -> Iterator[Sequence[Entry]]:
    accepted = round_.tx.entries(source, list_)
    if accepted:
        yield list(accepted.values())
    known = round_.tx.source_lists(source).get((source, list_))
    if known is None or not known.held or known.held_sha256 is None:
        return
    snapshot = round_.tx.snapshot(known.held_sha256)
    body = round_.parts.ledger.bodies.load(known.held_sha256)
    if snapshot is not None and body is not None:
        reader = round_.parts.list_sources[source]
        yield reader.read(body, snapshot.media, frozenset({list_})).entries.get(list_, ())


def _said(list_: str, other: str, lost: Loss) -> str:
    there = source_name(other)
    if not lost.lacking:
        return f"{lost.gone} parties left list {list_}; {there} still lists all of them"
    return (
        f"{lost.gone} parties left list {list_}; {there} no longer lists {lost.lacking} of them "
        "either"
    )


def _likely(lost: Loss) -> str:
    if lost.same:
        return "this looks like a mass removal, not an accident"
    if not lost.lacking:
        return "so far this looks like an accident, not a mass removal"
    return "it is unclear what happened to the rest"
