"""Our signatures are those of AWS's own library."""

from datetime import UTC, datetime

import botocore.auth
import pytest
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as LibraryCredentials

from riff.adapters.aws.signed_request import Credentials, Signer

AT = datetime(2026, 5, 1, 18, 30, 5, tzinfo=UTC)

REQUESTS = {
    "parameters": (
        "ssm",
        "POST",
        "https://ssm.ca-central-1.amazonaws.com/",
        {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "AmazonSSM.GetParametersByPath"},
        b'{"Path": "/riff/local"}',
        "token/+=",
    ),
    "local address with a port": (
        "ssm",
        "POST",
        "http://127.0.0.1:4566/",
        {"Content-Type": "application/x-amz-json-1.1"},
        b"{}",
        None,
    ),
    "no body": ("sqs", "GET", "https://sqs.eu-west-1.amazonaws.com/", {}, b"", None),
    "path": ("execute-api", "PUT", "https://api.example.com/v1/things/7", {"X-Thing": "a"}, b"x", None),
    "path with spaces and signs": (
        "execute-api",
        "POST",
        "https://api.example.com/a b/č~-_.",
        {},
        b"x",
        None,
    ),
    "header with inner spaces": (
        "ssm",
        "POST",
        "https://ssm.x.amazonaws.com/",
        {"X-A": "  b   c "},
        b"x",
        None,
    ),
    "no path": ("ssm", "POST", "https://ssm.us-east-1.amazonaws.com", {}, b"x", "t"),
    "bytes of every value": (
        "ssm",
        "POST",
        "https://ssm.us-east-1.amazonaws.com/",
        {},
        bytes(range(256)),
        None,
    ),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_signature_equals_the_librarys(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    service, method, url, headers, body, token = REQUESTS[name]
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda: AT.replace(tzinfo=None))
    request = AWSRequest(method=method, url=url, data=body, headers=headers)
    theirs = LibraryCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG", token)
    botocore.auth.SigV4Auth(theirs, service, "ca-central-1").add_auth(request)

    ours = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG", token)
    signed = Signer(ours, "ca-central-1", service).headers(method, url, headers, body, AT)

    assert request.headers["Authorization"] == signed["Authorization"]
    assert request.headers["X-Amz-Date"] == signed["X-Amz-Date"]


def test_secrets_are_not_printed() -> None:
    assert "secret" not in repr(Credentials("AKID", "secret", "secret-token"))
