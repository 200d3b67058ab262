"""What is told of possible matches: which name, why it may be the party, and how to decide."""

from collections.abc import Sequence
from datetime import datetime

from monitor.screening.cases import MOST, Case
from monitor.screening.decide.rules import Facts
from monitor.screening.event import Event, Kind, event_id
from monitor.screening.words.event_text import all_say, as_numbered, utc
from monitor.screening.words.labels import counted


def possible_match(case: Case, facts: Facts) -> str:
    """Which name, where it stands, why it may be the party, and what to do."""
    where = f"Document {as_numbered(case.act)}" if case.entry is None else "An entry of the list"
    return (
        f"{where} names “{case.name}”, which may be {facts.watch.name} (likeness {case.score:.2f}: "
        f"{'; '.join(case.reasons)}). Until somebody decides, the status is unknown. "
        f"{all_say(facts)} {how_to_decide(case)}"
    )


def how_to_decide(case: Case) -> str:
    """What a person does with a case."""
    return f"Decide: entity-monitor cases decide {case.id} same|different"


_AT_ONCE = (
    "Found all at once, where watches were added or names are compared anew; each is an event of "
    "its own in the feed. Until somebody decides, the status of these watches is unknown."
)
_HOW_TO_DECIDE_MANY = (
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
        f"“{one.named}” may be {one.party} ({one.score:.2f}; case {one.case})"
        for one in ranked[:MOST]
    ]
    cut = f"The {len(strongest)} nearest of {len(told)}:"
    said = (
        _AT_ONCE,
        cut if len(told) > len(strongest) else "The nearest first:",
        *strongest,
        _HOW_TO_DECIDE_MANY,
    )
    return Event(
        id=event_id(Kind.POSSIBLE_MATCH, None, None, [one.id for one in ranked]),
        kind=Kind.POSSIBLE_MATCH,
        watch=None,
        list=lists.pop() if len(lists) == 1 else None,
        at=utc(at),
        title=f"{counted(len(told), 'possible match', 'possible matches')} for "
        f"{counted(len(watches), 'watch', 'watches')}: please decide",
        summary="\n".join(said),
        review=True,
    )


def match_gone(case: Case) -> str:
    """A row that may have been the party's went, or is to go, before anybody decided.

    A filing takes it out days before the lists lose it, so neither is said to have happened.
    """
    return (
        f"“{case.name}”, a possible match that nobody has decided yet (likeness {case.score:.2f}: "
        f"{'; '.join(case.reasons)}), has left the list or is taken out by a document. "
        f"If it was this party, this is its removal. {how_to_decide(case)}"
    )
