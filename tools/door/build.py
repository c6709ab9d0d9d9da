"""`./riff build`: from sources to dist/*.zip, dist/artifacts.json and dist/openapi.json."""

import json
import platform
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tools.door import checkout, environment, pants, verbs
from tools.door.digests import Stamps, digest
from tools.door.failure import UsageError
from tools.door.process import Argv, run_logged
from tools.door.progress import say

PROCESSORS = ("x86_64", "arm64")
LIST = checkout.DIST / "artifacts.json"
OPENAPI = checkout.DIST / "openapi.json"
_STAMPS = Stamps(checkout.DIST / ".built.json")
_BUNDLER = checkout.ROOT / "tools" / "openapi" / "bundle.py"
_INPUTS = ("src/python", "3rdparty", "build-support", "pants.toml", "tools/artifacts")


def build(arguments: list[str]) -> int:
    """Build what has changed."""
    parser = verbs.parser("build")
    parser.add_argument("--arch", choices=("host", "all"), default="all", help="for which processors")
    parser.add_argument("functions", nargs="*", metavar="FUNCTION", help="such as void_order; all by default")
    options = parser.parse_args(arguments)
    processors = (host(),) if options.arch == "host" else PROCESSORS
    if options.functions:
        build_some(processors, [name.replace("-", "_") for name in options.functions])
    elif not build_all(processors):
        say("Nothing has changed since the last build.")
    say(f"{checkout.shown(LIST)} lists {len(listed())} functions.")
    return 0


def build_all(processors: Sequence[str]) -> bool:
    """Bring every artifact up to date; false when all were."""
    stale_zips = not zips_are_current(processors)
    if stale_zips:
        _package(processors, ["src/python::"])
        _finish(processors, [])
        for processor in PROCESSORS:
            _STAMPS.record(processor, _inputs() if processor in processors else "")
    return _bundle() or stale_zips


def build_some(processors: Sequence[str], operations: Sequence[str]) -> None:
    """Bring the artifacts of some functions up to date, whatever becomes of the others.

    Raises:
        UsageError: there is no such function.
    """
    targets = [_target(operation) for operation in operations]
    _package(processors, [f"{target}-{processor}" for target in targets for processor in processors])
    _finish(processors, operations)
    _STAMPS.forget(*PROCESSORS)
    _bundle()


def zips_are_current(processors: Sequence[str]) -> bool:
    """Whether the sources are those of the last whole build, and its zips are there."""
    inputs = _inputs()
    if not all(_STAMPS.current(processor, inputs) for processor in processors):
        return False
    files = [file for processor in processors for file in _listed_zips(processor)]
    # A list without functions is no list.
    return 0 < len(files) == len(processors) * len(listed()) and all(
        _size(file) == size for file, size in files
    )


def listed() -> dict[str, Any]:
    """The functions that dist/artifacts.json lists, as JSON has them."""
    try:
        return dict(json.loads(LIST.read_text())["functions"])
    except (OSError, ValueError, KeyError):
        return {}


def _listed_zips(processor: str) -> list[tuple[Path, int]]:
    zips = [told["zips"].get(processor) for told in listed().values()]
    return [(checkout.DIST / zip_["file"], zip_["size"]) for zip_ in zips if zip_]


def host() -> str:
    """This machine's processor, by the name that AWS has for it."""
    return {"aarch64": "arm64", "arm64": "arm64"}.get(platform.machine(), "x86_64")


def _package(processors: Sequence[str], targets: Sequence[str]) -> None:
    environment.python()
    run_logged(
        pants.command([f"--tag={','.join(processors)}", "package", *targets]),
        f"package functions for {' and '.join(processors)}",
        env=pants.variables(),
    )


def _finish(processors: Sequence[str], operations: Sequence[str]) -> None:
    flags = [word for processor in processors for word in ("--arch", processor)]
    run_logged(
        [environment.python(), "-m", "tools.artifacts", *flags, *operations],
        "finish zips, list artifacts",
        env=environment.imports(),
    )


def _bundle() -> bool:
    """Bundle the OpenAPI description into one document for API Gateway; false when it was current."""
    sources = checkout.ROOT / "openapi"
    if not _BUNDLER.exists():
        return False
    inputs = digest([sources, _BUNDLER.parent])
    if OPENAPI.exists() and _STAMPS.current("openapi", inputs):
        return False
    checkout.DIST.mkdir(exist_ok=True)
    argv: Argv = [environment.python(), "-m", "tools.openapi.bundle", "openapi", OPENAPI]
    run_logged(argv, "bundle the OpenAPI description", env=environment.imports())
    _STAMPS.record("openapi", inputs)
    return True


def _inputs() -> str:
    return digest([checkout.ROOT / path for path in _INPUTS], environment.PYTHON)


def _target(operation: str) -> str:
    places = [
        *(checkout.SOURCES / "riff" / "handlers").glob(f"*/{operation}.py"),
        *(checkout.SOURCES / "riff_critical" / "handlers").glob(f"{operation}.py"),
    ]
    if not places:
        raise UsageError(f"no handler is called {operation}.py under src/python")
    return f"{places[0].parent.relative_to(checkout.ROOT)}:{operation}"


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else -1
