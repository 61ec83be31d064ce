"""Consultative processes and global fora, for everyone to read."""
