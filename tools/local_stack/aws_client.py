"""Clients of the local AWS."""

from typing import Any

import botocore.session

from tools.local_stack.failure import StackError


def client(description: dict[str, Any], service: str) -> Any:  # noqa: ANN401 - botocore has no types
    """A client of the local AWS.

    Raises:
        StackError: the stack was never started.
    """
    aws = description.get("aws")
    if aws is None:
        raise StackError("the stack was never started here")
    return botocore.session.get_session().create_client(
        service,
        endpoint_url=aws["endpoint"],
        region_name=aws["region"],
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - the local AWS checks no signature
    )
