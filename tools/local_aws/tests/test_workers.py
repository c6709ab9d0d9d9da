"""Functions run from their zip and the standard library alone, and their logs are whole."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tools.local_aws.tests.conftest import LocalAws

LOOK_AROUND = """
import importlib.util, os, sys

def handler(event, context):
    if event.get("say"):
        print(event["say"])
    return {
        "found": [name for name in event.get("import", []) if importlib.util.find_spec(name)],
        "path": sys.path, "version": list(sys.version_info[:2]), "environment": dict(os.environ),
        "utf8": sys.flags.utf8_mode,
    }
"""


def invoke(aws: LocalAws, name: str, event: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
    return json.load(aws.client("lambda").invoke(FunctionName=name, Payload=json.dumps(event))["Payload"])


@pytest.fixture(scope="module")
def look(aws: LocalAws) -> LocalAws:
    aws.function("look", LOOK_AROUND, Environment={"Variables": {"RIFF_FUNCTION": "look"}})
    return aws


def test_packages_of_the_server_are_out_of_reach(look: LocalAws) -> None:
    seen = invoke(
        look, "look", {"import": ["ministack", "boto3", "yaml", "pytest", "pip", "tools", "sqlite3"]}
    )
    assert seen["found"] == ["sqlite3"]


def test_the_python_is_that_of_the_functions(look: LocalAws) -> None:
    seen = invoke(look, "look", {})
    assert seen["version"] == [3, 13]
    assert seen["utf8"] == 1


def test_a_function_sees_its_own_settings_and_none_of_the_server(look: LocalAws) -> None:
    environment = invoke(look, "look", {})["environment"]
    assert environment["RIFF_FUNCTION"] == "look"
    assert environment["AWS_ENDPOINT_URL"] == look.endpoint
    assert not {"STATE_DIR", "PERSIST_STATE", "VIRTUAL_ENV", "PYTHONPATH", "DOCKER_HOST"} & environment.keys()


def test_the_callers_environment_stays_outside(tmp_path_factory: pytest.TempPathFactory) -> None:
    server = LocalAws(tmp_path_factory.mktemp("aws"))
    server.start(
        {"PATH": "/usr/bin:/bin", "PYTHONPATH": ".", "AWS_ENDPOINT_URL": "http://nowhere", "SECRET": "1"}
    )
    try:
        server.function("look", LOOK_AROUND)
        environment = invoke(server, "look", {})["environment"]
        assert environment["AWS_ENDPOINT_URL"] == server.endpoint
        assert "SECRET" not in environment
    finally:
        server.stop()


def test_workers_of_one_function_share_its_unpacked_zip(aws: LocalAws) -> None:
    source = "import os, time\ndef handler(e, c):\n  time.sleep(0.4)\n"
    source += "  return [os.getpid(), os.path.realpath(__file__)]\n"
    aws.function("shared", source)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: invoke(aws, "shared", {}), range(4)))
    assert len({pid for pid, _ in answers}) > 1
    assert len({path for _, path in answers}) == 1


def test_no_bytecode_appears_beside_the_code(aws: LocalAws) -> None:
    source = "import beside, os\ndef handler(e, c):\n  return os.listdir(os.path.dirname(__file__))\n"
    aws.function("bare", source, extra={"beside.py": ""})
    assert sorted(invoke(aws, "bare", {})) == ["beside.py", "index.py"]


def log_lines(aws: LocalAws, name: str) -> list[str]:
    events = aws.client("logs").filter_log_events(logGroupName=f"/aws/lambda/{name}")["events"]
    return [event["message"].rstrip("\n") for event in events]


def test_a_line_logged_by_an_invocation_belongs_to_it(look: LocalAws) -> None:
    for number in range(20):
        invoke(look, "look", {"say": f"line {number}"})
    lines = log_lines(look, "look")
    starts = [index for index, line in enumerate(lines) if line.startswith("START")][-20:]
    assert [f"line {number}" for number in range(20)] == [lines[index + 1] for index in starts]


def test_the_end_mark_is_not_logged(look: LocalAws) -> None:
    invoke(look, "look", {"say": "x"})
    assert not [line for line in log_lines(look, "look") if "end of log" in line]


def test_a_silent_function_is_not_waited_for(look: LocalAws) -> None:
    client = look.client("lambda")
    client.invoke(FunctionName="look", Payload=b"{}")
    took = []
    for _ in range(20):
        began = time.perf_counter()
        client.invoke(FunctionName="look", Payload=b"{}")
        took.append(time.perf_counter() - began)
    assert min(took) < 0.045


def test_another_python_is_refused(aws: LocalAws) -> None:
    aws.function("old", LOOK_AROUND)
    aws.client("lambda").update_function_configuration(FunctionName="old", Runtime="python3.12")
    answer = aws.client("lambda").invoke(FunctionName="old", Payload=b"{}")
    assert answer["FunctionError"]
    assert b"runs on python3.13" in answer["Payload"].read()


def test_a_function_that_dies_is_reported_and_starts_again(aws: LocalAws) -> None:
    aws.function(
        "dies", "import os\ndef handler(event, context):\n  os._exit(3) if event.get('die') else None\n"
    )
    died = aws.client("lambda").invoke(FunctionName="dies", Payload=b'{"die": true}')
    assert died["FunctionError"]
    assert invoke(aws, "dies", {}) is None


def test_an_unknown_function_is_not_found(aws: LocalAws) -> None:
    with pytest.raises(ClientError, match="not found"):
        aws.client("lambda").invoke(FunctionName="nobody")
