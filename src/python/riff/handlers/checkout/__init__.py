"""Functions of the tag `checkout`."""
