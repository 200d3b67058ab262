"""`serve`: scheduler, deliverer and web in one process."""

import logging
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import NoReturn

import typer

from monitor import wiring
from monitor.cli.context import ConfigOption, folder, open_service
from monitor.cli.startup import loading
from monitor.errors import UsageError
from monitor.screening.follow import Follow
from monitor.screening.watch import Watch
from monitor.screening.words.labels import NO_CHANNEL
from monitor.settings import Settings, WatchFiles

log = logging.getLogger("monitor.serve")


def serve(context: typer.Context, config: ConfigOption = None) -> None:
    """Poll on schedule, deliver, and serve the status pages and API."""
    # Only now: no other command needs the web.
    with loading():
        import uvicorn

        from monitor.judging.watch_files import FollowedFiles
        from monitor.logs import set_up
        from monitor.network.listening import listening_problem
        from monitor.network.proxies import proxy_problem
        from monitor.schedule import Running
        from monitor.upkeep.retention import Keeping
        from monitor.web.app import create_app, show
        from monitor.web.connections import ACCEPTED, MOST_HEAD, bounded, connections_at_most
        from monitor.web.guard import SHORT

    at_work: list[Running] = []

    def ends(*_: object) -> NoReturn:
        if any(one.left_behind for one in at_work):
            # An orderly end would wait for its threads: a host that hangs would keep us here.
            os._exit(0)
        sys.exit(0)

    # A thread that judges would else hold up each step of an answer for five milliseconds.
    sys.setswitchinterval(0.001)
    # The server hands a signal on once it has drained: then the end is an orderly one.
    signal.signal(signal.SIGTERM, ends)
    files = WatchFiles(wiring.config_dir(folder(context, config), os.environ))
    with open_service(context, config) as (found, service):
        if problem := listening_problem(found.environment.host, found.environment.port):
            raise UsageError(problem)
        set_up(found.environment.log_format)
        if not service.channels:
            log.warning(NO_CHANNEL)
        if (problem := proxy_problem()) is not None:
            log.error("no source can be read: %s", problem)
        _say_skipped(found)
        followed = FollowedFiles(files, partial(_read_again, found))
        schedules = {str(name): one.schedule.next_after for name, one in found.sources.enabled()}
        keep = found.retention
        keeping = Keeping(keep.snapshots.delta, keep.polls.delta)

        @asynccontextmanager
        async def work() -> AsyncIterator[None]:
            running = Running(service, schedules, keeping, followed, partial(show, app))
            at_work.append(running)
            await running.start()
            try:
                yield
            finally:
                await running.stop()

        environment = found.environment
        token = environment.admin_token
        if token and len(token.get_secret_value()) < SHORT:
            log.warning(
                "the admin token has less than %d characters: draw a longer one at random", SHORT
            )
        app = create_app(
            service,
            work,
            admin_token=token.get_secret_value() if token else None,
            public_url=found.public_url,
            cors_origins=found.cors_origins,
            data_dir=environment.data_dir,
        )
        uvicorn.run(
            app,
            host=environment.host,
            port=environment.port,
            log_config=None,
            server_header=False,
            timeout_graceful_shutdown=10,
            http=bounded(connections_at_most(environment.max_connections)),
            backlog=ACCEPTED,
            h11_max_incomplete_event_size=MOST_HEAD,
            # Who the client is says the proxy that was configured, and nobody else.
            proxy_headers=bool(environment.trusted_proxies),
            forwarded_allow_ips=[*environment.trusted_proxies],
        )


def _read_again(found: Settings) -> tuple[tuple[Watch, ...], tuple[Follow, ...]]:
    """Who is watched, and what followed, by the files as they are now. Raises ConfigError."""
    again = wiring.read_again(found)
    _say_skipped(again)
    return wiring.watches(again), wiring.follows(again)


def _say_skipped(found: Settings) -> None:
    for file in found.watch_files:
        if file.skipped:
            log.warning(
                "%s: %d lines are not watched; `config check` names them",
                file.file, len(file.skipped),
            )  # fmt: skip
