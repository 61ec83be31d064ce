"""Told to whoever listens: an act was written."""

from django.dispatch import Signal

written = Signal()
"""Sent by `record.actions.write` with ``entry``, inside the transaction that writes it."""
