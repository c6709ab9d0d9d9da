"""Adapters: how the ports are honoured by databases, networks and machines."""
