"""Terragrunt: the program on PATH, or the one that is built from its Go module with the Go client on PATH.

What is built is what 3rdparty/go/go.mod and go.sum say, digests included, and all checkouts of one user share
it. Without Go there is no Terragrunt, and the local stack is made by Terraform alone.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

from tools.door import checkout, environment
from tools.door.failure import DoorError, MissingToolError
from tools.door.process import run_logged

_MODULE = "github.com/gruntwork-io/terragrunt"
_SOURCES = checkout.ROOT / "3rdparty" / "go"
_OLDEST_GO = (1, 26)
_OFF = "off"


def version() -> str:
    """The version that go.mod pins, without its `v`."""
    found = re.search(
        rf"^\s*(?:require )?{re.escape(_MODULE)} v(\S+)", (_SOURCES / "go.mod").read_text(), re.MULTILINE
    )
    if found is None:
        raise DoorError(f"{checkout.shown(_SOURCES / 'go.mod')} pins no Terragrunt")
    return found[1]


def wanted() -> bool:
    """Whether Terragrunt is to be used at all: RIFF_TERRAGRUNT=off leaves it out."""
    return os.environ.get("RIFF_TERRAGRUNT") != _OFF


def program() -> Path | None:
    """Terragrunt, if it is here: on PATH in the pinned version, or built before."""
    if not wanted():
        return None
    found = shutil.which("terragrunt")
    if found and _told(Path(found)) == version():
        return Path(found)
    return _built() if _built().exists() else None


def prepare() -> Path:
    """Terragrunt, built now if it is not here.

    Raises:
        MissingToolError: there is no Go that is new enough.
        ToolFailedError: the build failed.
    """
    if (found := program()) is not None:
        return found
    go = _go()
    with environment.exclusive(checkout.cache() / "terragrunt.lock"):
        if not _built().exists():
            _build(go)
    return _built()


def settings() -> dict[str, str]:
    """The variables that Terragrunt runs with here."""
    return {
        "TG_NON_INTERACTIVE": "true",
        "TG_NO_COLOR": "true",
        "TG_NO_TIPS": "true",
        "TG_TF_PATH": "terraform",
    }


def _build(go: Path) -> None:
    fresh = _built().with_suffix(".new")
    fresh.parent.mkdir(parents=True, exist_ok=True)
    told = f"-X github.com/gruntwork-io/go-commons/version.Version={version()}"
    flags = ["-mod=readonly", "-trimpath", "-buildvcs=false", f"-ldflags=-s -w {told}"]
    # The machine's own compiler: none is fetched, and the user's flags do not change what is built.
    env = {"GOTOOLCHAIN": "local", "GOFLAGS": ""}
    run_logged(
        [go, "build", *flags, "-o", fresh, _MODULE],
        f"Terragrunt {version()}, from its Go module (some minutes, once)",
        env=env,
        cwd=_SOURCES,
    )
    fresh.replace(_built())


def _built() -> Path:
    return checkout.cache() / f"terragrunt-{version()}" / "terragrunt"


def _go() -> Path:
    wanted_go = f"go >= {'.'.join(map(str, _OLDEST_GO))} (for Terragrunt)"
    how = "your system's package, or the download page of Go; put it on PATH"
    found = shutil.which("go")
    if found is None:
        raise MissingToolError(wanted_go, "there is none on PATH", how)
    told = _output([found, "env", "GOVERSION"])
    if tuple(int(part) for part in re.findall(r"\d+", told)[:2]) < _OLDEST_GO:
        raise MissingToolError(wanted_go, f"the one on PATH is {told or 'of no known version'}", how)
    return Path(found)


def _told(terragrunt: Path) -> str:
    """The version that a Terragrunt tells of itself; empty when it tells none."""
    found = re.search(r"version v?(\S+)", _output([terragrunt, "--version"]))
    return found[1] if found else ""


def _output(argv: list[str | Path]) -> str:
    env = {**os.environ, "GOTOOLCHAIN": "local"}
    try:
        return subprocess.run(argv, env=env, capture_output=True, check=True, text=True).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""
