"""Rule profiles; `./riff generate` writes this from catalogue/profiles/*.toml."""

from collections.abc import Mapping
from typing import Final

PROFILES: Final[Mapping[str, Mapping[str, object]]] = {
    "permissive": {
        "title": "Permissive",
        "channels": [
            "online",
            "sales_unit",
            "reserve",
        ],
        "draw_mode": "manual",
    },
}
