"""Functions of the tag `public`."""
