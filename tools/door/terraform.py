"""Terraform: the program on PATH, and where it takes providers from."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tools.door import checkout
from tools.door.failure import MissingToolError

OLDEST = (1, 11)
PROVIDER = "hashicorp/aws"
_REGISTRY = "registry.terraform.io"


def program() -> Path:
    """Terraform on PATH, new enough.

    Raises:
        MissingToolError: it is absent or too old.
    """
    wanted = f"terraform >= {'.'.join(map(str, OLDEST))}"
    how = "your system's package, or the download page of Terraform; put it on PATH"
    found = shutil.which("terraform")
    if found is None:
        raise MissingToolError(wanted, "there is none on PATH", how)
    told = version(Path(found))
    if tuple(int(part) for part in re.findall(r"\d+", told)[:2]) < OLDEST:
        raise MissingToolError(wanted, f"the one on PATH is {told or 'of no known version'}", how)
    return Path(found)


def version(terraform: Path) -> str:
    """The version that a Terraform tells of itself; empty when it tells none."""
    try:
        told = subprocess.run(
            [terraform, "version", "-json"], env={**os.environ, **settings()}, capture_output=True, check=True
        )
        return str(json.loads(told.stdout)["terraform_version"])
    except (OSError, subprocess.SubprocessError, ValueError, KeyError):
        return ""


def settings() -> dict[str, str]:
    """The variables that Terraform runs with here.

    A configuration of the user's own is left in force. Without one, ours says where providers come from: a
    local mirror that has the AWS provider, if there is one, else the registry.
    """
    common = {"TF_IN_AUTOMATION": "1", "TF_INPUT": "0", "CHECKPOINT_DISABLE": "1"}
    if user_configuration() is not None:
        return common
    ours = checkout.state() / "terraform.rc"
    text = _configuration(mirror())
    if not ours.exists() or ours.read_text() != text:
        ours.parent.mkdir(parents=True, exist_ok=True)
        ours.write_text(text)
    return {**common, "TF_CLI_CONFIG_FILE": str(ours)}


def roots(folder: Path = checkout.ROOT / "terraform") -> list[Path]:
    """Where to validate: every root, with the modules that it calls, and each module that none calls."""
    files = [file for file in folder.rglob("*.tf") if ".terraform" not in file.parts]
    called = set(
        re.findall(
            r'source\s*=\s*"[./]*/(?:modules/|units/)?([a-z0-9-]+)"', "\n".join(f.read_text() for f in files)
        )
    )
    folders = sorted({file.parent for file in files})
    return [
        path for path in folders if path.parent.name not in ("modules", "units") or path.name not in called
    ]


def user_configuration() -> Path | None:
    """The CLI configuration that the user has, if any; a variable that names no file counts as none."""
    named = os.environ.get("TF_CLI_CONFIG_FILE") or os.environ.get("TERRAFORM_CONFIG")
    candidates = [Path(named)] if named else [Path.home() / ".terraformrc"]
    return next((path for path in candidates if path.is_file()), None)


def mirror() -> Path | None:
    """The first folder of plugins on this machine that holds the AWS provider."""
    return next((folder for folder in _mirrors() if provider_versions(folder)), None)


def provider_versions(folder: Path) -> list[str]:
    """Versions of the AWS provider that a mirror holds, packed or unpacked."""
    home = folder / _REGISTRY / PROVIDER
    if not home.is_dir():
        return []
    unpacked = {entry.name for entry in home.iterdir() if entry.is_dir()}
    packed = {entry.name.split("_")[1] for entry in home.glob("terraform-provider-aws_*_*.zip")}
    return sorted(unpacked | packed)


def _mirrors() -> Iterator[Path]:
    for variable in ("RIFF_TERRAFORM_MIRROR", "TF_PLUGIN_MIRROR"):
        if os.environ.get(variable):
            yield Path(os.environ[variable])
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    # Terraform's own implied mirrors come first.
    yield Path.home() / ".terraform.d" / "plugins"
    yield data / "terraform" / "plugins"
    yield Path("/usr/local/share/terraform/plugins")
    yield Path("/usr/share/terraform/plugins")
    # Then whatever was installed as optional software (the File Hierarchy Standard's folder for it).
    yield from (found.parent for found in sorted(Path("/opt").glob(f"*/{_REGISTRY}")))


def _configuration(local: Path | None) -> str:
    if local is None:
        # Kept for the next checkout. (Beside a mirror it gains nothing, and parallel runs of `init` would
        # share it.)
        plugins = checkout.cache() / "terraform-plugins"
        plugins.mkdir(parents=True, exist_ok=True)
        return f"# Written by ./riff.\nplugin_cache_dir = {json.dumps(str(plugins))}\n"
    ours = f'"{_REGISTRY}/{PROVIDER}"'
    return "\n".join(
        [
            "# Written by ./riff.",
            "provider_installation {",
            "  filesystem_mirror {",
            f"    path    = {json.dumps(str(local))}",
            f"    include = [{ours}]",
            "  }",
            "  direct {",
            f"    exclude = [{ours}]",
            "  }",
            "}",
            "",
        ]
    )
