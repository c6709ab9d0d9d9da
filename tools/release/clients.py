"""Clients of AWS, or of the local AWS."""

from typing import Any

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError

from tools.release.migration import ReleaseError


def client(service: str, endpoint: str | None, region: str | None, account: str = "000000000000") -> Any:  # noqa: ANN401 - botocore has no types
    """A client with the caller's own credentials; of the local AWS, if its address is given.

    Args:
        service: by botocore's name.
        endpoint: where the local AWS answers; None for AWS itself.
        region: None for that of the caller's profile.
        account: the account that the local AWS is to be.

    Raises:
        ReleaseError: the caller has no region or no credentials.
    """
    local = {"aws_access_key_id": account, "aws_secret_access_key": "riff-local"} if endpoint else {}
    # The local AWS has no names of hosts, so a bucket stands in the path.
    config = Config(s3={"addressing_style": "path"}) if endpoint else Config()
    try:
        return botocore.session.get_session().create_client(
            service, region_name=region, endpoint_url=endpoint, config=config, **local
        )
    except BotoCoreError as error:
        raise ReleaseError(str(error)) from error
