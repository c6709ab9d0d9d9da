"""The functions of this repository, derived from the names of their handlers."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import yaml

CRITICAL = "critical"
_TRIGGERS = frozenset({"http", "queue", "schedule", "stream", "event", "invoke"})
_SCHEDULED = "schedule"
# As the scheduler of AWS reads it; module `triggers` refuses anything else too.
_EVERY = re.compile(r"rate\([1-9][0-9]* (minutes?|hours?|days?)\)|cron\([^()]+\)")
_DATABASES = frozenset({"none", "reader", "business", "critical", "owner"})
_MEMORY_MB, _TIMEOUT_S = range(128, 10240 + 1), range(1, 900 + 1)  # the limits of AWS Lambda


class FunctionSettingsError(Exception):
    """A functions.yaml says something that nothing understands."""


@dataclass(frozen=True)
class Settings:
    """What may differ from function to function, with the defaults."""

    trigger: str = "http"
    every: str | None = None
    memory_mb: int = 512
    timeout_s: int = 15
    database: str = "reader"
    grants: tuple[str, ...] = ()


# A critical function has the standard library only: no HTTP, no database driver.
_CRITICAL_DEFAULTS = Settings(trigger="invoke", database="none")


@dataclass(frozen=True)
class Function:
    """One operation, which is one Lambda function."""

    context: str
    operation: str
    handler: str
    settings: Settings

    @property
    def name(self) -> str:
        """Its name in AWS, without the environment."""
        return f"{self.context}-{self.operation.replace('_', '-')}"


def find_functions(sources: Path) -> tuple[Function, ...]:
    """Every function below src/python, by operation.

    Raises:
        FunctionSettingsError: a functions.yaml is not understood, or two contexts have one operation.
    """
    found = [*_in_folder(sources, sources / "riff_critical" / "handlers", CRITICAL, _CRITICAL_DEFAULTS)]
    for folder in sorted((sources / "riff" / "handlers").glob("[!_.]*")):
        if folder.is_dir():
            found += _in_folder(sources, folder, folder.name, Settings())
    operations = [function.operation for function in found]
    if doubled := sorted({name for name in operations if operations.count(name) > 1}):
        raise FunctionSettingsError(f"more than one context has: {', '.join(doubled)}")
    return tuple(sorted(found, key=lambda function: function.operation))


def _in_folder(sources: Path, folder: Path, context: str, defaults: Settings) -> Iterator[Function]:
    file = folder / "functions.yaml"
    differing = _read(file)
    modules = [module for module in sorted(folder.glob("[!_]*.py")) if _defines_handler(module)]
    if unknown := sorted(set(differing) - {module.stem for module in modules}):
        raise FunctionSettingsError(f"{file}: no handler is called {', '.join(unknown)}")
    for module in modules:
        path = ".".join(module.relative_to(sources).with_suffix("").parts)
        where = f"{file}: {module.stem}"
        settings = _settings(differing.get(module.stem), defaults, where)
        if (settings.trigger == _SCHEDULED) != (settings.every is not None):
            raise FunctionSettingsError(f"{where}: a schedule, and nothing else, says every when it runs")
        yield Function(context, module.stem, f"{path}.handler", settings)


def _defines_handler(module: Path) -> bool:
    """Whether it is a function; what functions share may stand beside them."""
    tree = ast.parse(module.read_bytes())
    return any(isinstance(node, ast.FunctionDef) and node.name == "handler" for node in tree.body)


def _read(file: Path) -> Mapping[str, object]:
    if not file.exists():
        return {}
    told: object = yaml.safe_load(file.read_text())
    if told is None:
        return {}
    if not isinstance(told, dict):
        raise FunctionSettingsError(f"{file}: expected operations and their settings")
    return cast("Mapping[str, object]", told)


def _settings(told: object, defaults: Settings, where: str) -> Settings:
    if told is None:
        return defaults
    if not isinstance(told, dict):
        raise FunctionSettingsError(f"{where}: expected settings by name")
    changes: dict[str, object] = {}
    for name, value in told.items():
        _check(name, value, where)
        changes[name] = tuple(value) if isinstance(value, list) else value
    # Each value was checked against its name just above.
    return replace(defaults, **changes)  # type: ignore[arg-type]


def _check(name: object, value: object, where: str) -> None:
    match name:
        case "trigger":
            fits = value in _TRIGGERS
        case "every":
            fits = type(value) is str and _EVERY.fullmatch(value) is not None
        case "database":
            fits = value in _DATABASES
        case "memory_mb":
            fits = type(value) is int and value in _MEMORY_MB
        case "timeout_s":
            fits = type(value) is int and value in _TIMEOUT_S
        case "grants":
            fits = isinstance(value, list) and all(type(grant) is str for grant in value)
        case _:
            raise FunctionSettingsError(f"{where}: no setting is called {name}")
    if not fits:
        raise FunctionSettingsError(f"{where}: {name} cannot be {value!r}")
