"""Arrows point one way (docs/architecture.md): who may import whom.

The build refuses the same arrows; here the reason is told in seconds, and without it.
"""

import sys

import pytest

from tests.support.source_tree import Module, riff_modules

# Place below riff -> what it may import beside the standard library and what everybody may.
ARROWS = {
    "domain": ("riff.domain",),
    "ports": ("riff.ports", "riff.domain"),
    "usecases": ("riff.usecases", "riff.ports", "riff.domain"),
    "adapters": (
        *("riff.adapters", "riff.ports", "riff.domain"),
        *("psycopg", "cattrs", "stripe", "pyblst", "cryptography"),
    ),
    "handlers/_runtime": (
        *("riff.handlers._runtime", "riff.ports", "riff.domain", "riff.wiring", "riff.config"),
        "cattrs",
    ),
    "handlers": ("riff.handlers._runtime", "riff.usecases", "riff.ports", "riff.domain", "riff.wiring"),
    "wiring.py": ("riff",),
    "config.py": ("riff.ports",),
    "errors.py": (),
}
EVERYWHERE = ("attrs", "riff.errors", "riff_critical")


def _place(module: Module) -> str:
    inside = module.place.removeprefix("riff/")
    return next((place for place in ARROWS if inside.startswith(place)), "")


def _shared_in_folder(module: Module) -> str:
    """What the modules `_name.py` of a handler's own folder are called; nothing else begins like this."""
    parts = module.place.split("/")
    return f"riff.handlers.{parts[2]}._" if parts[1] == "handlers" and len(parts) > 3 else "nothing."


def _within(name: str, allowed: tuple[str, ...]) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in allowed)


@pytest.mark.parametrize("module", riff_modules(), ids=lambda module: module.place)
def test_imports_what_its_place_may(module: Module) -> None:
    allowed = (*ARROWS.get(_place(module), ()), *EVERYWHERE)
    foreign = {name for name in module.imports if name.partition(".")[0] not in sys.stdlib_module_names}
    shared = _shared_in_folder(module)
    assert {name for name in foreign if not _within(name, allowed) and not name.startswith(shared)} == set()


@pytest.mark.parametrize("module", riff_modules(), ids=lambda module: module.place)
def test_takes_nothing_private_of_another_module(module: Module) -> None:
    taken = [name for name, last in module.imported if last.startswith("_") and not last.startswith("__")]
    assert taken == []


def test_handlers_do_not_know_each_other() -> None:
    for module in riff_modules("handlers"):
        others = {name for name in module.imports if name.startswith("riff.handlers.")}
        tag = module.place.split("/")[2]
        assert {name.split(".")[2] for name in others} <= {"_runtime", tag}


def test_critical_functions_are_not_a_library() -> None:
    for module in riff_modules():
        assert not {name for name in module.imports if name.startswith("riff_critical.handlers")}


def test_every_arrow_starts_somewhere() -> None:
    assert {_place(module) for module in riff_modules() if module.place != "riff/__init__.py"} - {
        ""
    } == ARROWS.keys()
