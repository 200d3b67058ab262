"""The eCFR as a list source: the appendix of the newest date, read in full each time.

`/versions` is not asked whether anything changed: the text itself is the witness, and it is small.
"""

from monitor.errors import SourceFault
from monitor.screening.entry import Reading
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
        if memory.as_of and on.isoformat() < memory.as_of[:10]:
            raise SourceFault(
                f"the eCFR is up to {on} now and was up to {memory.as_of[:10]} before: an old copy"
            )
        answer = self.ecfr.full(on)
        from monitor.sources.ecfr.table import read

        sha = digest(answer.body)
        as_of = on.isoformat()
        if sha == memory.known:
            return Fetched(answer.url, sha, answer.body, None, as_of, MEDIA)
        return Fetched(answer.url, sha, answer.body, read(answer.body), as_of, MEDIA)

    def read(self, body: bytes, media: str, lists: frozenset[str]) -> Reading:
        """Read a kept body again; the appendix holds one list, and its text is always XML."""
        from monitor.sources.ecfr.table import read

        del media, lists
        return read(body)
