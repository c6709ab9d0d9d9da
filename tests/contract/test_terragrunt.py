"""Environments differ by values only, and everything that is said twice of them says the same."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

_ROOT = Path(__file__).parents[2]
_LIVE = _ROOT / "terragrunt/live"
_UNITS = sorted(path for path in (_ROOT / "terraform/units").iterdir() if path.is_dir())
_ENVIRONMENTS = [
    path for path in sorted(_LIVE.glob("*/*/*/terragrunt.stack.hcl")) if path.parent.name != "account"
]
_STACK = (_ROOT / "terragrunt/_stacks/environment/terragrunt.stack.hcl").read_text()
_GROUPS: dict[str, list[str]] = json.loads((_ROOT / "terragrunt/groups.json").read_text())
_MOCKS: dict[str, dict[str, Any]] = yaml.safe_load((_ROOT / "terragrunt/mocks.yaml").read_text())

of_every_environment = pytest.mark.parametrize("stack", _ENVIRONMENTS, ids=lambda path: path.parent.name)
of_every_unit = pytest.mark.parametrize("unit", _UNITS, ids=lambda path: path.name)


def _block(text: str, opening: str) -> str:
    """What stands between the braces that follow."""
    start = text.index(opening) + len(opening)
    depth, end = 1, start
    while depth:
        depth += {"{": 1, "}": -1}.get(text[end], 0)
        end += 1
    return text[start : end - 1]


def _names(block: str) -> set[str]:
    """Names that are given a value at the top of a block."""
    found, depth = set(), 0
    for line in re.sub(r'"[^"\n]*"|#.*', "", block).splitlines():
        if depth == 0 and (named := re.match(r"\s*(\w+)\s*=", line)):
            found.add(named[1])
        depth += sum({"{": 1, "[": 1, "(": 1, "}": -1, "]": -1, ")": -1}.get(letter, 0) for letter in line)
    return found


def _variables(unit: Path) -> set[str]:
    return set(re.findall(r'^variable "(\w+)"', (unit / "variables.tf").read_text(), re.MULTILINE))


def _outputs(unit: str) -> set[str]:
    text = (_ROOT / "terraform/units" / unit / "outputs.tf").read_text()
    return set(re.findall(r'^output "(\w+)"', text, re.MULTILINE))


def _dependencies(unit: str) -> set[str]:
    text = (_ROOT / "terragrunt/_units" / unit / "terragrunt.hcl").read_text()
    return set(re.findall(r'^dependency "(\w+)"', text, re.MULTILINE))


@of_every_environment
def test_differs_from_the_others_by_values_only(stack: Path) -> None:
    first, this = (path.read_text() for path in (_ENVIRONMENTS[0], stack))
    without = [text.replace(_block(text, "values = {"), "") for text in (first, this)]
    assert without[0] == without[1]
    assert sorted(path.name for path in stack.parent.iterdir() if not path.name.startswith(".")) in (
        ["terragrunt.stack.hcl"],
        ["release.json", "terragrunt.stack.hcl"],
    )


@of_every_environment
def test_gives_values_to_variables_that_there_are(stack: Path) -> None:
    values = _block(stack.read_text(), "values = {")
    for unit in _names(values):
        folder = _ROOT / "terraform/units" / unit
        assert folder.is_dir(), unit
        assert _names(_of_unit(values, unit)) <= _variables(folder)


def _of_unit(values: str, unit: str) -> str:
    """What a unit is given; the formatter may have set its name off."""
    found = re.search(rf"^\s*{unit}\s*= \{{", values, re.MULTILINE)
    assert found is not None
    return _block(values, found[0])


@pytest.mark.parametrize("account", sorted(_LIVE.glob("*/account.hcl")), ids=lambda path: path.parent.name)
def test_every_account_is_named_by_its_id(account: Path) -> None:
    found = re.findall(r'account_id = "(\d{12})"', account.read_text())
    assert len(found) == 1
    assert (found == ["000000000000"]) == (account.parent.name == "local")


@of_every_unit
def test_every_unit_is_part_of_a_stack(unit: Path) -> None:
    stacks = "".join(
        path.read_text() for path in (_ROOT / "terragrunt/_stacks").glob("*/terragrunt.stack.hcl")
    )
    assert f'"${{local.units}}/{unit.name}"' in stacks or f"/_units/{unit.name}" in stacks


@of_every_unit
def test_passes_on_what_the_unit_takes(unit: Path) -> None:
    assert _dependencies(unit.name) <= _variables(unit)


@of_every_unit
def test_pins_the_provider_exactly(unit: Path) -> None:
    assert re.search(r'version = "\d+\.\d+\.\d+"', (unit / "versions.tf").read_text())


@of_every_unit
def test_the_plain_root_wires_units_as_terragrunt_does(unit: Path) -> None:
    """But for the roles of the pipeline, which the local AWS has no use for."""
    plain = (_ROOT / "terraform/local/main.tf").read_text()
    if unit.name == "pipeline":
        assert "units/pipeline" not in plain
        return
    block = _block(plain, f'module "{unit.name}" {{')
    wired = set(re.findall(r"^\s*(\w+)\s*= module\.\1$", block, re.MULTILINE))
    assert wired == _dependencies(unit.name)


def test_every_context_is_in_one_group() -> None:
    grouped = [context for contexts in _GROUPS.values() for context in contexts]
    assert len(grouped) == len(set(grouped))
    handlers = _ROOT / "src/python/riff/handlers"
    contexts = {
        path.name
        for path in handlers.iterdir()
        if (path / "__init__.py").exists() and path.name[0] not in "._"
    }
    assert contexts - set(grouped) == set()


def test_every_group_is_a_unit() -> None:
    assert set(re.findall(r'path\s*= "functions/(\w+)"', _STACK)) == set(_GROUPS)


@pytest.mark.parametrize("unit", _MOCKS)
def test_mocks_what_the_unit_gives(unit: str) -> None:
    assert set(_MOCKS[unit]) <= _outputs(unit)


@of_every_unit
def test_every_dependency_has_mocks_for_a_plan_and_none_to_apply(unit: Path) -> None:
    text = (_ROOT / "terragrunt/_units" / unit.name / "terragrunt.hcl").read_text()
    assert _dependencies(unit.name) <= set(_MOCKS)
    allowed = re.findall(r"mock_outputs_allowed_terraform_commands\s*= (.*)", text)
    assert set(allowed) <= {'["init", "plan", "validate"]'}
    assert len(allowed) == len(_dependencies(unit.name))
