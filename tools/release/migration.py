"""The migration of an environment's database, done by its own function: here it is only invoked.

The function holds the migrations and may read the owner's password; who releases needs neither.
"""

import json
from collections.abc import Iterator
from typing import Any, Final

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

_FUNCTION: Final = "release-migrate-database"
_LIVE: Final = "live"
# As long as the function may run, and a little.  It is never asked twice by itself: a release that does not
# know how a migration ended has to look.
_PATIENCE_S: Final = 930


class ReleaseError(Exception):
    """The environment is not as this release wants it."""


def lambda_client(endpoint: str | None, region: str | None) -> Any:  # noqa: ANN401 - botocore has no types
    """A client of Lambda that waits for the answer.

    Args:
        endpoint: where the local AWS answers; None for AWS itself, with the caller's own credentials.
        region: None for that of the caller's profile.

    Raises:
        ReleaseError: the caller has no region or no credentials.
    """
    local = {"aws_access_key_id": "test", "aws_secret_access_key": "test"} if endpoint else {}
    config = Config(read_timeout=_PATIENCE_S, retries={"total_max_attempts": 1})
    try:
        return botocore.session.get_session().create_client(
            "lambda", region_name=region, endpoint_url=endpoint, config=config, **local
        )
    except BotoCoreError as error:
        raise ReleaseError(str(error)) from error


def migrate(client: Any, environment: str) -> Iterator[str]:  # noqa: ANN401 - botocore has no types
    """Migrate the database of an environment; what was done, line by line.

    Raises:
        ReleaseError: the function is not there, or failed; what it had applied before stays applied.
    """
    name = f"{environment}-{_FUNCTION}"
    try:
        answer = client.invoke(FunctionName=name, Qualifier=_LIVE, Payload=b"{}")
        told = json.loads(answer["Payload"].read())
    except (BotoCoreError, ClientError) as error:
        raise ReleaseError(f"{name} cannot be invoked: {error}") from error
    if "FunctionError" in answer:
        raise ReleaseError(f"{name} failed: {told.get('errorMessage', told)}")
    yield from (f"applied {migration}" for migration in told["applied"])
    newer = f", {told['newer']} newer than what was deployed" if told["newer"] else ""
    yield f"schema at migration {told['number']}{newer}"
