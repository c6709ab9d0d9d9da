"""Delivery of notices: signed, at least once, tried again for as long as the other side refuses them."""

import hashlib
import hmac
import http.client
import itertools
import json
import logging
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from tools.payment_sandbox.charges import Ledger, Notice

SIGNATURE_HEADER: Final = "Riff-Sandbox-Signature"
_POLL_S: Final = 0.1
_AT_ONCE: Final = 4
_TIMEOUT_S: Final = 35.0  # longer than API Gateway lets a function run
_LONGEST_PAUSE_S: Final = 60.0

_log = logging.getLogger("payment_sandbox.notices")


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """The value of the signature header."""
    digest = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={timestamp},v1={digest}"


class Courier(threading.Thread):
    """The thread that delivers notices until it is stopped."""

    def __init__(self, ledger: Ledger, secret: str) -> None:
        super().__init__(name="courier", daemon=True)
        self._ledger = ledger
        self._secret = secret
        self._stopping = threading.Event()
        self._carriers = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="carrier")

    def run(self) -> None:
        """Deliver what is due, ten times a second."""
        while not self._stopping.wait(_POLL_S):
            url = self._ledger.notice_url
            if url is None:
                continue
            due = self._ledger.due_notices(time.time())
            list(self._carriers.map(self._deliver, due, itertools.repeat(url)))
        self._carriers.shutdown()

    def stop(self) -> None:
        """End after the deliveries that are under way."""
        self._stopping.set()
        self.join()

    def _deliver(self, notice: Notice, url: str) -> None:
        self._ledger.settle(time.time())
        charge = self._ledger.find(notice.charge_id)
        body = json.dumps({"id": notice.id, "type": notice.type, "charge": charge.shown()}).encode()
        if self._accepted(url, body):
            self._ledger.delivered(notice.id)
            return
        pause = min(2.0**notice.attempts * 0.5, _LONGEST_PAUSE_S)
        _log.warning("notice %s was not accepted, next try in %.1f s", notice.id, pause)
        self._ledger.postpone(notice.id, time.time() + pause)

    def _accepted(self, url: str, body: bytes) -> bool:
        headers = {
            "Content-Type": "application/json",
            SIGNATURE_HEADER: signature(self._secret, int(time.time()), body),
        }
        request = urllib.request.Request(url, body, headers, method="POST")  # noqa: S310 - only http is accepted
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as reply:  # noqa: S310 - only http is accepted
                reply.read()
                return True
        except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
            if isinstance(error, urllib.error.HTTPError):
                error.close()
            _log.warning("%s did not take a notice: %s", url, error)
            return False
