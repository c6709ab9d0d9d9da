"""The verbs of environments, with scripts in place of Python and Terragrunt."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.door import build, checkout, deploy, environment, terragrunt, workspace
from tools.door.failure import ToolFailedError, UsageError

Program = Callable[..., Path]
_UNITS = ".terragrunt-stack/environment/.terragrunt-stack"


@pytest.fixture
def calls(machine: Path, program: Program, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Replace what deploys by scripts; the result tells what ran since it was last asked."""
    record = machine / "calls"
    python = program(
        "bin/fake-python",
        f"""echo "$3 $4 $5 $6" >> {record}
        if [ "$3" = hold ]; then echo '{{"void_order": {{"live_version": "1"}}}}' > "$8"; fi
        if [ "$3" = publish ]; then echo "release 0123456789abcdef, the first"; fi
        if [ "$3" = fetch ]; then /bin/mkdir -p "$7" && echo '{{}}' > "$7/verification.json"; fi""",
    )
    program(
        "bin/terragrunt",
        f"""if [ "$1" = --version ]; then echo "terragrunt version v{terragrunt.version()}"; exit; fi
        echo "terragrunt $*" >> {record}
        echo "in ${{PWD#*/terragrunt/live/}}" >> {record}
        echo "held $TF_VAR_releases" >> {record}
        echo "[{_UNITS}/keys] terraform: Plan: 8 to add, 0 to change" """,
    )
    program("bin/terraform", """[ "$1" = version ] && echo '{"terraform_version": "1.11.4"}'""")
    live = machine / "terragrunt" / "live" / "nonproduction"
    place = live / "eu-central-1" / "dev"
    place.mkdir(parents=True)
    (live / "eu-central-1" / "account").mkdir()
    for folder in live.glob("eu-central-1/*"):
        (folder / "terragrunt.stack.hcl").touch()
    (live / "account.hcl").write_text('locals {\n  account_id = "111111111111"\n}\n')
    (machine / "terraform").mkdir()
    monkeypatch.setattr(environment, "python", lambda: python)
    monkeypatch.setattr(build, "build_all", lambda processors: record.write_text(f"build {processors}\n"))
    monkeypatch.setattr(checkout, "ROOT", machine)
    monkeypatch.setattr(workspace, "SOURCES", (machine / "terraform", machine / "terragrunt"))

    def taken() -> list[str]:
        lines = record.read_text().splitlines()
        record.unlink()
        return lines

    return taken


def test_plans_every_unit_and_says_what_would_change(
    calls: Callable[[], list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert deploy.plan(["dev"]) == 0
    words = "--parallelism 4 --log-level warn -- plan -compact-warnings"
    assert calls() == [f"terragrunt run --all {words}", "in nonproduction/eu-central-1/dev", "held {}"]
    told = capsys.readouterr().out
    assert "keys                 Plan: 8 to add, 0 to change" in told
    assert told.endswith("plan dev: units=1 touched=1 add=8 change=0 destroy=0\n")


def test_fails_where_nothing_was_to_change(calls: Callable[[], list[str]]) -> None:
    assert deploy.plan(["dev", "--empty"]) == 1
    assert calls()


def test_a_release_is_promoted_by_a_commit(calls: Callable[[], list[str]], machine: Path) -> None:
    assert deploy.release(["dev"]) == 0
    assert calls() == [f"build {build.PROCESSORS}", f"publish dev --dist {checkout.DIST}"]
    file = machine / "terragrunt/live/nonproduction/eu-central-1/dev/release.json"
    assert json.loads(file.read_text()) == {"release": "0123456789abcdef"}


def test_deploys_with_versions_held_then_migrates_then_shifts(calls: Callable[[], list[str]]) -> None:
    assert deploy.deploy(["dev", "--watch-s", "0"]) == 0
    lines = calls()
    assert [line.split()[0] for line in lines] == [
        "hold",
        "terragrunt",
        "in",
        "held",
        "secrets",
        "migrate",
        "shift",
    ]
    assert lines[3] == 'held {"void_order": {"live_version": "1"}}'


def test_deploys_the_release_that_the_checkout_wants(calls: Callable[[], list[str]]) -> None:
    deploy.release(["dev"])
    calls()
    deploy.deploy(["dev", "--at-once"])
    assert [line.split()[0] for line in calls()] == [
        "fetch",
        "terragrunt",
        "in",
        "held",
        "secrets",
        "migrate",
    ]


def test_one_unit_alone_neither_migrates_nor_touches_another(calls: Callable[[], list[str]]) -> None:
    deploy.deploy(["dev", "--at-once", "--only", "functions/selling"])
    told, *rest = calls()
    assert f"--filter ./{_UNITS}/functions/selling -- apply" in told
    assert rest == ["in nonproduction/eu-central-1/dev", "held {}"]


def test_bootstraps_the_state_the_pipeline_then_what_secrets_need(calls: Callable[[], list[str]]) -> None:
    assert deploy.bootstrap(["dev"]) == 0
    lines = calls()
    assert lines[0] == "state-bucket dev --region eu-central-1"
    assert lines[2] == "in nonproduction/eu-central-1/account"
    assert f"--filter ./{_UNITS}/configuration" in lines[4]
    assert lines[-1].startswith("secrets dev")


def test_a_unit_that_fails_stops_the_deployment(calls: Callable[[], list[str]], program: Program) -> None:
    version = terragrunt.version()
    program("bin/terragrunt", f"""[ "$1" = --version ] && echo "terragrunt version v{version}" """)
    with pytest.raises(ToolFailedError, match="deploy what was built to dev"):
        deploy.deploy(["dev"])
    assert [line.split()[0] for line in calls()] == ["hold"]


@pytest.mark.usefixtures("calls")
def test_refuses_an_environment_nobody_knows() -> None:
    with pytest.raises(UsageError, match="no environment is called qa; there are dev"):
        deploy.plan(["qa"])
