"""Functions of the tag `accounts`."""
