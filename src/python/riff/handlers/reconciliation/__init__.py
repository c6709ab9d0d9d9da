"""Functions of the tag `reconciliation`."""
