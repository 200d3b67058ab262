"""What a reminder adds to an event that was told before: a number, an id of its own, a lead.

The note is what the outbox keeps of a notification beside its event: empty, or `reminder:2`.
"""

from dataclasses import replace

from monitor.notify.clean import fit
from monitor.notify.message import SUBJECT_LIMIT, Story

_PREFIX = "reminder:"


def reminder_number(note: str) -> int | None:
    """Which reminder it is, counted from 1; None where the note says that it is none.

    Raises ValueError for a note of another sort.
    """
    if not note:
        return None
    if not note.startswith(_PREFIX):
        raise ValueError(f"not the note of a reminder: {note}")
    return int(note.removeprefix(_PREFIX))


def message_id(event: str, note: str) -> str:
    """The id by which a receiver tells a repeat: the same on every try, another for a reminder."""
    number = reminder_number(note)
    return event if number is None else f"{event}_reminder_{number}"


def reminding(story: Story, note: str) -> Story:
    """The story as a reminder tells it; unchanged where it is none."""
    number = reminder_number(note)
    if number is None:
        return story
    return replace(
        story,
        subject=fit(f"Reminder {number}: {story.subject}", SUBJECT_LIMIT),
        headline=f"Reminder {number}, told before: {story.headline}",
        paragraphs=(
            *story.paragraphs,
            f"To stop these reminders: entity-monitor acknowledge {story.event_id}",
        ),
    )
