"""Functions of the tag `audit`."""
