"""Promises on their way: announced, signed, delivered, received, verified; and their needs."""
