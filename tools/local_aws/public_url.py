# ruff: noqa: SLF001 - it extends the internals of one pinned version
"""`http://127.0.0.1:PORT/v1/...`: the address of a deployed REST API without its generated id."""

import re
from collections.abc import Iterable
from typing import Final

from tools.local_aws.asgi import Application, Receive, Scope, Send, header
from tools.local_aws.upstream import Untyped

_STAGE: Final = re.compile(r"/(v\d+)(?=/|$)")
_SIGNED: Final = "AWS4-HMAC-SHA256"


class PublicUrl:
    """ASGI wrapper that leads `/v1/...` to the REST API with a stage `v1`, the newest if there are several.

    Calls of SDKs are left alone: they are signed, and some services of AWS have paths that begin alike.
    """

    def __init__(self, application: Application, rest_apis: Untyped) -> None:
        self._application = application
        self._rest_apis = rest_apis

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request under its rewritten path."""
        if scope["type"] == "http" and _STAGE.match(scope["path"]) and not _is_signed(scope):
            scope = self._rewritten(scope)
        await self._application(scope, receive, send)

    def _rewritten(self, scope: Scope) -> Scope:
        stage = scope["path"].split("/")[1]
        api_id = newest_with_stage(self._rest_apis, stage)
        if api_id is None:
            return scope
        prefix = f"/_aws/execute-api/{api_id}"
        raw_path = scope.get("raw_path") or scope["path"].encode()
        return {**scope, "path": prefix + scope["path"], "raw_path": prefix.encode() + raw_path}


def _is_signed(scope: Scope) -> bool:
    return header(scope, b"authorization").startswith(_SIGNED) or b"X-Amz-Algorithm=" in scope["query_string"]


def newest_with_stage(v1: Untyped, stage: str) -> str | None:
    """The id of the newest REST API with a stage of that name, in any account and region."""
    stages: Iterable[tuple[tuple[str, str, str], dict[str, Untyped]]] = v1._stages_v1.all_items()
    deployed = [key for key, by_name in stages if stage in by_name]
    created = {key: api["createdDate"] for key, api in v1._rest_apis.all_items()}
    live = [key for key in deployed if key in created]
    return max(live, key=lambda key: (created[key], key))[2] if live else None
