"""What a function has logged, as CloudWatch holds it."""

import re
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from tools.local_stack.failure import StackError

ENVIRONMENT: Final = "local"
_PAUSE_S: Final = 0.5
_OVERLAP_MS: Final = 2_000


def group_of(client: Any, function: str) -> str:  # noqa: ANN401 - botocore has no types
    """The log group of a function, named as Lambda, context-operation or operation.

    Raises:
        StackError: no log group, or more than one, is meant.
    """
    wanted = function.replace("_", "-")
    pages = client.get_paginator("describe_log_groups").paginate(logGroupNamePrefix="/aws/lambda/")
    names = [str(group["logGroupName"]) for page in pages for group in page["logGroups"]]
    functions = {name: name.removeprefix("/aws/lambda/") for name in names}
    spelling = re.compile(rf"({ENVIRONMENT}-)?([a-z]+-)?{re.escape(wanted)}")
    meant = [name for name, short in functions.items() if spelling.fullmatch(short)]
    if len(meant) != 1:
        known = ", ".join(sorted(short.removeprefix(f"{ENVIRONMENT}-") for short in functions.values()))
        raise StackError(f"no single function is named {function}; there are: {known or 'none'}")
    return meant[0]


def lines(client: Any, group: str, *, follow: bool) -> Iterator[str]:  # noqa: ANN401 - botocore has no types
    """The function's log events in order; with `follow`, those to come as well, without end."""
    seen: Counter[tuple[str, int, str]] = Counter()
    since = 0
    while True:
        found: Counter[tuple[str, int, str]] = Counter()
        for event in sorted(_events(client, group, since), key=lambda event: event["timestamp"]):
            # ministack gives events no id; the same line may well occur twice in one millisecond.
            identity = (event["logStreamName"], event["timestamp"], event["message"])
            found[identity] += 1
            if found[identity] > seen[identity]:
                seen[identity] += 1
                # An event may arrive later than one with a later time stamp: a little is read again.
                since = max(since, event["timestamp"] - _OVERLAP_MS)
                yield str(event["message"]).rstrip("\n")
        if not follow:
            return
        time.sleep(_PAUSE_S)


def _events(client: Any, group: str, since: int) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - botocore has no types
    pages = client.get_paginator("filter_log_events").paginate(logGroupName=group, startTime=since)
    for page in pages:
        yield from page["events"]
