"""PostgreSQL's own load generator, on statements of the adapters with their parameters filled in."""

import re
import subprocess
import tempfile
from collections.abc import Mapping

import attrs

from tests.support.postgres import PASSWORDS, MigratedDatabase

# Grants are checked as they are in production.
ROLE = "riff_critical"

_PARAMETER = re.compile(r"%\((\w+)\)s")
_COUNT = re.compile(r"number of transactions actually processed: (\d+)")
_RATE = re.compile(r"tps = ([0-9.]+) \(without initial connection time\)")


@attrs.frozen
class Load:
    """What a run did.

    Attributes:
        transactions: how many were processed.
        rate: how many per second.
    """

    transactions: int
    rate: float


def filled(statement: str, values: Mapping[str, str]) -> str:
    """The statement with an expression in place of each parameter.

    Raises:
        KeyError: a parameter has no expression.
    """
    return _PARAMETER.sub(lambda match: values[match[1]], statement).strip() + ";\n"


def run(database: MigratedDatabase, script: str, clients: int, seconds: int, **variables: int) -> Load:
    """Run a script by so many clients at once, each statement prepared once per client."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        done = subprocess.run(
            [
                database.cluster.programs / "pgbench",
                "--no-vacuum",
                "--protocol=prepared",
                f"--client={clients}",
                "--jobs=1",
                f"--time={seconds}",
                f"--file={file.name}",
                *(f"--define={name}={value}" for name, value in variables.items()),
                f"--host={database.cluster.home}",
                f"--username={ROLE}",
                database.name,
            ],
            capture_output=True,
            text=True,
            check=False,
            env={"PGPASSWORD": PASSWORDS[ROLE]},
        )
    count, rate = _COUNT.search(done.stdout), _RATE.search(done.stdout)
    if done.returncode or count is None or rate is None:
        raise RuntimeError(f"pgbench failed:\n{done.stdout}\n{done.stderr}")
    return Load(int(count[1]), float(rate[1]))
