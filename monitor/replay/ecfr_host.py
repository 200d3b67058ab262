"""The eCFR versioner on the stage: the newest date, and the supplement as it stood on each.

Its dated versions begin with the story: what was before that, nobody on the stage knows.
"""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from monitor.replay.ecfr_file import appendix
from monitor.replay.host import not_found
from monitor.replay.list_host import ListHost, Rows
from monitor.screening.entry import ENTITY_LIST, Entry
from monitor.screening.witness import WASHINGTON
from monitor.sources.ecfr.client import PART
from monitor.sources.ecfr.xml import APPENDIX
from monitor.sources.fetch import Answer

BASE = "https://www.ecfr.gov"
_FULL = re.compile(r"/full/(\d{4}-\d\d-\d\d)/")


class EcfrHost(ListHost):
    """Publishes the codified list of the newest business day."""

    name = "ecfr"

    def answer(self, url: str, headers: Mapping[str, str]) -> Answer:
        """titles.json, the versions there are, or the full text of a date."""
        del headers
        if url.endswith("/titles.json"):
            return Answer(url, 200, self._titles())
        if "/versions/" in url:
            return Answer(url, 200, self._versions())
        asked = _FULL.search(url) or not_found(url)
        if self.kept:
            return Answer(url, 200, self.kept[1])
        return Answer(url, 200, appendix(self._entries(date.fromisoformat(asked[1]))))

    def newest(self) -> date:
        """The business day that is up to date; a recording knows its own."""
        if self.kept and self.kept[0].as_of:
            return date.fromisoformat(self.kept[0].as_of[:10])
        return _business_day(self.clock() - self.behind())

    def _titles(self) -> bytes:
        newest = self.newest().isoformat()
        row = {"number": 15, "name": "Commerce and Foreign Trade", "up_to_date_as_of": newest}
        meta = {"date": newest, "import_in_progress": False}
        return json.dumps({"titles": [row], "meta": meta}).encode()

    def _versions(self) -> bytes:
        """The dates on which the rows changed; of a recording, the one date it was made of."""
        days = {self.newest()} if self.kept else self.changes().keys()
        rows = [
            {"identifier": APPENDIX, "part": PART, "type": "appendix", "date": day.isoformat(),
             "issue_date": day.isoformat(), "substantive": True, "removed": False}
            for day in sorted(days)
        ]  # fmt: skip
        return json.dumps({"content_versions": rows, "meta": {"result_count": len(rows)}}).encode()

    def changes(self) -> dict[date, Rows]:
        """The rows from each date on which they changed, as far as the copy that is served goes."""
        until = self.clock() - self.behind()
        shown = [one for one in self.past if one[0] <= until] or self.past[:1]
        return {_business_day(at): rows for at, rows in shown}

    def _entries(self, on: date) -> list[Entry]:
        versions = [rows for day, rows in self.changes().items() if day <= on]
        shown = versions[-1] if versions else {}
        entries = [entry for entry in shown.values() if entry.list == ENTITY_LIST]
        for fault in self.wrong("keeps"):
            entries = entries[: int(len(entries) * fault.said.share)]
        return [] if self.wrong("no_rows") else entries


def _business_day(moment: datetime) -> date:
    """The day in Washington, or the Friday before."""
    day = moment.astimezone(WASHINGTON).date()
    return day - timedelta(days=max(0, day.weekday() - 4))
