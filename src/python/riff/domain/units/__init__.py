"""Sales units: the registered devices that sell at a venue."""
