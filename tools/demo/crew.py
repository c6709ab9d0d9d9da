"""Who takes part: two members of staff, a sales unit with its operator, and buyers."""

import dataclasses
import secrets
from typing import Any, Self

from tools.local_stack.api_client import ApiClient
from tools.local_stack.demonstration import Requests
from tools.local_stack.folder import Folder
from tools.local_stack.identities import ADA, BEN, ORGANIZATION_ID, Identities

_UNIT = "booth-7@riff.example"


@dataclasses.dataclass(frozen=True)
class Crew:
    """Clients of the API, one per role.

    Attributes:
        ada: administers the organization.
        ben: manages its raffles; the second person wherever two are needed.
        unit: a sales unit.
        logon_code: what its operator logs on with.
        public: anybody.
    """

    ada: ApiClient
    ben: ApiClient
    unit: ApiClient
    logon_code: str
    public: ApiClient

    @classmethod
    def of(cls, folder: Folder) -> Self:
        """The crew of a running stack, with a sales unit that is new.

        Raises:
            StackError: the stack does not run, or is not complete.
        """
        identities, password = Identities(folder), Requests(folder).password
        api = folder.read_description()["aws"]["api"]
        ada = ApiClient(api, identities.staff(ADA, password))
        ben = ApiClient(api, identities.staff(BEN, password))
        name = f"{secrets.token_hex(4)}-{_UNIT}"
        # What a device keeps is longer than what a person remembers: the pool asks for it.
        secret = password + secrets.token_hex(16)
        subject = identities.user("devices", name, secret)
        unit = ApiClient(api, identities.sign_in("devices", name, secret))
        operator = identities.user("staff", ADA.email, password)
        return cls(ada, ben, unit, _registered(ada, subject, operator), ApiClient(api))


def _registered(ada: ApiClient, subject: str, operator: str) -> str:
    """The logon code of a unit of this subject, with an operator of that one."""
    body = {"label": f"Booth {subject[:8]}", "subject": subject, "operator": operator}
    path = f"/staff/organizations/{ORGANIZATION_ID}/units"
    made: dict[str, Any] = ada.command("POST", path, new_key(), body)
    return str(made["logon_code"])


def new_key() -> str:
    """A key for one command."""
    return secrets.token_hex(16)
