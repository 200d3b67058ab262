"""The vocabulary: what kinds, lists, sources, fields, verdicts and states are called.

Every page, alert, feed and command takes its words from here. The keys are those of the public
contract. A key without a word here is shown as it is.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from monitor.screening.event import LISTINGS, REMOVALS, Event, Kind
from monitor.screening.witness import WHOLE_PART, PollOutcome, Source
from monitor.screening.words.message import Message, filled, joined, say, say_many, template

KINDS: Mapping[str, Message] = {
    Kind.BASELINE: say("First check"),
    Kind.REMOVAL_ANNOUNCED: say("Removal announced"),
    Kind.REMOVAL_SUSPECTED: say("Removal suspected"),
    Kind.REMOVAL_CONFIRMED: say("Removed"),
    Kind.REMOVAL_CANCELLED: say("Removal cancelled"),
    Kind.LISTING_ANNOUNCED: say("Listing announced"),
    Kind.LISTING_SUSPECTED: say("Listing suspected"),
    Kind.LISTING_CONFIRMED: say("Listed"),
    Kind.LISTING_CANCELLED: say("Listing cancelled"),
    Kind.ENTRY_AMENDED: say("Entry amended"),
    Kind.NOTICE_FOUND: say("Document to read"),
    Kind.POSSIBLE_MATCH: say("Possible match"),
    Kind.LIST_CHANGED: say("List changed"),
    Kind.RULE_CHANGED: say("Rule changed"),
    Kind.SNAPSHOT_QUARANTINED: say("Snapshot quarantined"),
    Kind.SOURCE_FAILING: say("Source failing"),
    Kind.SOURCE_RECOVERED: say("Source recovered"),
    Kind.FORMAT_CHANGED: say("Format changed"),
    Kind.WATCH_STALE: say("Status unknown"),
    Kind.WATCH_FRESH: say("Status known again"),
    Kind.DELIVERY_FAILED: say("Delivery failed"),
}

_BY_LAW = frozenset({Kind.REMOVAL_CONFIRMED, Kind.LISTING_CONFIRMED, Kind.REMOVAL_ANNOUNCED,
                     Kind.LISTING_ANNOUNCED, Kind.BASELINE})  # fmt: skip
_HEADLINES: Mapping[str, str] = {
    "baseline_listed": template("First check: {party} is on the {list}"),
    "baseline_not_listed": template("First check: {party} is not on the {list}"),
    "baseline_possible": template("First check: {party} may be on the {list} under another name"),
    "baseline_unclear": template("First check: nobody can tell whether {party} is on the {list}"),
    Kind.REMOVAL_ANNOUNCED: template("Removal announced: {party} is to leave the {list}"),
    Kind.REMOVAL_SUSPECTED: template("Removal suspected: {party} may have left the {list}"),
    Kind.REMOVAL_CONFIRMED: template("Removed: {party} has left the {list}"),
    Kind.REMOVAL_CANCELLED: template("Removal cancelled: {party} stays on the {list}"),
    Kind.LISTING_ANNOUNCED: template("Listing announced: {party} is to join the {list}"),
    Kind.LISTING_SUSPECTED: template("Listing suspected: {party} may have joined the {list}"),
    Kind.LISTING_CONFIRMED: template("Listed: {party} has joined the {list}"),
    Kind.LISTING_CANCELLED: template("Listing cancelled: {party} is not on the {list}"),
    Kind.ENTRY_AMENDED: template("Amended: the {list} entry of {party} has changed"),
    Kind.NOTICE_FOUND: template("Please read: a Federal Register document names {party}"),
    "notice_match_gone": template("Please read: a possible match of {party} leaves the {list}"),
    "notice_one_lost": template(
        "Please read: one of several entries of {party} has left the {list}"
    ),
    "notice_marked": template("Please read: the {list} entry of {party} says that it was removed"),
    Kind.POSSIBLE_MATCH: template("Possible match: an entry of the {list} may be {party}"),
    Kind.WATCH_STALE: template(
        "Status unknown: the {list} has not been read successfully for {party}"
    ),
    Kind.WATCH_FRESH: template("Status known again: {party} on the {list}"),
}
"""Of the kinds that concern a watch; what happened and how sure it is, in one line."""

LISTS: Mapping[str, Message] = {
    "EL": say("Entity List"),
    "UVL": say("Unverified List"),
    "MEU": say("Military End-User List"),
    "DPL": say("Denied Persons List"),
    "ISN": say("Nonproliferation Sanctions List"),
    "DTC": say("AECA Debarred List"),
    "SDN": say("Specially Designated Nationals List"),
    "FSE": say("Foreign Sanctions Evaders List"),
    "SSI": say("Sectoral Sanctions Identifications List"),
    "PLC": say("Palestinian Legislative Council List"),
    "CAP": say("CAPTA List"),
    "NS-MBS": say("Non-SDN Menu-Based Sanctions List"),
    "CMIC": say("Chinese Military-Industrial Complex Companies List"),
}

SOURCES: Mapping[str, Message] = {
    Source.CSL: say("Consolidated Screening List"),
    Source.ECFR: say("eCFR"),
    WHOLE_PART: say("eCFR's part 744"),
    Source.FEDERAL_REGISTER: say("Federal Register"),
}

_IN_SENTENCES: Mapping[str, Message] = {
    Source.CSL: say("the Consolidated Screening List"),
    Source.ECFR: say("the eCFR"),
    WHOLE_PART: say("the eCFR's part 744"),
    Source.FEDERAL_REGISTER: say("the Federal Register"),
}

FIELDS: Mapping[str, Message] = {
    "name": say("Name"),
    "aliases": say("Aliases"),
    "addresses": say("Addresses"),
    "country": say("Country"),
    "license_requirement": say("License requirement"),
    "license_policy": say("License review policy"),
    "citations": say("Federal Register citations"),
    "footnotes": say("Footnotes"),
    "start_date": say("Listed since"),
    "rows": say("Number of rows"),
}

STATES: Mapping[str, Message] = {
    "listed": say("listed"),
    "not_listed": say("not listed"),
    "unknown": say("status unknown"),
}
PENDING: Mapping[str, Message] = {
    "removal_announced": say("removal announced"),
    "removal_suspected": say("removal suspected"),
    "listing_announced": say("listing announced"),
    "listing_suspected": say("listing suspected"),
    "possible_match": say("possible match"),
}
RULE_STATES: Mapping[str, Message] = {
    "in_force": say("in force"),
    "stayed": say("stayed"),
    "announced": say("announced"),
}
VERDICTS: Mapping[str, Message] = {
    "listed": say("lists it"),
    "absent": say("does not list it"),
    "unknown": say("unknown"),
}
EFFECTS: Mapping[str, Message] = {
    "adds": say("adds the entry"),
    "removes": say("removes the entry"),
    "revises": say("revises the entry"),
    "unclear": say("names the party; needs a human reader"),
}
OUTCOMES: Mapping[str, Message] = {
    PollOutcome.ACCEPTED: say("accepted"),
    PollOutcome.UNCHANGED: say("unchanged"),
    PollOutcome.QUARANTINED: say("quarantined"),
    PollOutcome.FAILED: say("failed"),
}
CHANGES: Mapping[str, Message] = {
    "added": say("added"),
    "removed": say("removed"),
    "amended": say("amended"),
}
"""What happened to a row of a list."""
CHANGE_ORDER = ("removed", "added", "amended")
"""The same in the order in which they are told."""

DECISIONS: Mapping[str, Message] = {"same": say("same"), "different": say("different")}
DELIVERIES: Mapping[str, Message] = {
    "pending": say("pending"), "sent": say("sent"), "dead": say("dead"),
    "skipped": say("skipped"),
}  # fmt: skip
"""What became of a notification."""

REVIEW = say("Needs review: this could not be decided with certainty.")
"""Shown with an event that a person should check."""

_SIZES = {"d": 86_400, "h": 3600, "m": 60, "s": 1}


def headline(
    kind: str, party: str, list_: str, *, listed: bool = False, possible: bool = False
) -> Message:
    """One line that says what happened to whom.

    `kind` is an event's, or the key of a headline beside them. `listed` is the state that a first
    check found, `possible` whether near names leave it open.
    """
    key = str(kind)
    if key == Kind.BASELINE:
        absent = "baseline_possible" if possible else "baseline_not_listed"
        key = "baseline_listed" if listed else absent
    return filled(_HEADLINES[key], party=party, list=list_name(list_))


def kind_name(kind: str) -> str:
    return KINDS.get(kind, kind)


def list_name(code: str) -> str:
    """A list in a sentence, after "the"."""
    return LISTS.get(code) or say("{code} list", code=code)


def source_title(source: str) -> str:
    """A source as a heading."""
    return SOURCES.get(source, source)


def source_name(source: str) -> str:
    """A source within a sentence."""
    return _IN_SENTENCES.get(source, source)


def field_name(field: str) -> str:
    """A field of an entry as a heading."""
    return FIELDS.get(field, field.replace("_", " "))


def verdict_name(verdict: str | None) -> str:
    """What a source says of a party; nothing for the Federal Register, which has acts."""
    return VERDICTS.get(verdict, verdict) if verdict else ""


NO_CHANNEL = say(
    "Nobody is alerted: no channel is configured. Add one to apprise.yaml or monitor.yaml, or set "
    "MONITOR_APPRISE_URLS, then restart and try it with: entity-monitor test-notification"
)


def counted(count: int, noun: str, plural: str = "") -> str:
    """A number of things, for commands and the log.

    >>> counted(1, "row"), counted(1200, "row"), counted(2, "match", "matches")
    ('1 row', '1,200 rows', '2 matches')
    """
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def changes_counted(kind: str, count: int) -> Message:
    """A number of changes of one kind.

    >>> changes_counted("added", 1), changes_counted("removed", 140)
    ('1 addition', '140 removals')
    """
    if kind == "removed":
        return say_many(count, "{count:,} removal", "{count:,} removals")
    if kind == "added":
        return say_many(count, "{count:,} addition", "{count:,} additions")
    return say_many(count, "{count:,} amendment", "{count:,} amendments")


def polls(count: int) -> Message:
    return say_many(count, "{count:,} poll", "{count:,} polls")


def watches(count: int) -> Message:
    return say_many(count, "{count:,} watch", "{count:,} watches")


def span(seconds: float) -> Message:
    """A length of time in its two largest units.

    >>> span(93_784), span(345_600), span(20)
    ('1 day 2 hours', '4 days', 'less than a minute')
    """
    days, left = divmod(int(seconds), 86_400)
    hours, left = divmod(left, 3600)
    units = (
        (days, say_many(days, "{count:,} day", "{count:,} days")),
        (hours, say_many(hours, "{count:,} hour", "{count:,} hours")),
        (left // 60, say_many(left // 60, "{count:,} minute", "{count:,} minutes")),
    )
    first = next((at for at, (count, _) in enumerate(units) if count), None)
    if first is None:
        return say("less than a minute")
    return joined(" ", (unit for count, unit in units[first : first + 2] if count))


def law_name(event: Event) -> Message:
    """What the document of an event is to it: its rule, or the one behind what was before.

    A suspicion has no rule yet. The document that it cites is the one that listed the party, and
    must not read as if it removed it.
    """
    if event.kind in _BY_LAW or any(
        one.source == Source.FEDERAL_REGISTER for one in event.witnesses
    ):
        return say("Rule")
    if event.kind in REMOVALS or event.kind == Kind.ENTRY_AMENDED:
        return say("Listed by")
    return say("Removed by") if event.kind in LISTINGS else say("Last rule known")


def duration(seconds: float) -> str:
    """Seconds as the configuration writes durations: `90s`, `15m`, `6h`, `3d`."""
    whole = int(seconds)
    for unit, size in _SIZES.items():
        if whole and whole % size == 0:
            return f"{whole // size}{unit}"
    return f"{whole}s"


def duration_span(duration_: str) -> str:
    """A duration of the configuration in words.

    >>> duration_span("90s"), duration_span("4d")
    ('1 minute', '4 days')
    """
    return span(int(duration_[:-1]) * _SIZES[duration_[-1]])


def minute(moment: datetime) -> str:
    """A time for a reader, to the minute: "2023-11-17 13:45 UTC"."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def day_or_minute(stamp: str) -> str:
    """An RFC 3339 time as `minute` has it; a date, or what is neither, as it is."""
    try:
        return minute(datetime.strptime(stamp, "%Y-%m-%dT%H:%M:%S%z"))
    except ValueError:
        return stamp
