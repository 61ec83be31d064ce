"""Commonhaven runs a refugee responsibility-sharing regime, from charter to exchange."""

__version__ = "0.1.0"
