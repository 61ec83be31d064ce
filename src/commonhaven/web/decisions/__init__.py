"""Decisions, votes, and the obligations that follow."""
