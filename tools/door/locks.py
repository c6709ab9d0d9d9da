"""The lock files: how they are made, and what must hold of them."""

import re
from collections.abc import Iterator
from pathlib import Path

from tools.door import checkout, environment, pants, verbs
from tools.door.process import run_logged

# In this order: the tools' lock keeps to what the functions' lock says.
LOCKS = {
    "functions": environment.PYTHON,
    "tools": environment.PYTHON,
    "pants": pants.PANTS_PYTHON,
    "pex": environment.PYTHON,
}
_UV = "uv"
_PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.MULTILINE)
_HOST = re.compile(r"https?://|--(?:extra-)?index-url|--find-links")
_FLAGS = ["--generate-hashes", "--no-emit-index-url", "--no-header", "--universal", "--no-config", "--quiet"]


def lock(arguments: list[str]) -> int:
    """Remake every lock from its list of wishes."""
    parser = verbs.parser("lock")
    parser.add_argument(
        "--upgrade", action="store_true", help="take newer versions where the wishes allow them"
    )
    options = parser.parse_args(arguments)
    more = ["--upgrade"] if options.upgrade else []
    uv = _uv()
    for name, python in LOCKS.items():
        # Without names of folders in it, a lock does not depend on where it was made.
        files = [f"{name}.in", "--output-file", f"{name}.lock.txt", "--python-version", python]
        run_logged([uv, "pip", "compile", *files, *_FLAGS, *more], f"lock of {name}", cwd=checkout.LOCKS)
    return 0


def faults(folder: Path = checkout.LOCKS) -> Iterator[str]:
    """What is wrong with the locks, in sentences."""
    texts = {name: (folder / f"{name}.lock.txt").read_text() for name in LOCKS}
    for name, text in texts.items():
        yield from _faults_of_one(f"{name}.lock.txt", text)
    tools = dict(_PIN.findall(texts["tools"]))
    for library, version in _PIN.findall(texts["functions"]):
        if tools.get(library) != version:
            yield f"tools.lock.txt: {library} is {tools.get(library, 'absent')}, and functions ship {version}"
    for name, library, wanted in (
        ("pants", "pantsbuild-pants", pants.version()),
        ("pex", "pex", pants.version("pex-cli", "version").removeprefix("v")),
    ):
        if (found := dict(_PIN.findall(texts[name])).get(library)) != wanted:
            yield f"{name}.lock.txt: {library} is {found or 'absent'}, and pants.toml names {wanted}"


def _faults_of_one(name: str, text: str) -> Iterator[str]:
    if _HOST.search(text):
        yield f"{name}: names a host"
    for block in re.split(r"\n(?=[a-z0-9])", text):
        requirement = block.split(" ", 1)[0].strip()
        if requirement and requirement[0] not in "#-" and "--hash=sha256:" not in block:
            yield f"{name}: {requirement} has no hash"


def _uv() -> Path:
    """The locked uv, from the environment as it is: the lock of the present one may be about to change."""
    present = environment.link() / "bin" / _UV
    return present if present.exists() else environment.program(_UV)
