"""The demonstration group: a real crisis, real figures, roles instead of people."""

from datetime import datetime


def make(at: datetime) -> None:
    """Make the demonstration where there is none yet; what stands is left alone."""
