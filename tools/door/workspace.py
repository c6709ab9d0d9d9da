"""Where Terragrunt works: a copy of this checkout's terraform/ and terragrunt/ for each environment.

What Terragrunt generates and downloads stays out of the checkout, and two stacks of one machine do not meet.
"""

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from tools.door import checkout, terraform, terragrunt
from tools.door.digests import Stamps, digest
from tools.door.failure import UsageError
from tools.door.process import Argv, run_logged

SOURCES = (checkout.ROOT / "terraform", checkout.ROOT / "terragrunt")
GROUPS = checkout.ROOT / "terragrunt" / "groups.json"
_LEFT_OUT = shutil.ignore_patterns(".terraform*", ".terragrunt-*", "*.tfstate*", "tests")
_ACCOUNT = "account"
_AT_ONCE = "4"
# The provider allocates a gigabyte to describe itself, several times per unit: less collecting, less time.
_COLLECT_LESS = {"GOGC": "400"}


def environments() -> dict[str, Path]:
    """The folder below terragrunt/live of each environment, by its name."""
    live = checkout.ROOT / "terragrunt" / "live"
    folders = [file.parent for file in sorted(live.glob("*/*/*/terragrunt.stack.hcl"))]
    return {folder.name: folder for folder in folders if folder.name != _ACCOUNT}


class Workspace:
    """One environment, and where it is worked on."""

    def __init__(
        self,
        environment: str,
        folder: Path,
        variables: Mapping[str, str],
        *,
        mark: str = "",
        stack: str = "environment",
    ) -> None:
        """Choose the environment.

        Args:
            environment: its name.
            folder: where the copy stands.
            variables: environment variables that root.hcl and the stack file read.
            mark: tells logs of several stacks apart.
            stack: its own units, or those that its `account` has once.

        Raises:
            UsageError: there is no such environment.
        """
        known = environments()
        if environment not in known:
            raise UsageError(f"no environment is called {environment}; there are {', '.join(known)}")
        self._environment = environment
        place = known[environment].relative_to(checkout.ROOT)
        self._place = place.with_name(_ACCOUNT) if stack == _ACCOUNT else place
        self._units = Path(".terragrunt-stack") / stack / ".terragrunt-stack"
        self._folder = folder
        self._variables = dict(variables)
        self._mark = mark

    def run(
        self, *words: str, only: Iterable[str] = (), title: str = "", options: Iterable[str] = ()
    ) -> Path:
        """Run Terraform in every unit, in the order of their dependencies; the result is the log.

        Args:
            words: Terraform's own words.
            only: units to keep to; all of them if none is named.
            title: of the progress line.
            options: of Terragrunt.

        Raises:
            ToolFailedError: a unit failed; those that depend on it were left alone.
        """
        self._copy()
        kept = [word for unit in only for word in ("--filter", f"./{self._units / unit}")]
        argv: Argv = [
            terragrunt.prepare(),
            "run",
            "--all",
            "--parallelism",
            _AT_ONCE,
            *options,
            *kept,
            "--",
            *words,
        ]
        return run_logged(
            argv,
            title or f"{words[0]} {self._environment}",
            env=self.variables(),
            cwd=self._folder / self._place,
            mark=self._mark,
        )

    def variables(self) -> dict[str, str]:
        """The environment variables that Terragrunt runs with."""
        return {**terraform.settings(), **terragrunt.settings(), **_COLLECT_LESS, **self._variables}

    def _copy(self) -> None:
        stamps = Stamps(self._folder / "copied.json")
        sources = digest(SOURCES)
        if stamps.current("sources", sources):
            return
        for source in SOURCES:
            shutil.rmtree(self._folder / source.name, ignore_errors=True)
            shutil.copytree(source, self._folder / source.name, ignore=_LEFT_OUT)
        stamps.record("sources", sources)


def groups() -> dict[str, list[str]]:
    """Contexts by the unit that holds their functions."""
    return dict(json.loads(GROUPS.read_text()))
