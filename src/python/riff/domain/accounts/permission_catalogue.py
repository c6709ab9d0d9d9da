"""Permissions and roles; `./riff generate` writes this from catalogue/permissions.toml."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

PERMISSIONS: Final = frozenset(
    {
        "counterfoils:read",
        "draws:conduct",
        "draws:confirm",
        "draws:read",
        "draws:seal",
        "orders:read",
        "orders:refund",
        "orders:reprint",
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
                "counterfoils:read",
                "draws:conduct",
                "draws:confirm",
                "draws:read",
                "draws:seal",
                "orders:read",
                "orders:refund",
                "orders:reprint",
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
                "draws:read",
                "orders:read",
                "orders:reprint",
                "raffles:read",
                "units:operate",
                "units:read",
            }
        ),
        "raffle_manager": frozenset(
            {
                "counterfoils:read",
                "draws:conduct",
                "draws:confirm",
                "draws:read",
                "draws:seal",
                "orders:read",
                "orders:refund",
                "orders:reprint",
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
                "counterfoils:read",
                "draws:read",
                "orders:read",
                "raffles:read",
                "reconciliation:read",
                "units:read",
            }
        ),
        "super_admin": frozenset(
            {
                "counterfoils:read",
                "draws:conduct",
                "draws:confirm",
                "draws:read",
                "draws:seal",
                "orders:read",
                "orders:refund",
                "orders:reprint",
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
                "draws:read",
                "raffles:read",
            }
        ),
    }
)
