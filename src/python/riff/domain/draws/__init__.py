"""Draws: what is planned, what was sealed, and what came of it."""
