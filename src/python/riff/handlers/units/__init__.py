"""Functions of the tag `units`."""
