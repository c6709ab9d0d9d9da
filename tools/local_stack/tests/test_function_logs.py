"""Logs of functions, as the local AWS holds them."""

import itertools
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tools.local_aws.tests.conftest import LocalAws
from tools.local_stack.failure import StackError
from tools.local_stack.function_logs import group_of, lines


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    server = LocalAws(tmp_path_factory.mktemp("aws"))
    server.start()
    client = server.client("logs")
    for name in ("local-sales-void-order", "local-raffles-show-raffle", "local-public-show-raffle"):
        client.create_log_group(logGroupName=f"/aws/lambda/{name}")
    client.create_log_stream(logGroupName="/aws/lambda/local-sales-void-order", logStreamName="s")
    yield client
    server.stop()


def put(client: Any, *messages: str, at: int | None = None) -> None:  # noqa: ANN401 - boto3 has no types
    client.put_log_events(
        logGroupName="/aws/lambda/local-sales-void-order",
        logStreamName="s",
        logEvents=[{"timestamp": at or time.time_ns() // 1_000_000, "message": text} for text in messages],
    )


@pytest.mark.parametrize("name", ["void_order", "void-order", "sales-void-order", "local-sales-void-order"])
def test_a_function_is_found_by_any_of_its_names(logs: Any, name: str) -> None:  # noqa: ANN401 - as above
    assert group_of(logs, name) == "/aws/lambda/local-sales-void-order"


@pytest.mark.parametrize("name", ["show_raffle", "order", "", "nothing"])
def test_a_name_that_means_none_or_several_is_refused(logs: Any, name: str) -> None:  # noqa: ANN401 - as above
    with pytest.raises(StackError, match="public-show-raffle, raffles-show-raffle, sales-void-order"):
        group_of(logs, name)


def test_lines_come_once_and_in_order_even_if_they_are_equal(logs: Any) -> None:  # noqa: ANN401 - as above
    now = time.time_ns() // 1_000_000
    put(logs, "same", "same", at=now)
    put(logs, "later", at=now + 1)
    following = lines(logs, "/aws/lambda/local-sales-void-order", follow=True)
    assert list(itertools.islice(following, 3)) == ["same", "same", "later"]
    put(logs, "later", "last", at=now + 1)
    assert list(itertools.islice(following, 2)) == ["later", "last"]
    assert list(lines(logs, "/aws/lambda/local-sales-void-order", follow=False))[-1] == "last"
