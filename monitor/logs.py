"""Logs: to stderr, as JSON or for a person; set up once by `serve`.

What is logged while a source is polled carries `poll`, and while a notification is sent `channel`:
one id runs through everything that a piece of work does, in whichever thread. A traceback is plain
text in either form: the values of its variables, which may be secrets, are never printed.
"""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import structlog


def set_up(form: Literal["json", "console"]) -> None:
    """Sends every log record to stderr in one form. The HTTP client's request lines stay out."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[structlog.typing.Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if form == "json"
        else [
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            )
        ]
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    for noisy in ("httpx", "httpcore", "apprise", "uvicorn.access", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # It warns at each tick that finds the work of the last one still going on: no fault here.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


@contextmanager
def about(**said: str) -> Iterator[None]:
    """Every record logged inside carries these."""
    with structlog.contextvars.bound_contextvars(**said):
        yield
