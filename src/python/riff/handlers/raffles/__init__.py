"""Functions of the tag `raffles`."""
