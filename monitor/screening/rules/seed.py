"""What the register is born with: the Affiliates Rule and its stay, as the law had them in 2026.

90 FR 47201 reached every foreign company owned 50 percent or more by listed parties; 90 FR 50857
stayed that "until Nov. 9, 2026".
"""

from monitor.screening.rules.provision import AFFILIATES
from monitor.screening.rules.rule_act import Deed, Does, RuleAct
from monitor.screening.witness import Stage

_DOCUMENTS = "https://www.federalregister.gov/documents/"

AFFILIATES_RULE = RuleAct(
    number="2025-19001",
    title="Expansion of End-User Controls To Cover Affiliates of Certain Listed Entities",
    citation="90 FR 47201",
    url=f"{_DOCUMENTS}2025/09/30/2025-19001/"
    "expansion-of-end-user-controls-to-cover-affiliates-of-certain-listed-entities",
    stage=Stage.DOCUMENT,
    publication_date="2025-09-30",
    filed_at=None,
    deeds=(Deed(Does.REVISES, AFFILIATES, "2025-09-29"),),
)
STAY = RuleAct(
    number="2025-19846",
    title="One Year Suspension of Expansion of End-User Controls for Affiliates of Certain"
    " Listed Entities",
    citation="90 FR 50857",
    url=f"{_DOCUMENTS}2025/11/12/2025-19846/one-year-suspension-of-expansion-of-end-user-"
    "controls-for-affiliates-of-certain-listed-entities",
    stage=Stage.DOCUMENT,
    publication_date="2025-11-12",
    filed_at=None,
    deeds=(Deed(Does.STAYS, AFFILIATES, "2025-11-10", "2026-11-09"),),
)
SEED = (AFFILIATES_RULE, STAY)
