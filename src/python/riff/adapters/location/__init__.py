"""Suppliers of location evidence."""
