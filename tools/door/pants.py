"""Pants and its toolchain, made from the package registry alone and shared by checkouts.

Pants comes from an installed `pants` launcher when there is one, else from a virtual environment of Python
3.9 (the newest that this version of Pants runs on). Its PEX tool, and the lock in PEX's own format, are made
here in any case: pants.toml says why beside the settings that name them.
"""

import json
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

from tools.door import checkout, environment, pythons
from tools.door.digests import digest
from tools.door.failure import DoorError
from tools.door.process import Argv, merged, run_logged

PANTS_PYTHON = "3.9"
SETTINGS = checkout.ROOT / "pants.toml"
# Pants reads files only below the root of the checkout, so these do not follow RIFF_STATE.
HOME = checkout.ROOT / ".riff" / "pants"
_LOCK = checkout.LOCKS / "functions.lock.txt"
_PANTS_LOCK = checkout.LOCKS / "pants.lock.txt"
_PEX_LOCK = checkout.LOCKS / "pex.lock.txt"
_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


def pants(arguments: list[str]) -> int:
    """Run Pants as asked, in the foreground."""
    return subprocess.call([str(part) for part in command(arguments)], env=merged(variables()))


def command(arguments: list[str]) -> list[str | Path]:
    """The command line of Pants, after making what it needs."""
    return [prepare(), *arguments]


def prepare() -> Path:
    """Make the toolchain and the rendered lock if they are not there; the result is the program to run.

    Raises:
        MissingToolError: an interpreter that is needed is absent.
        ToolFailedError: an installation failed.
    """
    with environment.exclusive(checkout.cache() / "pants.lock"):
        program = launcher() or _environment()
        _build_pex()
        _link_pex(_pex_file())
    with environment.exclusive(HOME / "lock"):
        _render_lock()
    return program


def need_interpreter() -> None:
    """Refuse when neither a launcher nor the interpreter that Pants runs on is there."""
    if launcher() is None:
        pythons.need_python(
            PANTS_PYTHON, "the newest that Pants runs on; an installed `pants` launcher does as well"
        )


def launcher() -> Path | None:
    """An installed launcher of Pants, if PATH has one."""
    found = shutil.which("pants")
    return Path(found) if found else None


def version(section: str = "GLOBAL", key: str = "pants_version") -> str:
    """A version that pants.toml names."""
    return str(tomllib.loads(SETTINGS.read_text())[section][key])


def variables() -> dict[str, str]:
    """The variables that Pants runs with here."""
    found = pythons.need_python(environment.PYTHON, "functions and tools")
    settings = {
        # The one interpreter that we have chosen: Pants would ask every other on PATH first.
        "PANTS_PYTHON_BOOTSTRAP_SEARCH_PATH": json.dumps([str(found.executable.parent)]),
    }
    if (authority := _certificates()) and "PANTS_CA_CERTS_PATH" not in os.environ:
        settings["PANTS_CA_CERTS_PATH"] = str(authority)
    if os.environ.get("CI"):
        settings["PANTS_PANTSD"] = "false"  # nobody would stop it there
    return settings


def stop_daemon() -> None:
    """Stop the Pants daemon of this checkout, if one runs."""
    for record in (HOME / "pids").glob("*/pantsd/pid"):
        try:
            os.kill(int(record.read_text()), 15)
        except (OSError, ValueError):
            continue


def _environment() -> Path:
    """Pants in an environment of its own."""
    folder = checkout.cache() / f"pants-{version()}-{digest([_PANTS_LOCK])[:12]}"
    if not (folder / "complete").exists():
        found = pythons.need_python(PANTS_PYTHON, "the newest that Pants runs on")
        environment.install(folder, found, _PANTS_LOCK, f"Pants {version()}")
    return folder / "bin" / "pants"


def _pex_file() -> Path:
    return checkout.cache() / f"pex-{version('pex-cli', 'version')}.pex"


def _build_pex() -> None:
    """The PEX tool as one file, built by itself from its wheel; Pants checks its digest against pants.toml.

    Built by another version of PEX, its boot code and its body would disagree about their shared cache of
    interpreters. With --no-strip-pex-env it keeps its cache where Pants tells it to, not in the home folder.
    """
    file = _pex_file()
    if file.exists():
        return
    found = pythons.need_python(environment.PYTHON, "functions and tools")
    folder = checkout.cache() / "pex.tmp"
    shutil.rmtree(folder, ignore_errors=True)
    environment.install(folder, found, _PEX_LOCK, "the builder of PEX")
    wanted = f"pex=={version('pex-cli', 'version').removeprefix('v')}"
    flags = ["--no-build", "--no-compress", "--no-strip-pex-env", "--python-shebang", "/usr/bin/env python"]
    fresh = folder / "fresh.pex"
    argv: Argv = [folder / "bin" / "pex", wanted, *_trust(), *flags, "-c", "pex", "-o", fresh]
    run_logged(argv, f"{wanted} as one file", env=_pex_settings(folder / "root"))
    fresh.replace(file)
    shutil.rmtree(folder, ignore_errors=True)


def _link_pex(file: Path) -> None:
    place = HOME / file.name
    if not place.is_symlink() or place.readlink() != file:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        place.symlink_to(file)


def _render_lock() -> None:
    """Write the committed lock in PEX's format, and hold it against the committed hashes.

    Raises:
        DoorError: the rendered lock names a file that the committed one does not.
    """
    out = HOME / "locks" / "functions.lock"
    stamp = out.with_suffix(".stamp")
    wanted = digest([_LOCK, SETTINGS, Path(__file__)])
    if out.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    found = pythons.need_python(environment.PYTHON, "functions and tools")
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = out.with_suffix(".fresh")
    style = ["--pip-version", "latest", "--style", "universal", "--target-system", "linux", "--no-build"]
    limits = ["--interpreter-constraint", f"CPython=={environment.PYTHON}.*"]
    argv: Argv = [found.executable, _pex_file(), "lock", "create", *_trust(), *style, *limits]
    files: Argv = ["--python-path", found.executable.parent, "--requirement", _LOCK, "--output", fresh]
    run_logged(
        [*argv, "--indent", "2", *files],
        "lock in the format of Pants",
        env={**_pex_settings(checkout.cache() / "pex-root"), "PEX_SCRIPT": "pex3"},
    )
    strangers = set(re.findall(r'"hash": "([0-9a-f]+)"', fresh.read_text())) - locked_hashes(_LOCK)
    if strangers:
        fresh.unlink()
        raise DoorError(f"{_LOCK.name} does not name these files: {', '.join(sorted(strangers))}")
    fresh.replace(out)
    stamp.write_text(wanted)


def locked_hashes(lock: Path) -> set[str]:
    """The SHA-256 digests that a committed lock allows."""
    return set(re.findall(r"--hash=sha256:([0-9a-f]{64})", lock.read_text()))


def _pex_settings(root: Path) -> dict[str, str]:
    # No pip.conf of the machine may change what is resolved; pip reads the global one even when isolated.
    return {"PIP_CONFIG_FILE": os.devnull, "PEX_ROOT": str(root)}


def _trust() -> list[str]:
    authority = _certificates()
    return ["--cert", str(authority)] if authority else []


def _certificates() -> Path | None:
    """The machine's certificate authorities: programs that Pants starts do not see our environment."""
    for named in (os.environ.get("SSL_CERT_FILE"), str(_CERTIFICATES)):
        if named and Path(named).is_file():
            return Path(named)
    return None
