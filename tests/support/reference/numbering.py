"""The two permutations of draw numbers, spelled out on lists and on strings of binary digits."""

import hashlib

from tests.support.reference.hmac_drbg import ReferenceHmacDrbg
from tests.support.reference.selection import reference_below


def reference_shuffle(key: bytes, size: int) -> list[int]:
    """Image of every position, by Fisher and Yates."""
    tag = b"riff/numbering/shuffle/1"
    purpose = bytes([len(tag)]) + tag + bytes([0, 0, 0, 8]) + size.to_bytes(8, "big")
    drbg = ReferenceHmacDrbg(key, hashlib.sha256(purpose).digest()[0:16], purpose, "sha256")
    stream: list[int] = []
    table = list(range(size))
    for i in range(size - 1, 0, -1):
        if len(stream) < 1024:
            stream = stream + list(drbg.generate(4096, b""))
        j = reference_below(stream, i + 1)
        here, there = table[i], table[j]
        table[i] = there
        table[j] = here
    return table


def reference_feistel(key: bytes, size: int, x: int) -> int:
    """Image of one position, by a Feistel network and cycle walking."""
    k = 0
    while 2**k < size:
        k = k + 1
    u = k // 2
    while True:
        digits = format(x, "b").zfill(k)
        a, b = digits[:u], digits[u:]
        for i in range(12):
            message = bytes([i]) + int("0" + b, 2).to_bytes(2, "big")
            hashed = hashlib.blake2s(
                message, digest_size=4, key=key, salt=size.to_bytes(8, "big"), person=b"riffnum1"
            ).digest()
            f = "".join(format(octet, "08b") for octet in hashed)
            f = f[len(f) - len(a) :]
            c = "".join("0" if p == q else "1" for p, q in zip(a, f, strict=True))
            a, b = b, c
        x = int(a + b, 2)
        if x < size:
            return x
