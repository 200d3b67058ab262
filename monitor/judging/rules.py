"""Rules in a judging transaction: acts read for them, codified texts compared, news told."""

import logging
from dataclasses import replace

from monitor.errors import SourceFault
from monitor.judging.decide import Judging
from monitor.judging.docket import Docket
from monitor.ledger.records import KnownAct
from monitor.screening.event import FieldChange, Witness
from monitor.screening.rules.codified import CodifiedPart, CodifiedText, KeptText, changed
from monitor.screening.rules.due import FirstLooks, called_off, due
from monitor.screening.rules.provision import PROVISIONS, in_order
from monitor.screening.rules.register import known_by
from monitor.screening.rules.rule_act import Deed, Does
from monitor.screening.witness import Source
from monitor.screening.words.event_text import utc
from monitor.screening.words.rule_text import new_text
from monitor.service import Service
from monitor.sources.ecfr.provisions import read_provisions
from monitor.sources.source import Fetched

log = logging.getLogger("monitor.judging")


def judge_acts_on_rules(judging: Judging, found: Docket) -> None:
    """Reads what came, and what an older reader read, for what it does to rules; tells it."""
    from monitor.screening.rules.act_reader import READER

    came = {read.sha256: read.body for read in found.documents if read.sha256 is not None}
    for act in judging.tx.acts_unread_for_rules(READER):
        assert act.snapshot is not None
        body = came.get(act.snapshot) or judging.service.ledger.bodies.load(act.snapshot)
        if body is not None:
            deeds = _deeds(act, body.decode("utf-8", "replace"))
            judging.tx.set_rule_act(act.document.number, f"{READER}:{act.snapshot}", deeds)
    first = _first_looks(judging)
    if first.acts_at is None:
        judging.tx.set_first_looks(replace(first, acts_at=judging.now))
    tell_rules(judging)


def provisions_in(service: Service, looked: Fetched) -> CodifiedPart | None:
    """What the Entity List's own text holds of the rules; None where it is as it was read before.

    The whole part has all of them. This one is asked for oftener, and comes when that one fails.
    """
    if looked.reading is None:
        with service.ledger.reading() as reading:
            if reading.rule_texts():
                return None
    try:
        return read_provisions(looked.body)
    except SourceFault:
        log.exception("the rules in %s could not be read", looked.url)
        return None


def judge_texts_of_rules(
    judging: Judging, part: CodifiedPart, as_of: str, snapshot: str, url: str
) -> None:
    """Tells which provisions read otherwise than they did; what is read first tells nothing."""
    before = {
        place: kept for place, kept in judging.tx.rule_texts().items() if kept.as_of <= as_of
    }  # fmt: skip
    after = {text.place: text for text in part.texts if part.whole or text.has_words}
    if part.whole:
        after |= {place: CodifiedText(place, ()) for place in before if place not in after}
    changes, moved = list[FieldChange](), list[str]()
    for place in in_order(after):
        news = changed(before[place].text, after[place]) if place in before else ()
        changes += news
        moved += [place] if news else []
    newer = judging.tx.rule_texts().keys() - before.keys()
    judging.tx.set_rule_texts(
        KeptText(text, as_of, judging.now, snapshot)
        for place, text in after.items()
        if place not in newer
    )
    if changes:
        now = Witness(Source.ECFR, None, as_of, utc(judging.now), snapshot, url)
        judging.emit([new_text(changes, [before[one] for one in moved], now, judging.now)])


def tell_rules(judging: Judging) -> None:
    """Tells what is due: acts at their filing and on their day, stays that ran out."""
    known = known_by(judging.tx.rule_acts(), judging.tx.rule_texts(), judging.now)
    first = _first_looks(judging)
    judging.emit(due(known, first))
    judging.emit(
        event for announced, event in called_off(known) if judging.tx.event(announced) is not None
    )


def _first_looks(judging: Judging) -> FirstLooks:
    """Since when rules are looked at; from now on where nobody has yet."""
    first = judging.tx.first_looks()
    if first is None:
        first = FirstLooks(judging.now)
        judging.tx.set_first_looks(first)
    return first


def _deeds(act: KnownAct, text: str) -> tuple[Deed, ...]:
    # Only now: what reads acts is mostly patterns, and they take a tenth of a start to compile.
    from monitor.screening.acts.instructions import layout
    from monitor.screening.acts.text import flat
    from monitor.screening.rules.act_reader import read_deeds

    document = act.document
    try:
        said = flat(f"{document.title}. {document.abstract}\n\n{text}")
        return read_deeds(document, said, layout(said).preamble)
    except Exception:  # one text that breaks the reading must not hide what the others say
        log.exception("the text of %s could not be read for rules", document.number)
        return (Deed(Does.UNCLEAR, tuple(PROVISIONS), certain=False),)
