"""Scores in bands: states in the same bands on every criterion are similarly positioned.

"Similar when less than a step apart" would not be transitive and could run in a circle; fixed
bands give an order. Their price is an edge where a small difference counts: so the distance of
every score to its nearest edge is reported.
"""

from collections.abc import Mapping
from fractions import Fraction

CRITERIA = ("security", "functional", "cultural", "proximity")
"""In the order in which they decide (Hathaway and Neve 1997, 204-05)."""
Class = tuple[int, int, int, int]


def widths(settings: Mapping[str, object]) -> dict[str, Fraction]:
    """Criterion → width of its bands, from a rule's settings."""
    general = Fraction(str(settings["band_width"]))
    security = Fraction(str(settings["security_band_width"]))
    return {**dict.fromkeys(CRITERIA, general), "security": security}


def band(score: Fraction, width: Fraction) -> int:
    """The band of a score: how many whole widths lie below it; 1 itself is in the highest band.

    Without that a perfect score would be a band of its own: one death recorded in a year would
    move a state as far as the step from 0.95 to 0.85.
    """
    whole = (score.numerator * width.denominator) // (score.denominator * width.numerator)
    return min(whole, highest(width))


def highest(width: Fraction) -> int:
    """The highest band, which holds the score 1."""
    return -(-width.denominator // width.numerator) - 1


def edge_distance(score: Fraction, width: Fraction) -> Fraction:
    """How far the score is from the nearest edge between two bands."""
    held = band(score, width)
    above = score - held * width
    if held == highest(width):
        return above
    return min(above, width - above) if held else width - above


def separated_by(better: Class, worse: Class) -> str:
    """The first criterion on which two classes differ."""
    for name, one, other in zip(CRITERIA, better, worse, strict=True):
        if one != other:
            return name
    return ""
