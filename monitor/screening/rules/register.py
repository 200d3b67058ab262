"""The register: what governs each list on a day, since when, until when, by which act."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from monitor.screening.rules.codified import KeptText, last_amended, stays_in_code
from monitor.screening.rules.provision import (
    AFFILIATES,
    PROVISIONS,
    Provision,
    lists_of,
    names_of,
    spoken_of,
)
from monitor.screening.rules.rule_act import ON_STAYS, Deed, Does, RuleAct
from monitor.screening.rules.seed import AFFILIATES_RULE, SEED
from monitor.screening.rules.stays import DAY, Stay, stays
from monitor.screening.witness import WASHINGTON, Stage
from monitor.screening.words.message import (
    Message,
    capitalized,
    filled,
    joined,
    say,
    sentences,
    template,
)

IN_FORCE, STAYED, ANNOUNCED = "in_force", "stayed", "announced"
AFFILIATES_ID = "affiliates-rule"
UNSEEN = say(
    "Whether an act changed this that the monitor has not seen is not known: ask the Federal "
    "Register and the eCFR where it matters."
)
REACH = ("744.11", "supplement-4", "supplement-7")
"""Where the Affiliates Rule says whom it reaches."""
_SECTIONS = (
    "Supplement No. 4 to Part 744 (introduction)", "§ 744.8(a)(2)", "§ 744.11(a)(1)",
    "§ 744.16(e)", "§ 744.21", "Supplement No. 7 to Part 744 (introduction)",
    "Supplement No. 8 to Part 744",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PublicRule:
    """What governs a list: the RULE shape. Dates are ISO, None where not known."""

    id: str
    title: str
    sections: tuple[str, ...]
    state: str
    """`in_force`, `stayed`, or `announced`."""
    since: str | None
    until: str | None
    """The last day of a stay."""
    citation: str | None
    document_number: str | None
    url: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Rule(PublicRule):
    """A rule with the lists it bears on."""

    lists: tuple[str, ...] = ()
    doubt: str = ""
    """What later acts did to its words; empty where they are as it was made."""

    def public(self) -> PublicRule:
        """The rule without what the public shape does not name."""
        return PublicRule(*(getattr(self, field.name) for field in fields(PublicRule)))


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of rules at a moment."""

    acts: tuple[RuleAct, ...]
    """Seeded, read in the Federal Register, or told by the code's notes alone."""
    texts: Mapping[str, KeptText]
    now: datetime

    @property
    def today(self) -> date:
        """The Washington date."""
        return self.now.astimezone(WASHINGTON).date()

    def stays(self) -> list[Stay]:
        return stays(self.acts, self.today)


def known_by(read: Sequence[RuleAct], texts: Mapping[str, KeptText], now: datetime) -> Known:
    """What of the acts and texts was there by `now`.

    What a seeded act does is known for certain; the reading only says when it was seen.
    """
    came = {act.number: act for act in read}
    seeded = [_seen(act, came.get(act.number)) for act in SEED if act.known(now)]
    numbers = {act.number for act in seeded}
    acts = [*seeded, *(act for act in read if act.number not in numbers and act.known(now))]
    seen = {place: kept for place, kept in texts.items() if kept.seen_at <= now}
    noted = stays_in_code((kept.text for kept in seen.values()), acts)
    acts += [act for act in noted if act.known(now)]
    return Known(tuple(acts), seen, now)


def _seen(seeded: RuleAct, came: RuleAct | None) -> RuleAct:
    if came is None:
        return seeded
    return replace(seeded, seen_at=came.seen_at, snapshot=came.snapshot, filed_at=came.filed_at)


def rules(known: Known) -> tuple[Rule, ...]:
    """The Affiliates Rule, each provision, and every act that is to come."""
    found = [*_affiliates(known)]
    found += [_provision(one, known) for one in PROVISIONS.values()]
    found += [_announced(act) for act in known.acts if act.number and _is_to_come(act, known.today)]
    return tuple(found)


def _is_to_come(act: RuleAct, today: date) -> bool:
    if act.stage is Stage.WITHDRAWN or not act.deeds:
        return False
    return any(not _in_print(act, deed, today) for deed in act.deeds)


