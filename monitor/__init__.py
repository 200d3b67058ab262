"""Watches the US Commerce Department's Entity List; tells people when a party leaves or joins.

The data flow, in one line:

schedule → poll → fetch → snapshot → parse → plausible? → verdicts and entry changes → assess
(with the acts) → events → one transaction {poll, snapshot, entries, verdicts, events,
notifications} → deliver → receipts; the status page, feeds and API only read.

Start reading at `monitor.poll`, then `monitor.judging.list_look` and
`monitor.screening.decide.assess`.
"""

__version__ = "0.1.0"
