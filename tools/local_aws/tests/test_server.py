"""The server listens on loopback only, keeps its state through stop and kill, has a clean address."""

import json
import re
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tools.local_aws.tests.conftest import REGION, LocalAws, request
from tools.local_aws.tests.test_rest_api_import import ECHO, invocation

LOOPBACK = "0100007F"


def listening_addresses(pid: int) -> set[str]:
    """Addresses, in the kernel's spelling, on which a process listens."""
    inodes = set()
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        found = (
            re.fullmatch(r"socket:\[(\d+)\]", str(descriptor.readlink())) if descriptor.is_symlink() else None
        )
        if found:
            inodes.add(found[1])
    rows = [
        line.split()
        for table in ("tcp", "tcp6", "udp", "udp6")
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]
    ]
    return {row[1].split(":")[0] for row in rows if row[9] in inodes and row[3] in {"0A", "07"}}


def simple_document(arn: str, path: str = "/echo") -> dict[str, object]:
    operation = {"security": [], "responses": {}, "x-amazon-apigateway-integration": invocation(arn)}
    return {"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": {path: {"get": operation}}}


def test_everything_listens_on_loopback(aws: LocalAws) -> None:
    for service in (
        "sqs",
        "s3",
        "iam",
        "cognito-idp",
        "lambda",
        "logs",
        "ssm",
        "events",
        "dynamodb",
        "iot",
        "kms",
    ):
        request(
            aws.endpoint,
            "POST",
            {},
            {"authorization": f"AWS4-HMAC-SHA256 Credential=test/20260101/{REGION}/{service}/aws4_request"},
        )
    assert listening_addresses(aws.pid) == {LOOPBACK}


def test_a_taken_port_is_refused(aws: LocalAws, tmp_path: Path) -> None:
    second = LocalAws(tmp_path)
    second.port = aws.port
    second.endpoint = f"http://127.0.0.1:{1 if aws.port != 1 else 2}"
    with pytest.raises(AssertionError, match="in use"):
        second.start()


def test_the_newest_api_with_the_stage_answers_under_the_clean_address(aws: LocalAws) -> None:
    arn = aws.function("clean", ECHO)
    aws.deploy("first", simple_document(arn, "/old"), stage="v7")
    time.sleep(1.1)  # creation dates are whole seconds
    aws.deploy("second", simple_document(arn, "/new/{id}"), stage="v7")
    answer = request(f"{aws.endpoint}/v7/new/a%20b?x=1")
    assert answer.status == 201
    assert answer.json()["pathParameters"] == {"id": "a b"}
    assert request(f"{aws.endpoint}/v7/old").status == 403


def test_a_stage_that_nobody_deployed_is_left_to_ministack(aws: LocalAws) -> None:
    assert request(f"{aws.endpoint}/v99/orders").status >= 400


def test_a_crowd_of_requests_waits_instead_of_starting_a_process_each(aws: LocalAws) -> None:
    source = "import os, time\ndef handler(e, c):\n  time.sleep(0.05)\n"
    arn = aws.function("crowd", source + "  return {'statusCode': 200, 'body': str(os.getpid())}\n")
    aws.deploy("crowd", simple_document(arn), stage="v8")
    with ThreadPoolExecutor(80) as crowd:
        answers = list(crowd.map(lambda _: request(f"{aws.endpoint}/v8/echo"), range(160)))
    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) <= 16


def restart(server: LocalAws, *, kill: bool) -> None:
    if kill:
        server.kill()
    else:
        server.stop()
    server.start()


@pytest.mark.slow
@pytest.mark.parametrize("kill", [False, True], ids=["stop", "kill -9"])
def test_state_survives(tmp_path: Path, *, kill: bool) -> None:
    server = LocalAws(tmp_path)
    server.start()
    try:
        arn = server.function("kept", ECHO)
        server.deploy("kept", simple_document(arn))
        pool = server.client("cognito-idp").create_user_pool(PoolName="staff")["UserPool"]["Id"]
        server.client("cognito-idp").admin_create_user(UserPoolId=pool, Username="ada")
        server.client("ssm").put_parameter(Name="/riff/local/a", Value="b", Type="SecureString")
        server.client("s3").create_bucket(
            Bucket="kept", CreateBucketConfiguration={"LocationConstraint": REGION}
        )
        server.client("s3").put_object(Bucket="kept", Key="zip", Body=b"bytes")
        if kill:
            time.sleep(4.0)  # a little longer than the time between two snapshots
        restart(server, kill=kill)
        assert request(f"{server.endpoint}/v1/echo").status == 201
        users = server.client("cognito-idp").list_users(UserPoolId=pool)["Users"]
        assert [user["Username"] for user in users] == ["ada"]
        found = server.client("ssm").get_parameter(Name="/riff/local/a", WithDecryption=True)
        assert found["Parameter"]["Value"] == "b"
        assert server.client("s3").get_object(Bucket="kept", Key="zip")["Body"].read() == b"bytes"
    finally:
        server.stop()


def test_a_killed_server_leaves_no_worker_and_its_scratch_is_dropped(tmp_path: Path) -> None:
    server = LocalAws(tmp_path)
    server.start()
    server.function("kept", "import os\ndef handler(e, c):\n  return os.getpid()\n")
    worker = json.load(server.client("lambda").invoke(FunctionName="kept")["Payload"])
    server.kill()
    deadline = time.monotonic() + 5
    while Path(f"/proc/{worker}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{worker}").exists()
    server.start()
    server.stop()
    assert {entry.name for entry in (tmp_path / "scratch").iterdir()} == {"python", "unpacked"}
    assert not list((tmp_path / "scratch" / "unpacked").iterdir())


def test_the_port_is_free_after_a_stop(tmp_path: Path) -> None:
    server = LocalAws(tmp_path)
    server.start()
    server.stop()
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", server.port))
