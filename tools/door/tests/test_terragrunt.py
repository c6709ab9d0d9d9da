"""Terragrunt, found or built."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tools.door import terragrunt
from tools.door.failure import MissingToolError, ToolFailedError

Program = Callable[..., Path]


def install(program: Program, version: str) -> Path:
    return program("bin/terragrunt", f'echo "terragrunt version v{version}"')


def install_go(program: Program, version: str = "go1.26.8", build: str = "exit 1") -> None:
    program("bin/go", f'if [ "$1" = env ]; then echo {version}; exit; fi\n{build}')


def test_the_pinned_version_on_path_is_taken(program: Program) -> None:
    installed = install(program, terragrunt.version())
    assert terragrunt.prepare() == installed


def test_another_version_is_passed_over(program: Program) -> None:
    install(program, "0.50.0")
    assert terragrunt.program() is None


@pytest.mark.usefixtures("machine")
def test_without_go_it_cannot_be_had() -> None:
    with pytest.raises(
        MissingToolError, match=r"go >= 1\.26 \(for Terragrunt\) is needed, and there is none on PATH"
    ):
        terragrunt.prepare()


def test_an_old_go_is_refused_by_version(program: Program) -> None:
    install_go(program, "go1.21.3")
    with pytest.raises(MissingToolError, match=r"the one on PATH is go1\.21\.3"):
        terragrunt.prepare()


# Makes the file that `-o` names.
_BUILT = 'for word; do [ "$before" = -o ] && : > "$word"; before=$word; done'


def test_it_is_built_once_for_all_checkouts(program: Program, machine: Path) -> None:
    install_go(program, build=f'echo "$*" >> {machine}/built\n{_BUILT}')
    first, second = terragrunt.prepare(), terragrunt.prepare()
    name = f"terragrunt-{terragrunt.version()}"
    assert first == second == machine / "home" / ".cache" / "riff" / name / "terragrunt"
    (line,) = (machine / "built").read_text().splitlines()
    assert line.startswith("build -mod=readonly -trimpath -buildvcs=false")


def test_a_failed_build_leaves_nothing(program: Program) -> None:
    install_go(program)
    with pytest.raises(ToolFailedError, match="from its Go module"):
        terragrunt.prepare()
    assert terragrunt.program() is None


def test_it_can_be_left_out(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    install(program, terragrunt.version())
    monkeypatch.setenv("RIFF_TERRAGRUNT", "off")
    assert terragrunt.program() is None
