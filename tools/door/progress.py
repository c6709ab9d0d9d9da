"""What a person sees while long work goes on: one line per step, with the time it took.

On a terminal the line of a running step is rewritten in place; elsewhere a long step says from time to time
that it still runs, so that a log shows where the time went.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

HEARTBEAT_S = 30.0
WIDTH = 46
CLEAR_LINE = "\r\x1b[K"


class Step:
    """One piece of work and the line that tells of it."""

    def __init__(self, title: str, stream: TextIO | None = None) -> None:
        self.title = title
        self.note = ""
        self._stream = stream or sys.stderr
        self._live = self._stream.isatty()
        self._began = self._spoke = time.monotonic()

    @property
    def elapsed_s(self) -> float:
        """Seconds since the step began."""
        return time.monotonic() - self._began

    def tick(self) -> None:
        """Called often while the work goes on."""
        if self._live:
            self._stream.write(f"{CLEAR_LINE}  ..    {self.title:<{WIDTH}} {self.elapsed_s:6.0f} s")
            self._stream.flush()
        elif time.monotonic() - self._spoke >= HEARTBEAT_S:
            self._spoke = time.monotonic()
            self._line("..")

    def done(self, word: str = "ok") -> None:
        """Write the final line of the step."""
        if self._live:
            self._stream.write(CLEAR_LINE)
        self._line(word)

    def _line(self, word: str) -> None:
        note = f"  {self.note}" if self.note else ""
        self._stream.write(f"  {word:<5} {self.title:<{WIDTH}} {self.elapsed_s:6.1f} s{note}\n")
        self._stream.flush()


@contextmanager
def step(title: str, stream: TextIO | None = None) -> Iterator[Step]:
    """Announce the work of a block; a block that raises is shown as failed."""
    current = Step(title, stream)
    current.tick()
    try:
        yield current
    except BaseException:
        current.done("FAIL")
        raise
    current.done()


def say(text: str) -> None:
    """One line between steps."""
    print(text, file=sys.stderr, flush=True)
