"""The order of things in `./riff up`, with scripts in place of Python and Terraform."""

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tools.door import build, environment, pants, stack, terragrunt
from tools.door.failure import DoorError, ToolFailedError
from tools.door.infrastructure import Infrastructure

Program = Callable[..., Path]

STARTED = {
    "aws": {"endpoint": "http://127.0.0.1:1", "region": "eu-central-1"},
    "beacon": {"relays": ["http://127.0.0.1:4", "http://127.0.0.1:5"], "chain": "{}"},
    "ledger": {"origin": "ledgers.riff.example/local", "public_key": "a2V5"},
    "witness": {"endpoint": "http://127.0.0.1:6", "key": "w+00000000+BA=="},
    "payments": {"endpoint": "http://127.0.0.1:3"},
    "postgres": {"host": "127.0.0.1", "port": 2, "database": "riff", "owner": "riff_owner"},
}
SECRETS = dict.fromkeys(
    ("riff_reader", "riff_business", "riff_critical", "api_key", "notice_secret", "ledger_key"), "x"
)


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
    state = json.dumps({"modules": "module.keys.", "outputs": {"api_url": {"value": api}}})
    program(
        "bin/terraform",
        f"""if [ "$1" = version ]; then echo '{{"terraform_version": "1.11.4"}}'; exit; fi
        echo "terraform $2" >> {record}
        if [ "$2" = init ]; then echo "$4" > {machine}/backend; fi
        if [ "$2" = apply ]; then read place < {machine}/backend; echo '{state}' > "${{place#*path=}}"; fi""",
    )
    units = json.dumps(
        {"outputs": {"url": {"value": api}, "pool_ids": {}, "client_ids": {}, "names": {"value": {}}}}
    )
    program(
        "bin/terragrunt",
        f"""if [ "$1" = --version ]; then echo "terragrunt version v{terragrunt.version()}"; exit; fi
        echo "terragrunt $*" >> {record}
        echo "$TF_VAR_secret_values" > {machine}/secret_values
        /bin/mkdir -p "$RIFF_TERRAFORM_STATE/local/functions"
        for unit in api identity functions/drawing functions/evidence functions/running functions/selling \\
            functions/upkeep; do echo '{units}' > "$RIFF_TERRAFORM_STATE/local/$unit.tfstate"; done""",
    )
    list_functions(machine / "artifacts.json")
    (machine / "openapi.json").write_text("{}")
    monkeypatch.setattr(environment, "python", lambda: python)
    monkeypatch.setattr(build, "build_all", lambda _: record.write_text("build\n"))
    monkeypatch.setattr(build, "LIST", machine / "artifacts.json")
    monkeypatch.setattr(build, "OPENAPI", machine / "openapi.json")
    monkeypatch.setattr(pants, "HOME", machine / "pants")

    def taken() -> list[str]:
        lines = record.read_text().splitlines()
        record.unlink()
        return lines

    return taken


def list_functions(file: Path, zip_: str = "1") -> None:
    """A build of one function."""
    void = {"context": "sales", "name": "sales-void-order", "zips": {"x86_64": {"sha256": zip_}}}
    file.write_text(json.dumps({"format": 1, "functions": {"void_order": void}}))


FIRST = [
    "build",
    "tools.local_stack start",
]
MIGRATE = ["tools.release migrate", "local --endpoint http://127.0.0.1:1"]
_FLAGS = "--parallelism 4 --log-level warn"
_WORDS = "-- apply -parallelism=20 -compact-warnings"
APPLY = [f"terragrunt run --all {_FLAGS} {_WORDS}"]
PLAIN = ["terraform init", "terraform apply"]
LAST = [*MIGRATE, "tools.local_stack demonstrate"]


def test_the_first_start_does_everything_in_order(calls: Callable[[], list[str]], machine: Path) -> None:
    assert stack.up([]) == 0
    assert calls() == [*FIRST, *APPLY, *LAST]
    secrets = json.loads((machine / "secret_values").read_text())
    assert secrets["critical/database/password"] == "x"
    assert secrets["owner/database/password"] == "p/w"


