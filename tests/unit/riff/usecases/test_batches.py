"""Working off a list page by page."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest

from riff.ports.pages import JobPosition, Page
from riff.usecases.batches import work_off
from tests.support.fakes import NOON, FakeRun

PLACES = [JobPosition(NOON + timedelta(minutes=minute), UUID(int=minute + 1)) for minute in range(5)]


class Book:
    """A list that is read in pages of two."""

    def __init__(self, places: Sequence[JobPosition]) -> None:
        self._places = places
        self.asked: list[JobPosition | None] = []
        self.done: list[UUID] = []

    def read(self, after: JobPosition | None) -> Page[JobPosition]:
        self.asked.append(after)
        rest = [
            place for place in self._places if after is None or (place.at, place.id) > (after.at, after.id)
        ]
        return Page(tuple(rest[:2]), more=len(rest) > 2)

    def work(self, place: JobPosition) -> str:
        self.done.append(place.id)
        if place.id == PLACES[1].id:
            raise ValueError("this one always fails")
        return "done"

    def work_off(self, run: FakeRun) -> None:
        work_off(self.read, lambda place: place, self.work, run)


def test_works_on_every_item_once_whatever_happens_to_one() -> None:
    book, run = Book(PLACES), FakeRun()
    book.work_off(run)
    assert [place.id for place in PLACES] == book.done
    assert run.counts == {"done": 4, "failed": 1}
    assert [None, PLACES[1], PLACES[3]] == book.asked


@pytest.mark.parametrize("steps", range(5))
def test_stops_when_time_runs_out(steps: int) -> None:
    book, run = Book(PLACES), FakeRun(steps)
    book.work_off(run)
    assert len(book.done) == steps
    assert run.counts["left for the next run"] == 1


def test_nothing_to_do_is_nothing_done() -> None:
    run = FakeRun()
    Book([]).work_off(run)
    assert not run.counts
