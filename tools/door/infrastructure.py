"""terraform/local, applied to a running stack."""

import json
import os
import urllib.error
import urllib.request
from pathlib import Path

from tools.door import build, checkout, terraform
from tools.door.digests import Stamps, digest
from tools.door.process import Argv, capture, run_logged
from tools.door.running import Running

_ROOT = checkout.ROOT / "terraform" / "local"
_PARALLELISM = 20  # the local AWS answers at once; Terraform's own ten would wait for each other
_PROBE_TIMEOUT_S = 10
_PRIVATE = 0o600


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
        variables = self._variables()
        everything = digest([_ROOT.parent, build.LIST, build.OPENAPI], json.dumps(variables, sort_keys=True))
        if not (self._stamps.current("everything", everything) and self._answers()):
            self._stamps.forget("everything")
            self._init()
            self._apply(variables)
            self._stamps.record("everything", everything)
        return self._api()

    def _init(self) -> None:
        modules = digest([_ROOT.parent], terraform.version(terraform.program()))
        if self._stamps.current("init", modules):
            return
        state = f"-backend-config=path={self._folder / 'terraform.tfstate'}"
        self._run("modules and provider of terraform/local", "init", "-reconfigure", state)
        self._stamps.record("init", modules)

    def _apply(self, variables: dict[str, object]) -> None:
        file = self._folder / "local.tfvars.json"
        file.unlink(missing_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE), "w") as private:
            json.dump(variables, private, indent=2)
        flags = ["-auto-approve", "-compact-warnings", f"-parallelism={_PARALLELISM}", f"-var-file={file}"]
        self._run("apply terraform/local", "apply", *flags)
        self._outputs.write_text(capture(self._argv("output", "-json"), env=self._env()))

    def _variables(self) -> dict[str, object]:
        running, known = self._running, self._running.secrets()
        return {
            "architecture": build.host(),
            "artifacts_file": str(build.LIST),
            "aws_endpoint": running.aws,
            "beacon": {"relays": running.beacon_relays, "chain": running.beacon_chain},
            "database": {
                "host": running.database_host,
                "port": running.database_port,
                "name": running.database,
            },
            "dist_dir": str(checkout.DIST),
            "openapi_file": str(build.OPENAPI),
            "payments": {"endpoint": running.payments},
            "region": running.region,
            "secrets": {
                "database_passwords": {
                    kind: known[f"riff_{kind}"] for kind in ("reader", "business", "critical")
                },
                "database_owner_password": known[running.owner],
                "payments_api_key": known["api_key"],
                "payments_notice_secret": known["notice_secret"],
            },
        }

    @property
    def _outputs(self) -> Path:
        return self._folder / "outputs.json"

    def _api(self) -> str:
        return str(json.loads(self._outputs.read_text())["api_url"]["value"])

    def _answers(self) -> bool:
        """Whether a function answers: the local AWS may have lost what Terraform made in it."""
        try:
            address = f"{self._api()}/raffles"
            with urllib.request.urlopen(address, timeout=_PROBE_TIMEOUT_S) as reply:  # noqa: S310 - on loopback
                return bool(reply.read())
        except (OSError, ValueError, KeyError, urllib.error.URLError):
            return False

    def _run(self, title: str, *words: str) -> None:
        run_logged(self._argv(*words), title, env=self._env(), mark=self._running.mark)

    def _argv(self, *words: str) -> Argv:
        return [terraform.program(), f"-chdir={_ROOT}", *words]

    def _env(self) -> dict[str, str]:
        return {**terraform.settings(), "TF_DATA_DIR": str(self._folder / "data")}
