"""Vector files: numbered cases with flags, valid against tests/vectors/cases.schema.json."""

import json
from collections.abc import Mapping
from pathlib import Path

VECTORS = Path(__file__).resolve().parents[2] / "tests" / "vectors"


type Given = Mapping[str, object]


class Cases:
    """Collects the cases of one file."""

    def __init__(self, algorithm: str, source: str, flags: Mapping[str, str]) -> None:
        self._head = {"algorithm": algorithm, "source": source, "flags": dict(flags)}
        self._cases: list[dict[str, object]] = []

    def valid(self, operation: str, comment: str, flags: list[str], given: Given, output: object) -> None:
        """Add a case whose operation succeeds with `output`."""
        self._add(operation, comment, flags, given, {"result": "valid", "output": output})

    def invalid(self, operation: str, comment: str, flags: list[str], given: Given, error: str) -> None:
        """Add a case whose operation is refused with the code `error`."""
        self._add(operation, comment, flags, given, {"result": "invalid", "error": error})

    def text(self) -> str:
        """The file."""
        head = json.dumps({"schema": "cases.schema.json", **self._head}, indent=1)
        cases = ",\n".join(json.dumps(case, ensure_ascii=False) for case in self._cases)
        return f'{head[:-2]},\n "cases": [\n{cases}\n]}}\n'

    def write(self, name: str) -> None:
        """Write the file into tests/vectors."""
        (VECTORS / name).write_text(self.text(), encoding="utf-8")

    def _add(
        self, operation: str, comment: str, flags: list[str], given: Given, result: dict[str, object]
    ) -> None:
        number = len(self._cases) + 1
        head = {"id": number, "operation": operation, "comment": comment, "flags": flags, "input": given}
        self._cases.append(head | result)
