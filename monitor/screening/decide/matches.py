"""What cases do to a state and its events: unknown while one is open, told once."""

from collections.abc import Iterable
from dataclasses import replace

from monitor.screening.cases import MOST, Case
from monitor.screening.change import ChangeKind
from monitor.screening.decide.judgement import Judgement, tell
from monitor.screening.decide.rules import Facts
from monitor.screening.event import Kind
from monitor.screening.state import LISTED, DecidedState, WatchState
from monitor.screening.witness import Verdict
from monitor.screening.words import case_text
from monitor.screening.words import event_text as telling


def asks(state: WatchState, facts: Facts) -> bool:
    """Whether an open case lies over the state: it is unknown until a person decides.

    So it is while the watch is not listed, or its own row went and may go on as another.
    """
    return lies_over(state, facts.cases)


def lies_over(state: DecidedState, cases: Iterable[Case]) -> bool:
    """The same, of any cases of the watch on the list."""
    weighing = [case for case in cases if case.weighs]
    if state.state is None or not weighing:
        return False
    may_go_on = any(case.successor for case in weighing)
    return state.state != LISTED or (may_go_on and state.suspicion is not None)


def asked(judged: Judgement, facts: Facts) -> Judgement:
    """New cases, each told once; a first check has told its own.

    At most MOST of one watch at a time: more would be noise and no question.
    """
    return each_asked(judged, facts) if asks(judged.state, facts) else judged


def each_asked(judged: Judgement, facts: Facts) -> Judgement:
    """An event for each case that was not told yet."""
    for case in [one for one in facts.asked() if not one.told][:MOST]:
        judged = tell(
            judged,
            facts,
            Kind.POSSIBLE_MATCH,
            (case.id, case.first_seen_at.isoformat()),
            case_text.possible_match(case, facts),
            after=case.entry,
            review=True,
            asked=case,
        )
    return judged


def gone(judged: Judgement, facts: Facts) -> Judgement:
    """An open case whose row went: if it was the party, this was its removal."""
    for case in facts.asked():
        if case.gone_at is not None and not case.gone_told:
            judged = tell(
                judged,
                facts,
                Kind.NOTICE_FOUND,
                (case.id, case.gone_at.isoformat()),
                case_text.match_gone(case),
                before=case.entry,
                review=True,
                asked=case,
            )
    return judged


def lost_one(judged: Judgement, facts: Facts) -> Judgement:
    """Still listed, and one of several parties that the watch follows is gone from a source."""
    state, source = judged.state, facts.changed_source
    word = facts.word(source) if source else None
    if state.state != LISTED or word is None or word.verdict is not Verdict.LISTED:
        return judged
    for change in facts.changes:
        if change.kind is not ChangeKind.REMOVED or change.before is None:
            continue
        if (mark := change.before.digest()) in state.lost:
            continue
        told = replace(judged, state=replace(judged.state, lost=(*judged.state.lost, mark)))
        judged = tell(
            told,
            facts,
            Kind.NOTICE_FOUND,
            (word.source, mark),
            telling.lost_one(change, word),
            before=change.before,
            review=True,
        )
    return judged
