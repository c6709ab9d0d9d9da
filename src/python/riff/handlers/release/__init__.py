"""Functions of the context `release`, which a release invokes."""
