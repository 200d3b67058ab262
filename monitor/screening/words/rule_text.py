"""What is told of rules: an act at its filing and on its day, a stay that ran out, a new text."""

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256

from monitor.screening.event import Event, FieldChange, Kind, Witness, event_id
from monitor.screening.rules.codified import KeptText, letters
from monitor.screening.rules.provision import lists_of, names_of, spoken_of
from monitor.screening.rules.register import (
    AFFILIATES_ID,
    IN_FORCE,
    REACH,
    STAYED,
    UNSEEN,
    Known,
    Rule,
    cited,
    listed,
    touched,
    what_it_does,
)
from monitor.screening.rules.rule_act import ON_STAYS, Deed, Does, RuleAct
from monitor.screening.rules.stays import DAY, Stay
from monitor.screening.state import LISTED
from monitor.screening.witness import Source
from monitor.screening.words.event_text import as_numbered, utc
from monitor.screening.words.labels import list_name
from monitor.screening.words.message import Message, joined, say, sentences

_HEADS = {
    Does.REVISES: say("a rule changes"), Does.ADDS: say("a rule comes"),
    Does.REMOVES: say("a rule goes"), Does.STAYS: say("a rule is stayed"),
    Does.PROLONGS: say("a stay is prolonged"), Does.REINSTATES: say("a stay is ended"),
    Does.UNCLEAR: say("a rule is concerned"),
}  # fmt: skip


def filed(act: RuleAct, known: Known) -> Event:
    """An act that is to come, at its filing or when it was first seen."""
    days = act.days()
    first = days[0].isoformat() if days else None
    when = say("Nothing of it is in force yet.") if act.pending(known.today) else ""
    what = {"what": _heads(act, known), "provisions": listed(names_of(act.places))}
    return _of_act(
        act, known, ("filed",), first,
        say("Announced: {what} ({provisions})", **what) if act.certain
        else say("Please read: announced: {what} ({provisions})", **what),
        sentences(_says(act), when, _stays_meant(act, known), UNSEEN),
    )  # fmt: skip


def in_force(act: RuleAct, on: date, known: Known) -> Event:
    """What an act does on one of its days, once that has come and it is in print.

    `on`: the later of that day and the day of publication.
    """
    days = [day for day in act.days() if act.first_published(day) == on]
    later = [day for day in act.days() if act.first_published(day) > on]
    dates = joined(", ", map(str, later))
    more = say("More of it follows on {days}.", days=dates) if later else ""
    what = {"what": _heads(act, known, days), "provisions": listed(names_of(act.places))}
    return _of_act(
        act, known, ("in force", on.isoformat()), days[0].isoformat(),
        say("In force: {what} ({provisions})", **what) if act.certain
        else say("Please read: in force: {what} ({provisions})", **what),
        sentences(_says(act), more, _stays_meant(act, known), UNSEEN),
    )  # fmt: skip


def withdrawn(act: RuleAct, known: Known) -> Event:
    """An act that was announced and is withdrawn."""
    places = listed(names_of(act.places))
    return _of_act(
        act, known, ("withdrawn",), None,
        say("Withdrawn: an announced act on {provisions}", provisions=places) if act.certain
        else say("Please read: withdrawn: an announced act on {provisions}", provisions=places),
        sentences(
            say(
                "{act} was withdrawn from public inspection: what it was to do does not come "
                "by it.",
                act=cited(act),
            ),
            UNSEEN,
        ),
    )  # fmt: skip


def ran_out(stay: Stay, known: Known) -> Event:
    """A stay that ended by its own date: told on the day after its last."""
    assert stay.until is not None
    back, act = stay.until + DAY, stay.act
    doubt = touched(known)
    is_affiliates = bool(set(stay.open) & set(REACH))
    places = listed(names_of(stay.open))
    reach = (
        say(
            "From that day on every foreign company owned 50 percent or more by parties on the "
            "Entity List or the Military End-User List is reached as well."
        )
        if is_affiliates
        else ""
    )
    return Event(
        id=event_id(
            Kind.RULE_CHANGED, None, None,
            ("ran out", act.number or act.citation, stay.until.isoformat()),
        ),
        kind=Kind.RULE_CHANGED,
        watch=None,
        list=_one_list(stay.open),
        at=utc(known.now),
        effective_on=back.isoformat(),
        citation=act.citation,
        document_number=as_numbered(act.number or None),
        document_url=act.url,
        title=say("Stay ran out: the Affiliates Rule is in force again since {day}", day=back)
        if is_affiliates
        else say(
            "Stay ran out: {provisions}, in force again since {day}", provisions=places, day=back
        ),
        summary=sentences(
            say(
                "The stay of {places} by {act} ended by its own date: {day} was its last day, and "
                "no act that this monitor has seen prolonged or ended it before.",
                places=listed(spoken_of(stay.open)),
                act=cited(act),
                day=stay.until,
            ),
            reach, doubt, UNSEEN,
        ),
        review=bool(doubt),
        witnesses=_witnesses(act),
    )  # fmt: skip


