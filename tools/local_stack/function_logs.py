"""What a function has logged, as CloudWatch holds it."""

import time
from collections.abc import Iterator
from typing import Any, Final

import botocore.session

from tools.local_stack.failure import StackError

ENVIRONMENT: Final = "local"
_PAUSE_S: Final = 0.5
_OVERLAP_MS: Final = 2_000


def client(description: dict[str, Any], service: str) -> Any:  # noqa: ANN401 - botocore has no types
    """A client of the local AWS.

    Raises:
        StackError: the stack was never started.
    """
    aws = description.get("aws")
    if aws is None:
        raise StackError("the stack was never started here")
    return botocore.session.get_session().create_client(
        service,
        endpoint_url=aws["endpoint"],
        region_name=aws["region"],
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - the local AWS checks no signature
    )


def group_of(client: Any, function: str) -> str:  # noqa: ANN401 - botocore has no types
    """The log group of a function, named as Lambda, context-operation or operation.

    Raises:
        StackError: no log group, or more than one, is meant.
    """
    wanted = function.replace("_", "-")
    pages = client.get_paginator("describe_log_groups").paginate(logGroupNamePrefix="/aws/lambda/")
    names = [str(group["logGroupName"]) for page in pages for group in page["logGroups"]]
    functions = {name: name.removeprefix("/aws/lambda/") for name in names}
    meant = [name for name, short in functions.items() if short in {wanted, f"{ENVIRONMENT}-{wanted}"}]
    meant = meant or [name for name, short in functions.items() if short.endswith(f"-{wanted}")]
    if len(meant) != 1:
        known = ", ".join(sorted(short.removeprefix(f"{ENVIRONMENT}-") for short in functions.values()))
        raise StackError(f"no single function is named {function}; there are: {known or 'none'}")
    return meant[0]


def lines(client: Any, group: str, *, follow: bool) -> Iterator[str]:  # noqa: ANN401 - botocore has no types
    """The function's log events in order; with `follow`, those to come as well, without end."""
    seen: set[str] = set()
    since = 0
    while True:
        events = [event for event in _events(client, group, since) if event["eventId"] not in seen]
        for event in sorted(events, key=lambda event: event["timestamp"]):
            seen.add(event["eventId"])
            # An event may arrive later than one with a later time stamp: a little of the past is read again.
            since = max(since, event["timestamp"] - _OVERLAP_MS)
            yield str(event["message"]).rstrip("\n")
        if not follow:
            return
        time.sleep(_PAUSE_S)


def _events(client: Any, group: str, since: int) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - botocore has no types
    pages = client.get_paginator("filter_log_events").paginate(logGroupName=group, startTime=since)
    for page in pages:
        yield from page["events"]
