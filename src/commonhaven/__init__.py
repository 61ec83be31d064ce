"""Commonhaven runs a refugee responsibility-sharing regime: from charter to plan, exact and explained."""

__version__ = "0.1.0"
