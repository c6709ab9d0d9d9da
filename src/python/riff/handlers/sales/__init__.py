"""Functions of the tag `sales`."""
