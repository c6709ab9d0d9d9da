"""Every environment on a local AWS: `local` made and taken away, the others planned in accounts of their own.

All functions of the sources are deployed, one small zip for all, so that what each may do is read from what
IAM was really told.
"""

import base64
import contextlib
import hashlib
import io
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.policies import Policy
from tools.artifacts.functions import find_functions
from tools.artifacts.manifest import Artifact, described, write
from tools.door import environment, terragrunt
from tools.door.failure import MissingToolError
from tools.door.process import Argv, run_logged
from tools.door.tallies import tallies
from tools.door.workspace import Workspace, groups
from tools.local_aws.tests.conftest import REGION, LocalAws
from tools.local_stack.remains import remains
from tools.release.account import make_state_bucket
from tools.release.clients import client

pytestmark = [
    pytest.mark.slow,
    pytest.mark.stack,
    # Four environments, each unit with its own start of the provider: half an hour of processor time.
    pytest.mark.skipif("RIFF_ENVIRONMENTS" not in os.environ, reason="set RIFF_ENVIRONMENTS=1 to run it"),
]

_ROOT = Path(__file__).parents[2]
_ACCOUNT = "000000000000"
_QUIET = ["--log-level", "warn"]
_ROLES = ("reader", "business", "critical", "owner")
# All units but the account's own; functions are one per group.
_UNITS = len(list((_ROOT / "terraform/units").glob("*/main.tf"))) - 2 + len(groups())


