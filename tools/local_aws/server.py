"""The server: ministack's application, extended, on loopback, until told to stop."""

import asyncio
import logging
import resource
import shutil
import signal
import threading
import time
from pathlib import Path
from typing import Final

from hypercorn.asyncio import serve
from hypercorn.config import Config

from tools.local_aws import gateway, settings, upstream, workers
from tools.local_aws.admission import Admission
from tools.local_aws.public_url import PublicUrl
from tools.local_aws.replay import ReplayRetries
from tools.local_aws.settings import HOST, Settings
from tools.local_aws.snapshots import Snapshots

_DROPPED: Final = ".dropped-"
_log = logging.getLogger("local_aws")


def run(chosen: Settings) -> None:
    """Serve until SIGTERM or SIGINT, then save all state.

    Raises:
        UnknownUpstreamError: the installed ministack is not the pinned one.
        OSError: the port is taken.
    """
    upstream.require_pinned_version()
    prepare(chosen)
    settings.apply(chosen)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 65536)), hard))
    asyncio.run(_serve(chosen))


def prepare(chosen: Settings) -> None:
    """Make the folders, and drop what a killed server left in the one for scratch."""
    if chosen.scratch.exists():
        chosen.scratch.rename(chosen.state / f"{_DROPPED}{time.time_ns()}")
    # Many small files: nobody has to wait for them to be gone.
    threading.Thread(target=_delete_dropped, args=(chosen.state,), name="dropped", daemon=True).start()
    for folder in (chosen.services, chosen.objects, chosen.scratch):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def _delete_dropped(state: Path) -> None:
    for folder in state.glob(f"{_DROPPED}*"):
        shutil.rmtree(folder, ignore_errors=True)


async def _serve(chosen: Settings) -> None:
    # Only now: ministack reads its settings from the environment when it is imported.
    ministack = upstream.load("app")
    rest_apis = upstream.load("services.apigateway_v1")
    gateway.extend(rest_apis)
    hidden = settings.ministack_environment(chosen).keys() - {"TMPDIR"}
    workers.extend(upstream.load("core.lambda_runtime"), chosen.scratch, hidden)
    logging.getLogger("hypercorn.access").setLevel(logging.WARNING)

    snapshots = Snapshots(ministack.app, chosen.snapshot_interval_s)
    application = PublicUrl(Admission(ReplayRetries(snapshots), chosen.requests_at_once), rest_apis)
    stop = asyncio.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signum, stop.set)
    saving = asyncio.create_task(snapshots.run())

    async def told_to_stop() -> None:
        await stop.wait()
        snapshots.end()
        await saving

    _log.info("local AWS on %s, state in %s", chosen.endpoint, chosen.state)
    await serve(application, _configuration(chosen), shutdown_trigger=told_to_stop)  # type: ignore[arg-type] # hypercorn's own ASGI types


def _configuration(chosen: Settings) -> Config:
    configuration = Config()
    configuration.bind = [f"{HOST}:{chosen.port}"]
    configuration.keep_alive_timeout = 75
    configuration.graceful_timeout = 1.0
    configuration.loglevel = "WARNING"
    return configuration
