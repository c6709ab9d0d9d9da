"""Every minute: checkpoint_ledger."""

from riff.handlers.audit.checkpoint_ledger import handler
from tests.support.invocations import tick
from tests.support.stage import Stage


def test_signs_what_has_grown(stage: Stage) -> None:
    stage.buy()
    assert tick(handler) == {"signed": 1}
    assert stage.fakes.ledgers.signer.signed == 1
