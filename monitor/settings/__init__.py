"""What the operator says: the files of the config folder and the environment, validated.

`load` gives `Settings` or raises ConfigError with every problem, each with file, line and key.
Nothing here is read at import, and no setting changes after it was loaded.
"""

from monitor.settings.durations import Duration
from monitor.settings.environment import Environment
from monitor.settings.load import Channels, Settings, load
from monitor.settings.schedules import Schedule
from monitor.settings.sources import (
    CslSource,
    EcfrSource,
    FederalRegisterSource,
    ListSettings,
    Sources,
    SourceSettings,
)
from monitor.settings.upkeep import MonitorFile, Reminders, Retention, Webhook
from monitor.settings.watch_changes import WatchFiles
from monitor.settings.watch_files import WatchFile, Watchlist, load_watchlist
from monitor.settings.watchlist import Follow, Watch

__all__ = [
    "Channels",
    "CslSource",
    "Duration",
    "EcfrSource",
    "Environment",
    "FederalRegisterSource",
    "Follow",
    "ListSettings",
    "MonitorFile",
    "Reminders",
    "Retention",
    "Schedule",
    "Settings",
    "SourceSettings",
    "Sources",
    "Watch",
    "WatchFile",
    "WatchFiles",
    "Watchlist",
    "Webhook",
    "load",
    "load_watchlist",
]
