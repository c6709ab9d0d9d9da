"""An account's first things, on the local AWS."""

from typing import Any

import pytest

from tools.local_aws.tests.conftest import REGION, LocalAws
from tools.release.account import make_state_bucket, owner_password, set_secrets
from tools.release.clients import client

ACCOUNT = "000000000000"


@pytest.fixture
def parameters(aws: LocalAws) -> Any:  # noqa: ANN401 - botocore has no types
    return client("ssm", aws.endpoint, REGION)


def with_secrets(parameters: Any, environment: str) -> None:  # noqa: ANN401
    """What Terraform has made, without values."""
    for name in (
        f"/riff/{environment}-reader/database/password",
        f"/riff/{environment}-payments/api_key",
        f"/riff/{environment}-owner/database/password",
    ):
        parameters.put_parameter(Name=name, Value="not-set", Type="SecureString")
    parameters.put_parameter(Name=f"/riff/{environment}/database/host", Value="h", Type="String")


def value(parameters: Any, name: str) -> str:  # noqa: ANN401
    return str(parameters.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"])


def test_the_state_bucket_is_made_once_and_put_right_again(aws: LocalAws) -> None:
    s3 = client("s3", aws.endpoint, REGION, ACCOUNT)
    assert next(iter(make_state_bucket(s3, ACCOUNT, REGION))) == "made riff-state-000000000000"
    s3.put_bucket_versioning(
        Bucket="riff-state-000000000000", VersioningConfiguration={"Status": "Suspended"}
    )
    lines = list(make_state_bucket(s3, ACCOUNT, REGION))
    assert lines[0] == "found riff-state-000000000000"
    assert s3.get_bucket_versioning(Bucket="riff-state-000000000000")["Status"] == "Enabled"
    block = s3.get_public_access_block(Bucket="riff-state-000000000000")
    assert all(block["PublicAccessBlockConfiguration"].values())


def test_passwords_are_made_once_and_kept(parameters: Any) -> None:  # noqa: ANN401
    with_secrets(parameters, "dev")
    lines = list(set_secrets(parameters, None, "dev", {}))
    assert "/riff/dev-reader/database/password: set" in lines
    assert "/riff/dev-payments/api_key: to be given" in lines
    made = value(parameters, "/riff/dev-reader/database/password")
    assert len(made) >= 43
    assert "/riff/dev-reader/database/password: as before" in list(set_secrets(parameters, None, "dev", {}))
    assert value(parameters, "/riff/dev-reader/database/password") == made


def test_given_secrets_and_the_database_s_own_are_stored(parameters: Any) -> None:  # noqa: ANN401
    with_secrets(parameters, "staging")
    list(set_secrets(parameters, "kept-by-the-database", "staging", {"payments/api_key": "k"}))
    assert value(parameters, "/riff/staging-payments/api_key") == "k"
    assert value(parameters, "/riff/staging-owner/database/password") == "kept-by-the-database"


def test_no_line_tells_a_secret(parameters: Any) -> None:  # noqa: ANN401
    with_secrets(parameters, "quiet")
    told = "\n".join(set_secrets(parameters, "s3cr3t", "quiet", {"payments/api_key": "s3cr3t"}))
    assert "s3cr3t" not in told


class Databases:
    """Stands where the client of RDS is."""

    def describe_db_clusters(self, **_: object) -> dict[str, Any]:
        """One cluster that keeps its owner's password."""
        return {"DBClusters": [{"MasterUserSecret": {"SecretArn": "arn:x"}}]}


class Secrets:
    """Stands where the client of Secrets Manager is."""

    def get_secret_value(self, **_: object) -> dict[str, Any]:
        """What Aurora stores."""
        return {"SecretString": '{"username": "riff_owner", "password": "of this week"}'}


def test_reads_the_password_that_the_database_keeps() -> None:
    assert owner_password(Databases(), Secrets(), "dev") == "of this week"
