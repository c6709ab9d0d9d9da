"""What is left in a local AWS is seen, and what AWS has by itself is not taken for it."""

from collections.abc import Iterator

import pytest

from tools.local_aws.tests.conftest import LocalAws
from tools.local_stack.remains import remains


@pytest.fixture
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAws]:
    server = LocalAws(tmp_path_factory.mktemp("aws"))
    server.start()
    yield server
    server.stop()


def test_nothing_is_left_of_nothing(aws: LocalAws) -> None:
    assert list(remains(aws.client)) == []


def test_everything_that_is_left_is_named(aws: LocalAws) -> None:
    aws.client("ssm").put_parameter(Name="/riff/local/a", Value="v", Type="String")
    aws.client("sqs").create_queue(QueueName="local-failures")
    aws.client("logs").create_log_group(logGroupName="/aws/lambda/local-x")
    aws.client("iam").create_role(RoleName="local-x", AssumeRolePolicyDocument="{}")
    key = aws.client("kms").create_key()["KeyMetadata"]["KeyId"]
    found = list(remains(aws.client))
    assert found[:-1] == [
        "iam local-x",
        "logs /aws/lambda/local-x",
        f"sqs {aws.endpoint}/000000000000/local-failures",
        "ssm /riff/local/a",
    ]
    assert found[-1] == f"kms {key}"


def test_a_key_that_waits_for_its_deletion_is_gone(aws: LocalAws) -> None:
    key = aws.client("kms").create_key()["KeyMetadata"]["KeyId"]
    aws.client("kms").schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    assert list(remains(aws.client)) == []
