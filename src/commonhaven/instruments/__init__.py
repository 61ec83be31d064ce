"""The law as dated data: every number of an instrument with its article, source and standing."""

from commonhaven.instruments.load import Entry, Instrument, entry, instrument, instruments

__all__ = ["Entry", "Instrument", "entry", "instrument", "instruments"]
