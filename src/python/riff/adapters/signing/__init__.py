"""Signing the state of ledgers, checking signatures, and asking witnesses."""
