"""Every Terraform module has the shape that the style guide asks for (H34, H35)."""

import re
from pathlib import Path

import pytest

from tests.support.operations import all_operations

_TERRAFORM = Path(__file__).parents[2] / "terraform"
_MODULES = sorted(path for path in (_TERRAFORM / "modules").iterdir() if path.is_dir())
_FILES = ("main.tf", "variables.tf", "outputs.tf", "versions.tf", "README.md")
_BLOCK = re.compile(r'^(variable|output) "(\w+)" \{\n(.*?)^\}', re.MULTILINE | re.DOTALL)
# Accounts, addresses and environments of one place only.
_LITERALS = re.compile(r"127\.0\.0\.1|localhost|(?<!-)\b\d{12}\b|ministack")

of_every_module = pytest.mark.parametrize("module", _MODULES, ids=lambda path: path.name)


def _blocks(module: Path, kind: str) -> dict[str, str]:
    text = (module / f"{kind}s.tf").read_text()
    return {name: body for word, name, body in _BLOCK.findall(text) if word == kind}


def _without(argument: str, blocks: dict[str, str]) -> list[str]:
    given = re.compile(rf"^  {argument} += ", re.MULTILINE)
    return [name for name, body in blocks.items() if not given.search(body)]


@of_every_module
def test_has_the_files_of_a_module(module: Path) -> None:
    assert [name for name in _FILES if not (module / name).is_file()] == []
    assert list((module / "tests").glob("*.tftest.hcl")) != []


@of_every_module
def test_has_a_readme_that_says_what_it_is(module: Path) -> None:
    assert (module / "README.md").read_text().startswith(f"# {module.name}\n")


@of_every_module
def test_has_at_most_fifteen_variables_required_ones_first(module: Path) -> None:
    optional = ["default " in body for body in _blocks(module, "variable").values()]
    assert len(optional) <= 15
    assert optional == sorted(optional)


@of_every_module
def test_types_and_describes_every_variable(module: Path) -> None:
    variables = _blocks(module, "variable")
    assert [
        name for name, body in variables.items() if not re.search(r"^  type +=", body, re.MULTILINE)
    ] == []
    assert [
        name for name, body in variables.items() if not re.search(r"^  description = ", body, re.MULTILINE)
    ] == []


@of_every_module
def test_describes_every_output(module: Path) -> None:
    outputs = _blocks(module, "output")
    assert [
        name for name, body in outputs.items() if not re.search(r"^  description = ", body, re.MULTILINE)
    ] == []


@of_every_module
def test_sees_every_validation_refuse(module: Path) -> None:
    validated = {name for name, body in _blocks(module, "variable").items() if "  validation {" in body}
    tests = "".join(path.read_text() for path in (module / "tests").glob("*.tftest.hcl"))
    refused = set(re.findall(r"var\.(\w+)", " ".join(re.findall(r"expect_failures\s*=\s*\[(.*?)\]", tests))))
    assert validated - refused == set()


@of_every_module
def test_serves_every_environment(module: Path) -> None:
    texts = {path.name: path.read_text() for path in module.glob("*.tf")}
    assert {name: _LITERALS.findall(text) for name, text in texts.items() if _LITERALS.search(text)} == {}


@of_every_module
def test_calls_only_modules_beside_it(module: Path) -> None:
    calls = re.compile(r'^module "\w+" \{\n  source\s*= "(.*)"', re.MULTILINE)
    sources = calls.findall((module / "main.tf").read_text())
    assert [source for source in sources if not (module / source).is_dir()] == []


def test_pins_the_provider_exactly_in_the_local_root() -> None:
    assert re.search(r'version = "\d+\.\d+\.\d+"', (_TERRAFORM / "local" / "versions.tf").read_text())


@pytest.mark.parametrize("operation", all_operations())
def test_keeps_no_second_list_of_operations(operation: str) -> None:
    """What is deployed comes from artifacts.json and the OpenAPI document; the root names no operation."""
    texts = [path.read_text() for path in (_TERRAFORM / "local").glob("*.tf")]
    assert [text for text in texts if re.search(rf"\b{operation}\b", text)] == []
