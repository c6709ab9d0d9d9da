"""Connections that speak HTTP, by the standard library: a client library costs a function its start."""

import http.client
from urllib.parse import urlsplit


def connection_to(address: str, timeout_s: float) -> http.client.HTTPConnection:
    """A connection to the host of an address, with TLS where that says `https`; made by its first request.

    Args:
        address: where the server is; its path is left to the request.
        timeout_s: how long one step may take, in seconds: connecting, sending, or waiting for bytes.
    """
    parts = urlsplit(address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    return kind(str(parts.hostname), parts.port, timeout=timeout_s)
