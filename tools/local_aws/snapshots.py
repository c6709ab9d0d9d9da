# ruff: noqa: SLF001 - it extends the internals of one pinned version
"""State of the services, saved within seconds of a change: ministack itself saves on a clean stop only."""

import asyncio
import contextlib
import logging
from typing import Final

from tools.local_aws import upstream
from tools.local_aws.asgi import Application, Receive, Scope, Send

_log = logging.getLogger("local_aws.snapshots")
_READING_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_READING_OPERATIONS: Final = ("Get", "List", "Describe", "Query", "Scan", "BatchGet", "Filter", "Lookup")
_DATA_PLANE: Final = ("/_aws/", "/_ministack/")


class Snapshots:
    """ASGI wrapper that notes which services may have changed, and saves those."""

    def __init__(self, application: Application, interval_s: float) -> None:
        self._application = application
        self._interval_s = interval_s
        self._changed: set[str] = set()
        self._ending = asyncio.Event()
        self._ministack = upstream.load("app")
        self._router = upstream.load("core.router")
        self._persistence = upstream.load("core.persistence")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request and remember the service that it may have changed."""
        service = self._service_changed_by(scope) if scope["type"] == "http" else None
        try:
            await self._application(scope, receive, send)
        finally:
            if service is not None:
                self._changed.add(service)

    async def run(self) -> None:
        """Save what has changed, until told to end."""
        while not self._ending.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), self._interval_s)
            await self.save_changed()

    def end(self) -> None:
        """Let `run` end after the files that it is writing: ministack writes the same ones when it stops."""
        self._ending.set()

    async def save_changed(self) -> None:
        """Save the services that have changed since the last time."""
        changed, self._changed = self._changed, set()
        available = self._ministack._build_persistence_save_dict()
        for key in sorted({key for service in changed for key in self._state_keys(service)} & set(available)):
            # The copy is made here, between two requests; writing it does not hold up the next one.
            try:
                state = available[key]()
            except Exception:  # noqa: BLE001 - any service may fail to copy; the others are saved
                _log.exception("state of %s could not be copied; it stays as saved before", key)
                continue
            if state is not None:
                await asyncio.to_thread(self._persistence.save_state, key, state)

    def _state_keys(self, service: str) -> list[str]:
        entry = self._ministack.SERVICE_REGISTRY.get(service, {})
        module = entry.get("module", service)
        return [entry.get("state_key", module), *entry.get("sub_modules", ())]

    def _service_changed_by(self, scope: Scope) -> str | None:
        path, method = scope["path"], scope["method"]
        if method in _READING_METHODS or path.startswith(_DATA_PLANE) or path.endswith("/invocations"):
            return None
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
        }
        operation = headers.get("x-amz-target", "").rpartition(".")[2]
        if operation.startswith(_READING_OPERATIONS):
            return None
        service: str = self._router.detect_service(method, path, headers, {})
        aliases: dict[str, str] = self._ministack.SERVICE_NAME_ALIASES
        return aliases.get(service, service)
