"""Raffles: setup, packages, prizes, jackpot."""
