"""Displacements: origin, cohorts, where they are, their ties, needs and wishes."""
