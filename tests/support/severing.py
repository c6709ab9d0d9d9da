"""A path to the database that is cut when a statement is sent: before it arrives, or before its reply."""

import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from select import select
from threading import Thread

import attrs

from riff.adapters.postgres import DatabaseSettings
from tests.support.postgres import MigratedDatabase

_CHUNK = 65_536


@contextmanager
def severed_path(database: MigratedDatabase, word: bytes, *, after: bool) -> Iterator[DatabaseSettings]:
    """Settings that lead to the database over a path that is good for one connection.

    It is cut the first time that the client sends `word`: before the server sees it, or, with `after`, once
    the server has answered and before the client hears of it.
    """
    settings = database.settings("riff_critical")
    name = f".s.PGSQL.{settings.port}"
    with (
        tempfile.TemporaryDirectory(prefix="riff-") as directory,
        socket.socket(socket.AF_UNIX) as listener,
    ):
        listener.bind(str(Path(directory) / name))
        listener.listen(1)
        path = Thread(
            target=_forward, args=(listener, Path(settings.host) / name, word), kwargs={"after": after}
        )
        path.start()
        yield attrs.evolve(settings, host=directory)
        path.join(timeout=10)


def _forward(listener: socket.socket, server_path: Path, word: bytes, *, after: bool) -> None:
    client, _ = listener.accept()
    with client, socket.socket(socket.AF_UNIX) as server:
        server.connect(str(server_path))
        while True:
            readable, _, _ = select([client, server], [], [])
            for source in readable:
                data = source.recv(_CHUNK)
                if not data or (source is client and word in data):
                    if data and after:
                        server.sendall(data)
                        server.recv(_CHUNK)
                    return
                (server if source is client else client).sendall(data)
