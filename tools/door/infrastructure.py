"""The environment `local`, applied to a running stack: by Terragrunt, or by Terraform alone without it."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools.door import build, checkout, process, terraform, terragrunt, workspace
from tools.door.digests import Stamps, digest
from tools.door.failure import DoorError, MissingToolError, ToolFailedError
from tools.door.process import Argv, run_logged
from tools.door.progress import say
from tools.door.running import Running
from tools.door.tallies import summary, tallies
from tools.door.workspace import Workspace

_PLAIN = checkout.ROOT / "terraform" / "local"
# The local AWS answers at once; Terraform's own ten would wait for each other.
_FLAGS = ("-parallelism=20", "-compact-warnings")
_QUIET = ("--log-level", "warn")
_PROBE_TIMEOUT_S = 10
_KINDS = ("reader", "business", "critical")


def require_layout(stack: Path) -> None:
    """Refuse the folder of a stack whose infrastructure Terraform made from other modules than there are now.

    Raises:
        DoorError: it was; the message says what to do.
    """
    plain = _plain_state(stack)
    if plain.exists() and "module.keys" not in plain.read_text():
        raise DoorError(
            "this stack was made by an earlier layout of terraform/: ./riff reset, then ./riff up"
        )


def _plain_state(stack: Path) -> Path:
    """Where Terraform alone keeps its state; Terragrunt keeps one per unit elsewhere."""
    return stack / "terraform" / "terraform.tfstate"


class Infrastructure:
    """The infrastructure of one stack; its Terraform state stands in the stack's folder."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._folder = running.folder / "terraform"
        self._folder.mkdir(exist_ok=True)
        self._stamps = Stamps(self._folder / "applied.json")

    def apply(self) -> str:
        """Bring it to what this checkout says; the result is the API's address.

        Nothing is done when nothing has changed and a function answers.
        """
        everything = self._everything()
        if not (self._stamps.current("everything", everything) and self._answers()):
            self._stamps.forget("everything")
            self._describe()
            if self._by_terragrunt():
                self._apply_units()
            else:
                self._apply_plainly()
            self._write_outputs()
            self._stamps.record("everything", everything)
        return self._api()

    def destroy(self) -> str:
        """Take all of it away; the result is one line that counts it."""
        self._stamps.forget("everything", "rest", *workspace.groups())
        self._outputs.unlink(missing_ok=True)
        if not self._by_terragrunt():
            self._describe()
            log = self._run("destroy terraform/local", "destroy", *_FLAGS, "-auto-approve")
            return next(line for line in process.tail(log) if "Destroy complete!" in line)
        log = self.terragrunt().run(
            "destroy", *_FLAGS, title="destroy the environment local, unit by unit", options=_QUIET
        )
        return summary("destroy", "local", tallies(log))

    def terragrunt(self, more: Mapping[str, str] | None = None) -> Workspace:
        """Where Terragrunt works on it, with some variables more."""
        self._describe()
        variables = {**self._variables(), **(more or {})}
        return Workspace("local", self._folder / "work", variables, mark=self._running.mark)

    # ---- by Terragrunt

    def _by_terragrunt(self) -> bool:
        """Which of the two: a stack stays with what made it."""
        require_layout(self._running.folder)
        if _plain_state(self._running.folder).exists():
            return False
        if not terragrunt.wanted():
            say("RIFF_TERRAGRUNT=off: by Terraform alone (terraform/local).")
            return False
        try:
            terragrunt.prepare()
        except (MissingToolError, ToolFailedError) as error:
            say(f"Without Terragrunt, by Terraform alone (terraform/local): {str(error).splitlines()[0]}")
            return False
        return True

    def _apply_units(self) -> None:
        """Apply every unit, or only those whose zips are others, when nothing else has changed."""
        rest, zips = self._rest(), self._zips()
        changed = [group for group, value in zips.items() if not self._stamps.current(group, value)]
        known = self._stamps.current("rest", rest) and self._answers()
        only = ["artifacts", *(f"functions/{group}" for group in changed)] if known else []
        self._stamps.forget("rest", *zips)
        title = f"apply {', '.join(only)}" if only else "apply the environment local, unit by unit"
        log = self.terragrunt().run("apply", *_FLAGS, only=only, title=title, options=_QUIET)
        say(summary("apply", "local", tallies(log)))
        self._stamps.record("rest", rest)
        for group, value in zips.items():
            self._stamps.record(group, value)

    def _everything(self) -> str:
        return digest(
            [*workspace.SOURCES, build.LIST, build.OPENAPI], self._described(), self._secret_values()
        )

    def _rest(self) -> str:
        """What every unit depends on: all but the bytes of the functions."""
        listed = {name: {**told, "zips": None} for name, told in build.listed().items()}
        words = (json.dumps(listed, sort_keys=True), self._described(), self._secret_values())
        return digest([*workspace.SOURCES, build.OPENAPI], *words)

    def _zips(self) -> dict[str, str]:
        """What each unit of functions depends on beside that."""
        listed = build.listed()
        return {
            group: digest(
                [],
                *sorted(
                    json.dumps(told, sort_keys=True)
                    for told in listed.values()
                    if told["context"] in contexts
                ),
            )
            for group, contexts in workspace.groups().items()
        }

    # ---- by Terraform alone

    def _apply_plainly(self) -> None:
        modules = digest(workspace.SOURCES, terraform.version(terraform.program()))
        if not self._stamps.current("init", modules):
            state = f"-backend-config=path={_plain_state(self._running.folder)}"
            self._run("modules and provider of terraform/local", "init", "-reconfigure", state)
            self._stamps.record("init", modules)
        self._run("apply terraform/local", "apply", *_FLAGS, "-auto-approve")

    def _run(self, title: str, *words: str) -> Path:
        argv: Argv = [terraform.program(), f"-chdir={_PLAIN}", *words]
        given = {
            "aws_endpoint": self._running.aws,
            "artifacts_file": str(build.LIST),
            "dist_dir": str(checkout.DIST),
            "openapi_file": str(build.OPENAPI),
            "region": self._running.region,
            "stack_file": str(self._stack_file),
        }
        env = {
            **terraform.settings(),
            **self._variables(),
            **{f"TF_VAR_{name}": value for name, value in given.items()},
            "TF_DATA_DIR": str(self._folder / "data"),
        }
        return run_logged(argv, title, env=env, mark=self._running.mark)

    # ---- what both are told

    def _variables(self) -> dict[str, str]:
        return {
            "RIFF_AWS_ENDPOINT": self._running.aws,
            "RIFF_DIST": str(checkout.DIST),
            "RIFF_STACK": str(self._stack_file),
            "RIFF_TERRAFORM_STATE": str(self._folder / "state"),
            "TF_VAR_secret_values": self._secret_values(),
        }

    @property
    def _stack_file(self) -> Path:
        return self._folder / "stack.json"

    def _describe(self) -> None:
        self._stack_file.write_text(self._described())

    def _described(self) -> str:
        """What the environment's values say of this machine; no secret is among it."""
        running = self._running
        told = {
            "architecture": build.host(),
            "database": {
                "host": running.database_host,
                "port": running.database_port,
                "name": running.database,
            },
            "payments": running.payments,
            "settings": running.settings(),
        }
        return json.dumps(told, indent=2, sort_keys=True)

    def _secret_values(self) -> str:
        """The secrets, for an ephemeral variable: in no file, no plan and no state."""
        known = self._running.secrets()
        return json.dumps(
            {
                **{f"{kind}/database/password": known[f"riff_{kind}"] for kind in _KINDS},
                "ledger/signer/key": known["ledger_key"],
                "owner/database/password": known[self._running.owner],
                "payments/api_key": known["api_key"],
                "payments/notice_secret": known["notice_secret"],
            },
            sort_keys=True,
        )

    def _api(self) -> str:
        return str(json.loads(self._outputs.read_text())["api_url"]["value"])

    @property
    def _outputs(self) -> Path:
        """What others read: the address, the pools, the functions."""
        return self._folder / "outputs.json"

    def _write_outputs(self) -> None:
        """Gather it from the state of whoever made it."""
        plain = _plain_state(self._running.folder)
        if plain.exists():
            found = _outputs_of(plain)
        else:
            units = self._folder / "state" / "local"
            api, identity = _outputs_of(units / "api.tfstate"), _outputs_of(units / "identity.tfstate")
            functions = [
                _outputs_of(units / "functions" / f"{group}.tfstate") for group in workspace.groups()
            ]
            names = {
                operation: name for each in functions for operation, name in each["names"]["value"].items()
            }
            found = {
                "api_url": api["url"],
                "pool_ids": identity["pool_ids"],
                "client_ids": identity["client_ids"],
                "function_names": {"value": names},
            }
        self._outputs.write_text(json.dumps(found, indent=2))

    def _answers(self) -> bool:
        """Whether a function answers: the local AWS may have lost what Terraform made in it."""
        try:
            address = f"{self._api()}/raffles"
            with urllib.request.urlopen(address, timeout=_PROBE_TIMEOUT_S) as reply:  # noqa: S310 - on loopback
                return bool(reply.read())
        except (OSError, ValueError, KeyError, urllib.error.URLError):
            return False


def _outputs_of(state: Path) -> dict[str, Any]:
    return dict(json.loads(state.read_text())["outputs"])
