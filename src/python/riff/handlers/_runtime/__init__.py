"""What every function needs around its handler, written once."""