@pytest.fixture(scope="module")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAws]:
    """A local AWS with nothing in it, for programs that need Terragrunt."""
    try:
        terragrunt.prepare()
    except MissingToolError as error:
        pytest.skip(f"no Terragrunt: {error}")
    server = LocalAws(tmp_path_factory.mktemp("aws"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of every function, whose code is one line."""
    folder = tmp_path_factory.mktemp("dist")
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("riff.py", "def handler(event, context): return event\n")
    whole = hashlib.sha256(content.getvalue())
    (folder / "one.zip").write_bytes(content.getvalue())
    code = base64.b64encode(whole.digest()).decode()
    zip_ = Artifact("one.zip", whole.hexdigest(), code, len(content.getvalue()))
    found = find_functions(_ROOT / "src/python")
    listed = {each.operation: described(each, dict.fromkeys(("arm64", "x86_64"), zip_)) for each in found}
    write(folder / "artifacts.json", "0" * 64, listed)
    argv: Argv = [environment.python(), "-m", "tools.openapi.bundle", "openapi", folder / "openapi.json"]
    run_logged(argv, "bundle for a test", env=environment.imports(), announce=False)
    return folder


@pytest.fixture(scope="module")
def local(aws: LocalAws, dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The environment `local`, applied."""
    folder = tmp_path_factory.mktemp("local")
    stack = {
        "architecture": "x86_64",
        "database": {"host": "127.0.0.1", "name": "riff", "port": 5432},
        "payments": "http://127.0.0.1:9000",
        "settings": {},
    }
    (folder / "stack.json").write_text(json.dumps(stack))
    variables = {
        "RIFF_AWS_ENDPOINT": aws.endpoint,
        "RIFF_DIST": str(dist),
        "RIFF_STACK": str(folder / "stack.json"),
        "RIFF_TERRAFORM_STATE": str(folder / "state"),
        "TF_VAR_secret_values": "{}",
    }
    made = Workspace("local", folder / "work", variables, mark="test")
    made.run("apply", "-parallelism=20", "-compact-warnings", options=_QUIET)
    return made


def _deployed(dist: Path) -> dict[str, Any]:
    """The functions as they were built, whatever has become of the sources since."""
    return dict(json.loads((dist / "artifacts.json").read_text())["functions"])


@pytest.fixture(scope="module")
def policies(request: pytest.FixtureRequest, aws: LocalAws, dist: Path) -> list[Policy]:
    """What every function's role may do, as IAM has it."""
    request.getfixturevalue("local")
    iam, found = aws.client("iam"), []
    for function in _deployed(dist).values():
        role = f"local-{function['name']}"
        assert iam.list_role_policies(RoleName=role)["PolicyNames"] == ["grants"]
        assert iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"] == []
        document = iam.get_role_policy(RoleName=role, PolicyName="grants")["PolicyDocument"]
        told = document if isinstance(document, dict) else json.loads(document)
        found.append(Policy("local", function, tuple(told["Statement"])))
    return found


def test_no_function_can_do_what_it_did_not_declare(policies: list[Policy]) -> None:
    assert {each.function["name"]: more for each in policies if (more := each.beyond())} == {}


def test_every_pattern_in_a_policy_is_one_of_those_that_were_argued_for(policies: list[Policy]) -> None:
    assert {each.function["name"]: more for each in policies if (more := each.patterns())} == {}


def test_every_function_reads_its_own_role_s_secrets_and_those_it_declared(policies: list[Policy]) -> None:
    assert {each.function["name"]: each.readable() for each in policies} == {
        each.function["name"]: each.declared_parts() for each in policies
    }


@pytest.mark.usefixtures("local")
def test_no_secret_lies_where_every_function_reads(aws: LocalAws) -> None:
    pages = aws.client("ssm").get_paginator("describe_parameters").paginate()
    secrets = {
        each["Name"] for page in pages for each in page["Parameters"] if each["Type"] == "SecureString"
    }
    assert len(secrets) >= len(_ROLES)
    assert {name for name in secrets if not name.startswith("/riff/local-")} == set()


@pytest.mark.usefixtures("local")
def test_every_job_is_started_by_the_clock_and_put_aside_where_it_failed(aws: LocalAws, dist: Path) -> None:
    jobs = {name: told for name, told in _deployed(dist).items() if told["trigger"] == "schedule"}
    scheduler = aws.client("scheduler")
    queue = aws.client("sqs").get_queue_url(QueueName="local-failures")["QueueUrl"]
    listed = scheduler.list_schedules(GroupName="local-riff")["Schedules"]
    assert len(listed) == len(jobs)
    for operation, told in jobs.items():
        name = f"local-{operation.replace('_', '-')}"
        found = scheduler.get_schedule(GroupName="local-riff", Name=name)
        target = found["Target"]
        assert (found["ScheduleExpression"], found["State"]) == (told["every"], "ENABLED")
        assert target["Arn"].endswith(f":function:local-{told['name']}:live")
        assert target["DeadLetterConfig"]["Arn"].endswith(f":{queue.rpartition('/')[2]}")
        assert target["RetryPolicy"] == {"MaximumEventAgeInSeconds": 60, "MaximumRetryAttempts": 1}


def test_a_second_plan_is_empty(local: Workspace) -> None:
    counted = tallies(local.run("plan", "-detailed-exitcode", "-compact-warnings", options=_QUIET))
    assert len(counted) == _UNITS
    assert [each for each in counted if not each.untouched] == []


def test_destroy_leaves_nothing(local: Workspace, aws: LocalAws) -> None:
    """The last of this module that uses `local`."""
    log = local.run("destroy", "-parallelism=20", "-compact-warnings", options=_QUIET)
    assert len(tallies(log)) == _UNITS
    assert list(remains(aws.client)) == []


@pytest.mark.parametrize(
    ("name", "account"), [("dev", "111111111111"), ("staging", "111111111111"), ("prod", "222222222222")]
)
def test_plans_from_nothing_in_an_account_of_its_own(
    name: str, account: str, aws: LocalAws, dist: Path, tmp_path: Path
) -> None:
    with contextlib.closing(client("s3", aws.endpoint, REGION, account)) as s3:
        list(make_state_bucket(s3, account, REGION))
    variables = {"RIFF_AWS_ENDPOINT": aws.endpoint, "RIFF_DIST": str(dist), "TF_VAR_secret_values": "{}"}
    planned = Workspace(name, tmp_path / "work", variables, mark=f"test-{name}")
    counted = tallies(planned.run("plan", "-compact-warnings", options=_QUIET))
    assert len(counted) == _UNITS
    assert {each.destroyed for each in counted} == {0}
