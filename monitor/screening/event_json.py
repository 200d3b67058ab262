"""An event and an entry as the plain dictionaries that other people's programs read.

The keys are the public contract: none is left out, none is added, whatever is in them. Nothing is
judged, cut or cleaned here.
"""

from typing import Any

from monitor.screening.entry import Entry
from monitor.screening.event import PublicEvent


def entry_json(entry: Entry) -> dict[str, Any]:
    return {
        "list": entry.list,
        "name": entry.name,
        "aliases": list(entry.aliases),
        "addresses": list(entry.addresses),
        "country": entry.country,
        "license_requirement": entry.license_requirement,
        "license_policy": entry.license_policy,
        "citations": list(entry.citations),
        "start_date": entry.start_date,
        "source": entry.source,
    }


def event_json(event: PublicEvent) -> dict[str, Any]:
    """EVENT of the public contract; times are RFC 3339, UTC, `Z`."""
    return {
        "id": event.id,
        "kind": event.kind.value,
        "watch": event.watch,
        "list": event.list,
        "at": event.at,
        "effective_on": event.effective_on,
        "citation": event.citation,
        "document_number": event.document_number,
        "document_url": event.document_url,
        "title": event.title,
        "summary": event.summary,
        "review": event.review,
        "witnesses": [
            {
                "source": witness.source,
                "verdict": witness.verdict,
                "as_of": witness.as_of,
                "seen_at": witness.seen_at,
                "snapshot": witness.snapshot,
                "url": witness.url,
            }
            for witness in event.witnesses
        ],
        "before": entry_json(event.before) if event.before else None,
        "after": entry_json(event.after) if event.after else None,
        "changes": [
            {"field": change.field, "before": change.before, "after": change.after}
            for change in event.changes
        ],
        "lag": [{"source": lag.source, "seconds": lag.seconds} for lag in event.lag],
    }
