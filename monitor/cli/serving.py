"""`serve`: scheduler, deliverer and web in one process."""

import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import typer

from monitor.cli.context import ConfigOption, parts


def serve(context: typer.Context, config: ConfigOption = None) -> None:
    """Poll on schedule, deliver, and serve the status pages and API."""
    # Only now: no other command needs the web.
    import uvicorn

    from monitor.logs import set_up
    from monitor.schedule import Running
    from monitor.web.app import create_app

    # The server hands a signal on once it has drained: then the end is an orderly one.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with parts(context, config) as (found, built):
        set_up(found.environment.log_format)
        schedules = {str(name): one.schedule.next_after for name, one in found.sources.enabled()}

        @asynccontextmanager
        async def work() -> AsyncIterator[None]:
            running = Running(built, schedules)
            await running.start()
            try:
                yield
            finally:
                await running.stop()

        uvicorn.run(
            create_app(built, work),
            host=found.environment.host,
            port=found.environment.port,
            log_config=None,
            server_header=False,
            timeout_graceful_shutdown=10,
        )
