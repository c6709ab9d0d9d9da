"""Sealing, drawing, and what leads up to both."""
