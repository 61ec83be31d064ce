"""Situations that a group has opened."""
