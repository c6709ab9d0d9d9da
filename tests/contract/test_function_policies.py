"""No function of the sources can do what it did not declare: the unit `functions`, planned for all at once.

Terraform plays the provider, so that this costs no environment; tests/integration/test_environments.py reads
the same from what IAM was really told.
"""

import base64
import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support.policies import Policy
from tools.artifacts.functions import find_functions
from tools.artifacts.manifest import Artifact, described, write
from tools.door import terraform
from tools.door.failure import MissingToolError
from tools.door.workspace import groups

pytestmark = pytest.mark.slow

_ROOT = Path(__file__).parents[2]
_ENVIRONMENT = "dev"
_ZIP = Artifact("one.zip", "0" * 64, base64.b64encode(bytes(32)).decode(), 1)


@pytest.fixture(scope="module")
def policies(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Policy]:
    """Every function's, by operation."""
    folder = tmp_path_factory.mktemp("terraform")
    shutil.copytree(
        _ROOT / "terraform", folder / "terraform", ignore=shutil.ignore_patterns(".terraform*", "local")
    )
    unit = folder / "terraform/units/functions"
    functions = {
        each.operation: described(each, dict.fromkeys(("arm64", "x86_64"), _ZIP))
        for each in find_functions(_ROOT / "src/python")
    }
    write(unit / "tests/artifacts.json", "0" * 64, functions)
    _ask_for_policies(unit / "tests/functions.tftest.hcl")
    told = _policies_of(unit, tmp_path_factory.mktemp("data"))
    assert told.keys() == functions.keys()
    return {
        operation: Policy(_ENVIRONMENT, functions[operation], tuple(statements))
        for operation, statements in told.items()
    }


def _ask_for_policies(test: Path) -> None:
    """Keep the test's provider and variables, and put one run that plans all contexts after them."""
    text = test.read_text().partition("\nrun ")[0]
    contexts = json.dumps([context for contexts in groups().values() for context in contexts])
    text = re.sub(r"contexts +=.*", f"contexts = {contexts}", text)
    text = text.replace("b7JH+l/W/reYf5l+6prGZhbzr0wRZ6ahvFxooIC9O4I=", _ZIP.code_sha256)
    test.write_text(f'{text}\nrun "policies" {{\n  command = plan\n}}\n')


def _policies_of(unit: Path, data: Path) -> dict[str, list[dict[str, Any]]]:
    try:
        program = terraform.program()
    except MissingToolError as error:
        pytest.skip(f"no Terraform to run: {error}")
    settings = {**os.environ, **terraform.settings(), "TF_DATA_DIR": str(data)}

    def run(*words: str) -> str:
        done = subprocess.run(  # noqa: S603 - a fixed program with fixed words
            [program, f"-chdir={unit}", *words], env=settings, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr
        return done.stdout

    run("init", "-backend=false", "-input=false")
    lines = run("test", "-verbose", "-json").splitlines()
    plans = [json.loads(line) for line in lines if '"type":"test_plan"' in line]
    told: dict[str, list[dict[str, Any]]] = plans[0]["test_plan"]["output_changes"]["policies"]["after"]
    return told


def test_no_function_can_do_what_it_did_not_declare(policies: Mapping[str, Policy]) -> None:
    assert {name: more for name, policy in policies.items() if (more := policy.beyond())} == {}


def test_every_function_reads_its_own_role_s_secrets_and_those_it_declared(
    policies: Mapping[str, Policy],
) -> None:
    assert {name: policy.readable() for name, policy in policies.items()} == {
        name: policy.declared_parts() for name, policy in policies.items()
    }


def test_every_pattern_in_a_policy_is_one_of_those_that_were_argued_for(
    policies: Mapping[str, Policy],
) -> None:
    assert {name: more for name, policy in policies.items() if (more := policy.patterns())} == {}


def test_what_nobody_declared_is_seen() -> None:
    tree = "arn:aws:ssm:eu-central-1:123456789012:parameter/riff/dev"
    reader = {"database": "reader", "grants": [], "trigger": "http"}
    statements = (
        {"Sid": "A", "Action": ["s3:DeleteObject"], "Resource": ["arn:aws:s3:::a/*"]},
        {"Sid": "B", "Action": ["ssm:GetParametersByPath"], "Resource": [tree, f"{tree}-critical/*"]},
    )
    policy = Policy(_ENVIRONMENT, reader, statements)
    assert policy.beyond() == {"s3:DeleteObject"}
    assert policy.patterns() == {"arn:aws:s3:::a/*"}
    assert policy.readable() - policy.declared_parts() == {"critical"}
