"""Example books that ship."""
