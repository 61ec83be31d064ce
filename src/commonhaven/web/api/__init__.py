"""The JSON API over the same actions and queries."""
