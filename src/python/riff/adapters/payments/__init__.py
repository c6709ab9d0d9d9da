"""Payment processors: one module each, named in configuration and loaded when a function starts."""
