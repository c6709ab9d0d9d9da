"""Merkle trees as they are stored: runs of complete subtrees, and the pages of pools."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import attrs
from psycopg.rows import DictRow

from riff.adapters.postgres.connection import Database
from riff.domain.audit.pool_page import PoolPage
from riff.domain.audit.stored_nodes import RUN_NODES, NodeRange, NodeRun
from riff.domain.identifiers import RaffleId

_FETCHED: Final = 1024

_ADD_NODES: Final = """
    INSERT INTO tree_node (raffle_id, tree, level, first, hashes)
    SELECT %(raffle_id)s, %(tree)s, level, first, hashes
    FROM unnest(%(levels)s::smallint[], %(firsts)s::bigint[], %(hashes)s::bytea[])
        AS added (level, first, hashes)
"""

_NODES: Final = """
    SELECT node.tree, node.level, node.first, node.hashes
    FROM unnest(%(trees)s::smallint[], %(levels)s::smallint[], %(firsts)s::bigint[])
            AS wanted (tree, level, first)
        CROSS JOIN LATERAL (
            SELECT tree, level, first, hashes FROM tree_node
            WHERE raffle_id = %(raffle_id)s AND tree = wanted.tree AND level = wanted.level
                AND first >= wanted.first AND first < wanted.first + %(run)s
            ORDER BY first LIMIT %(run)s
        ) AS node
"""

_ADD_PAGES: Final = """
    INSERT INTO pool_page (raffle_id, draw, number, first_slot, previous_end, position, ranges)
    SELECT %(raffle_id)s, %(draw)s, number, first_slot, previous_end, position, ranges
    FROM unnest(%(numbers)s::integer[], %(first_slots)s::integer[], %(previous_ends)s::integer[],
            %(positions)s::integer[], %(ranges)s::bytea[])
        AS added (number, first_slot, previous_end, position, ranges)
"""

_PAGE: Final = """
    SELECT number, first_slot, previous_end, position, ranges FROM pool_page
    WHERE raffle_id = %(raffle_id)s AND draw = %(draw)s AND number = %(number)s
"""

_PAGES_AT: Final = """
    SELECT wanted.draw, page.number, page.first_slot, page.previous_end, page.position, page.ranges
    FROM unnest(%(draws)s::smallint[]) AS wanted (draw)
        CROSS JOIN LATERAL (
            SELECT number, first_slot, previous_end, position, ranges FROM pool_page
            WHERE raffle_id = %(raffle_id)s AND draw = wanted.draw AND first_slot <= %(slot)s
            ORDER BY first_slot DESC LIMIT 1
        ) AS page
"""

_PAGES: Final = """
    SELECT number, first_slot, previous_end, position, ranges FROM pool_page
    WHERE raffle_id = %(raffle_id)s AND draw = %(draw)s AND number >= %(number)s
    ORDER BY number LIMIT %(limit)s
"""


@attrs.frozen
class PostgresTreeStore:
    """Honours `riff.ports.ledger.TreeStore`."""

    _database: Database

    def add(self, raffle_id: RaffleId, tree: int, runs: Sequence[NodeRun]) -> None:
        """Store subtrees.

        Raises:
            IntegrityFailureError: a run begins where one was stored before.
        """
        added = {
            "levels": [run.level for run in runs],
            "firsts": [run.first for run in runs],
            "hashes": [run.hashes for run in runs],
        }
        self._database.run(_ADD_NODES, {"raffle_id": raffle_id, "tree": tree, **added})

    def nodes(
        self, raffle_id: RaffleId, wanted: Mapping[int, Sequence[NodeRange]]
    ) -> Mapping[int, tuple[NodeRun, ...]]:
        """By tree all stored runs that touch one of the ranges wanted of it, in any order."""
        places = [(tree, *place) for tree, ranges in wanted.items() for place in ranges]
        parameters = {
            "raffle_id": raffle_id,
            "run": RUN_NODES,
            "trees": _array(tree for tree, _, _ in places),
            "levels": _array(level for _, level, _ in places),
            "firsts": _array(first for _, _, first in places),
        }
        found: dict[int, list[NodeRun]] = {tree: [] for tree in wanted}
        for row in self._database.rows(_NODES, parameters, binary=True) if places else ():
            found[row["tree"]].append(NodeRun(row["level"], row["first"], row["hashes"]))
        return {tree: tuple(runs) for tree, runs in found.items()}


@attrs.frozen
class PostgresPoolStore:
    """Honours `riff.ports.ledger.PoolStore`."""

    _database: Database

    def add(self, raffle_id: RaffleId, draw: int, pages: Sequence[PoolPage]) -> None:
        """Store pages.

        Raises:
            IntegrityFailureError: the pool has such a page already.
        """
        added = {
            "numbers": [page.number for page in pages],
            "first_slots": [page.first_slot for page in pages],
            "previous_ends": [page.previous_end for page in pages],
            "positions": [page.position for page in pages],
            "ranges": [page.data for page in pages],
        }
        self._database.run(_ADD_PAGES, {"raffle_id": raffle_id, "draw": draw, **added})

    def page(self, raffle_id: RaffleId, draw: int, number: int) -> PoolPage | None:
        """The page of that number, from 0, or None."""
        row = self._database.row(_PAGE, {"raffle_id": raffle_id, "draw": draw, "number": number})
        return None if row is None else _page(row)

    def pages_at(self, raffle_id: RaffleId, draws: Sequence[int], slot: int) -> Mapping[int, PoolPage]:
        """By draw the last page that begins at or before a slot, where there is one."""
        wanted = {"raffle_id": raffle_id, "draws": _array(draws), "slot": slot}
        return {row["draw"]: _page(row) for row in self._database.rows(_PAGES_AT, wanted)}

    def pages(self, raffle_id: RaffleId, draw: int) -> Iterator[PoolPage]:
        """All pages in order, read as they are asked for."""
        number = 0
        while True:
            part = {"raffle_id": raffle_id, "draw": draw, "number": number, "limit": _FETCHED}
            rows = self._database.rows(_PAGES, part)
            yield from map(_page, rows)
            number += _FETCHED
            if len(rows) < _FETCHED:
                return


def _array(integers: Iterable[int]) -> str:
    """An array as the server reads it; the driver would adapt each integer by itself."""
    return f"{{{','.join(map(str, integers))}}}"


def _page(row: DictRow) -> PoolPage:
    return PoolPage(row["number"], row["first_slot"], row["previous_end"], row["position"], row["ranges"])
