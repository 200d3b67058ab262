"""The eCFR as a list source: the appendix of the newest date, read in full each time.

`/versions` is not asked whether anything changed: the text itself is the witness, and it is small.
"""

from monitor.screening.entry import Reading
from monitor.screening.text_age import is_older
from monitor.screening.witness import Source
from monitor.sources.ecfr.client import Ecfr
from monitor.sources.faults import faults_only
from monitor.sources.source import Fetched, Memory, digest

MEDIA = "xml"


class EcfrList:
    """Supplement No. 4 to 15 CFR part 744 as codified."""

    name = Source.ECFR

    def __init__(self, ecfr: Ecfr) -> None:
        self.ecfr = ecfr

    @faults_only
    def look(self, memory: Memory) -> Fetched:
        """Ask for the newest date's text. Raises SourceFault when no whole appendix came."""
        on = self.ecfr.newest_date()
        if is_older(on.isoformat(), memory.as_of):
            return Fetched(self.ecfr.titles_url, None, as_of=on.isoformat(), older=True)
        answer = self.ecfr.full(on)
        from monitor.sources.ecfr.table import read

        sha = digest(answer.body)
        as_of = on.isoformat()
        if sha == memory.known:
            return Fetched(answer.url, sha, answer.body, None, as_of, MEDIA)
        return Fetched(answer.url, sha, answer.body, read(answer.body), as_of, MEDIA)

    def read(self, body: bytes, media: str, lists: frozenset[str]) -> Reading:
        """Read one list of a kept body again: of the appendix's, or of the whole part's."""
        from monitor.sources.ecfr.table import read

        del media
        (list_,) = lists
        return read(body, list_)
