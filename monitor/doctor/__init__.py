"""`doctor`: checks every assumption that the code makes about its hosts and this machine.

None of the hosts promises what this service depends on. When one changes, this says which
assumption failed and where to fix it. It changes nothing and alerts nobody.
"""

from collections.abc import Mapping
from datetime import datetime

from monitor.doctor import csl, ecfr, federal_register, machine
from monitor.doctor.answer import Answer, Questions, Result
from monitor.doctor.listening import Listening
from monitor.screening.witness import Source
from monitor.service import Service
from monitor.settings import Settings
from monitor.sources.fetch import Http

__all__ = ["Answer", "Result", "examine"]


def examine(
    found: Settings,
    service: Service,
    https: Mapping[str, Http],
    now: datetime,
    *,
    quick: bool = False,
) -> tuple[Answer, ...]:
    """Every answer, in a fixed order. With `quick` only this machine is checked."""
    answers = list(machine.ask(Questions("machine"), found, service, network=not quick))
    if quick:
        return tuple(answers)
    for name, http in https.items():
        listening, questions = Listening(http, service.real_clock), Questions(name)
        if name == Source.CSL:
            csl.ask(questions, listening, found.sources.csl, service, now)
        elif name == Source.ECFR:
            ecfr.ask(questions, listening, found.sources.ecfr, service, now)
        else:
            federal_register.ask(questions, listening, found.sources.federal_register, now)
        machine.ask_clock(questions, listening)
        answers += questions.answers
    return tuple(answers)
