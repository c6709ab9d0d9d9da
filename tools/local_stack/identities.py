"""People and devices of the local stack: made in the local AWS and in the database, and signed in.

Creating organizations and staff is not part of the API yet, so the owner of the database seeds them.
"""

import contextlib
import dataclasses
from typing import Any, Final

import psycopg

from tools.local_stack.aws_client import client
from tools.local_stack.failure import StackError
from tools.local_stack.folder import OWNER, Folder

ORGANIZATION_ID: Final = "0196e000-0000-7000-8000-000000000001"
_VENUE_ID: Final = "0196e000-0000-7000-8000-000000000002"

_ORGANIZATION: Final = """
    INSERT INTO organization (id, name, licence_number, currency)
    VALUES (%(organization)s, 'Riverside Sports Foundation', 'DEMO-1', 'CAD') ON CONFLICT (id) DO NOTHING
"""
_VENUE: Final = """
    INSERT INTO venue (id, organization_id, name)
    VALUES (%(venue)s, %(organization)s, 'Riverside Stadium') ON CONFLICT (id) DO NOTHING
"""
_STAFF: Final = """
    INSERT INTO staff_member (id, subject, name, email)
    VALUES (%(staff)s, %(subject)s, %(name)s, %(email)s)
    ON CONFLICT (id) DO UPDATE SET subject = excluded.subject
"""
_GRANT: Final = """
    INSERT INTO staff_grant (staff_id, role, organization_id)
    VALUES (%(staff)s, %(role)s, %(organization)s) ON CONFLICT DO NOTHING
"""


@dataclasses.dataclass(frozen=True)
class Person:
    """A member of staff of the demonstration's organization."""

    id: str
    name: str
    email: str
    role: str


ADA: Final = Person("0196e000-0000-7000-8000-0000000000a1", "Ada Example", "ada@riff.example", "admin")
BEN: Final = Person(
    "0196e000-0000-7000-8000-0000000000b2", "Ben Example", "ben@riff.example", "raffle_manager"
)


class Identities:
    """The user pools and the register of staff of a running stack.

    Raises:
        StackError: the stack does not run, or infrastructure or schema are missing.
    """

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._description = folder.read_description()
        self._identity = client(self._description, "cognito-idp")

    def staff(self, person: Person, password: str) -> str:
        """A token of a member of staff, who is made if need be; the password never expires."""
        self.client_id("staff")  # without one nobody signs in, and nobody need be made
        subject = self.user("staff", person.email, password)
        values = {
            "organization": ORGANIZATION_ID,
            "venue": _VENUE_ID,
            "staff": person.id,
            "name": person.name,
            "email": person.email,
            "role": person.role,
            "subject": subject,
        }
        self._seed(values)
        return self.sign_in("staff", person.email, password)

    def user(self, pool: str, username: str, password: str) -> str:
        """The subject of a user of a pool, who is made if need be."""
        pool_id = self._pool_id(pool)
        mail = [{"Name": "email", "Value": username}, {"Name": "email_verified", "Value": "true"}]
        with contextlib.suppress(self._identity.exceptions.UsernameExistsException):
            self._identity.admin_create_user(
                UserPoolId=pool_id,
                Username=username,
                UserAttributes=mail,
                MessageAction="SUPPRESS",
                TemporaryPassword=password,  # the one that the local AWS makes up is shorter than pools allow
            )
        self._identity.admin_set_user_password(
            UserPoolId=pool_id, Username=username, Password=password, Permanent=True
        )
        found = self._identity.admin_get_user(UserPoolId=pool_id, Username=username)["UserAttributes"]
        return next(str(entry["Value"]) for entry in found if entry["Name"] == "sub")

    def sign_in(self, pool: str, username: str, password: str) -> str:
        """A token of a user of a pool."""
        answer = self._identity.initiate_auth(
            ClientId=self.client_id(pool),
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": username, "PASSWORD": password},
        )
        return str(answer["AuthenticationResult"]["IdToken"])

    def client_id(self, pool: str) -> str:
        """The client through which users of a pool sign in."""
        clients = self._identity.list_user_pool_clients(UserPoolId=self._pool_id(pool), MaxResults=60)
        if not clients["UserPoolClients"]:
            raise StackError(
                f"the user pool {pool} has no client: apply the infrastructure first (./riff up)"
            )
        return str(clients["UserPoolClients"][0]["ClientId"])

    def _pool_id(self, pool: str) -> str:
        name = f"local-{pool}"
        pages: Any = self._identity.get_paginator("list_user_pools").paginate(MaxResults=60)
        found = [entry["Id"] for page in pages for entry in page["UserPools"] if entry["Name"] == name]
        if not found:
            raise StackError(f"there is no user pool {name}: apply the infrastructure first (./riff up)")
        return str(found[0])

    def _seed(self, values: dict[str, str]) -> None:
        server = self._description["postgres"]
        try:
            with psycopg.connect(
                host=server["host"],
                port=server["port"],
                dbname=server["database"],
                user=OWNER,
                password=self._folder.read_secrets()[OWNER],
            ) as connection:
                for statement in (_ORGANIZATION, _VENUE, _STAFF, _GRANT):
                    connection.execute(statement, values)
        except psycopg.errors.UndefinedTable as error:
            raise StackError("the database has no schema: migrate it first (./riff up)") from error
        except psycopg.OperationalError as error:
            raise StackError(f"the database does not answer: {error}") from error
