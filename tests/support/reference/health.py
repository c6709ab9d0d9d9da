"""The health tests of SP 800-90B, section 4.4, as the publication numbers their steps."""


def reference_repetition_count_fails(samples: bytes, cutoff: int) -> bool:
    """Section 4.4.1."""
    a = samples[0]
    b = 1
    for x in samples[1:]:
        if x == a:
            b = b + 1
            if b >= cutoff:
                return True
        else:
            a = x
            b = 1
    return False


def reference_adaptive_proportion_fails(samples: bytes, cutoff: int, window: int) -> bool:
    """Section 4.4.2."""
    for start in range(0, len(samples), window):
        a = samples[start]
        b = 1
        for x in samples[start + 1 : start + window]:
            if a == x:
                b = b + 1
            if b >= cutoff:
                return True
    return False
