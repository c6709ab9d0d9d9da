"""The clock starts the live alias of a function, with an event that says which start it is and when."""

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from tools.local_aws.tests.conftest import LocalAws

NOTE = """
import json

def handler(event, context):
    print("STARTED " + json.dumps([event, context.aws_request_id, context.get_remaining_time_in_millis()]))
"""
_PATIENCE_S = 30


def started(aws: LocalAws, group: str) -> list[Any]:
    """What the function was started with, as it logged it; waits for the first time."""
    logs = aws.client("logs")
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        try:
            events = logs.filter_log_events(logGroupName=group)["events"]
        except logs.exceptions.ResourceNotFoundException:
            events = []
        lines = [event["message"] for event in events if "STARTED" in event["message"]]
        if lines:
            return [json.loads(line.split("STARTED ", 1)[1]) for line in lines]
        time.sleep(0.2)
    return []


def test_the_clock_starts_the_live_alias(aws: LocalAws) -> None:
    aws.function("note", NOTE, Timeout=120)
    functions, scheduler = aws.client("lambda"), aws.client("scheduler")
    version = functions.publish_version(FunctionName="note")["Version"]
    live = functions.create_alias(FunctionName="note", Name="live", FunctionVersion=version)["AliasArn"]
    soon = datetime.now(UTC) + timedelta(seconds=1)
    scheduler.create_schedule_group(Name="local-riff")
    scheduler.create_schedule(
        Name="note",
        GroupName="local-riff",
        ScheduleExpression=f"at({soon:%Y-%m-%dT%H:%M:%S})",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={"Arn": live, "RoleArn": "arn:aws:iam::000000000000:role/scheduler"},
    )
    ((event, request_id, left_ms),) = started(aws, "/aws/lambda/note")
    assert event["source"] == "aws.scheduler"
    assert event["id"]
    assert event["time"].startswith(f"{datetime.now(UTC):%Y-%m-%d}")
    assert request_id
    assert 60_000 < left_ms <= 120_000
