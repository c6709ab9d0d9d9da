"""What Terraform repeats of the catalogues says the same."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

_ROOT = Path(__file__).parents[2]
_MODULES = _ROOT / "terraform/modules"
_PROBLEMS = tomllib.loads((_ROOT / "catalogue/problems.toml").read_text())
_ROLES = tomllib.loads((_ROOT / "catalogue/permissions.toml").read_text())["roles"]
_RESPONSES = yaml.safe_load((_MODULES / "api/gateway_responses.yaml").read_text())


@pytest.mark.parametrize("kind", _RESPONSES)
def test_the_gateway_answers_with_problems_of_the_catalogue(kind: str) -> None:
    response = _RESPONSES[kind]
    problem = _PROBLEMS[response["code"]]
    assert (problem["title"], problem["status"]) == (response["title"], response["status"])


def test_the_staff_pool_has_the_roles_of_the_permission_catalogue() -> None:
    text = (_MODULES / "identity/main.tf").read_text()
    staff = re.search(r"    staff = \{.*?      groups = \{(.*?)\}", text, re.DOTALL)
    assert staff is not None
    assert set(re.findall(r"^ +(\w+) += ", staff[1], re.MULTILINE)) == set(_ROLES)
