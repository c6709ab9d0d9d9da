"""Selection, spelled out on strings of binary digits."""


def reference_below(stream: list[int], n: int) -> int:
    """Choose from the front of `stream`, which loses what was read."""
    k = 0
    while 2**k < n:
        k = k + 1
    if k == 0:
        return 0
    bytes_per_value = 1
    while bytes_per_value * 8 < k:
        bytes_per_value = bytes_per_value + 1
    while True:
        digits = ""
        for _ in range(bytes_per_value):
            digits = digits + format(stream.pop(0), "08b")
        value = int(digits[len(digits) - k :], 2)
        if value < n:
            return value


def reference_sample(stream: list[int], n: int, k: int, *, replacement: bool) -> list[int]:
    drawn: list[int] = []
    while len(drawn) < k:
        value = reference_below(stream, n)
        if replacement or drawn.count(value) == 0:
            drawn.append(value)
    return drawn
