"""Plans computed and tabled, offer rounds, opinions."""
