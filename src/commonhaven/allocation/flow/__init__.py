"""Exact flows of people to places: best on each criterion in turn, then the fewest moves."""
