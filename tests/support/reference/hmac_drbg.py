"""HMAC_DRBG as SP 800-90A Rev. 1 section 10.1.2 prints it, one line per step, with the library's HMAC."""

import hmac


class ReferenceHmacDrbg:
    """Slow and literal; no limits, no failure handling."""

    def __init__(self, entropy: bytes, nonce: bytes, personalization: bytes, digest: str) -> None:
        self.digest = digest
        outlen = hmac.new(b"", digestmod=digest).digest_size
        seed_material = entropy + nonce + personalization
        self.key = bytes([0x00] * outlen)
        self.value = bytes([0x01] * outlen)
        self.update(seed_material)

    def update(self, provided_data: bytes) -> None:
        self.key = self.hmac(self.value + bytes([0x00]) + provided_data)
        self.value = self.hmac(self.value)
        if provided_data == b"":
            return
        self.key = self.hmac(self.value + bytes([0x01]) + provided_data)
        self.value = self.hmac(self.value)

    def reseed(self, entropy: bytes, additional: bytes) -> None:
        self.update(entropy + additional)

    def generate(self, n: int, additional: bytes) -> bytes:
        if additional != b"":
            self.update(additional)
        temp = b""
        while len(temp) < n:
            self.value = self.hmac(self.value)
            temp = temp + self.value
        returned = temp[0:n]
        self.update(additional)
        return returned

    def hmac(self, message: bytes) -> bytes:
        return hmac.new(self.key, message, self.digest).digest()
