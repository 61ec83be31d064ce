"""Entries that ship: published values of indicators that no public table gives."""
