"""What a release changes: function by function, and whether anything certified is among it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

_CRITICAL: Final = "critical"

type Artifacts = Mapping[str, Any]


def changes(former: Artifacts | None, fresh: Artifacts) -> Iterator[str]:
    """One line per function that is new, gone or another; nothing where all are the same."""
    before = _functions(former)
    after = _functions(fresh)
    for operation in sorted(before.keys() | after.keys()):
        if operation not in before:
            yield f"+ {after[operation]['name']}"
        elif operation not in after:
            yield f"- {before[operation]['name']}"
        elif differs := sorted(_differences(before[operation], after[operation])):
            yield f"~ {after[operation]['name']}: {', '.join(differs)}"


def certified_changes(former: Artifacts | None, fresh: Artifacts) -> Iterator[str]:
    """What was certified and is another now: the core that all functions embed, and the critical functions.

    A first release changes nothing: it is what will be certified.
    """
    if former is None:
        return
    if former["critical_digest"] != fresh["critical_digest"]:
        yield f"certified core: {former['critical_digest']} -> {fresh['critical_digest']}"
    before, after = _functions(former), _functions(fresh)
    for operation in sorted(before.keys() | after.keys()):
        told = [functions.get(operation, {}) for functions in (before, after)]
        if any(each.get("context") == _CRITICAL for each in told) and _digests(told[0]) != _digests(told[1]):
            yield f"critical function: {next(each['name'] for each in told if each)}"


def _functions(artifacts: Artifacts | None) -> Mapping[str, Any]:
    return artifacts["functions"] if artifacts else {}


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for processor in sorted(before["zips"].keys() | after["zips"].keys()):
        if before["zips"].get(processor) != after["zips"].get(processor):
            yield f"code for {processor}"
    for setting in before.keys() | after.keys():
        if setting != "zips" and before.get(setting) != after.get(setting):
            yield setting


def _digests(function: Mapping[str, Any]) -> dict[str, str]:
    return {processor: zip_["sha256"] for processor, zip_ in function.get("zips", {}).items()}
