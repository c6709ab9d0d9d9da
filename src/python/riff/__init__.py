"""riff: an electronic raffle system.  `docs/architecture.md` shows how its layers fit together."""
