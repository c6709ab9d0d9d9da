"""A local AWS of its own for each test module, started as `./riff up` starts it."""

import contextlib
import dataclasses
import io
import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config

REGION = "eu-central-1"
HOST = "127.0.0.1"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@dataclasses.dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:  # noqa: ANN401 - any JSON
        return json.loads(self.body)


def request(
    url: str, method: str = "GET", body: object = None, headers: dict[str, str] | None = None
) -> Answer:
    data = None if body is None else json.dumps(body).encode()
    sent = urllib.request.Request(  # noqa: S310 - loopback
        url, data=data, method=method, headers={"content-type": "application/json", **(headers or {})}
    )
    try:
        with urllib.request.urlopen(sent, timeout=20) as reply:  # noqa: S310 - loopback
            return Answer(reply.status, {k.lower(): v for k, v in reply.headers.items()}, reply.read())
    except urllib.error.HTTPError as refused:
        with refused:
            return Answer(refused.code, {k.lower(): v for k, v in refused.headers.items()}, refused.read())


class LocalAws:
    """One running server, with clients for it."""

    def __init__(self, state: Path) -> None:
        self.state = state
        self.port = free_port()
        self.endpoint = f"http://{HOST}:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self, environment: dict[str, str] | None = None) -> None:
        self.state.mkdir(parents=True, exist_ok=True)
        with (self.state / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "tools.local_aws",
                    "--port",
                    str(self.port),
                    "--state",
                    str(self.state),
                ],
                stdout=log,
                stderr=log,
                env=environment,
            )
        self._wait()

    def _wait(self) -> None:
        assert self._process is not None
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline:
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                if request(f"{self.endpoint}/_ministack/health").status == 200:
                    return
            if self._process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError((self.state / "server.log").read_text())

    def stop(self) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.wait(timeout=15)

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait(timeout=15)

    def client(self, service: str) -> Any:  # noqa: ANN401 - boto3 has no types
        return boto3.client(
            service,
            endpoint_url=self.endpoint,
            region_name=REGION,
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=Config(retries={"max_attempts": 1}, s3={"addressing_style": "path"}),
        )

    def function(
        self, name: str, source: str, extra: dict[str, str] | None = None, **settings: object
    ) -> str:
        """The ARN of a new function whose zip holds the module `index`, and what else is given."""
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            for path, text in {"index.py": source, **(extra or {})}.items():
                archive.writestr(path, text)
        created = self.client("lambda").create_function(
            FunctionName=name,
            Runtime="python3.13",
            Role="arn:aws:iam::000000000000:role/test",
            Handler="index.handler",
            Code={"ZipFile": content.getvalue()},
            **settings,
        )
        arn: str = created["FunctionArn"]
        return arn

    def put_rest_api(self, api_id: str, document: dict[str, Any]) -> dict[str, Any]:
        reply: dict[str, Any] = self.client("apigateway").put_rest_api(
            restApiId=api_id, mode="overwrite", body=json.dumps(document).encode()
        )
        return reply

    def deploy(self, name: str, document: dict[str, Any], stage: str = "v1") -> str:
        """The id of a new REST API made of the document and deployed."""
        gateway = self.client("apigateway")
        api_id: str = gateway.create_rest_api(name=name)["id"]
        self.put_rest_api(api_id, document)
        gateway.create_deployment(restApiId=api_id, stageName=stage)
        return api_id


@pytest.fixture(scope="module")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAws]:
    server = LocalAws(tmp_path_factory.mktemp("aws"))
    server.start()
    yield server
    server.stop()
