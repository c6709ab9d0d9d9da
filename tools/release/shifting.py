"""A gradual release: new versions take a share of the calls, alarms are watched, then all calls or none.

Terraform publishes a version for every function and leaves the alias where it is, when it is told so by the
document of `held`. Here the alias moves, and back when an alarm says so.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import attrs
from botocore.exceptions import BotoCoreError, ClientError

from tools.release.migration import ReleaseError

_LIVE: Final = "live"
_POLL_S: Final = 10.0


class RolledBackError(ReleaseError):
    """An alarm went off while new versions took a share of the calls; every alias is where it was."""


@attrs.frozen
class Shift:
    """A function whose alias is to move.

    Attributes:
        function: its name.
        live: the version that answers.
        fresh: the version that is to answer.
    """

    function: str
    live: str
    fresh: str

    @property
    def alarm(self) -> str:
        """The alarm on failures behind the alias (module observability)."""
        return f"{self.function}-live-errors"


def held(client: Any, environment: str, operations: Mapping[str, str]) -> dict[str, dict[str, str]]:  # noqa: ANN401 - botocore has no types
    """What Terraform is told so that no alias moves: the version that is live, by operation.

    Args:
        client: of Lambda.
        environment: its name.
        operations: name of each function without the environment, by operation.

    Functions that are new have no live version, and answer at once.
    """
    found = {operation: _alias(client, f"{environment}-{name}") for operation, name in operations.items()}
    return {
        operation: {"live_version": alias["FunctionVersion"]} for operation, alias in found.items() if alias
    }


def pending(client: Any, functions: list[str]) -> list[Shift]:  # noqa: ANN401 - botocore has no types
    """Functions whose newest version is not live."""
    shifts = []
    for function in functions:
        alias = _alias(client, function)
        newest = _newest(client, function)
        if alias and newest and alias["FunctionVersion"] != newest:
            shifts.append(Shift(function, alias["FunctionVersion"], newest))
    return shifts


def shift(
    lambda_client: Any,  # noqa: ANN401 - botocore has no types
    alarms_client: Any,  # noqa: ANN401 - botocore has no types
    shifts: list[Shift],
    *,
    share: float,
    watch_s: float,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[str]:
    """Give new versions a share of the calls, watch, then give them all; line by line.

    Raises:
        RolledBackError: an alarm went off; all aliases answer with their former versions again.
        ReleaseError: AWS refused; aliases that had moved are back.
    """
    if not shifts:
        yield "every function's newest version is live"
        return
    try:
        for each in shifts:
            _move(lambda_client, each, each.live, {each.fresh: share})
        yield f"{len(shifts)} new versions take {share:.0%} of the calls; watching for {watch_s:.0f} s"
        _watch(alarms_client, shifts, watch_s, sleep)
        for each in shifts:
            _move(lambda_client, each, each.fresh, {})
    except BaseException:
        for each in shifts:
            _move(lambda_client, each, each.live, {})
        raise
    yield from (f"{each.function}: {each.live} -> {each.fresh}" for each in shifts)


def _watch(client: Any, shifts: list[Shift], watch_s: float, sleep: Callable[[float], None]) -> None:  # noqa: ANN401
    """Look at the alarms until the time is up, which is what was slept."""
    left = watch_s
    while True:
        if ringing := sorted(_ringing(client, shifts)):
            raise RolledBackError(f"rolled back: {', '.join(ringing)}")
        if left <= 0:
            return
        pause = min(_POLL_S, left)
        sleep(pause)
        left -= pause


def _ringing(client: Any, shifts: list[Shift]) -> Iterator[str]:  # noqa: ANN401 - botocore has no types
    names = [each.alarm for each in shifts]
    for start in range(0, len(names), 100):  # as many as one request may name
        try:
            answer = client.describe_alarms(AlarmNames=names[start : start + 100], StateValue="ALARM")
        except (BotoCoreError, ClientError) as error:
            raise ReleaseError(f"alarms cannot be read: {error}") from error
        yield from (alarm["AlarmName"] for alarm in answer["MetricAlarms"])


def _move(client: Any, each: Shift, version: str, weights: Mapping[str, float]) -> None:  # noqa: ANN401
    try:
        client.update_alias(
            FunctionName=each.function,
            Name=_LIVE,
            FunctionVersion=version,
            RoutingConfig={"AdditionalVersionWeights": dict(weights)},
        )
    except (BotoCoreError, ClientError) as error:
        raise ReleaseError(f"the alias of {each.function} cannot be moved: {error}") from error


def _alias(client: Any, function: str) -> dict[str, Any] | None:  # noqa: ANN401 - botocore has no types
    try:
        return dict(client.get_alias(FunctionName=function, Name=_LIVE))
    except ClientError as error:
        if error.response["Error"]["Code"] == "ResourceNotFoundException":
            return None
        raise ReleaseError(f"the alias of {function} cannot be read: {error}") from error
    except BotoCoreError as error:
        raise ReleaseError(f"the alias of {function} cannot be read: {error}") from error


def _newest(client: Any, function: str) -> str | None:  # noqa: ANN401 - botocore has no types
    try:
        pages = client.get_paginator("list_versions_by_function").paginate(FunctionName=function)
        versions = [each["Version"] for page in pages for each in page["Versions"]]
    except (BotoCoreError, ClientError) as error:
        raise ReleaseError(f"versions of {function} cannot be read: {error}") from error
    numbered = [int(version) for version in versions if version.isdecimal()]
    return str(max(numbered)) if numbered else None


def document(releases: Mapping[str, Mapping[str, str]]) -> str:
    """The held versions as an environment variable hands them to Terraform."""
    return json.dumps(releases, sort_keys=True)
