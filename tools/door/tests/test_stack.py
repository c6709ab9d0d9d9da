"""The order of things in `./riff up`, with scripts in place of Python and Terraform."""

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tools.door import build, environment, infrastructure, pants, stack
from tools.door.failure import MissingToolError, ToolFailedError

Program = Callable[..., Path]

STARTED = {
    "aws": {"endpoint": "http://127.0.0.1:1", "region": "eu-central-1"},
    "payments": {"endpoint": "http://127.0.0.1:3"},
    "postgres": {"host": "127.0.0.1", "port": 2, "database": "riff", "owner": "riff_owner"},
}
SECRETS = dict.fromkeys(("riff_reader", "riff_business", "riff_critical", "api_key", "notice_secret"), "x")


class Raffles(http.server.BaseHTTPRequestHandler):
    """An API that answers one path."""

    def do_GET(self) -> None:
        """Answer the list of raffles only."""
        found = self.path == "/v1/raffles"
        self.send_response(200 if found else 404)
        self.end_headers()
        self.wfile.write(b"{}" if found else b"")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def api() -> Iterator[str]:
    """The address of a running API."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Raffles) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        server.shutdown()


@pytest.fixture
def calls(
    machine: Path, program: Program, monkeypatch: pytest.MonkeyPatch, api: str
) -> Callable[[], list[str]]:
    """Replace what `up` runs by scripts; the result tells what ran since it was last asked."""
    record = machine / "calls"
    told = machine / "told.json"
    secrets = machine / "secrets.json"
    secrets.write_text(json.dumps({**SECRETS, "riff_owner": "p/w"}))
    told.write_text(json.dumps({**STARTED, "secrets_file": str(secrets)}))
    python = program(
        "bin/fake-python",
        f"""echo "$2 $3" >> {record}
        if [ "$3" = start ]; then /bin/mkdir -p "$5" && /bin/cp {told} "$5/stack.json"; fi
        if [ "$3" = migrate ]; then echo "$4 $5 $6" >> {record}; echo "schema at migration 9"; fi""",
    )
    outputs = json.dumps({"api_url": {"value": api}})
    program(
        "bin/terraform",
        f"""if [ "$1" = version ]; then echo '{{"terraform_version": "1.11.4"}}'; exit; fi
        echo "terraform $2" >> {record}
        if [ "$2" = output ]; then echo '{outputs}'; fi""",
    )
    (machine / "artifacts.json").write_text("{}")
    (machine / "openapi.json").write_text("{}")
    monkeypatch.setattr(environment, "python", lambda: python)
    monkeypatch.setattr(build, "build_all", lambda _: record.write_text("build\n"))
    monkeypatch.setattr(build, "LIST", machine / "artifacts.json")
    monkeypatch.setattr(build, "OPENAPI", machine / "openapi.json")
    monkeypatch.setattr(infrastructure, "_ROOT", machine / "terraform" / "local")
    monkeypatch.setattr(pants, "HOME", machine / "pants")

    def taken() -> list[str]:
        lines = record.read_text().splitlines()
        record.unlink()
        return lines

    return taken


FIRST = [
    "build",
    "tools.local_stack start",
]
MIGRATE = ["tools.release migrate", "local --endpoint http://127.0.0.1:1"]
APPLY = ["terraform apply", "terraform output"]
LAST = [*MIGRATE, "tools.local_stack demonstrate"]


def test_the_first_start_does_everything_in_order(calls: Callable[[], list[str]], machine: Path) -> None:
    assert stack.up([]) == 0
    assert calls() == [*FIRST, "terraform init", *APPLY, *LAST]
    variables = machine / "state" / "stack" / "terraform" / "local.tfvars.json"
    assert variables.stat().st_mode & 0o777 == 0o600
    assert json.loads(variables.read_text())["secrets"]["database_passwords"]["critical"] == "x"
    assert json.loads(variables.read_text())["secrets"]["database_owner_password"] == "p/w"


def test_a_second_start_leaves_terraform_out(calls: Callable[[], list[str]]) -> None:
    stack.up([])
    calls()
    stack.up([])
    assert calls() == [*FIRST, *LAST]


def test_another_artifact_is_applied(calls: Callable[[], list[str]]) -> None:
    stack.up([])
    calls()
    build.LIST.write_text('{"functions": {}}')
    stack.up([])
    assert calls() == [*FIRST, *APPLY, *LAST]


def test_an_api_that_no_longer_answers_is_applied_again(
    calls: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    stack.up([])
    calls()
    monkeypatch.setattr(infrastructure.Infrastructure, "_answers", lambda _: False)
    stack.up([])
    assert calls() == [*FIRST, *APPLY, *LAST]


def test_two_stacks_are_kept_apart(calls: Callable[[], list[str]], machine: Path) -> None:
    for arguments in (["--state", str(machine / "other")], []):
        stack.up(arguments)
        assert calls() == [*FIRST, "terraform init", *APPLY, *LAST]
    assert (machine / "other" / "terraform" / "outputs.json").exists()


def test_a_failed_apply_is_tried_again_next_time(calls: Callable[[], list[str]], program: Program) -> None:
    program("bin/terraform", "exit 1")
    with pytest.raises(MissingToolError, match="of no known version"):
        stack.up([])
    program("bin/terraform", """[ "$1" = version ] && echo '{"terraform_version": "1.11.4"}'""")
    with pytest.raises(ToolFailedError, match="modules and provider"):
        stack.up([])
    assert calls() == FIRST


def test_migrates_the_stack_that_runs_here(
    calls: Callable[[], list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    stack.up([])
    calls()
    capsys.readouterr()
    assert stack.migrate([]) == 0
    assert calls() == MIGRATE
    assert "schema at migration 9" in capsys.readouterr().out


def test_migrates_an_environment_with_the_caller_s_own_credentials(
    calls: Callable[[], list[str]],
) -> None:
    assert stack.migrate(["dev", "--region", "ca-central-1"]) == 0
    assert calls() == ["tools.release migrate", "dev --region ca-central-1"]


def test_down_and_reset_are_the_stacks(calls: Callable[[], list[str]]) -> None:
    assert stack.down([]) == 0
    assert stack.reset([]) == 0
    assert calls() == ["tools.local_stack stop", "tools.local_stack reset"]


def test_what_is_asked_is_passed_on_with_its_status(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = program("bin/fake-python", 'echo "$@"; exit 3')
    monkeypatch.setattr(environment, "python", lambda: python)
    assert stack.status([]) == 3
    assert stack.logs(["void_order", "-f"]) == 3
