"""Permissions and roles; `./riff generate` writes this from catalogue/permissions.toml."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

PERMISSIONS: Final = frozenset(
    {
        "orders:read",
        "orders:void",
        "raffles:activate",
        "raffles:close",
        "raffles:configure",
        "raffles:read",
        "reconciliation:count",
        "reconciliation:decide",
        "reconciliation:read",
        "reserve:sell",
        "units:manage",
        "units:operate",
        "units:read",
    }
)

ROLES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "admin": frozenset(
            {
                "orders:read",
                "orders:void",
                "raffles:activate",
                "raffles:close",
                "raffles:configure",
                "raffles:read",
                "reconciliation:count",
                "reconciliation:decide",
                "reconciliation:read",
                "reserve:sell",
                "units:manage",
                "units:operate",
                "units:read",
            }
        ),
        "operator": frozenset(
            {
                "orders:read",
                "raffles:read",
                "units:operate",
                "units:read",
            }
        ),
        "raffle_manager": frozenset(
            {
                "orders:read",
                "orders:void",
                "raffles:activate",
                "raffles:close",
                "raffles:configure",
                "raffles:read",
                "reconciliation:count",
                "reconciliation:decide",
                "reconciliation:read",
                "reserve:sell",
                "units:manage",
                "units:operate",
                "units:read",
            }
        ),
        "regulator": frozenset(
            {
                "orders:read",
                "raffles:read",
                "reconciliation:read",
                "units:read",
            }
        ),
        "super_admin": frozenset(
            {
                "orders:read",
                "orders:void",
                "raffles:activate",
                "raffles:close",
                "raffles:configure",
                "raffles:read",
                "reconciliation:count",
                "reconciliation:decide",
                "reconciliation:read",
                "reserve:sell",
                "units:manage",
                "units:operate",
                "units:read",
            }
        ),
        "viewer": frozenset(
            {
                "raffles:read",
            }
        ),
    }
)
