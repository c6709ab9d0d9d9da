"""Terraform and its providers."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tools.door import terraform
from tools.door.failure import MissingToolError

Program = Callable[..., Path]


def install(program: Program, version: str) -> None:
    program("bin/terraform", f"""echo '{{"terraform_version": "{version}"}}'""")


def hold_provider(folder: Path, *names: str) -> None:
    home = folder / "registry.terraform.io" / "hashicorp" / "aws"
    for name in names:
        (home / name).mkdir(parents=True)


def test_a_new_enough_terraform_is_taken(machine: Path, program: Program) -> None:
    install(program, "1.12.0")
    assert terraform.program() == machine / "bin" / "terraform"


def test_an_old_one_is_refused_by_version(program: Program) -> None:
    install(program, "1.9.8")
    with pytest.raises(
        MissingToolError, match=r"terraform >= 1\.11 is needed, and the one on PATH is 1\.9\.8"
    ):
        terraform.program()


@pytest.mark.usefixtures("machine")
def test_none_is_refused() -> None:
    with pytest.raises(MissingToolError, match="there is none on PATH"):
        terraform.program()


def test_a_named_mirror_comes_first(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hold_provider(machine / "mine", "5.100.0")
    hold_provider(machine / "home" / ".terraform.d" / "plugins", "5.99.0")
    monkeypatch.setenv("RIFF_TERRAFORM_MIRROR", str(machine / "mine"))
    assert terraform.mirror() == machine / "mine"
    assert terraform.provider_versions(machine / "mine") == ["5.100.0"]


def test_a_named_mirror_without_the_provider_is_passed_over(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold_provider(machine / "home" / ".terraform.d" / "plugins", "5.99.0")
    monkeypatch.setenv("TF_PLUGIN_MIRROR", str(machine / "nothing"))
    assert terraform.mirror() == machine / "home" / ".terraform.d" / "plugins"


def test_our_configuration_names_the_mirror(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hold_provider(machine / "mine", "5.100.0")
    monkeypatch.setenv("RIFF_TERRAFORM_MIRROR", str(machine / "mine"))
    written = Path(terraform.settings()["TF_CLI_CONFIG_FILE"])
    assert written == machine / "state" / "terraform.rc"
    assert f'path    = "{machine / "mine"}"' in written.read_text()


def test_a_configuration_that_does_not_exist_counts_as_none(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", str(machine / "absent"))
    assert terraform.settings()["TF_CLI_CONFIG_FILE"] == str(machine / "state" / "terraform.rc")


def test_the_users_own_configuration_stays_in_force(machine: Path) -> None:
    (machine / "home" / ".terraformrc").write_text("")
    assert "TF_CLI_CONFIG_FILE" not in terraform.settings()


def test_modules_that_a_root_calls_are_validated_with_it(tmp_path: Path) -> None:
    for name in ("modules/logs", "modules/lonely", "local"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "main.tf").touch()
    (tmp_path / "local" / "main.tf").write_text('module "logs" {\n  source = "../modules/logs"\n}\n')
    assert terraform.roots(tmp_path) == [tmp_path / "local", tmp_path / "modules" / "lonely"]
