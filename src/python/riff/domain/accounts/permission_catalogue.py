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
            }
        ),
        "operator": frozenset(
            {
                "orders:read",
                "raffles:read",
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
            }
        ),
        "regulator": frozenset(
            {
                "orders:read",
                "raffles:read",
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
            }
        ),
        "viewer": frozenset(
            {
                "raffles:read",
            }
        ),
    }
)
