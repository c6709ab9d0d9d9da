"""Fresh keys."""

from riff.adapters.system.keys import SystemKeys


def test_keys_have_32_bytes_and_do_not_repeat() -> None:
    source = SystemKeys()
    keys = {source.new_key() for _ in range(100)}
    assert {len(key) for key in keys} == {32}
    assert len(keys) == 100
