"""Years of good faith that ship."""
