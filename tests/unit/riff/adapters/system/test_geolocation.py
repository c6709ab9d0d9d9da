from riff.adapters.system.geolocation import NoGeolocation


def test_locates_nobody() -> None:
    assert NoGeolocation().region("CA-ON") is None
