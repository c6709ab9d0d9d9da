"""One process of a soak: `python -m tests.soak.worker seller|receiver|sweeper SCENE SEED`.

It works until it is told to end, or killed.  Errors that callers are told to answer by a repetition are
answered so; anything else ends the process with a trace, which the soak reports.
"""

import random
import signal
import sys
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from uuid import UUID, uuid4

from riff.domain.accounts.actor import GUEST, SCHEDULE
from riff.domain.checkout.checkout import Buyer, RequestKey
from riff.domain.identifiers import OrderId
from riff.errors import ConflictError, NoticeRefusedError, UnavailableError
from riff.ports.services import Services
from riff.usecases.checkout.create_online_order import CreateOnlineOrder, create_online_order
from riff.usecases.checkout.expire_pending_orders import ExpirePendingOrders, expire_pending_orders
from riff.usecases.checkout.receive_payment_notice import ReceivePaymentNotice, receive_payment_notice
from riff.usecases.checkout.settle_unknown_payments import SettleUnknownPayments, settle_unknown_payments
from riff.usecases.sales.refund_order import RefundOrder, refund_order
from riff.usecases.sales.void_order import VoidOrder, void_order
from riff_critical.lifecycle import OrderState
from tests.soak.scene import Scene
from tests.support.fakes import FakeRun

_METHODS = {
    "sandbox_ok": 70,
    "sandbox_decline": 6,
    "sandbox_pending": 8,
    "sandbox_duplicate": 6,
    "sandbox_late": 3,
    "sandbox_silent": 3,
    "sandbox_timeout": 3,
    "seashells": 1,
}
_stopping = False


def main() -> int:
    """Work until the end."""
    role, file, seed = sys.argv[1:]
    signal.signal(signal.SIGTERM, _stop)
    scene = Scene.read(Path(file))
    dice = random.Random(int(seed))  # noqa: S311 - which fault comes next is no secret
    {"seller": _sell, "receiver": _receive, "sweeper": _sweep}[role](scene, dice)
    return 0


def _stop(*_: object) -> None:
    global _stopping  # noqa: PLW0603 - a signal has nobody else to tell
    _stopping = True


def _sell(scene: Scene, dice: random.Random) -> None:
    services = scene.services()
    told = (Path(scene.folder) / f"told-{uuid4()}").open("a", buffering=1)
    bought: list[OrderId] = []
    while not _stopping:
        command = _wish(scene, dice)
        for _ in range(dice.choice([1, 1, 1, 2, 5])):
            order = _tried(command, services)
            if order is not None and order not in bought:
                bought.append(order)
                told.write(f"{order}\n")
        if bought and dice.random() < 0.08:
            _take_back(bought.pop(dice.randrange(len(bought))), services, dice)


def _wish(scene: Scene, dice: random.Random) -> CreateOnlineOrder:
    key = str(uuid4())
    return CreateOnlineOrder(
        actor=GUEST,
        raffle_id=scene.raffle_id,
        package_id=scene.package_id,
        buyer=Buyer("Robin Buyer", "robin@example.org"),
        payment_method=dice.choices(list(_METHODS), list(_METHODS.values()))[0],
        request=RequestKey("create_online_order guest:guest", key, key.encode()),
    )


def _tried(command: CreateOnlineOrder, services: Services) -> OrderId | None:
    """The order, once the buyer was told that it is paid."""
    try:
        checkout = create_online_order(command, services).checkout
    except UnavailableError:
        time.sleep(0.05)
        return None
    return checkout.id if checkout.state is OrderState.PAID else None


def _take_back(order_id: OrderId, services: Services, dice: random.Random) -> None:
    request = RequestKey("refund_order system:schedule", str(uuid4()), b"d" * 32)
    for _ in range(3):
        try:
            if dice.random() < 0.5:
                void_order(VoidOrder(SCHEDULE, order_id, "bought twice"), services)
            else:
                refund_order(RefundOrder(SCHEDULE, order_id, "the buyer could not come", request), services)
        except UnavailableError:
            time.sleep(0.05)
        except ConflictError:
            return
        else:
            return


def _sweep(scene: Scene, dice: random.Random) -> None:
    services = scene.services()
    while not _stopping:
        try:
            settle_unknown_payments(SettleUnknownPayments(patience=timedelta(seconds=1)), services, FakeRun())
            expire_pending_orders(ExpirePendingOrders(), services, FakeRun())
        except UnavailableError:
            pass
        time.sleep(dice.uniform(0.1, 0.6))


def _receive(scene: Scene, dice: random.Random) -> None:
    services = scene.services()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            self.send_response(self._status(headers, body))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _status(self, headers: dict[str, str], body: bytes) -> int:
            if dice.random() < 0.05:
                return 500
            try:
                receive_payment_notice(ReceivePaymentNotice(headers, body), services)
            except UnavailableError:
                return 503
            except NoticeRefusedError:
                return 401
            return 200

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is inherited
            pass

    class Server(HTTPServer):
        request_queue_size = 64

    server = Server(("127.0.0.1", scene.receiver_port), Handler)
    server.timeout = 0.2
    while not _stopping:
        server.handle_request()
    server.server_close()


def told(folder: Path) -> set[UUID]:
    """Every order that a buyer was told to be paid."""
    lines = (line for file in folder.glob("told-*") for line in file.read_text().splitlines())
    return {UUID(line) for line in lines if len(line) == 36}


if __name__ == "__main__":
    sys.exit(main())
