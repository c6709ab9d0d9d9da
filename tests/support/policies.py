"""What a function may do, beside what it declared that it does."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import attrs
import yaml

type Json = Mapping[str, Any]

_ROOT: Final = Path(__file__).parents[2]
_GRANTS: Final[Json] = yaml.safe_load((_ROOT / "terraform/modules/grants/grants.yaml").read_text())
# What every function may do, whatever it declared; what it may with a database; and inside a network, where
# its own code is denied what the service does with its role.
_EVERY_FUNCTION: Final = {"logs:CreateLogStream", "logs:PutLogEvents"}
_WITH_A_DATABASE: Final = {"kms:Decrypt", "ssm:GetParametersByPath", "rds-db:connect"}
_NETWORK: Final = {"AttachToNetwork", "NotFromOwnCode"}
_READ: Final = "ssm:GetParametersByPath"
# The parts of the configuration that words open; without any word a function reads its own role's.
_PARTS: Final[Mapping[str, set[str]]] = {
    "ledger:sign": {"ledger"},
    "payments:ask": {"payments"},
    "schema:migrate": {"reader", "business", "critical"},
}
_ARGUED: Final = (":log-group:", "/events/*", "/exports/*")


@attrs.frozen
class Policy:
    """The statements of one function's role, and what its description says of the function."""

    environment: str
    function: Json
    statements: tuple[Json, ...]

    def beyond(self) -> set[str]:
        """Actions that it may do without having declared them."""
        return self._actions() - _EVERY_FUNCTION - self._declared()

    def readable(self) -> set[str]:
        """The parts of the configuration that it may read; the empty name is the part of everybody."""
        return {
            resource.partition(self._tree)[2].removesuffix("/*").removeprefix("-")
            for statement in self._own()
            if _READ in statement["Action"]
            for resource in statement["Resource"]
        }

    def declared_parts(self) -> set[str]:
        """The parts of the configuration that its role of the database and its words open."""
        role = self.function["database"]
        own = set() if role == "none" else {"", role}
        return own.union(*(_PARTS.get(grant, set()) for grant in self.function["grants"]))

    def patterns(self) -> set[str]:
        """Patterns among its resources that nobody has argued for."""
        argued = (*_ARGUED, f"{self._tree}/*", f"{self._tree}-")
        return {
            resource
            for statement in self._own()
            for resource in statement["Resource"]
            if "*" in resource and not any(part in resource for part in argued)
        }

    @property
    def _tree(self) -> str:
        return f":parameter/riff/{self.environment}"

    def _own(self) -> Iterable[Json]:
        return (each for each in self.statements if each["Sid"] not in _NETWORK)

    def _actions(self) -> set[str]:
        return {action for statement in self._own() for action in statement["Action"]}

    def _declared(self) -> set[str]:
        actions = {
            action
            for grant in self.function["grants"]
            for statement in _GRANTS[grant]["statements"]
            for action in statement["actions"]
        }
        if self.function["database"] != "none":
            actions |= _WITH_A_DATABASE
        # What nobody waits for is put aside where it failed.
        return actions | ({"sqs:SendMessage"} if self.function["trigger"] in {"event", "schedule"} else set())
