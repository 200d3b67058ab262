"""What the code assumes about the Federal Register, including the act of November 2023."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from monitor.doctor.answer import CannotAsk, NotHeld, Questions
from monitor.doctor.ecfr import INSTITUTE
from monitor.screening.acts.document import Document
from monitor.screening.acts.finding import Party
from monitor.screening.acts.judge import judge
from monitor.screening.witness import Effect
from monitor.settings import FederalRegisterSource
from monitor.sources.federal_register.client import FederalRegister
from monitor.sources.fetch import Http

THE_ACT = "2023-25557"
"""88 FR 80131, which removed the institute; only its full text names it."""
_SINCE, _EFFECTIVE = date(2023, 11, 1), "2023-11-16"
_API = "monitor/sources/federal_register/client.py"
_ROWS = "monitor/sources/federal_register/answers.py"
_WINDOW = timedelta(days=120)


class _Seen:
    def __init__(self) -> None:
        self.act: Document | None = None

    def the_act(self) -> Document:
        if self.act is None:
            raise CannotAsk(f"document {THE_ACT} was not found")
        return self.act


def ask(questions: Questions, http: Http, source: FederalRegisterSource, now: datetime) -> None:
    """Every question; the one document that the whole service is about comes last."""
    register = FederalRegister(http, source.base_url or "", lambda: int(now.timestamp()))
    seen, today = _Seen(), now.date()
    questions.ask(
        "the bureau's rules on part 744 can be listed with the requested fields",
        f"{_API}: CONDITIONS, FIELDS; {_ROWS}: Row",
        lambda: _documents(register, today - _WINDOW),
    )
    questions.ask(
        "a query without matches returns count 0",
        f"{_ROWS}: Page",
        lambda: _nothing(register, today + timedelta(days=400)),
    )
    questions.ask(
        "public inspection can be read completely",
        f"{_API}: INSPECTION; {_ROWS}: Row",
        _inspection(register),
    )
    questions.ask(
        f"the query of every poll finds document {THE_ACT}",
        f"{_API}: CONDITIONS",
        lambda: _find(register, seen),
    )
    questions.ask(
        "its row has citation, dates and the URL of its text",
        f"{_ROWS}: Row",
        lambda: _row(seen.the_act()),
    )
    questions.ask(
        "its full text removes the institute",
        "monitor/screening/acts/judge.py; monitor/sources/federal_register/client.py: text",
        lambda: _judged(register, seen.the_act()),
    )


def _documents(register: FederalRegister, since: date) -> str:
    found = register.documents(since)
    if not found:
        raise NotHeld(f"no rule of the bureau on part 744 since {since}")
    newest = max(one.publication_date or "" for one in found)
    return f"{len(found)} since {since}, the newest of {newest}"


def _nothing(register: FederalRegister, since: date) -> str:
    found = register.documents(since)
    if found:
        raise NotHeld(f"{len(found)} documents from {since} on, a future date")
    return "count 0"


def _inspection(register: FederalRegister) -> Callable[[], str]:
    return lambda: f"{len(register.inspection())} documents of the bureau now"


def _find(register: FederalRegister, seen: _Seen) -> str:
    found = register.documents(_SINCE)
    seen.act = next((one for one in found if one.number == THE_ACT), None)
    if seen.act is None:
        raise NotHeld(f"not among {len(found)} documents since {_SINCE}")
    return f"among {len(found)} documents since {_SINCE}"


def _row(act: Document) -> str:
    if act.citation != "88 FR 80131" or act.publication_date != "2023-11-17":
        raise NotHeld(f"citation {act.citation}, published {act.publication_date}")
    if not act.text_url:
        raise NotHeld("no URL of its text")
    return f"{act.citation}, published {act.publication_date}, effective {act.effective_on}"


def _judged(register: FederalRegister, act: Document) -> str:
    text = register.text(act).body.decode("utf-8", "replace")
    found = judge(act, text, (Party("mps-ifs", (INSTITUTE,)),))
    said = [f"{one.effect.value} on {one.list}, effective {one.effective_on}" for _, one in found]
    removes = any(
        (one.effect, one.list, one.effective_on) == (Effect.REMOVES, "EL", _EFFECTIVE)
        for _, one in found
    )
    if not removes:
        raise NotHeld("; ".join(said) or "the text does not name it")
    return "; ".join(said)
