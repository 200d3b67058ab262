"""`doctor`: asks the world every question that the code assumes an answer to.

None of the hosts promises what this service lives by. When one changes, this says which assumption
no longer holds and where to correct it. It changes nothing, and tells nobody but its caller.
"""

from collections.abc import Mapping
from datetime import datetime

from monitor.doctor import csl, ecfr, federal_register, machine
from monitor.doctor.answer import Answer, Held, Questions
from monitor.doctor.listening import Listening
from monitor.service import Parts
from monitor.settings import Settings
from monitor.sources.fetch import Http

__all__ = ["Answer", "Held", "examine"]


def examine(
    found: Settings, parts: Parts, https: Mapping[str, Http], now: datetime, *, quick: bool = False
) -> tuple[Answer, ...]:
    """Every answer, in a fixed order. With `quick` only this machine is asked, nobody outside."""
    answers = list(machine.ask(Questions("machine"), found, parts, network=not quick))
    if quick:
        return tuple(answers)
    for name, http in https.items():
        listening, questions = Listening(http, parts.real_clock), Questions(name)
        if name == "csl":
            csl.ask(questions, listening, found.sources.csl, parts, now)
        elif name == "ecfr":
            ecfr.ask(questions, listening, found.sources.ecfr, parts, now)
        else:
            federal_register.ask(questions, listening, found.sources.federal_register, now)
        machine.ask_clock(questions, listening)
        answers += questions.answers
    return tuple(answers)
