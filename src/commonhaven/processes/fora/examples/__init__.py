"""A contribution to copy."""
