"""Events as the judgement makes them, for the tests of wording and channels."""

from dataclasses import replace
from datetime import UTC, datetime

from monitor.screening.entry import Entry
from monitor.screening.event import Event, FieldChange, Kind, Lag, NamedParty, Witness
from monitor.screening.words.labels import headline

NOW = datetime(2023, 11, 17, 13, 55, 7, tzinfo=UTC)
MINISTRY = "the Ministry of Public Security of the People's Republic of China"
INSTITUTE = Entry(
    list="EL",
    name="Ministry of Public Security's Institute of Forensic Science of China",
    aliases=(
        f"Forensic Identification Center of {MINISTRY}",
        f"Material Identification Center of {MINISTRY}",
    ),
    addresses=(
        "No. 18 West Dongbeiwang Road, Haidian District",
        "No. 17 Mulidi South Lane, Xicheng District, Beijing",
    ),
    country="CN",
    license_requirement="For all items subject to the EAR. (See § 744.11 of the EAR)",
    license_policy="Case-by-case review for ECCNs 1A004.c, 1A004.d, 1A995; presumption of denial "
    "for all other items subject to the EAR.",
    citations=("85 FR 34505", "85 FR 44161"),
    start_date="2020-06-05",
    source="ecfr",
)
RULE = "https://www.federalregister.gov/documents/2023/11/17/2023-25557/entity-list-removal"
REMOVED = Event(
    id="ev_0123456789abcdef0123456789abcdef",
    kind=Kind.REMOVAL_CONFIRMED,
    watch="mps-ifs",
    list="EL",
    at="2023-11-17T13:45:00Z",
    effective_on="2023-11-16",
    citation="88 FR 80131",
    document_number="2023-25557",
    document_url=RULE,
    title=headline(Kind.REMOVAL_CONFIRMED, INSTITUTE.name, "EL"),
    summary="A published rule removes the whole entry and is in force. The eCFR no longer has it.",
    witnesses=(
        Witness("federal_register", None, "2023-11-17", "2023-11-17T13:45:00Z", "ab" * 32, RULE),
        Witness("ecfr", "absent", "2023-11-17", "2023-11-17T13:50:00Z", "cd" * 32),
        Witness("csl", "listed", "2023-11-16T11:00:00Z", "2023-11-17T13:25:00Z", "ef" * 32),
    ),
    before=INSTITUTE,
    changes=(FieldChange("license_policy", "Presumption of denial", None),),
    lag=(Lag("ecfr", 93_784), Lag("csl", None)),
    party=INSTITUTE.name,
)
HOSTILE = "\r\nBcc: all@evil.test\u202e\u200b\x00\x1b[31m<script>alert(1)</script>&amp;@everyone "


def event(kind: Kind, **changes: object) -> Event:
    """REMOVED as another kind, with an id of its own."""
    return replace(REMOVED, kind=kind, id=f"ev_{kind.value}", **changes)  # type: ignore[arg-type]


def hostile() -> Event:
    """An event whose every text from upstream attacks its readers."""
    long = HOSTILE + "x" * 10_000
    entry = replace(
        INSTITUTE, name=long, aliases=(long,) * 60, addresses=(long,) * 60, country=HOSTILE,
        license_requirement=long, license_policy=long, citations=(HOSTILE,) * 30,
    )  # fmt: skip
    return replace(
        REMOVED,
        title=long,
        summary=f"{long}\n{long}",
        citation=HOSTILE,
        document_number=HOSTILE,
        document_url=f'javascript:alert(1)//"{HOSTILE}',
        witnesses=(
            Witness("csl", HOSTILE, HOSTILE, HOSTILE, HOSTILE, f"https://x.test/{HOSTILE}"),
        ),
        before=entry,
        changes=tuple(FieldChange(HOSTILE, long, long) for _ in range(60)),
        parties=tuple(
            NamedParty("added", f"{at} {long}", f"{at % 7}{HOSTILE}") for at in range(60)
        ),
    )
