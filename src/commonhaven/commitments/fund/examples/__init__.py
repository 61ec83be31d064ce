"""Example funds that ship."""
