"""What an account needs before Terraform can work in it, and the secrets that Terraform is not told."""

import json
import secrets
from collections.abc import Iterator, Mapping
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from tools.release.migration import ReleaseError

_NOT_SET: Final = "not-set"  # what module configuration writes where no value was given
_PASSWORD_BYTES: Final = 32
_OF_A_ROLE: Final = "/database/password"
_OWNER: Final = f"owner{_OF_A_ROLE}"


def make_state_bucket(client: Any, account: str, region: str) -> Iterator[str]:  # noqa: ANN401 - botocore has no types
    """Make the bucket of Terraform's state, or bring it to what it should be; line by line.

    Raises:
        ReleaseError: AWS refuses, or the name belongs to somebody else.
    """
    bucket = f"riff-state-{account}"
    try:
        yield f"{'made' if _created(client, bucket, region) else 'found'} {bucket}"
        client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        client.put_bucket_encryption(
            Bucket=bucket,
            ServerSideEncryptionConfiguration={
                "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
            },
        )
        client.put_public_access_block(
            Bucket=bucket,
            PublicAccessBlockConfiguration=dict.fromkeys(
                ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True
            ),
        )
        client.put_bucket_policy(Bucket=bucket, Policy=json.dumps(_only_over_tls(bucket)))
    except (BotoCoreError, ClientError) as error:
        raise ReleaseError(f"{bucket}: {error}") from error
    yield f"{bucket} is versioned, encrypted, private and reached by TLS only"


def set_secrets(
    parameters: Any,  # noqa: ANN401 - botocore has no types
    owner_password: str | None,
    environment: str,
    given: Mapping[str, str],
) -> Iterator[str]:
    """Give every secret of an environment its value; line by line, without values.

    Passwords of the database's roles are made here, once. The owner's is the one that the database keeps. All
    others are given by whoever got them, a payment processor for instance. What has a value keeps it, unless
    another is given.

    Raises:
        ReleaseError: AWS refuses.
    """
    beside = f"/riff/{environment}-"
    for name, value in _secrets(parameters, beside):
        wanted = _wanted(name.removeprefix(beside), value, owner_password, given)
        if wanted is None:
            yield f"{name}: {'to be given' if value == _NOT_SET else 'as before'}"
        elif wanted == value:
            yield f"{name}: as before"
        else:
            _put(parameters, name, wanted)
            yield f"{name}: set"


def owner_password(databases: Any, secrets_manager: Any, environment: str) -> str | None:  # noqa: ANN401 - botocore has no types
    """The password that the database keeps for its owner, and changes every week; None where it keeps none.

    Raises:
        ReleaseError: it cannot be read.
    """
    try:
        clusters = databases.describe_db_clusters(DBClusterIdentifier=f"{environment}-riff")["DBClusters"]
        arns = [
            cluster["MasterUserSecret"]["SecretArn"] for cluster in clusters if "MasterUserSecret" in cluster
        ]
        if not arns:
            return None
        told = secrets_manager.get_secret_value(SecretId=arns[0])["SecretString"]
        return str(json.loads(told)["password"])
    except ClientError as error:
        if error.response["Error"]["Code"] == "DBClusterNotFoundFault":
            return None
        raise ReleaseError(f"the owner's password: {error}") from error
    except (BotoCoreError, KeyError, ValueError) as error:
        raise ReleaseError(f"the owner's password: {error}") from error


def _created(client: Any, bucket: str, region: str) -> bool:  # noqa: ANN401 - botocore has no types
    try:
        client.head_bucket(Bucket=bucket)
    except ClientError as error:
        if error.response["Error"]["Code"] not in {"404", "NoSuchBucket"}:
            raise
        client.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": region})
        return True
    return False


def _only_over_tls(bucket: str) -> dict[str, object]:
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "OnlyOverTls",
                "Effect": "Deny",
                "Action": "s3:*",
                "Principal": "*",
                "Resource": [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"],
                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
            }
        ],
    }


def _secrets(parameters: Any, beginning: str) -> list[tuple[str, str]]:  # noqa: ANN401 - botocore has no types
    """Names and values of the secrets whose names begin so, in order."""
    wanted = [
        {"Key": "Name", "Option": "BeginsWith", "Values": [beginning]},
        {"Key": "Type", "Option": "Equals", "Values": ["SecureString"]},
    ]
    try:
        pages = parameters.get_paginator("describe_parameters").paginate(ParameterFilters=wanted)
        names = sorted(each["Name"] for page in pages for each in page["Parameters"])
        return [(name, _value(parameters, name)) for name in names]
    except (BotoCoreError, ClientError) as error:
        raise ReleaseError(f"{beginning}*: {error}") from error


def _value(parameters: Any, name: str) -> str:  # noqa: ANN401 - botocore has no types
    return str(parameters.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"])


def _wanted(short: str, value: str, owner: str | None, given: Mapping[str, str]) -> str | None:
    if short in given:
        return given[short]
    if short == _OWNER:
        return owner
    if short.endswith(_OF_A_ROLE) and value == _NOT_SET:
        return secrets.token_urlsafe(_PASSWORD_BYTES)
    return None


def _put(parameters: Any, name: str, value: str) -> None:  # noqa: ANN401 - botocore has no types
    try:
        parameters.put_parameter(Name=name, Value=value, Overwrite=True)
    except (BotoCoreError, ClientError) as error:
        raise ReleaseError(f"{name}: {error}") from error
