"""What a sale must not load when its function starts: somebody waits for it (docs/adr/0025)."""

import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "python"
SALES = ("units.sell_tickets", "checkout.create_online_order")
# Nobody misses it before the first payment, draw, signature or mail.
NOT_LOADED = (
    *(
        "boto3",
        "botocore",
        "aws_lambda_powertools",
        "jmespath",
        "stripe",
        "requests",
        "cryptography",
        "pyblst",
    ),
    *("riff.adapters.aws.functions", "riff.adapters.aws.key_management", "riff.adapters.beacon"),
    *("riff.adapters.payments", "riff.adapters.location", "riff.adapters.signing"),
    *("riff.adapters.postgres.checkout", "riff.adapters.postgres.draws"),
    *("riff.adapters.postgres.ledger", "riff.adapters.postgres.units"),
    *("riff_critical.draw", "riff_critical.ledger"),
)


@pytest.mark.parametrize("handler", SALES)
def test_a_sale_starts_without(handler: str) -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(SOURCE)!r})\n"
        f"import riff.handlers.{handler}; print(*sorted(sys.modules))"
    )
    command = [sys.executable, "-c", program]
    run = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own program
    loaded = set(run.stdout.split())
    assert [name for name in NOT_LOADED if name in loaded] == []
