"""A crowd buys over HTTP from the running local stack, with impatient retries among it."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUESTS, KEYS, CROWD = 200, 160, 16


def riff(verb: str, state: Path) -> None:
    """Run a verb of the door on a stack of its own; its own words tell what went wrong."""
    done = subprocess.run(  # noqa: S603 - the door itself
        [sys.executable, str(ROOT / "riff"), verb, "--state", str(state)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def ask(address: str, body: object = None, key: str | None = None) -> Any:  # noqa: ANN401 - any JSON
    """The reply to a guest's request."""
    content = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"} | ({"Idempotency-Key": key} if key else {})
    request = urllib.request.Request(address, content, headers)  # noqa: S310 - on loopback
    with urllib.request.urlopen(request, timeout=60) as reply:  # noqa: S310 - on loopback
        return json.loads(reply.read())


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """State folder of a stack that this module starts, and takes away again."""
    folder = tmp_path_factory.mktemp("journey") / "stack"
    try:
        riff("up", folder)
        yield folder
    finally:
        riff("reset", folder)


@pytest.fixture(scope="module")
def api(state: Path) -> str:
    """Address of the API of that stack."""
    return str(json.loads((state / "stack.json").read_text())["aws"]["api"])


@pytest.mark.stack
@pytest.mark.slow
def test_no_number_is_sold_twice_and_the_jackpot_is_the_share_of_the_paid_orders(api: str) -> None:
    raffle = f"{api}/raffles/{ask(f'{api}/raffles')['raffles'][0]['id']}"
    offer = {
        "package_id": ask(raffle)["packages"][0]["id"],
        "buyer": {"name": "Kim Example", "email": "kim@example.org"},
        "payment_method": "sandbox_ok",
    }
    with ThreadPoolExecutor(CROWD) as crowd:
        keys = [f"journey-{n % KEYS}" for n in range(REQUESTS)]
        replies = list(crowd.map(lambda key: ask(f"{raffle}/orders", offer, key), keys))
    orders = {reply["id"]: reply for reply in replies}
    numbers = [number for order in orders.values() for number in order["ticket"]["numbers"]]
    assert len(orders) == KEYS
    assert len(numbers) == len(set(numbers))
    paid = sum(order["price"]["minor"] for order in orders.values())
    assert ask(f"{raffle}/jackpot")["jackpot"]["minor"] == paid // 2


@pytest.mark.stack
@pytest.mark.slow
def test_a_raffle_is_held_from_its_setup_to_its_last_prize(state: Path) -> None:
    """Three channels, a void, a refund, two draws by two persons; the verifier's word decides the status."""
    riff("demo", state)
