"""Significant events and the chains that make them provable."""
