"""Statistical tests of draws from 0 .. n - 1: each gives the chance of a result that is at least as odd.

The tests are those of D. E. Knuth, The Art of Computer Programming, volume 2, section 3.3.2, with chi-square,
normal or Kolmogorov's distribution for their results.  n is 2 or a multiple of 10: equal classes exist.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate, count, pairwise
from math import erfc, exp, factorial, lgamma, log, perm, sqrt

type Draws = Sequence[int]
type StatisticalTest = Callable[[Draws, int], float]

FEWEST_EXPECTED = 50.0


def chi_square(draws: Draws, n: int) -> float:
    """Every class of values comes equally often."""
    classes = min(n, 1000)
    counted = Counter(value * classes // n for value in draws)
    return _fit([counted[i] for i in range(classes)], [1 / classes] * classes)


def runs(draws: Draws, n: int) -> float:
    """The sequence changes sides of the median as often as independent values do (Wald and Wolfowitz)."""
    high = [2 * value >= n for value in draws]
    total, above = len(high), sum(high)
    mixed = 2 * above * (total - above)
    changes = sum(a is not b for a, b in pairwise(high))
    variance = mixed * (mixed - total) / (total * total * (total - 1))
    return _two_sided((changes - mixed / total) / sqrt(variance))


def serial_correlation(draws: Draws, n: int) -> float:
    """A value does not tell its successor."""
    centred = [2 * value - (n - 1) for value in draws]
    products = sum(a * b for a, b in pairwise(centred))
    return _two_sided(products / sum(a * a for a in centred) * sqrt(len(draws)))


def gap(draws: Draws, n: int) -> float:
    """Values of the first tenth are as far apart as independent ones."""
    marked = max(1, n // 10)
    places = [place for place, value in enumerate(draws) if value < marked]
    gaps = Counter(b - a - 1 for a, b in pairwise(places))
    chance = marked / n
    chances = _until_rare((chance * (1 - chance) ** length for length in count()), gaps.total())
    return _fit(_with_tail(gaps, 0, len(chances)), chances)


def poker(draws: Draws, n: int) -> float:
    """Hands of five hold as many different classes as independent values do."""
    classes = min(n, 10)
    hands = zip(*[(value * classes // n for value in draws)] * 5, strict=False)
    different = Counter(len(set(hand)) for hand in hands)
    kinds = range(1, min(classes, 5) + 1)
    chances = [_stirling(5, kind) * perm(classes, kind) / classes**5 for kind in kinds]
    return _fit([different[kind] for kind in kinds], chances)


def coupon_collector(draws: Draws, n: int) -> float:
    """It takes as many values to see every class as independent values take."""
    classes = min(n, 5)
    lengths: Counter[int] = Counter()
    seen: set[int] = set()
    length = 0
    for value in draws:
        seen.add(value * classes // n)
        length += 1
        if len(seen) == classes:
            lengths[length] += 1
            seen.clear()
            length = 0
    exact = (factorial(classes) * _stirling(r - 1, classes - 1) / classes**r for r in count(classes))
    chances = _until_rare(exact, lengths.total())
    return _fit(_with_tail(lengths, classes, len(chances)), chances)


def permutation(draws: Draws, n: int) -> float:
    """Groups of four different values come in each order equally often."""
    size = min(n, 4)
    groups = zip(*[iter(draws)] * size, strict=False)
    orders = Counter(
        tuple(sorted(range(size), key=group.__getitem__)) for group in groups if len(set(group)) == size
    )
    return _fit(_padded(orders, factorial(size)), [1 / factorial(size)] * factorial(size))


def kolmogorov_smirnov(draws: Draws, n: int) -> float:
    """The cumulative frequencies follow the uniform distribution (conservative for small n)."""
    counted = Counter(draws)
    below = accumulate(counted[value] for value in range(n))
    distance = max(abs(seen / len(draws) - (value + 1) / n) for value, seen in enumerate(below))
    x = distance * sqrt(len(draws))
    if x < 0.2:  # Kolmogorov's series converges slowly where its value is 1 to twelve digits
        return 1.0
    return min(1.0, 2 * sum((1 if j % 2 else -1) * exp(-2 * j * j * x * x) for j in range(1, 101)))


BATTERY: Mapping[str, StatisticalTest] = {
    "chi-square": chi_square,
    "runs": runs,
    "serial correlation": serial_correlation,
    "gap": gap,
    "poker": poker,
    "coupon collector": coupon_collector,
    "permutation": permutation,
    "Kolmogorov-Smirnov": kolmogorov_smirnov,
}


def _fit(observed: Sequence[int], chances: Sequence[float]) -> float:
    total = sum(observed)
    terms = (
        (seen - total * chance) ** 2 / (total * chance)
        for seen, chance in zip(observed, chances, strict=True)
    )
    return chi_square_tail(sum(terms), len(observed) - 1)


def chi_square_tail(statistic: float, freedom: int) -> float:
    """The chance that a chi-square variable exceeds `statistic`: Q(freedom / 2, statistic / 2)."""
    a, x = freedom / 2, statistic / 2
    if x == 0:
        return 1.0
    scale = exp(a * log(x) - x - lgamma(a))
    return 1 - scale * _lower_series(a, x) if x < a + 1 else scale * _upper_fraction(a, x)


def _lower_series(a: float, x: float) -> float:
    term = total = 1 / a
    for k in count(1):
        term *= x / (a + k)
        total += term
        if term < total * 1e-15:
            break
    return total


def _upper_fraction(a: float, x: float) -> float:
    """Legendre's continued fraction, evaluated from its far end."""
    value = 0.0
    for k in range(2000, 0, -1):
        value = k * (a - k) / (x + 2 * k + 1 - a + value)
    return 1 / (x + 1 - a + value)


def _two_sided(z: float) -> float:
    return erfc(abs(z) / sqrt(2))


def _until_rare(chances: Iterator[float], total: int) -> list[float]:
    """The chances that are expected to be seen often enough, and the rest as one class."""
    kept: list[float] = []
    for chance in chances:
        rest = 1 - sum(kept) - chance
        if rest * total < FEWEST_EXPECTED:
            break
        kept.append(chance)
    return [*kept, 1 - sum(kept)]


def _with_tail(counted: Counter[int], first: int, classes: int) -> list[int]:
    single = [counted[first + i] for i in range(classes - 1)]
    return [*single, counted.total() - sum(single)]


def _padded(counted: Counter[tuple[int, ...]], classes: int) -> list[int]:
    return [*counted.values(), *[0] * (classes - len(counted))]


def _stirling(items: int, parts: int) -> int:
    """Ways to divide `items` into `parts` groups."""
    row = [1] + [0] * parts
    for _ in range(items):
        row = [0] + [k * row[k] + row[k - 1] for k in range(1, parts + 1)]
    return row[parts]
