"""Functions, derived from the names of handlers."""

from pathlib import Path

import pytest

from tools.artifacts import manifest
from tools.artifacts.functions import Function, FunctionSettingsError, Settings, find_functions


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    for name in (
        "riff/handlers/sales/void_order",
        "riff/handlers/_runtime/http",
        "riff_critical/handlers/select_winners",
    ):
        file = tmp_path / f"{name}.py"
        file.parent.mkdir(parents=True)
        file.write_text("def handler(event, context): ...\n")
        (file.parent / "__init__.py").touch()
    return tmp_path


def say(sources: Path, text: str) -> None:
    (sources / "riff/handlers/sales/functions.yaml").write_text(text)


def test_every_handler_is_a_function_with_defaults(sources: Path) -> None:
    winners, void = find_functions(sources)
    assert void == Function("sales", "void_order", "riff.handlers.sales.void_order.handler", Settings())
    assert (winners.name, winners.settings.trigger) == ("critical-select-winners", "invoke")
    assert winners.handler == "riff_critical.handlers.select_winners.handler"


def test_only_what_differs_is_said(sources: Path) -> None:
    say(sources, "void_order: {database: critical, timeout_s: 30, grants: [mail]}\n")
    _, void = find_functions(sources)
    assert void.settings == Settings(database="critical", timeout_s=30, grants=("mail",))


def test_a_schedule_says_when(sources: Path) -> None:
    say(sources, "void_order: {trigger: schedule, every: rate(5 minutes)}\n")
    _, void = find_functions(sources)
    assert void.settings == Settings(trigger="schedule", every="rate(5 minutes)")


def test_what_functions_share_is_no_function(sources: Path) -> None:
    (sources / "riff_critical/handlers/invocation.py").write_text("def answer() -> None: ...\n")
    assert {function.operation for function in find_functions(sources)} == {"select_winners", "void_order"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("sell_all: {}", "no handler is called sell_all"),
        ("void_order: {memory: 1}", "no setting is called memory"),
        ("void_order: {memory_mb: 64}", "memory_mb cannot be 64"),
        ("void_order: {timeout_s: true}", "timeout_s cannot be True"),
        ("void_order: {timeout_s: '5'}", "timeout_s cannot be '5'"),
        ("void_order: {database: postgres}", "database cannot be 'postgres'"),
        ("void_order: {trigger: rest}", "trigger cannot be 'rest'"),
        ("void_order: {grants: mail}", "grants cannot be 'mail'"),
        ("void_order: {trigger: schedule}", "says every when it runs"),
        ("void_order: {every: rate(1 hour)}", "says every when it runs"),
        ("void_order: {trigger: schedule, every: hourly}", "every cannot be 'hourly'"),
        ("void_order: {trigger: schedule, every: rate(0 hours)}", "every cannot be 'rate"),
        ("void_order: 3", "expected settings by name"),
        ("[void_order]", "expected operations and their settings"),
    ],
)
def test_what_nothing_understands_is_refused(sources: Path, text: str, why: str) -> None:
    say(sources, text)
    with pytest.raises(FunctionSettingsError, match=why):
        find_functions(sources)


def test_an_operation_belongs_to_one_context(sources: Path) -> None:
    (sources / "riff/handlers/draws").mkdir()
    (sources / "riff/handlers/draws/void_order.py").write_text("def handler(event, context): ...\n")
    with pytest.raises(FunctionSettingsError, match="more than one context has: void_order"):
        find_functions(sources)


def test_the_list_can_be_read_again(sources: Path, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"zip")
    artifact = manifest.artifact_of(tmp_path / "a.zip")
    assert (artifact.size, artifact.code_sha256) == (3, "SnD+mqZDbgLC3qNA+9HjUuTvLYzmylKtJdS5VHH8i/I=")
    told = {f.operation: manifest.described(f, {"arm64": artifact}) for f in find_functions(sources)}
    manifest.write(tmp_path / "artifacts.json", "ab", told)
    assert manifest.read_functions(tmp_path / "artifacts.json").keys() == {"select_winners", "void_order"}
    assert manifest.read_functions(tmp_path / "absent.json") == {}
