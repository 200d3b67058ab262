"""The eCFR versioner on the stage: the newest date, and the supplement as it stands on it."""

import json
from collections.abc import Mapping
from datetime import date, timedelta

from monitor.replay.ecfr_file import appendix
from monitor.replay.host import not_found
from monitor.replay.list_host import ListHost
from monitor.screening.entry import ENTITY_LIST, Entry
from monitor.screening.witness import WASHINGTON
from monitor.sources.fetch import Answer

BASE = "https://www.ecfr.gov"


class EcfrHost(ListHost):
    """Publishes the codified list of the newest business day."""

    name = "ecfr"

    def answer(self, url: str, headers: Mapping[str, str]) -> Answer:
        """titles.json or the full text of a date."""
        del headers
        if url.endswith("/titles.json"):
            return Answer(url, 200, self._titles())
        if "/full/" not in url:
            not_found(url)
        return Answer(url, 200, self.kept[1] if self.kept else appendix(self._entries()))

    def newest(self) -> date:
        """The business day that is up to date; a recording knows its own."""
        if self.kept and self.kept[0].as_of:
            return date.fromisoformat(self.kept[0].as_of[:10])
        day = (self.clock() - self.behind()).astimezone(WASHINGTON).date()
        return day - timedelta(days=max(0, day.weekday() - 4))

    def _titles(self) -> bytes:
        newest = self.newest().isoformat()
        row = {"number": 15, "name": "Commerce and Foreign Trade", "up_to_date_as_of": newest}
        meta = {"date": newest, "import_in_progress": False}
        return json.dumps({"titles": [row], "meta": meta}).encode()

    def _entries(self) -> list[Entry]:
        entries = [entry for entry in self.shown().values() if entry.list == ENTITY_LIST]
        for fault in self.wrong("keeps"):
            entries = entries[: int(len(entries) * fault.said.share)]
        return [] if self.wrong("no_rows") else entries
