"""dist/artifacts.json: what there is to deploy, by operation. Terraform reads it."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from tools.artifacts.functions import Function

FORMAT = 1


@dataclass(frozen=True)
class Artifact:
    """A finished zip."""

    file: str
    sha256: str
    code_sha256: str
    size: int


def artifact_of(file: Path) -> Artifact:
    """A zip, described; `code_sha256` is its digest as AWS Lambda writes it."""
    data = file.read_bytes()
    whole = hashlib.sha256(data)
    return Artifact(file.name, whole.hexdigest(), base64.b64encode(whole.digest()).decode(), len(data))


def described(function: Function, zips: Mapping[str, Artifact]) -> dict[str, object]:
    """One function's place in the list."""
    return {
        "context": function.context,
        "name": function.name,
        "handler": function.handler,
        **asdict(function.settings),
        "zips": {processor: asdict(artifact) for processor, artifact in zips.items()},
    }


def read_functions(file: Path) -> dict[str, object]:
    """The functions that a former list names; none where there is no list of this format."""
    try:
        told = json.loads(file.read_text())
    except (OSError, ValueError):
        return {}
    return dict(told["functions"]) if told.get("format") == FORMAT else {}


def write(file: Path, critical_digest: str, functions: Mapping[str, object]) -> None:
    """Write the list, whole or not at all."""
    text = json.dumps(
        {"format": FORMAT, "critical_digest": critical_digest, "functions": functions},
        indent=2,
        sort_keys=True,
    )
    fresh = file.with_suffix(".tmp")
    fresh.write_text(text + "\n")
    fresh.replace(file)