def _in_print(act: RuleAct, deed: Deed, today: date) -> bool:
    day = act.day_of(deed)
    return act.published(today) and day is not None and day <= today


# -- the Affiliates Rule --------------------------------------------------------------------------


def _affiliates(known: Known) -> Iterable[Rule]:
    if not any(act.number == AFFILIATES_RULE.number for act in known.acts):
        return
    today = known.today
    concerning = [stay for stay in known.stays() if set(stay.places) & set(REACH)]
    holding = [stay for stay in concerning if any(stay.holds(one, today) for one in REACH)]
    if holding:
        yield _stayed(holding[-1], known)
        return
    since, act = date(2025, 9, 29), AFFILIATES_RULE
    how: str = ""
    for stay in concerning:
        if stay.ran_out(today) and stay.until is not None:
            since, act = stay.until + DAY, AFFILIATES_RULE
            how = say(
                "Its stay by {act} ran out by its own date, {day}.",
                act=cited(stay.act),
                day=stay.until,
            )
        elif stay.ended:
            ending, since = max(stay.ended.values(), key=lambda one: one[1])
            act, how = ending, say("Its stay was ended by {act}.", act=cited(ending))
    doubt = touched(known)
    yield Rule(
        AFFILIATES_ID, _TITLE, _SECTIONS, IN_FORCE, since.isoformat(), None, act.citation,
        act.number or None, act.url, sentences(_WHOM, how, doubt, UNSEEN),
        lists_of(AFFILIATES), doubt,
    )  # fmt: skip


_TITLE = say("Affiliates Rule: foreign companies owned 50 percent or more by listed parties")
_WHOM = say(
    "Reaches every foreign company owned 50 percent or more, directly or indirectly, one by one "
    "or together, by parties on the Entity List or the Military End-User List."
)


def _stayed(stay: Stay, known: Known) -> Rule:
    until = stay.until.isoformat() if stay.until else None
    back = (
        say("Without a further act it is in force again on {day}.", day=stay.until + DAY)
        if stay.until
        else ""
    )
    doubt = touched(known)
    printed = stay.act.published(known.today)
    unprinted = "" if printed else say("That act is filed and not yet printed.")
    return Rule(
        AFFILIATES_ID, _TITLE, _SECTIONS, STAYED, stay.began.isoformat(), until, stay.act.citation,
        stay.act.number or None, stay.act.url,
        sentences(
            say("Stayed by {act}: not in force for now.", act=cited(stay.act)),
            unprinted, back, _WHOM,
            say("The rule itself is {citation}.", citation=AFFILIATES_RULE.citation),
            doubt, UNSEEN,
        ),
        lists_of(AFFILIATES), doubt,
    )  # fmt: skip


def touched(known: Known) -> str:
    """What acts have done to the provisions of the Affiliates Rule since it was made, in print."""
    said = [
        _does(deed, cited(act))
        for act in known.acts
        for deed in act.deeds
        if act.number != AFFILIATES_RULE.number
        and act.stage is not Stage.WITHDRAWN
        and not (deed.does in ON_STAYS and deed.certain)
        and set(deed.places) & set(AFFILIATES)
        and _in_print(act, deed, known.today)
        and (act.publication_date or "") > (AFFILIATES_RULE.publication_date or "")
    ]
    if not said:
        return ""
    return say(
        "Since it was made, {deeds}: please read what is left of it.", deeds=joined("; ", said)
    )


# -- each provision -------------------------------------------------------------------------------


