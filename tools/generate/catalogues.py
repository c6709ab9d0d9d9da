"""Write the Python catalogues of events, permissions, problems and rule profiles from `catalogue/`.

`python -m tools.generate.catalogues` writes the files; with `--check` it writes nothing, names each file
that is stale and exits 1.
"""

import argparse
import json
import sys
import tomllib
from pathlib import Path
from typing import Any

from riff.adapters.system.profile_document import read_catalogued

ROOT = Path(__file__).resolve().parents[2]
_RIFF = Path("src/python/riff")
_DOMAIN = _RIFF / "domain"


def events(source: dict[str, dict[str, str]]) -> str:
    """The module that names every significant event."""
    entries = "\n".join(
        f'    {name} = "{entry["id"]}"\n    """{entry["meaning"]}"""\n'
        for name, entry in sorted(source.items(), key=lambda item: item[1]["id"])
    )
    return (
        '"""Significant events; `./riff generate` writes this from catalogue/events.toml."""\n\n'
        "from enum import StrEnum\n\n\n"
        "class EventKind(StrEnum):\n"
        '    """What happened, as regulators know it (GLI-31 5.6)."""\n\n'
        f"{entries}"
    )


def permissions(source: dict[str, dict[str, object]]) -> str:
    """The module that names every permission and what each role may do."""
    names = "".join(f'        "{name}",\n' for name in sorted(source["permissions"]))
    roles = ""
    for role, granted in sorted(source["roles"].items()):
        if not isinstance(granted, list) or not set(granted) <= set(source["permissions"]):
            raise SystemExit(
                f"catalogue/permissions.toml: role {role} grants something that is not a permission"
            )
        listed = "".join(f'                "{permission}",\n' for permission in sorted(granted))
        roles += f'        "{role}": frozenset(\n            {{\n{listed}            }}\n        ),\n'
    return (
        '"""Permissions and roles; `./riff generate` writes this from catalogue/permissions.toml."""\n\n'
        "from collections.abc import Mapping\n"
        "from types import MappingProxyType\n"
        "from typing import Final\n\n"
        f"PERMISSIONS: Final = frozenset(\n    {{\n{names}    }}\n)\n\n"
        "ROLES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(\n    {\n"
        f"{roles}    }}\n)\n"
    )


def problems(source: dict[str, dict[str, object]]) -> str:
    """The module that names every problem's title; statuses stand in `problems.py`, and a test compares."""
    titles = "".join(f'        "{code}": "{entry["title"]}",\n' for code, entry in sorted(source.items()))
    return (
        '"""Titles of problems; `./riff generate` writes this from catalogue/problems.toml."""\n\n'
        "from collections.abc import Mapping\n"
        "from types import MappingProxyType\n"
        "from typing import Final\n\n"
        f"TITLES: Final[Mapping[str, str]] = MappingProxyType(\n    {{\n{titles}    }}\n)\n"
    )


def profiles(source: dict[str, dict[str, object]]) -> str:
    """The module that holds the rule profiles as plain data.

    Raises:
        ConfigurationError: a profile breaks the schema; the note names file and key.
    """
    for name, profile in source.items():
        read_catalogued(name, profile)
    entries = "".join(f'    "{name}": {_literal(profile, 1)},\n' for name, profile in sorted(source.items()))
    return (
        '"""Rule profiles; `./riff generate` writes this from catalogue/profiles/*.toml."""\n\n'
        "from collections.abc import Mapping\n"
        "from typing import Final\n\n"
        f"PROFILES: Final[Mapping[str, Mapping[str, object]]] = {{\n{entries}}}\n"
    )


def _literal(value: object, level: int) -> str:
    """A value of TOML as the formatter would write it, one entry per line."""
    inner, outer = "    " * (level + 1), "    " * level
    match value:
        case dict():
            entries = [f'{inner}"{key}": {_literal(entry, level + 1)},\n' for key, entry in value.items()]
            return f"{{\n{''.join(entries)}{outer}}}"
        case list():
            return f"[\n{''.join(f'{inner}{_literal(entry, level + 1)},\n' for entry in value)}{outer}]"
        case str():
            return json.dumps(value, ensure_ascii=False)
    return repr(value)


def generated() -> dict[Path, str]:
    """Path from the repository's root -> text, of every file that this tool writes."""

    def load(name: str) -> Any:  # noqa: ANN401 - each catalogue has a shape of its own
        return tomllib.loads((ROOT / "catalogue" / name).read_text("utf-8"))

    return {
        _DOMAIN / "audit/event_catalogue.py": events(load("events.toml")),
        _DOMAIN / "accounts/permission_catalogue.py": permissions(load("permissions.toml")),
        _RIFF / "handlers/_runtime/problem_catalogue.py": problems(load("problems.toml")),
        _RIFF / "adapters/system/profile_catalogue.py": profiles(
            {
                path.stem: load(f"profiles/{path.name}")
                for path in (ROOT / "catalogue/profiles").glob("*.toml")
            }
        ),
    }


def main() -> int:
    """Write or check; the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="write nothing; name what is stale")
    check = parser.parse_args().check
    stale = 0
    for path, text in generated().items():
        target = ROOT / path
        if target.exists() and target.read_text("utf-8") == text:
            continue
        if check:
            print(f"{path} is stale: run ./riff generate", file=sys.stderr)
            stale = 1
        else:
            target.write_text(text, "utf-8")
            print(f"wrote {path}")
    return stale


if __name__ == "__main__":
    sys.exit(main())
