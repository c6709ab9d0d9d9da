"""The parameter store over HTTP: pages, patience, and what its failures become."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import attrs
import pytest

from riff.adapters.aws import parameters
from riff.adapters.aws.parameters import ParameterStore, ParameterStoreError
from riff.adapters.aws.signed_request import Credentials


@attrs.define
class Store:
    """A parameter store on loopback that gives prepared answers, and keeps what it was asked."""

    answers: list[tuple[int, object]] = attrs.field(factory=list)
    asked: list[tuple[dict[str, str], Any]] = attrs.field(factory=list)
    endpoint: str = ""

    def adapter(self, timeout_s: float = 5) -> ParameterStore:
        """What functions use, pointed at this store."""
        return ParameterStore(
            Credentials("AKID", "secret", "token"), "ca-central-1", self.endpoint, timeout_s
        )


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A running store, for a client whose patience costs no time."""
    found = Store()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.asked.append(
                ({name.lower(): value for name, value in self.headers.items()}, json.loads(body))
            )
            status, answer = found.answers.pop(0)
            content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Keep tests quiet."""

    monkeypatch.setattr(parameters, "_WAITS_S", (0.0, 0.0, 0.0))
    server = HTTPServer(("127.0.0.1", 0), Handler)
    found.endpoint = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


def _page(*names: str, token: str | None = None) -> tuple[int, object]:
    values = [{"Name": f"/riff/local/{name}", "Value": f"value of {name}"} for name in names]
    return 200, {"Parameters": values, **({"NextToken": token} if token else {})}


THROTTLED = (400, {"__type": "ThrottlingException", "message": "Rate exceeded"})


def test_reads_every_page(store: Store) -> None:
    store.answers = [_page("a", "b/c", token="more"), _page("d")]
    found = store.adapter().below("/riff/local")
    assert found == {"a": "value of a", "b/c": "value of b/c", "d": "value of d"}
    assert [asked.get("NextToken") for _, asked in store.asked] == [None, "more"]


def test_reads_several_paths_each_by_the_rest_of_its_names(store: Store) -> None:
    beside = {"Name": "/riff/local-reader/database/user", "Value": "riff_reader"}
    store.answers = [_page("a"), (200, {"Parameters": [beside]})]
    found = store.adapter().below("/riff/local", "/riff/local-reader")
    assert found == {"a": "value of a", "database/user": "riff_reader"}
    assert [asked["Path"] for _, asked in store.asked] == ["/riff/local", "/riff/local-reader"]


def test_asks_signed_and_decrypted(store: Store) -> None:
    store.answers = [_page()]
    store.adapter().below("/riff/local")
    headers, asked = store.asked[0]
    assert (asked["Path"], asked["Recursive"], asked["WithDecryption"]) == ("/riff/local", True, True)
    assert headers["x-amz-target"] == "AmazonSSM.GetParametersByPath"
    assert "Credential=AKID/" in headers["authorization"]
    assert headers["x-amz-security-token"] == "token"


@pytest.mark.parametrize("busy", [THROTTLED, (500, {"__type": "InternalServerError"}), (503, b"<html>")])
def test_waits_out_a_store_that_is_busy(store: Store, busy: tuple[int, object]) -> None:
    store.answers = [busy, busy, busy, _page("a")]
    assert store.adapter().below("/riff/local") == {"a": "value of a"}


def test_gives_up_after_several_attempts(store: Store) -> None:
    store.answers = [THROTTLED] * 4
    with pytest.raises(ParameterStoreError):
        store.adapter().below("/riff/local")
    assert store.answers == []


def test_does_not_repeat_what_is_refused(store: Store) -> None:
    store.answers = [(400, {"__type": "com.amazonaws#AccessDeniedException"})]
    with pytest.raises(ParameterStoreError) as caught:
        store.adapter().below("/riff/local")
    assert caught.value.__notes__ == ["parameter store: status 400, AccessDeniedException"]
    assert "AccessDenied" not in caught.value.detail


def test_refusal_without_a_name_is_still_a_refusal(store: Store) -> None:
    store.answers = [(403, b"no")]
    with pytest.raises(ParameterStoreError):
        store.adapter().below("/riff/local")


def test_nobody_there_is_unavailable() -> None:
    adapter = ParameterStore(Credentials("a", "b"), "ca-central-1", "http://127.0.0.1:1")
    with pytest.raises(ParameterStoreError):
        adapter.below("/riff/local")
