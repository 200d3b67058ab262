"""What each kind of event is called: a subject that a phone shows whole, and one sentence.

Every kind has its phrase; the sentence says what happened and how sure it is. It stands in where an
event brings no title of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.screening.event import Kind

LISTS: Mapping[str, str] = {
    "EL": "Entity List",
    "UVL": "Unverified List",
    "MEU": "Military End-User List",
    "DPL": "Denied Persons List",
    "SDN": "Specially Designated Nationals List",
}
"""Names of the lists by their codes; a list without a name here is called by its code."""

SOURCES: Mapping[str, str] = {
    "csl": "Consolidated Screening List",
    "ecfr": "eCFR",
    "federal_register": "Federal Register",
}

FIELDS: Mapping[str, str] = {
    "name": "Name",
    "aliases": "Aliases",
    "addresses": "Addresses",
    "country": "Country",
    "license_requirement": "License requirement",
    "license_policy": "License review policy",
    "citations": "Federal Register citations",
    "start_date": "Start date",
    "rows": "Number of rows",
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """`subject` is completed by a name; `sentence` has {name} and {list} in it."""

    subject: str
    sentence: str


PHRASES: Mapping[Kind, Phrase] = {
    Kind.BASELINE: Phrase(
        "Now watched", "{name} is now watched on the {list}. This is a first state, not an alert."
    ),
    Kind.REMOVAL_ANNOUNCED: Phrase(
        "Removal announced", "Announced, not yet in force: {name} is to leave the {list}."
    ),
    Kind.REMOVAL_SUSPECTED: Phrase(
        "Removal suspected", "Suspected, not confirmed: {name} may have left the {list}."
    ),
    Kind.REMOVAL_CONFIRMED: Phrase(
        "Removed from the {list}", "Confirmed: {name} was removed from the {list}."
    ),
    Kind.REMOVAL_CANCELLED: Phrase(
        "Removal called off", "Called off: {name} is still on the {list}."
    ),
    Kind.LISTING_ANNOUNCED: Phrase(
        "Listing announced", "Announced, not yet in force: {name} is to join the {list}."
    ),
    Kind.LISTING_SUSPECTED: Phrase(
        "Listing suspected", "Suspected, not confirmed: {name} may have joined the {list}."
    ),
    Kind.LISTING_CONFIRMED: Phrase(
        "Added to the {list}", "Confirmed: {name} was added to the {list}."
    ),
    Kind.LISTING_CANCELLED: Phrase(
        "Listing called off", "Called off: {name} is not on the {list}."
    ),
    Kind.ENTRY_AMENDED: Phrase(
        "Entry amended", "The entry of {name} on the {list} was amended; it is still listed."
    ),
    Kind.NOTICE_FOUND: Phrase(
        "Please read a notice",
        "Not certain: a Federal Register document names {name}; a person must read it.",
    ),
    Kind.SNAPSHOT_QUARANTINED: Phrase(
        "Snapshot held back", "A snapshot of {name} is implausible and is held back, not used."
    ),
    Kind.SOURCE_FAILING: Phrase(
        "Source failing", "{name} cannot be read; what was known is kept, not renewed."
    ),
    Kind.SOURCE_RECOVERED: Phrase("Source recovered", "{name} can be read again."),
    Kind.FORMAT_CHANGED: Phrase(
        "Format changed", "{name} changed its format in very many rows; no entry was amended."
    ),
    Kind.WATCH_STALE: Phrase(
        "Status unknown", "Nobody can tell now whether {name} is on the {list}: no good look."
    ),
    Kind.WATCH_FRESH: Phrase(
        "Status known again", "It is known again whether {name} is on the {list}."
    ),
    Kind.DELIVERY_FAILED: Phrase(
        "Delivery failed", "A notification could not be delivered and was given up."
    ),
}
