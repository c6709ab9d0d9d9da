"""Aliases that move, and come back, on the local AWS."""

from typing import Any

import pytest

from tools.local_aws.tests.conftest import REGION, LocalAws
from tools.release.clients import client
from tools.release.shifting import RolledBackError, held, pending, shift

SOURCE = "def handler(event, context):\n    return {number}\n"


@pytest.fixture
def lambdas(aws: LocalAws) -> Any:  # noqa: ANN401 - botocore has no types
    return client("lambda", aws.endpoint, REGION)


@pytest.fixture
def alarms(aws: LocalAws) -> Any:  # noqa: ANN401 - botocore has no types
    return client("cloudwatch", aws.endpoint, REGION)


def with_two_versions(aws: LocalAws, lambdas: Any, name: str) -> str:  # noqa: ANN401
    """A function whose alias still answers with the first of two versions."""
    aws.function(name, SOURCE.format(number=1), Publish=True)
    lambdas.create_alias(FunctionName=name, Name="live", FunctionVersion="1")
    lambdas.update_function_configuration(FunctionName=name, Description="another")
    lambdas.publish_version(FunctionName=name)
    return name


def alarm(alarms: Any, function: str, state: str) -> None:  # noqa: ANN401
    alarms.put_metric_alarm(
        AlarmName=f"{function}-live-errors",
        Namespace="riff/test",
        MetricName="errors",
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=0,
        ComparisonOperator="GreaterThanThreshold",
        TreatMissingData="ignore",
    )
    alarms.set_alarm_state(AlarmName=f"{function}-live-errors", StateValue=state, StateReason="test")


def live(lambdas: Any, function: str) -> tuple[str, dict[str, float]]:  # noqa: ANN401
    alias = lambdas.get_alias(FunctionName=function, Name="live")
    return alias["FunctionVersion"], alias.get("RoutingConfig", {}).get("AdditionalVersionWeights", {})


def test_holds_what_is_live_and_leaves_new_functions_out(aws: LocalAws, lambdas: Any) -> None:  # noqa: ANN401
    with_two_versions(aws, lambdas, "dev-sales-held")
    names = {"held": "sales-held", "fresh": "sales-fresh"}
    assert held(lambdas, "dev", names) == {"held": {"live_version": "1"}}


def test_gives_a_share_first_and_all_after_a_quiet_while(aws: LocalAws, lambdas: Any, alarms: Any) -> None:  # noqa: ANN401
    function = with_two_versions(aws, lambdas, "dev-sales-quiet")
    alarm(alarms, function, "OK")
    seen = []
    lines = list(
        shift(
            lambdas,
            alarms,
            pending(lambdas, [function]),
            share=0.2,
            watch_s=20,
            sleep=lambda _: seen.append(live(lambdas, function)),
        )
    )
    assert seen[0] == ("1", {"2": 0.2})
    assert live(lambdas, function) == ("2", {})
    assert lines[-1] == f"{function}: 1 -> 2"
    assert pending(lambdas, [function]) == []


def test_an_alarm_takes_every_alias_back(aws: LocalAws, lambdas: Any, alarms: Any) -> None:  # noqa: ANN401
    functions = [with_two_versions(aws, lambdas, name) for name in ("dev-sales-loud", "dev-sales-silent")]
    alarm(alarms, functions[0], "OK")
    alarm(alarms, functions[1], "OK")
    with pytest.raises(RolledBackError, match="dev-sales-loud-live-errors"):
        list(
            shift(
                lambdas,
                alarms,
                pending(lambdas, functions),
                share=0.1,
                watch_s=60,
                sleep=lambda _: alarm(alarms, functions[0], "ALARM"),
            )
        )
    assert [live(lambdas, function) for function in functions] == [("1", {}), ("1", {})]


def test_an_interruption_takes_them_back_too(aws: LocalAws, lambdas: Any, alarms: Any) -> None:  # noqa: ANN401
    function = with_two_versions(aws, lambdas, "dev-sales-interrupted")
    alarm(alarms, function, "OK")

    def interrupted(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(shift(lambdas, alarms, pending(lambdas, [function]), share=0.1, watch_s=60, sleep=interrupted))
    assert live(lambdas, function) == ("1", {})


def test_nothing_pending_is_said(lambdas: Any, alarms: Any) -> None:  # noqa: ANN401
    assert list(shift(lambdas, alarms, [], share=0.1, watch_s=60)) == [
        "every function's newest version is live"
    ]
