"""How a notification should strike the eye: its color in mail, its severity in chats and pagers."""

from enum import StrEnum

from monitor.screening.event import LISTINGS, REMOVALS, Kind


class Tone(StrEnum):
    """What a reader should feel before reading."""

    ALERT = "alert"
    TROUBLE = "trouble"
    RELIEF = "relief"
    NEWS = "news"

    @property
    def color(self) -> str:
        """Readable beside text on white and on black."""
        return _COLORS[self]


_COLORS = {
    Tone.ALERT: "#d9482b",
    Tone.TROUBLE: "#c98a1b",
    Tone.RELIEF: "#2f9e5b",
    Tone.NEWS: "#2f7fd6",
}
_RELIEFS = frozenset({Kind.SOURCE_RECOVERED, Kind.WATCH_FRESH})
_NEWS = frozenset(
    {Kind.BASELINE, Kind.REMOVAL_CANCELLED, Kind.LISTING_CANCELLED, Kind.ENTRY_AMENDED}
)


def tone_of(kind: Kind) -> Tone:
    """The tone of a kind: what is announced, suspected or confirmed of a watch is an alert."""
    if kind in _NEWS:
        return Tone.NEWS
    if kind in REMOVALS or kind in LISTINGS or kind is Kind.NOTICE_FOUND:
        return Tone.ALERT
    return Tone.RELIEF if kind in _RELIEFS else Tone.TROUBLE
