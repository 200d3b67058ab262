"""The vocabulary: what kinds, lists, sources, fields, verdicts and states are called, in English.

Every page, alert, feed and command takes its words from here. The keys are those of the public
contract, so that another language is another set of these tables. A key without a word here is
shown as it is.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from monitor.screening.event import LISTINGS, REMOVALS, Event, Kind
from monitor.screening.witness import WHOLE_PART, PollOutcome, Source

KINDS: Mapping[str, str] = {
    Kind.BASELINE: "First check",
    Kind.REMOVAL_ANNOUNCED: "Removal announced",
    Kind.REMOVAL_SUSPECTED: "Removal suspected",
    Kind.REMOVAL_CONFIRMED: "Removed",
    Kind.REMOVAL_CANCELLED: "Removal cancelled",
    Kind.LISTING_ANNOUNCED: "Listing announced",
    Kind.LISTING_SUSPECTED: "Listing suspected",
    Kind.LISTING_CONFIRMED: "Listed",
    Kind.LISTING_CANCELLED: "Listing cancelled",
    Kind.ENTRY_AMENDED: "Entry amended",
    Kind.NOTICE_FOUND: "Document to read",
    Kind.POSSIBLE_MATCH: "Possible match",
    Kind.LIST_CHANGED: "List changed",
    Kind.RULE_CHANGED: "Rule changed",
    Kind.SNAPSHOT_QUARANTINED: "Snapshot quarantined",
    Kind.SOURCE_FAILING: "Source failing",
    Kind.SOURCE_RECOVERED: "Source recovered",
    Kind.FORMAT_CHANGED: "Format changed",
    Kind.WATCH_STALE: "Status unknown",
    Kind.WATCH_FRESH: "Status known again",
    Kind.DELIVERY_FAILED: "Delivery failed",
}

_BY_LAW = frozenset({Kind.REMOVAL_CONFIRMED, Kind.LISTING_CONFIRMED, Kind.REMOVAL_ANNOUNCED,
                     Kind.LISTING_ANNOUNCED, Kind.BASELINE})  # fmt: skip
_HEADLINES: Mapping[str, str] = {
    "baseline_listed": "First check: {party} is on the {list}",
    "baseline_not_listed": "First check: {party} is not on the {list}",
    "baseline_possible": "First check: {party} may be on the {list} under another name",
    "baseline_unclear": "First check: nobody can tell whether {party} is on the {list}",
    Kind.REMOVAL_ANNOUNCED: "Removal announced: {party} is to leave the {list}",
    Kind.REMOVAL_SUSPECTED: "Removal suspected: {party} may have left the {list}",
    Kind.REMOVAL_CONFIRMED: "Removed: {party} has left the {list}",
    Kind.REMOVAL_CANCELLED: "Removal cancelled: {party} stays on the {list}",
    Kind.LISTING_ANNOUNCED: "Listing announced: {party} is to join the {list}",
    Kind.LISTING_SUSPECTED: "Listing suspected: {party} may have joined the {list}",
    Kind.LISTING_CONFIRMED: "Listed: {party} has joined the {list}",
    Kind.LISTING_CANCELLED: "Listing cancelled: {party} is not on the {list}",
    Kind.ENTRY_AMENDED: "Amended: the {list} entry of {party} has changed",
    Kind.NOTICE_FOUND: "Please read: a Federal Register document names {party}",
    "notice_match_gone": "Please read: a possible match of {party} leaves the {list}",
    "notice_one_lost": "Please read: one of several entries of {party} has left the {list}",
    "notice_marked": "Please read: the {list} entry of {party} says that it was removed",
    Kind.POSSIBLE_MATCH: "Possible match: an entry of the {list} may be {party}",
    Kind.WATCH_STALE: "Status unknown: the {list} has not been read successfully for {party}",
    Kind.WATCH_FRESH: "Status known again: {party} on the {list}",
}
"""Of the kinds that concern a watch; what happened and how sure it is, in one line."""

LISTS: Mapping[str, str] = {
    "EL": "Entity List",
    "UVL": "Unverified List",
    "MEU": "Military End-User List",
    "DPL": "Denied Persons List",
    "ISN": "Nonproliferation Sanctions List",
    "DTC": "AECA Debarred List",
    "SDN": "Specially Designated Nationals List",
    "FSE": "Foreign Sanctions Evaders List",
    "SSI": "Sectoral Sanctions Identifications List",
    "PLC": "Palestinian Legislative Council List",
    "CAP": "CAPTA List",
    "NS-MBS": "Non-SDN Menu-Based Sanctions List",
    "CMIC": "Chinese Military-Industrial Complex Companies List",
}

SOURCES: Mapping[str, str] = {
    Source.CSL: "Consolidated Screening List",
    Source.ECFR: "eCFR",
    WHOLE_PART: "eCFR's part 744",
    Source.FEDERAL_REGISTER: "Federal Register",
}

FIELDS: Mapping[str, str] = {
    "name": "Name",
    "aliases": "Aliases",
    "addresses": "Addresses",
    "country": "Country",
    "license_requirement": "License requirement",
    "license_policy": "License review policy",
    "citations": "Federal Register citations",
    "footnotes": "Footnotes",
    "start_date": "Listed since",
    "rows": "Number of rows",
}

STATES: Mapping[str, str] = {
    "listed": "listed",
    "not_listed": "not listed",
    "unknown": "status unknown",
}
PENDING: Mapping[str, str] = {
    "removal_announced": "removal announced",
    "removal_suspected": "removal suspected",
    "listing_announced": "listing announced",
    "listing_suspected": "listing suspected",
    "possible_match": "possible match",
}
RULE_STATES: Mapping[str, str] = {
    "in_force": "in force",
    "stayed": "stayed",
    "announced": "announced",
}
VERDICTS: Mapping[str, str] = {
    "listed": "lists it",
    "absent": "does not list it",
    "unknown": "unknown",
}
EFFECTS: Mapping[str, str] = {
    "adds": "adds the entry",
    "removes": "removes the entry",
    "revises": "revises the entry",
    "unclear": "names the party; needs a human reader",
}
OUTCOMES: Mapping[str, str] = {
    PollOutcome.ACCEPTED: "accepted",
    PollOutcome.UNCHANGED: "unchanged",
    PollOutcome.QUARANTINED: "quarantined",
    PollOutcome.FAILED: "failed",
}
CHANGES: Mapping[str, str] = {"added": "added", "removed": "removed", "amended": "amended"}
"""What happened to a row of a list."""
CHANGE_NOUNS: Mapping[str, str] = {
    "removed": "removal",
    "added": "addition",
    "amended": "amendment",
}
"""The same as things that can be counted, in the order in which they are told."""

REVIEW = "Needs review: this could not be decided with certainty."
"""Shown with an event that a person should check."""

_UNITS = ((86_400, "day"), (3600, "hour"), (60, "minute"))
_SIZES = {"d": 86_400, "h": 3600, "m": 60, "s": 1}


def headline(
    kind: str, party: str, list_: str, *, listed: bool = False, possible: bool = False
) -> str:
    """One line that says what happened to whom.

    `kind` is an event's, or the key of a headline beside them. `listed` is the state that a first
    check found, `possible` whether near names leave it open.
    """
    key = str(kind)
    if key == Kind.BASELINE:
        absent = "baseline_possible" if possible else "baseline_not_listed"
        key = "baseline_listed" if listed else absent
    return _HEADLINES[key].format(party=party, list=list_name(list_))


def kind_name(kind: str) -> str:
    return KINDS.get(kind, kind)


def list_name(code: str) -> str:
    """A list in a sentence, after "the"."""
    return LISTS.get(code, f"{code} list")


def source_title(source: str) -> str:
    """A source as a heading."""
    return SOURCES.get(source, source)


def source_name(source: str) -> str:
    """A source within a sentence."""
    return f"the {SOURCES[source]}" if source in SOURCES else source


def field_name(field: str) -> str:
    """A field of an entry as a heading."""
    return FIELDS.get(field, field.replace("_", " "))


def verdict_name(verdict: str | None) -> str:
    """What a source says of a party; nothing for the Federal Register, which has acts."""
    return VERDICTS.get(verdict, verdict) if verdict else ""


def capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]


NO_CHANNEL = (
    "Nobody is alerted: no channel is configured. Add one to apprise.yaml or monitor.yaml, or set "
    "MONITOR_APPRISE_URLS, then restart and try it with: entity-monitor test-notification"
)


def counted(count: int, noun: str, plural: str = "") -> str:
    """A number of things.

    >>> counted(1, "poll"), counted(1200, "poll"), counted(2, "watch", "watches")
    ('1 poll', '1,200 polls', '2 watches')
    """
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def span(seconds: float) -> str:
    """A length of time in its two largest units.

    >>> span(93_784), span(345_600), span(20)
    ('1 day 2 hours', '4 days', 'less than a minute')
    """
    left, parts = int(seconds), list[str]()
    for size, unit in _UNITS:
        count, left = divmod(left, size)
        if count or parts:
            parts.append(counted(count, unit) if count else "")
    return " ".join(part for part in parts[:2] if part) or "less than a minute"


def law_name(event: Event) -> str:
    """What the document of an event is to it: its rule, or the one behind what was before.

    A suspicion has no rule yet. The document that it cites is the one that listed the party, and
    must not read as if it removed it.
    """
    if event.kind in _BY_LAW or any(
        one.source == Source.FEDERAL_REGISTER for one in event.witnesses
    ):
        return "Rule"
    if event.kind in REMOVALS or event.kind == Kind.ENTRY_AMENDED:
        return "Listed by"
    return "Removed by" if event.kind in LISTINGS else "Last rule known"


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
