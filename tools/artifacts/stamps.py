"""What each finished zip was made from, so that an unchanged one is not made again."""

import hashlib
import json
import sys
from pathlib import Path


class Stamps:
    """The record of one `dist` folder."""

    def __init__(self, file: Path, sources: Path) -> None:
        self._file = file
        self._recipe = _digest_of_recipe(sources)
        self._known: dict[str, dict[str, str]] = json.loads(file.read_text()) if file.exists() else {}

    def current(self, out: Path, source: str) -> bool:
        """Whether the zip that is there is the one that this source would give."""
        known = self._known.get(out.name)
        if known is None or (known["source"], known["recipe"]) != (source, self._recipe) or not out.exists():
            return False
        return hashlib.sha256(out.read_bytes()).hexdigest() == known["result"]

    def record(self, out: Path, source: str, result: str) -> None:
        """The zip was made from this source, and this came out."""
        self._known[out.name] = {"source": source, "recipe": self._recipe, "result": result}

    def save(self) -> None:
        """Write the record down for the next build."""
        self._file.write_text(json.dumps(self._known, indent=2, sort_keys=True) + "\n")


def _digest_of_recipe(sources: Path) -> str:
    """Everything but the zip itself that decides what becomes of it."""
    whole = hashlib.sha256(sys.version.encode())
    for module in sorted([*Path(__file__).parent.glob("*.py"), *(sources / "riff_critical").rglob("*.py")]):
        whole.update(module.read_bytes())
    return whole.hexdigest()
