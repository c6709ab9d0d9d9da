"""Selling for minutes under random faults, and an audit of the books at the end."""