def _provision(provision: Provision, known: Known) -> Rule:
    today, place = known.today, provision.id
    since, citation, number, url = _last_changed(place, known)
    state, until, notes = IN_FORCE, None, list[Message]()
    for stay in known.stays():
        if not stay.holds(place, today):
            continue
        last = say("until {day}", day=stay.until) if stay.until else say("without an end date")
        stayed = {"last": last, "act": cited(stay.act)}
        if place.startswith("supplement-"):
            state, since = STAYED, stay.began.isoformat()
            until = stay.until.isoformat() if stay.until else None
            citation, number, url = stay.act.citation, stay.act.number or None, stay.act.url
            notes.append(
                say("Its introduction is stayed {last} by {act}.", **stayed)
                if provision.holds_a_list
                else say("It is stayed {last} by {act}.", **stayed)
            )
        else:
            notes.append(say("Parts of it are stayed {last} by {act}.", **stayed))
    notes += [
        say(
            "{act} concerns it and was not understood with certainty: please read it.",
            act=capitalized(cited(act)),
        )
        for act in known.acts
        if any(place in deed.places and not deed.certain for deed in act.deeds)
        and act.published(today)
    ]
    kept = known.texts.get(place)
    if kept is None:
        notes.append(say("Its codified text has not been read by this monitor yet."))
    else:
        notes.append(say("Its codified text was last read as of {day}.", day=kept.as_of))
        notes += [say("Note of the eCFR: {note}", note=note) for note in kept.text.notes[:5]]
    return Rule(
        place, say("{provision}: {title}", provision=provision.name, title=provision.title),
        (provision.name,), state, since, until,
        citation, number, url, sentences(*notes), provision.lists,
    )  # fmt: skip


def _last_changed(
    place: str, known: Known
) -> tuple[str | None, str | None, str | None, str | None]:
    """Since when it reads as it does, by which act: the newest that is known or that it names."""
    changes = [
        (day, act)
        for act in known.acts
        for deed in act.deeds
        if place in deed.places
        and deed.does not in {*ON_STAYS, Does.UNCLEAR}
        and _in_print(act, deed, known.today)
        and (day := act.day_of(deed)) is not None
    ]
    kept = known.texts.get(place)
    # The credit of a list's supplement is that of its rows.
    holds_rows = PROVISIONS[place].holds_a_list
    credit = last_amended(kept.text) if kept and not holds_rows else None
    if changes:
        day, act = max(changes, key=lambda one: one[0])
        if credit is None or credit[1] <= (act.publication_date or day.isoformat()):
            return day.isoformat(), act.citation, act.number, act.url
    return (credit[1], credit[0], None, None) if credit else (None, None, None, None)


def _announced(act: RuleAct) -> Rule:
    days = act.days()
    untils = [deed.until for deed in act.deeds if deed.until]
    return Rule(
        f"act-{act.number.replace(' ', '-')}", act.title, names_of(act.places), ANNOUNCED,
        days[0].isoformat() if days else None, max(untils, default=None), act.citation,
        act.number, act.url, sentences(what_it_does(act), UNSEEN), lists_of(act.places),
    )  # fmt: skip


_DOES = {
    Does.REVISES: template("{act} revises {places}"),
    Does.ADDS: template("{act} adds {places}"),
    Does.REMOVES: template("{act} removes {places}"),
    Does.STAYS: template("{act} stays {places}"),
    Does.PROLONGS: template("{act} prolongs the stay of {places}"),
    Does.REINSTATES: template("{act} ends the stay of {places}"),
    Does.UNCLEAR: template("{act} concerns, in words that were not understood, {places}"),
}


def _does(deed: Deed, act: str) -> Message:
    return filled(_DOES[deed.does], act=act, places=listed(spoken_of(deed.places)))


def what_it_does(act: RuleAct) -> Message:
    """All that an act does, one sentence a deed."""
    return sentences(*(_what(act, deed) for deed in act.deeds))


def _what(act: RuleAct, deed: Deed) -> Message:
    said = {
        "does": _does(deed, capitalized(cited(act))),
        "until": say(" until {day}", day=deed.until) if deed.until else "",
    }
    day = act.day_of(deed)
    if day:
        return say("{does}{until}, effective {day}.", **said, day=day)
    return say("{does}{until}; from when on is not certain.", **said)


def cited(act: RuleAct) -> str:
    if act.citation and act.number:
        return say("{citation} (document {number})", citation=act.citation, number=act.number)
    return act.citation or say("document {number}", number=act.number)


def listed(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return joined(" and ", (joined(", ", names[:-1]), names[-1]))
