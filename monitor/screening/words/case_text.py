"""What is told of possible matches: which name, why it may be the party, and how to decide."""

from collections.abc import Sequence
from datetime import datetime

from monitor.screening.cases import MOST, Case
from monitor.screening.decide.rules import Facts
from monitor.screening.event import Event, Kind, event_id
from monitor.screening.words.event_text import all_say, as_numbered, utc
from monitor.screening.words.labels import watches as counted_watches
from monitor.screening.words.message import Message, joined, say, say_many, sentences


def possible_match(case: Case, facts: Facts) -> Message:
    """Which name, where it stands, why it may be the party, and what to do."""
    found = {
        "name": case.name, "party": facts.watch.called, "likeness": _likeness(case)
    }  # fmt: skip
    if case.entry is None:
        said = say(
            "Document {number} names “{name}”, which may be {party} ({likeness}).",
            number=as_numbered(case.act), **found,
        )  # fmt: skip
    else:
        said = say(
            "An entry of the list names “{name}”, which may be {party} ({likeness}).", **found
        )
    until = say("Until somebody decides, the status is unknown.")
    return sentences(said, until, all_say(facts), how_to_decide(case))


def _likeness(case: Case) -> Message:
    return say(
        "likeness {score:.2f}: {reasons}", score=case.score, reasons=joined("; ", case.reasons)
    )


def how_to_decide(case: Case) -> Message:
    """What a person does with a case."""
    return say("Decide: entity-monitor cases decide {case} same|different", case=case.id)


_AT_ONCE = say(
    "Found all at once, where watches were added or names are compared anew; each is an event of "
    "its own in the feed. Until somebody decides, the status of these watches is unknown."
)
_HOW_TO_DECIDE_MANY = say(
    "See all: entity-monitor cases. Decide: entity-monitor cases decide CASE same|different"
)


def many_matches(told: Sequence[Event], at: datetime) -> Event:
    """One event for cases that are told together: how many, and the strongest.

    They come at once from an import of watches or a new version, each with an event of its own.
    """
    ranked = sorted(told, key=lambda one: (-one.score, one.id))
    watches = {one.watch for one in told}
    lists = {one.list for one in told}
    strongest = [
        say(
            "“{name}” may be {party} ({score:.2f}; case {case})",
            name=one.named, party=one.party, score=one.score, case=one.case,
        )
        for one in ranked[:MOST]
    ]  # fmt: skip
    said = (
        _AT_ONCE,
        say("The {shown} nearest of {count}:", shown=len(strongest), count=len(told))
        if len(told) > len(strongest)
        else say("The nearest first:"),
        *strongest,
        _HOW_TO_DECIDE_MANY,
    )
    return Event(
        id=event_id(Kind.POSSIBLE_MATCH, None, None, [one.id for one in ranked]),
        kind=Kind.POSSIBLE_MATCH,
        watch=None,
        list=lists.pop() if len(lists) == 1 else None,
        at=utc(at),
        title=say(
            "{matches} for {watches}: please decide",
            matches=say_many(len(told), "{count:,} possible match", "{count:,} possible matches"),
            watches=counted_watches(len(watches)),
        ),
        summary=joined("\n", said),
        review=True,
    )


def match_gone(case: Case) -> Message:
    """A row that may have been the party's went, or is to go, before anybody decided.

    A filing takes it out days before the lists lose it, so neither is said to have happened.
    """
    return sentences(
        say(
            "“{name}”, a possible match that nobody has decided yet ({likeness}), has left the "
            "list or is taken out by a document. If it was this party, this is its removal.",
            name=case.name,
            likeness=_likeness(case),
        ),
        how_to_decide(case),
    )
