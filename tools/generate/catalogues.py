"""Write the Python catalogues of events and permissions from `catalogue/*.toml`.

`python -m tools.generate.catalogues` writes the files; with `--check` it writes nothing, names each file
that is stale and exits 1.
"""

import argparse
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_DOMAIN = Path("src/python/riff/domain")


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


def generated() -> dict[Path, str]:
    """Path from the repository's root -> text, of every file that this tool writes."""

    def load(name: str) -> dict[str, dict[str, str]]:
        return tomllib.loads((ROOT / "catalogue" / name).read_text("utf-8"))

    return {
        _DOMAIN / "audit/event_catalogue.py": events(load("events.toml")),
        _DOMAIN / "accounts/permission_catalogue.py": permissions(dict(load("permissions.toml"))),
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
