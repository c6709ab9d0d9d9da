"""The evening, step by step; each step tells what it did."""

import dataclasses
import json
import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from riff_critical.draw.commitments import commit_contribution
from tools.demo.crew import Crew, new_key
from tools.demo.relays import Relays, comes_at, refusal, wait_until
from tools.demo.scenario import Scenario
from tools.local_stack.api_client import RefusedRequestError
from tools.local_stack.identities import ORGANIZATION_ID

_SELLS_FOR: Final = timedelta(seconds=75)
_NOTARY: Final = "notary"
_ATTEMPTS: Final = 2
_BUYERS: Final = 24
_AT_ONCE: Final = 8
_PATIENCE_S: Final = 60.0

type Json = Any
type Tell = Callable[[str], None]


@dataclasses.dataclass
class Night:
    """One raffle, and what is known of it on the way.

    Attributes:
        crew: who takes part.
        scenario: which raffle they hold.
        relays: of the beacon.
        tell: told each step, one line each.
        raffle: its path below `/staff`.
        raffle_id: its name.
        packages: what is on sale.
        closes_at: the scheduled close.
        tickets: validation numbers by printed number, as their buyers hold them.
        orders: names of the orders, in the order of their sale.
        notary: the notary's contributions, by draw and attempt.
    """

    crew: Crew
    scenario: Scenario
    relays: Relays
    tell: Tell
    raffle: str = dataclasses.field(init=False)
    raffle_id: str = dataclasses.field(init=False)
    closes_at: datetime = dataclasses.field(init=False)
    packages: list[Json] = dataclasses.field(default_factory=list)
    tickets: dict[int, str] = dataclasses.field(default_factory=dict)
    orders: list[str] = dataclasses.field(default_factory=list)
    notary: dict[tuple[int, int], bytes] = dataclasses.field(default_factory=dict)

    def hold(self) -> None:
        """Everything, from the setup to the official result."""
        self.set_up()
        self.commit()
        self.sell()
        self.take_back()
        self.close()
        self.reconcile()
        self.seal()
        self.draw()

    @property
    def a_ticket(self) -> str:
        """The validation number of the last ticket that was sold."""
        return next(reversed(self.tickets.values()))

    def set_up(self) -> None:
        """Create the raffle, its packages, prizes and draws, and activate it."""
        ada, now = self.crew.ada, datetime.now(UTC).replace(microsecond=0)
        self.closes_at = now + _SELLS_FOR
        made = ada.command("POST", "/staff/raffles", new_key(), self._setup(now))
        self.raffle_id = made["id"]
        self.raffle = f"/staff/raffles/{made['id']}"
        ada.command("PUT", f"{self.raffle}/packages", new_key(), _PACKAGES)
        ada.command("PUT", f"{self.raffle}/prizes", new_key(), {"prizes": self.scenario.prizes})
        plan = {
            "attempts": _ATTEMPTS,
            "seal_within_s": self.scenario.seal_within_s,
            "contributors": [_NOTARY],
        }
        if self.scenario.early_bird_for is not None:
            plan["early_bird_until"] = (now + self.scenario.early_bird_for).isoformat()
        ada.command("PUT", f"{self.raffle}/draw-plan", new_key(), plan)
        setup = ada.command("POST", f"{self.raffle}/activation", new_key())
        self.packages = setup["packages"]
        self.tell(f"raffle {setup['raffle']['event_number']} is active until {self.closes_at:%H:%M:%S} UTC")

    def commit(self) -> None:
        """Let the notary be committed to a contribution to every attempt."""
        manifest = bytes.fromhex(self.crew.public.show(f"/raffles/{self.raffle_id}/manifest")["hash"])
        commitments = []
        for draw in self.scenario.draws:
            for attempt in range(1, _ATTEMPTS + 1):
                value = self.notary[draw, attempt] = secrets.token_bytes(32)
                made = commit_contribution(manifest, _NOTARY, draw, attempt, value)
                commitments.append(
                    {"party": _NOTARY, "draw": draw, "attempt": attempt, "commitment": made.value.hex()}
                )
        body = {"commitments": commitments}
        self.crew.ben.command("POST", f"{self.raffle}/contribution-commitments", new_key(), body)
        self.tell(f"the notary is committed to {len(commitments)} contributions")

    def sell(self) -> None:
        """Sell online to a crowd, at a sales unit, and from the reserve."""
        with ThreadPoolExecutor(_AT_ONCE) as crowd:
            bought = list(crowd.map(self._buy_online, range(_BUYERS)))
        unit = self.crew.unit
        enrolment = {"raffle_id": self.raffle_id, "logon_code": self.crew.logon_code, "memory": "cleared"}
        unit.command("POST", "/units/me/enrolment", new_key(), enrolment)
        unit.command("POST", "/units/me/blocks", new_key(), {"numbers": 20})
        for tender in ("cash", "cash", "card"):
            body = {"package_id": self.packages[1]["id"], "tender": tender}
            bought.append(unit.command("POST", "/units/me/sales", new_key(), body))
        body = {"package_id": self.packages[0]["id"], "tender": "cash", "reason": "Sold at the office"}
        bought.append(self.crew.ada.command("POST", f"{self.raffle}/reserve-sales", new_key(), body))
        for order in bought:
            self.orders.append(order.get("order_id") or order["id"])
            numbers = order["ticket"]["numbers"]
            self.tickets |= dict.fromkeys(numbers, order["ticket"]["validation_number"])
        self.tell(f"sold {len(bought)} orders with {len(self.tickets)} numbers in three channels")

    def take_back(self) -> None:
        """Void an order, refund another, and print a ticket again."""
        ada = self.crew.ada
        void, refunded, torn = self.orders[0], self.orders[1], self.orders[2]
        ada.command("POST", f"/staff/orders/{void}/void", new_key(), {"reason": "Bought twice by mistake"})
        ada.command("POST", f"/staff/orders/{refunded}/refund", new_key(), {"reason": "Cannot come"})
        ada.command("POST", f"/staff/orders/{torn}/reprint", new_key(), {"reason": "Torn at the gate"})
        self.tell("voided one order, refunded one, printed one ticket again")

    def close(self) -> None:
        """Wait for the scheduled close; the unit hands in what it has, and closes."""
        left = (self.closes_at - datetime.now(UTC)).total_seconds()
        self.tell(f"waiting {max(0, round(left))} s for the scheduled close")
        time.sleep(max(0.0, left) + 1)
        memory = self.crew.unit.show("/units/me")["service"]["memory"]
        end = {"position": memory["position"], "tag": memory["tag"]}
        self.crew.unit.command("POST", "/units/me/closing", new_key(), end)
        try:
            body = {"reason": "The scheduled close has come"}
            self.crew.ben.command("POST", f"{self.raffle}/closing", new_key(), body)
        except RefusedRequestError as refused:
            # The schedule may be faster, at any instant: only what it left behind can be asked.
            if refused.code != "state-refuses" or self._state() != "sales_closed":
                raise
        self.tell("sales are closed")

    def reconcile(self) -> None:
        """Count the cash, acknowledge the voids, and confirm by two persons."""
        ada, ben = self.crew.ada, self.crew.ben
        accounts = self._accounts_with_known_payments()
        for seller in accounts["sellers"]:
            counted = {
                "seller": seller["takings"]["seller"],
                "counted_minor": seller["takings"]["cash"]["minor"],
            }
            ada.command("POST", f"{self.raffle}/cash-counts", new_key(), counted)
        voids = {key: accounts["voids"][key] for key in ("voids", "requests")}
        ben.command("POST", f"{self.raffle}/void-acknowledgements", new_key(), voids)
        for person in (ada, ben):
            accounts = person.command("POST", f"{self.raffle}/reconciliation", new_key())
        self.tell(f"reconciled: {len(accounts['sellers'])} cash counts, {voids['voids']} voids, two persons")

    def seal(self) -> None:
        """Seal the list; its words are read aloud."""
        sealed = self.crew.ada.command("POST", f"{self.raffle}/seal", new_key())
        self.tell(f"sealed {sealed['sold']} numbers, gross {sealed['gross']['formatted']}: {sealed['words']}")

    def draw(self) -> None:
        """Open the notary's contribution, start each draw by two persons, and declare its result official."""
        for draw in self.scenario.draws:
            opened = {"party": _NOTARY, "draw": draw, "attempt": 1, "value": self.notary[draw, 1].hex()}
            self.crew.ben.command("POST", f"{self.raffle}/contributions", new_key(), opened)
            if self.scenario.mixes_beacon:
                self.await_beacon(draw)
            self._start(draw)
            drawn = self.crew.ben.command("POST", f"{self.raffle}/draws", new_key(), {"draw": draw})
            for winner in drawn["winners"]:
                self.tell(f"{drawn['name']}: number {winner['number']} wins {winner['amount']['formatted']}")
            self.crew.ada.command("POST", f"{self.raffle}/official-results", new_key(), {"draw": draw})

    def await_beacon(self, draw: int) -> None:
        """Try to draw before the beacon's round, and while its relays are late and lie; then one recovers."""
        manifest = json.loads(self.crew.public.show(f"/raffles/{self.raffle_id}/manifest")["document"])
        refusal(lambda: self._start(draw), "beacon-early")
        comes = comes_at(manifest, draw)
        self.tell(f"draw {draw} is refused before the beacon's round: {comes - time.time():.0f} s to wait")
        wait_until(comes)
        self.relays.behave("late", "lying")
        refusal(lambda: self._start(draw), "beacon-unavailable")
        self.tell("the round has come; one relay is late and the other lies: refused")
        self.relays.behave("honest", "lying")
        self.tell("one relay has recovered, the other still lies")

    def claim(self) -> None:
        """Present the ticket of the first winner of the grand draw, and pay the prize."""
        results = self.crew.public.show(f"/raffles/{self.raffle_id}/results")
        won = results["draws"][-1]["winners"][0]
        presented = {
            "validation_number": self.tickets[won["number"]],
            "claimant": {
                "name": "Kim Example",
                "document": "passport",
                "document_number": "X1234567",
                "evidence": "Receipt of the sale",
            },
            "eligible": True,
        }
        ben = self.crew.ben
        judged = ben.command("POST", f"{self.raffle}/claim-validations", new_key(), presented)
        for verdict in judged["verdicts"]:
            if verdict["claim"]["state"] == "validated":
                payout = {"method": "cheque", "reference": "DEMO-000123"}
                ben.command("POST", f"/staff/claims/{verdict['claim']['id']}/payout", new_key(), payout)
        self.tell(f"number {won['number']}: ticket {judged['verdicts'][0]['verdict']}, prize paid")

    def _buy_online(self, buyer: int) -> Json:
        body = {
            "package_id": self.packages[buyer % len(self.packages)]["id"],
            "buyer": {"name": f"Buyer {buyer}", "email": f"buyer-{buyer}@riff.example"},
            "payment_method": "sandbox_ok",
        }
        return self.crew.public.command("POST", f"/raffles/{self.raffle_id}/orders", new_key(), body)

    def _setup(self, opens: datetime) -> Json:
        return {
            "organization_id": ORGANIZATION_ID,
            "name": "A night at the stadium",
            "sales_window": {"opens_at": opens.isoformat(), "closes_at": self.closes_at.isoformat()},
            "numbering": "random",
            "first_number": 100_001,
            "ranges": [
                {"channel": "online", "size": 20_000},
                {"channel": "sales_unit", "size": 20_000},
                {"channel": "reserve", "size": 1_000},
            ],
            "rule_profile": self.scenario.profile,
        }

    def _start(self, draw: int) -> Json:
        return self.crew.ada.command("POST", f"{self.raffle}/draws", new_key(), {"draw": draw})

    def _state(self) -> str:
        return str(self.crew.ada.show(self.raffle)["setup"]["raffle"]["state"])

    def _accounts_with_known_payments(self) -> Json:
        deadline = time.monotonic() + _PATIENCE_S
        while True:
            accounts = self.crew.ada.show(f"{self.raffle}/reconciliation")
            if not accounts["unknown_payments"] or time.monotonic() > deadline:
                return accounts
            time.sleep(1)


_PACKAGES: Final = {
    "packages": [
        {"label": label, "numbers": numbers, "price_minor": price, "channels": channels}
        for label, numbers, price in (("3 numbers", 3, 1000), ("10 numbers", 10, 2000))
        for channels in [["online", "sales_unit", "reserve"]]
    ]
}
