"""A connection goes to the host that an address names, with TLS where it says so."""

import http.client

import pytest

from riff.adapters.system.connections import connection_to


@pytest.mark.parametrize(
    ("address", "host", "port", "with_tls"),
    [
        ("http://127.0.0.1:4566", "127.0.0.1", 4566, False),
        ("http://relay.example/path", "relay.example", http.client.HTTP_PORT, False),
        ("https://relay.example/path", "relay.example", http.client.HTTPS_PORT, True),
        ("https://[::1]:8443", "::1", 8443, True),
    ],
)
def test_goes_where_the_address_says(address: str, host: str, port: int, with_tls: bool) -> None:
    connection = connection_to(address, 2.5)
    assert (connection.host, connection.port, connection.timeout) == (host, port, 2.5)
    assert isinstance(connection, http.client.HTTPSConnection) is with_tls


def test_connects_only_with_the_first_request() -> None:
    assert connection_to("http://127.0.0.1:1", 1).sock is None