def test_no_secret_is_left_in_a_file_of_the_infrastructure(
    calls: Callable[[], list[str]], machine: Path
) -> None:
    stack.up([])
    calls()
    files = [path for path in (machine / "state" / "stack" / "terraform").rglob("*") if path.is_file()]
    assert [path.name for path in files if b"p/w" in path.read_bytes()] == []


def test_a_second_start_leaves_terraform_out(calls: Callable[[], list[str]]) -> None:
    stack.up([])
    calls()
    stack.up([])
    assert calls() == [*FIRST, *LAST]


def test_another_zip_is_applied_where_it_belongs_and_nowhere_else(calls: Callable[[], list[str]]) -> None:
    stack.up([])
    calls()
    list_functions(build.LIST, "2")
    stack.up([])
    units = ".terragrunt-stack/environment/.terragrunt-stack"
    only = f"--filter ./{units}/artifacts --filter ./{units}/functions/selling"
    assert calls() == [*FIRST, f"terragrunt run --all {_FLAGS} {only} {_WORDS}", *LAST]


def test_an_api_that_no_longer_answers_is_applied_again_and_whole(
    calls: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    stack.up([])
    calls()
    monkeypatch.setattr(Infrastructure, "_answers", lambda _: False)
    stack.up([])
    assert calls() == [*FIRST, *APPLY, *LAST]


def test_two_stacks_are_kept_apart(calls: Callable[[], list[str]], machine: Path) -> None:
    for arguments in (["--state", str(machine / "other")], []):
        stack.up(arguments)
        assert calls() == [*FIRST, *APPLY, *LAST]
    assert (machine / "other" / "terraform" / "outputs.json").exists()


def test_a_failed_apply_is_tried_again_next_time(calls: Callable[[], list[str]], program: Program) -> None:
    version = terragrunt.version()
    program("bin/terragrunt", f"""[ "$1" = --version ] && echo "terragrunt version v{version}" """)
    for _ in range(2):
        with pytest.raises(ToolFailedError, match="unit by unit"):
            stack.up([])
        assert calls() == FIRST


def test_without_terragrunt_and_go_terraform_does_it_alone(
    calls: Callable[[], list[str]], machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (machine / "bin" / "terragrunt").unlink()
    stack.up([])
    assert calls() == [*FIRST, *PLAIN, *LAST]
    assert "Without Terragrunt, by Terraform alone" in capsys.readouterr().err


def test_a_stack_stays_with_what_made_it(
    calls: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RIFF_TERRAGRUNT", "off")
    stack.up([])
    assert calls() == [*FIRST, *PLAIN, *LAST]
    monkeypatch.delenv("RIFF_TERRAGRUNT")
    list_functions(build.LIST, "2")
    stack.up([])
    assert calls() == [*FIRST, "terraform apply", *LAST]


@pytest.mark.usefixtures("calls")
def test_a_stack_of_an_earlier_layout_is_refused_before_anything_is_done(machine: Path) -> None:
    folder = machine / "state" / "stack" / "terraform"
    folder.mkdir(parents=True)
    (folder / "terraform.tfstate").write_text('{"resources": [{"module": "module.artifact_store"}]}')
    with pytest.raises(DoorError, match="reset"):
        stack.up([])
    assert not (machine / "calls").exists()


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


def test_takes_the_infrastructure_away_and_asks_what_is_left(
    calls: Callable[[], list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    stack.up([])
    calls()
    assert stack.destroy([]) == 0
    destroyed = "-- destroy -parallelism=20 -compact-warnings"
    assert calls() == [f"terragrunt run --all {_FLAGS} {destroyed}", "tools.local_stack remains"]
    assert "destroy local: units=0" in capsys.readouterr().out
    stack.up([])
    assert APPLY[0] in calls()


def test_there_is_nothing_to_take_away_before_a_first_start(calls: Callable[[], list[str]]) -> None:
    with pytest.raises(DoorError, match="never started"):
        stack.destroy([])
    assert callable(calls)
