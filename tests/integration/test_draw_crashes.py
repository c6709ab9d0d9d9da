"""The process dies between any two steps of a draw; another one goes on with the same attempt."""

import os
from collections.abc import Callable
from typing import Any

import pytest

from riff.adapters.postgres import PostgresTransactions
from riff.adapters.postgres.audit import PostgresEventStore
from riff.adapters.postgres.draws import PostgresDrawStore
from riff.domain.raffles.profile import DrawMode
from riff.usecases.draws import start_draw as module
from riff_critical.lifecycle import DrawState
from tests.support.contracts import Stores
from tests.support.drawing import DrawStage
from tests.support.fakes import FakeSeeds, FakeSelection
from tests.support.postgres import MigratedDatabase

DIED = 9

type Place = tuple[object, str, bool]
"""Whose method, which one, and whether the process dies before it or after it."""

PLACES: list[Place] = [
    (module, "ask_beacon", True),
    (PostgresDrawStore, "approve", True),
    (PostgresDrawStore, "approve", False),
    (PostgresDrawStore, "start", True),
    (PostgresDrawStore, "start", False),
    (PostgresEventStore, "append", False),
    (module, "_started", False),
    (FakeSeeds, "open", True),
    (FakeSeeds, "open", False),
    (FakeSelection, "select", True),
    (FakeSelection, "select", False),
    (PostgresDrawStore, "conclude", True),
    (PostgresDrawStore, "conclude", False),
    (PostgresDrawStore, "publish", False),
    (module, "hold_attempt", False),
    (module, "view_of", True),
]


def _dying(call: Callable[..., Any], *, before: bool) -> Callable[..., Any]:
    def dies(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - passed through
        if not before:
            call(*args, **kwargs)
        os._exit(DIED)

    return dies


def _die(draws: DrawStage, database: MigratedDatabase, place: Place) -> int:
    """Start the draw in a process of its own that dies there; its exit status."""
    child = os.fork()
    if child == 0:
        # Everything that this process inherits is the parent's: it opens a connection of its own.
        owner, name, before = place
        connection = database.open("riff_critical")
        setattr(owner, name, _dying(getattr(owner, name), before=before))
        try:
            draws.under(PostgresTransactions(connection)).start(key="key-1")
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


@pytest.mark.parametrize(
    "place", PLACES, ids=lambda place: f"{'before' if place[2] else 'after'}-{place[1].strip('_')}"
)
def test_gives_the_same_winners_wherever_the_process_dies(
    stores: Stores, database: MigratedDatabase, place: Place
) -> None:
    draws = DrawStage.stored(stores, DrawMode.RNG_ONLY).sell(4).reconciled()
    draws.seal_it()
    assert _die(draws, database, place) == DIED
    left = draws.show()
    again = draws.start(key="key-1")
    assert (again.state, again.attempt) == (DrawState.DRAWN, 1)
    if left.start is not None:
        assert again.start == left.start
    if left.winners:
        assert again.winners == left.winners
    assert draws.is_verified
    with database.superuser() as connection:
        counted = connection.execute(
            "SELECT (SELECT count(*) FROM draw_start WHERE raffle_id = %(id)s),"
            " (SELECT count(*) FROM draw_result WHERE raffle_id = %(id)s),"
            " (SELECT count(*) FROM draw_transcript WHERE raffle_id = %(id)s)",
            {"id": draws.stage.raffle.id},
        ).fetchone()
    assert counted == (1, 1, 1)


def test_the_winners_do_not_depend_on_how_often_the_process_died(
    stores: Stores, database: MigratedDatabase
) -> None:
    """After the seed was opened, and after the winners were known to a process that is no more."""
    draws = DrawStage.stored(stores, DrawMode.RNG_ONLY).sell(4).reconciled()
    draws.seal_it()
    for place in (PLACES[8], PLACES[10], PLACES[11], PLACES[12]):
        assert _die(draws, database, place) == DIED
        assert draws.show().state is DrawState.STARTED
    first = draws.start(key="key-1")
    assert first.winners == draws.show().winners
    assert draws.fakes.selection.selected == [(1, 1)]