def new_text(
    changes: Sequence[FieldChange], before: Sequence[KeptText], now: Witness, at: datetime
) -> Event:
    """The codified text of provisions reads otherwise than `before`; `now` has the new words."""
    places = [kept.text.place for kept in before]
    names = listed(names_of(places))
    earlier = {kept.snapshot: kept for kept in before}
    words = (letters(said or "") for one in changes for said in (one.field, one.before, one.after))
    digest = sha256("\x1f".join(words).encode()).hexdigest()
    return Event(
        id=event_id(Kind.RULE_CHANGED, None, None, ("text", *places, digest)),
        kind=Kind.RULE_CHANGED,
        watch=None,
        list=_one_list(places),
        at=utc(at),
        title=say("Codified text changed: {provisions}", provisions=names),
        summary=say(
            "The eCFR as of {day} has other words in {provisions} than when it was read before. "
            "What went and what came stands below. The day of the change is that of the act behind "
            "it, which the eCFR follows within days.",
            day=now.as_of,
            provisions=names,
        ),
        witnesses=(
            now,
            *(
                Witness(Source.ECFR, None, kept.as_of, utc(kept.seen_at), kept.snapshot)
                for kept in earlier.values()
            ),
        ),
        changes=tuple(changes),
    )


def _of_act(
    act: RuleAct,
    known: Known,
    cause: Sequence[str],
    on: str | None,
    title: Message,
    summary: Message,
) -> Event:
    return Event(
        id=event_id(Kind.RULE_CHANGED, None, None, (act.number, *cause)),
        kind=Kind.RULE_CHANGED,
        watch=None,
        list=_one_list(act.places),
        at=utc(known.now),
        effective_on=on,
        citation=act.citation,
        document_number=as_numbered(act.number),
        document_url=act.url,
        title=title,
        summary=summary,
        review=not act.certain,
        witnesses=_witnesses(act),
    )


def _heads(act: RuleAct, known: Known, days: Sequence[date] = ()) -> Message:
    """What it does in a few words, on some of its days or on all."""
    deeds = [deed for deed in act.deeds if not days or act.day_of(deed) in days]
    running = known.stays()
    does = dict.fromkeys(
        Does.PROLONGS
        if deed.does is Does.STAYS and any(_goes_on(deed, act, stay) for stay in running)
        else deed.does
        for deed in deeds
    )
    return joined(", ", (_HEADS[one] for one in does))


def _goes_on(deed: Deed, act: RuleAct, stay: Stay) -> bool:
    """Whether a deed that stays provisions goes on where this stay of another act ends."""
    day = act.day_of(deed)
    return (
        stay.act.number != act.number
        and deed.certain
        and day is not None
        and stay.since < day
        and (stay.until is None or day <= stay.until + DAY)
        and bool(set(stay.places) & set(deed.places))
    )


def _says(act: RuleAct) -> Message:
    quotes = " … ".join(dict.fromkeys(deed.quote for deed in act.deeds if deed.quote))
    return sentences(
        say("“{title}”.", title=act.title),
        what_it_does(act),
        "" if act.certain else say("What it does was not certain: a person should read it."),
        say("Its words: {quotes}", quotes=quotes) if quotes else "",
    )


def _stays_meant(act: RuleAct, known: Known) -> str:
    """What of a stay is over or goes on by it; one that runs on is named with its last day."""
    if any(deed.does in ON_STAYS for deed in act.deeds):
        return ""
    running = [
        stay for stay in known.stays()
        if stay.until and stay.until >= known.today and set(stay.open) & set(act.places)
    ]  # fmt: skip
    return sentences(
        *(
            say(
                "Parts of what it concerns are stayed until {day} by {act}.",
                day=stay.until,
                act=cited(stay.act),
            )
            for stay in running[:3]
        )
    )


def _witnesses(act: RuleAct) -> tuple[Witness, ...]:
    if not act.number:
        return ()
    seen = utc(act.seen_at) if act.seen_at else None
    return (
        Witness(Source.FEDERAL_REGISTER, None, act.publication_date, seen, act.snapshot, act.url),
    )


def _one_list(places: Sequence[str]) -> str | None:
    lists = lists_of(places)
    return lists[0] if len(lists) == 1 else None


def bearing(rules: Sequence[Rule], list_: str, state: str | None) -> str | None:
    """The line on a watch's page: whom the list reaches beside its own names, or what is stayed."""
    rule = next((one for one in rules if one.id == AFFILIATES_ID and list_ in one.lists), None)
    if rule is None:
        return None
    said = _bears(rule, list_name(list_), listed=state == LISTED)
    return sentences(said, rule.doubt, UNSEEN) if said else None


def _bears(rule: Rule, list_: str, *, listed: bool) -> Message | None:
    if rule.state == IN_FORCE and listed:
        return say(
            "Listed on the {list}; companies it owns 50 percent or more are reached as well since "
            "{day}.",
            list=list_,
            day=rule.since,
        )
    if rule.state == IN_FORCE:
        return say(
            "A company that parties of the {list} own 50 percent or more is reached as well since "
            "{day}; who owns it is not known here.",
            list=list_,
            day=rule.since,
        )
    if rule.state != STAYED:
        return None
    stayed = {
        "until": say(" until {day}", day=rule.until) if rule.until else "",
        "citation": rule.citation,
    }
    if listed:
        return say(
            "The Affiliates Rule, which reaches companies it owns 50 percent or more, is "
            "stayed{until} by {citation}.",
            **stayed,
        )
    return say(
        "The Affiliates Rule, which reaches a company that parties of the list own 50 percent or "
        "more, is stayed{until} by {citation}.",
        **stayed,
    )
