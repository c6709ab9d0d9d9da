"""Fixtures on a real PostgreSQL."""

from collections.abc import Iterator
from itertools import count

import pytest

from tests.support.contracts import Stores
from tests.support.postgres import FAST, Cluster, MigratedDatabase, migrated_database, running_cluster
from tests.support.seeding import stores_of

_names = count(1)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One server for all tests."""
    with running_cluster(*FAST, "-c", "max_connections=200") as running:
        yield running


@pytest.fixture(scope="module")
def database(cluster: Cluster) -> Iterator[MigratedDatabase]:
    """One database for the tests of a module, with schema and grants."""
    with migrated_database(cluster, f"riff_test_{next(_names)}") as made:
        yield made


@pytest.fixture(scope="module")
def stores(database: MigratedDatabase) -> Iterator[Stores]:
    """The stores of that database, each role on a connection of its own."""
    with stores_of(database) as made:
        yield made
