"""Public sources of randomness."""
