"""Meetings: convening, clocks, presence, agenda, words, outcome."""
