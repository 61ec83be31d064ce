"""Run a charter on a situation without an account."""
