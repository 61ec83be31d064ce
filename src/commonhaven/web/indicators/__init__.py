"""Indicators of the Global Compact on Refugees, and measures worked out from public figures."""
