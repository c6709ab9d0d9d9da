"""Rule profiles; `./riff generate` writes this from catalogue/profiles/*.toml."""

from collections.abc import Mapping
from typing import Final

PROFILES: Final[Mapping[str, Mapping[str, object]]] = {
    "demonstration": {
        "title": "Demonstration",
        "channels": [
            "online",
            "sales_unit",
            "reserve",
        ],
        "draw_modes": [
            "commit_reveal",
            "rng_only",
        ],
        "two_person_reconciliation": True,
        "two_person_draws": True,
        "retention_years": 3,
        "prices": {
            "changes": "allowed",
        },
        "sales": {
            "extension": False,
            "numbering": [
                "sequential",
                "random",
            ],
        },
        "prizes": {
            "at_cap": "hold",
            "alternates": 2,
            "replacement": False,
            "returned": True,
        },
        "claims": {
            "expiry_days": 30,
            "unclaimed": "trust",
        },
        "texts": {
            "rules": "A demonstration: nothing here can be won.",
        },
    },
    "demonstration-beacon": {
        "title": "Demonstration with a beacon",
        "channels": [
            "online",
            "sales_unit",
            "reserve",
        ],
        "draw_modes": [
            "beacon",
            "commit_reveal",
            "rng_only",
        ],
        "two_person_reconciliation": True,
        "two_person_draws": True,
        "retention_years": 3,
        "prices": {
            "changes": "allowed",
        },
        "sales": {
            "extension": False,
            "numbering": [
                "sequential",
                "random",
            ],
        },
        "prizes": {
            "at_cap": "hold",
            "alternates": 2,
            "replacement": False,
            "returned": True,
        },
        "claims": {
            "expiry_days": 30,
            "unclaimed": "trust",
        },
        "texts": {
            "rules": "A demonstration: nothing here can be won.",
        },
    },
    "north-dakota-like": {
        "title": "North Dakota-like",
        "channels": [
            "online",
            "sales_unit",
            "reserve",
        ],
        "draw_modes": [
            "manual",
        ],
        "two_person_reconciliation": True,
        "two_person_draws": True,
        "retention_years": 3,
        "prices": {
            "changes": "allowed",
        },
        "sales": {
            "extension": False,
            "numbering": [
                "sequential",
            ],
        },
        "prizes": {
            "cap_minor": 2500000,
            "at_cap": "end_sales",
            "alternates": 1,
            "replacement": False,
        },
        "gates": {
            "minimum_age": 18,
            "buyer_regions": [
                "US-ND",
            ],
        },
        "claims": {
            "expiry_days": 90,
            "unclaimed": "redraw",
        },
        "texts": {
            "rules": "Buyers must be 18 or older. The winner is drawn by hand from all counterfoils.",
            "helpline": "2-1-1",
        },
    },
    "ontario-like": {
        "title": "Ontario-like",
        "channels": [
            "online",
            "sales_unit",
            "reserve",
        ],
        "draw_modes": [
            "beacon",
            "commit_reveal",
        ],
        "two_person_reconciliation": True,
        "two_person_draws": True,
        "retention_years": 7,
        "prices": {
            "changes": "frozen",
        },
        "sales": {
            "extension": False,
            "numbering": [
                "sequential",
                "random",
            ],
        },
        "prizes": {
            "at_cap": "hold",
            "alternates": 3,
            "replacement": False,
            "returned": True,
        },
        "purchase_limits": [
            {
                "window": "day",
                "amount_minor": 100000,
                "utc_offset_minutes": -300,
            },
        ],
        "gates": {
            "minimum_age": 18,
            "buyer_regions": [
                "CA-ON",
            ],
        },
        "claims": {
            "expiry_days": 365,
            "unclaimed": "trust",
        },
        "texts": {
            "rules": "Buyers must be 18 or older and in Ontario when they buy.",
            "ticket": "Keep this ticket: it is the only proof of your draw numbers.",
            "helpline": "ConnexOntario 1-866-531-2600",
        },
    },
    "permissive": {
        "title": "Permissive",
        "channels": [
            "online",
            "sales_unit",
            "reserve",
        ],
        "draw_modes": [
            "manual",
        ],
        "two_person_reconciliation": False,
        "two_person_draws": False,
        "retention_years": 3,
        "prices": {
            "changes": "allowed",
        },
        "sales": {
            "extension": True,
        },
        "prizes": {
            "at_cap": "hold",
        },
    },
    "washington-like": {
        "title": "Washington-like",
        "channels": [
            "sales_unit",
            "reserve",
        ],
        "draw_modes": [
            "rng_only",
            "manual",
        ],
        "two_person_reconciliation": True,
        "two_person_draws": False,
        "retention_years": 3,
        "prices": {
            "changes": "frozen",
        },
        "sales": {
            "extension": False,
            "cap_minor": 30000000,
            "numbering": [
                "sequential",
                "random",
            ],
        },
        "prizes": {
            "at_cap": "hold",
            "alternates": 0,
            "replacement": False,
        },
        "gates": {
            "minimum_age": 18,
        },
        "claims": {
            "expiry_days": 30,
            "unclaimed": "redraw",
        },
        "texts": {
            "rules": "Tickets are sold in person only. Prices do not change during the sales.",
            "ticket": "The holder of this ticket need not be present to win.",
            "helpline": "1-800-547-6133",
        },
    },
}
