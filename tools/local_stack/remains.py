"""What is left in the local AWS: nothing, once everything was taken away."""

from collections.abc import Callable, Iterator
from typing import Any, Final

# What AWS itself has in every account, whatever was made there.
_NOBODY_S: Final = ("default", "alias/aws/", "AWSServiceRoleFor", "Managed-")
# The service, how it is asked, and what its answer is called, each thing by its name (None: by itself).
_PAGES: Final[tuple[tuple[str, str, str, str | None], ...]] = (
    ("apigateway", "get_rest_apis", "items", "name"),
    ("backup", "list_backup_vaults", "BackupVaultList", "BackupVaultName"),
    ("cloudwatch", "describe_alarms", "MetricAlarms", "AlarmName"),
    ("cloudwatch", "list_dashboards", "DashboardEntries", "DashboardName"),
    ("cognito-idp", "list_user_pools", "UserPools", "Name"),
    ("dynamodb", "list_tables", "TableNames", None),
    ("events", "list_event_buses", "EventBuses", "Name"),
    ("events", "list_archives", "Archives", "ArchiveName"),
    ("iam", "list_roles", "Roles", "RoleName"),
    ("kms", "list_aliases", "Aliases", "AliasName"),
    ("lambda", "list_event_source_mappings", "EventSourceMappings", "UUID"),
    ("lambda", "list_functions", "Functions", "FunctionName"),
    ("logs", "describe_log_groups", "logGroups", "logGroupName"),
    ("s3", "list_buckets", "Buckets", "Name"),
    ("scheduler", "list_schedule_groups", "ScheduleGroups", "Name"),
    ("scheduler", "list_schedules", "Schedules", "Name"),
    ("sns", "list_topics", "Topics", "TopicArn"),
    ("sqs", "list_queues", "QueueUrls", None),
    ("ssm", "describe_parameters", "Parameters", "Name"),
)
_DEMANDED: Final = {"list_user_pools": {"MaxResults": 60}}


def remains(client: Callable[[str], Any]) -> Iterator[str]:
    """What is left, one line per thing, by service; keys that wait for their deletion do not count.

    Args:
        client: a client of the service of that name.
    """
    for service, operation, key, name in _PAGES:
        for each in _listed(client(service), operation, key):
            called = str(each if name is None else each[name])
            if not called.startswith(_NOBODY_S):
                yield f"{service} {called}"
    keys = client("kms")
    for each in _listed(keys, "list_keys", "Keys"):
        told = keys.describe_key(KeyId=each["KeyId"])["KeyMetadata"]
        if told["KeyState"] != "PendingDeletion" and told.get("KeyManager") != "AWS":
            yield f"kms {each['KeyId']}"
    for each in client("cloudfront").list_distributions()["DistributionList"].get("Items", []):
        yield f"cloudfront {each['Id']}"


def _listed(client: Any, operation: str, key: str) -> Iterator[Any]:  # noqa: ANN401 - botocore has no types
    words = _DEMANDED.get(operation, {})
    if client.can_paginate(operation):
        for page in client.get_paginator(operation).paginate(**words):
            yield from page.get(key, [])
    else:
        yield from getattr(client, operation)(**words).get(key, [])
