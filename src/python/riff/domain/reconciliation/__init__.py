"""Accounting for a raffle between its close and its seal."""
