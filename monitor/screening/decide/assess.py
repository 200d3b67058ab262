"""The decision rules: past state, what the witnesses say, and now → state and events.

One pure function, `assess`. A decision is overturned only by a witness that turned after it: a list
that has not yet followed an act is lag, not a suspicion. Turns and decisions are ordered by poll
number, so that a clock that jumps decides nothing. What is not said here raises no event. The
questions put to the lists stand in `rules`, those put to the acts in `act_rules`, what is told of
cases in `matches`, dates and history in `dates`, words in `words.event_text`.
"""

from dataclasses import replace

from monitor.screening.decide.act_rules import (
    act_in_force,
    announced_act,
    disbelieved,
    explains,
    ground,
    is_news,
    must_be_read,
    to_come,
    whole,
)
from monitor.screening.decide.amendments import amend
from monitor.screening.decide.dates import (
    entry_citation,
    first_dates,
    first_said,
    forgotten,
    moved_on,
    noted,
    since_when,
    with_citation,
    with_entry,
)
from monitor.screening.decide.judgement import Judgement, tell
from monitor.screening.decide.matches import asked, gone, lost_one
from monitor.screening.decide.rules import (
    LISTING,
    REMOVAL,
    Facts,
    Rule,
    direction,
    find_act,
    lists_confirm,
    turned,
    way_of,
    with_doubt,
)
from monitor.screening.decide.staleness import stale
from monitor.screening.event import Kind
from monitor.screening.names import says_removed
from monitor.screening.state import LISTED, NOT_LISTED, Suspicion, WatchState
from monitor.screening.witness import Effect, Stage, Verdict
from monitor.screening.words import event_text as telling
from monitor.screening.words.message import say, sentences


def assess(past: WatchState, facts: Facts) -> Judgement:
    """What is now to be believed of a watch on a list, and what is to be told."""
    judged = Judgement(with_entry(past, facts))
    if past.state is None:
        judged = _baseline(judged, facts)
        if judged.state.state is None:
            return stale(_acts_alone(judged, facts), facts)
    decided = judged.state.state
    for step in (_withdrawn, _confirmed, _announced, _cancelled, _suspected, _noticed, gone):
        judged = step(judged, facts)
    if past.state is not None:
        judged = asked(judged, facts)
    if decided == judged.state.state:
        judged = _amended(lost_one(judged, facts), facts)
    judged = _filled_in(judged, facts)
    return stale(replace(judged, state=with_doubt(judged.state, facts)), facts)


def _baseline(judged: Judgement, facts: Facts) -> Judgement:
    """The first state, with what is known of its history; never an alert."""
    if facts.look.awaiting & set(facts.look.sources):
        return judged
    words = [word for word in facts.words() if word.definite is not None]
    if not words and any(way_of(act) is LISTING for act in facts.acts):
        words = facts.words()
    if not words:
        return judged
    # Listed where any official list has it: the other may lack it by another spelling, or lag.
    word = next((one for one in words if one.definite is Verdict.LISTED), words[0])
    differ = any(one.definite is not word.definite for one in words)
    state = replace(
        judged.state,
        state=LISTED if word.definite is Verdict.LISTED else NOT_LISTED,
        decided_poll=facts.look.poll,
        decided_at=facts.look.now,
        history=facts.past,
    )
    act = act_in_force(state, facts, direction(state))
    if act is not None:
        state = replace(state, state=direction(state).becomes)
    elif word.definite is None:
        return judged
    state = with_doubt(state, facts)
    told = _filled_in(replace(judged, state=first_dates(state, facts, word, act)), facts)
    summary = telling.first_look(told.state, facts, word, act)
    review = (differ or state.unclear) and act is None
    return tell(told, facts, Kind.BASELINE, (word.source,), summary, act=act, review=review)


def _acts_alone(judged: Judgement, facts: Facts) -> Judgement:
    """No list has been read, and an act says it: the law is told without them.

    Only what came after the watch began is news; of an older act the lists will tell.
    """
    if facts.look.awaiting & set(facts.look.sources):
        return judged
    judged = _noticed(_withdrawn(judged, facts), facts)
    for act in facts.acts:
        way, state = way_of(act), judged.state
        if way is None or act.unsure(facts.look.today) or act.historic:
            continue
        if to_come(act, facts) and act.number not in state.noticed:
            told = replace(state, announced=act.number, noticed=noted(state, act))
            summary = telling.announced(facts, act)
            judged = tell(
                replace(judged, state=told),
                facts,
                way.announced,
                (act.number,),
                summary,
                act=act,
                review=act.undated,
            )
        elif is_news(act, facts):
            implied = replace(state, state=way.comes_from, announced=act.number)
            return _confirmed(replace(judged, state=implied), facts)
    return judged


def _withdrawn(judged: Judgement, facts: Facts) -> Judgement:
    """The announced act was withdrawn before it came into force."""
    act = find_act(facts, judged.state.announced)
    if act is None or act.stage is not Stage.WITHDRAWN:
        return judged
    way = way_of(act)
    if way is None:
        return judged
    told = replace(judged, state=forgotten(judged.state, act))
    summary = sentences(
        say("Document {number} was withdrawn before it was published.", number=act.number),
        telling.all_say(facts),
    )
    return tell(told, facts, way.cancelled, (act.number, "withdrawn"), summary, act=act)


