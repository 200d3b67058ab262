"""Whatever is thrown while a source is asked or read, as a fault of that source.

A host may send what nobody foresaw; an exception that ends the round would silence every source.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from monitor.errors import MonitorError, SourceFault
from monitor.screening.words.message import joined, say

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger("monitor.sources")


def surprise(error: Exception) -> SourceFault:
    """The fault that stands for an exception nobody foresaw; it is logged with its trace."""
    log.error("an answer could not be handled", exc_info=error)
    said = " ".join(str(error).split())[:200]
    kind = joined(": ", (type(error).__name__, said))
    return SourceFault(say("the answer could not be handled: {kind}", kind=kind))


def faults_only(ask: Callable[P, T]) -> Callable[P, T]:
    """Raises SourceFault in place of every exception that is not one of our own."""

    @wraps(ask)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return ask(*args, **kwargs)
        except MonitorError:
            raise
        except Exception as error:
            raise surprise(error) from error

    return asked
