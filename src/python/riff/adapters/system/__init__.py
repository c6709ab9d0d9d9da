"""Clock, names, keys and memory of the process itself."""