def _confirmed(judged: Judgement, facts: Facts) -> Judgement:
    """The first of the rules (a) to (d), or their mirror."""
    past, way = judged.state, direction(judged.state)
    act = act_in_force(past, facts, way)
    rule = Rule.ACT if act else lists_confirm(past, facts, way)
    if rule is None:
        return judged
    witness = act or announced_act(past, facts, way)
    since, legal = since_when(past, facts, way, witness)
    state = replace(
        past,
        state=way.becomes,
        decided_poll=facts.look.poll,
        decided_at=facts.look.now,
        since=since,
        legal=legal,
        citation=witness.citation if witness else entry_citation(past, way),
        document_number=witness.number if witness else None,
        document_url=witness.url if witness else None,
        suspicion=None,
        announced=None,
        noticed=noted(past, act),
        told=(),
        first_said_at=first_said(past, facts, way, witness),
    )
    return tell(
        replace(judged, state=replace(state, history=moved_on(state, way))),
        facts,
        way.confirmed,
        (act.number,) if act else tuple(word.snapshot for word in facts.words()),
        telling.confirmed(rule, facts, act),
        act=witness,
        before=past.entry if way is REMOVAL else None,
        after=None if way is REMOVAL else past.entry,
        after_poll=past.decided_poll,
    )


def _announced(judged: Judgement, facts: Facts) -> Judgement:
    """An act on public inspection, or published with its effect to come."""
    way = direction(judged.state)
    for act in facts.acts:
        state = judged.state
        if act.number in state.noticed or not whole(act, facts, way) or not to_come(act, facts):
            continue
        judged = tell(
            replace(judged, state=replace(state, announced=act.number, noticed=noted(state, act))),
            facts,
            way.announced,
            (act.number,),
            telling.announced(facts, act),
            act=act,
            before=state.entry if way is REMOVAL else None,
            review=act.undated,
        )
    return judged


def _suspected(judged: Judgement, facts: Facts) -> Judgement:
    """A list source turned after the last decision and nothing confirms it yet."""
    state, way = judged.state, direction(judged.state)
    if state.suspicion is not None and state.suspicion.source in facts.look.sources:
        return judged
    word = next((word for word in facts.words() if turned(word, state, facts, way.target)), None)
    if word is None:
        return replace(judged, state=replace(state, suspicion=None))
    suspicion = Suspicion(word.source, word.definite_poll, word.turned_at, "")
    others = telling.all_say(facts, but=word.source)
    told = tell(
        replace(judged, state=replace(state, suspicion=suspicion)),
        facts,
        way.suspected,
        (word.source, word.snapshot),
        sentences(
            say(
                "{source_says}, and nothing confirms it yet.", source_says=telling.says(word, facts)
            ),
            others,
        ),
        before=state.entry if way is REMOVAL else None,
        after=None if way is REMOVAL else state.entry,
    )
    named = replace(suspicion, event=told.events[-1].id)
    return replace(told, state=replace(told.state, suspicion=named))


def _cancelled(judged: Judgement, facts: Facts) -> Judgement:
    """The suspicion's source says again what it said before."""
    state, way = judged.state, direction(judged.state)
    if state.suspicion is None:
        return judged
    word = facts.word(state.suspicion.source)
    if word is None or word.verdict in {Verdict.UNKNOWN, way.target}:
        return judged
    return tell(
        replace(judged, state=replace(state, suspicion=None)),
        facts,
        way.cancelled,
        (word.source, word.snapshot, state.suspicion.event),
        sentences(
            say("{source_says} again.", source_says=telling.says(word, facts)),
            telling.all_say(facts, but=word.source),
        ),
    )


def _noticed(judged: Judgement, facts: Facts) -> Judgement:
    """An act that names the watch and cannot be classed: a person must read it."""
    for act in facts.acts:
        state = judged.state
        way = direction(state)
        if state.state is None or (state.document_number is None and explains(act, state)):
            # Either way is open; and what the lists alone decided may be this act's doing.
            way = way_of(act) or way
        told_before = act.number in state.noticed and act.number != state.announced
        if told_before or act.number in state.read or not must_be_read(act, state, facts, way):
            continue
        noticed, read = noted(state, act), (*state.read, act.number)
        told = replace(judged, state=replace(state, noticed=noticed, read=read))
        doubted = disbelieved(act, state, facts, way)
        summary = telling.disbelieved(facts, act) if doubted else telling.must_be_read(act)
        judged = tell(told, facts, Kind.NOTICE_FOUND, (act.number,), summary, act=act, review=True)
    return judged


def _amended(judged: Judgement, facts: Facts) -> Judgement:
    """Still listed, and the entry says something else."""
    if judged.state.state != LISTED or not facts.changes or facts.changed_source is None:
        return judged
    word = facts.word(facts.changed_source)
    if word is None or word.verdict is not Verdict.LISTED:
        return judged
    state, news = amend(judged.state, facts.changes, facts.changed_source, facts.look.now)
    judged = replace(judged, state=state)
    if news is None:
        return judged
    marked = any(field.field == "name" and says_removed(field.after or "") for field in news.fields)
    return tell(
        judged,
        facts,
        Kind.NOTICE_FOUND if marked else Kind.ENTRY_AMENDED,
        (word.source, word.snapshot),
        telling.marked(word, facts)
        if marked
        else telling.amended(word, facts, news.fields, review=news.review),
        before=news.before,
        after=news.after,
        changes=news.fields,
        review=news.review or marked,
    )


def _filled_in(judged: Judgement, facts: Facts) -> Judgement:
    """An act found after the lists have confirmed gives the date, the citation and the link."""
    state = judged.state
    if state.document_number is not None or state.state is None:
        return judged
    effect = Effect.REMOVES if state.state == NOT_LISTED else Effect.ADDS
    act = ground(state, facts, effect)
    legal = act.legal_date() if act else None
    if act is None or legal is None:
        return judged
    filled = replace(
        state,
        since=legal.isoformat(),
        legal=True,
        citation=act.citation,
        document_number=act.number,
        document_url=act.url,
        noticed=noted(state, act),
        history=with_citation(state, act),
    )
    return replace(judged, state=filled)
