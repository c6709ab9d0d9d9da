"""Validation numbers, spelled out; the field by schoolbook multiplication of polynomials."""

import hashlib

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def reference_hmac(key: bytes, message: bytes) -> bytes:
    """FIPS 198-1, for keys of at most 64 bytes."""
    padded = key + bytes(64 - len(key))
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded) + message).digest()
    return hashlib.sha256(bytes(byte ^ 0x5C for byte in padded) + inner).digest()


def reference_block_key(raffle_key: bytes, tag: int) -> bytes:
    purpose = b"\x1briff/validation/block-key/1" + b"\x00\x00\x00\x02" + bytes([tag // 256, tag % 256])
    return reference_hmac(raffle_key, purpose)


def reference_body(secret: bytes, ordinal: int) -> int:
    left, right = ordinal // 2**20, ordinal % 2**20
    for i in range(12):
        hashed = int.from_bytes(reference_hmac(secret, bytes([i]) + right.to_bytes(3, "big")), "big")
        left, right = right, left ^ (hashed % 2**20)
    return left * 2**20 + right


def reference_issue(secret: bytes, tag: int, ordinal: int) -> str:
    return reference_text(tag, reference_body(secret, ordinal))


def reference_text(tag: int, body: int) -> str:
    values = [tag // 32**2, tag // 32 % 32, tag % 32] + [body // 32 ** (7 - i) % 32 for i in range(8)]
    check = reference_check(values)
    text = "".join(ALPHABET[value] for value in [*values, check])
    return text[0:3] + "-" + text[3:11] + "-" + text[11]


def reference_check(values: list[int]) -> int:
    """Sum of c_i * x^(12 - i) for i = 1 .. 11."""
    total = 0
    for i, value in enumerate(values, start=1):
        weight = 1
        for _ in range(12 - i):
            weight = field_product(weight, 0b00010)
        total = total ^ field_product(value, weight)
    return total


def field_product(a: int, b: int) -> int:
    """Product in GF(2)[x] / (x^5 + x^2 + 1): multiply the polynomials, then divide with remainder."""
    product = 0
    for power in range(5):
        if b >> power & 1:
            product = product ^ (a << power)
    for power in range(9, 4, -1):
        if product >> power & 1:
            product = product ^ (0b100101 << (power - 5))
    return product
