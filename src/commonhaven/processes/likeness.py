"""How alike the work of two processes is: the cosine of their theme vectors.

A theme weighs more the fewer processes work on it, by the logarithm of N/n, as is usual in the
comparison of texts (K. Sparck Jones, A Statistical Interpretation of Term Specificity, Journal of
Documentation 28, 1972). Logarithms are taken as decimals to six places, so that every machine has
the same; from there on all is exact.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from commonhaven.processes.model import Process

PLACES = Decimal("0.000001")
EXACT = Context(prec=40, rounding=ROUND_HALF_EVEN)
Weights = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How alike two processes are in theme: 0 nothing in common, 1 the same.

    ``squared`` is the square of the cosine, which is exact; None where a process has no theme that
    we know. ``shared`` are the common themes, the rarest first.
    """

    a: str
    b: str
    squared: Fraction | None
    shared: tuple[str, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]

    @property
    def cosine(self) -> Decimal | None:
        """The cosine to six places."""
        return None if self.squared is None else root(self.squared)


def root(squared: Fraction) -> Decimal:
    """The square root to six places, the same on every machine.

    >>> root(Fraction(1, 2))
    Decimal('0.707107')
    """
    value = EXACT.divide(Decimal(squared.numerator), Decimal(squared.denominator))
    return EXACT.sqrt(value).quantize(PLACES, context=EXACT)


def themes(process: Process) -> frozenset[str]:
    return frozenset(each.theme for each in process.themes)


def equal_weights(processes: Iterable[Process]) -> Weights:
    """Every theme weighs 1."""
    return {theme: Fraction(1) for each in processes for theme in themes(each)}


def rarity(processes: Iterable[Process]) -> Weights:
    """The weight of every theme: ln(N/n), of N processes with themes n work on it.

    A theme of all processes weighs nothing: it tells none from another.
    """
    with_themes = [themes(each) for each in processes if each.themes]
    counts: dict[str, int] = {}
    for each in with_themes:
        for theme in each:
            counts[theme] = counts.get(theme, 0) + 1
    return {theme: rare(len(with_themes), n) for theme, n in sorted(counts.items())}


def rare(whole: int, part: int) -> Fraction:
    """ln(whole/part), to six places: what a mark weighs that `part` of `whole` bear."""
    ratio = EXACT.divide(Decimal(whole), Decimal(part))
    return Fraction(EXACT.ln(ratio).quantize(PLACES, context=EXACT))


def likeness(a: Process, b: Process, weights: Weights) -> Likeness:
    """The cosine of the two theme vectors under the weights."""
    first, second = themes(a), themes(b)
    shared = sorted(first & second, key=lambda theme: (-weights[theme], theme))
    lengths = _length(first, weights) * _length(second, weights)
    dot = _length(first & second, weights)
    return Likeness(
        a=a.id, b=b.id, squared=dot * dot / lengths if lengths else None, shared=tuple(shared),
        only_a=tuple(sorted(first - second)), only_b=tuple(sorted(second - first)),
    )  # fmt: skip


def _length(some: frozenset[str], weights: Weights) -> Fraction:
    """The squared length of the vector with these themes."""
    return sum((weights[theme] ** 2 for theme in some), Fraction(0))
