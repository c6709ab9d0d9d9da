"""Work off a long list in pages, one item after the other, as far as the time of a run allows."""

from collections.abc import Callable
from functools import partial

from riff.ports.pages import JobPosition, Page
from riff.ports.runs import Run


def work_off[Item](
    read: Callable[[JobPosition | None], Page[Item]],
    place: Callable[[Item], JobPosition],
    work: Callable[[Item], str],
    run: Run,
) -> None:
    """Work on every item of a list once, in the order of the list.

    The walk goes on after the place of the last item, so that one that fails, or stays in the list for
    another reason, keeps nobody from the rest.

    Args:
        read: the page after a place; the first page after None.  Holds no lock when it returns.
        place: where an item stands in the list.
        work: does what is to be done about an item and says in a word what that was.
        run: the run of the job.
    """
    page = read(None)
    while page.items:
        for item in page.items:
            if not run.time_left():
                run.count("left for the next run")
                return
            at = place(item)
            run.attempt(at.id, partial(work, item))
        if not page.more:
            return
        page = read(place(page.items[-1]))
