"""Secret keys from the operating system's entropy, under the health tests of the certified core."""

from typing import Final

from riff_critical.rng import SystemEntropy

KEY_BYTES: Final = 32


class SystemKeys:
    """Honours `riff.ports.identity.KeySource`."""

    def __init__(self) -> None:
        self._entropy: SystemEntropy | None = None

    def new_key(self) -> bytes:
        """32 bytes.

        Raises:
            EntropyFaultError: the source failed its tests and answers no more.
        """
        if self._entropy is None:
            self._entropy = SystemEntropy()
        return self._entropy.read(KEY_BYTES)
