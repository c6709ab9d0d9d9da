"""The pipeline does what a person at a checkout would do, with no more rights than it says."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tools.door import verbs

_ROOT = Path(__file__).parents[2]
_WORKFLOWS = sorted((_ROOT / ".github/workflows").glob("*.yml"))
_ACTION = re.compile(r"\./\.github/actions/[a-z-]+|[a-z-]+/[a-z-]+@(?:v\d+|[0-9a-f]{40})")

of_every_workflow = pytest.mark.parametrize("file", _WORKFLOWS, ids=lambda path: path.stem)


def _jobs(file: Path) -> dict[str, Any]:
    jobs: dict[str, Any] = yaml.safe_load(file.read_text())["jobs"]
    return jobs


def _steps(file: Path) -> list[dict[str, Any]]:
    return [step for job in _jobs(file).values() for step in job["steps"]]


@of_every_workflow
def test_calls_verbs_that_there_are(file: Path) -> None:
    called = re.findall(r"\./riff ([a-z]+)", "\n".join(step.get("run", "") for step in _steps(file)))
    assert [name for name in called if verbs.find(name) is None] == []


@of_every_workflow
def test_names_every_action_by_version_or_digest(file: Path) -> None:
    used = [step["uses"] for step in _steps(file) if "uses" in step]
    assert [name for name in used if not _ACTION.fullmatch(name)] == []


@of_every_workflow
def test_says_what_it_may_do_and_how_long(file: Path) -> None:
    told = yaml.safe_load(file.read_text())
    assert told["permissions"]["contents"] == "read"
    assert "write-all" not in file.read_text()
    slow = {
        name: job
        for name, job in told["jobs"].items()
        if any("./riff" in step.get("run", "") for step in job["steps"])
    }
    assert [name for name, job in slow.items() if "timeout-minutes" not in job] == []


@of_every_workflow
def test_puts_no_word_of_strangers_into_a_shell(file: Path) -> None:
    """A title or a branch could be a command; such words come as variables."""
    told = "\n".join(step.get("run", "") for step in _steps(file))
    assert re.findall(r"\$\{\{\s*github\.(?:event|head_ref)[^}]*\}\}", told) == []


def test_only_an_approved_job_may_deploy() -> None:
    deploying = {
        (file.stem, name): job
        for file in _WORKFLOWS
        for name, job in _jobs(file).items()
        if any(
            re.search(r"\./riff (?:deploy|release|bootstrap)", step.get("run", "")) for step in job["steps"]
        )
    }
    assert list(deploying) == [("release", "deploy")]
    assert "environment" in deploying["release", "deploy"]
