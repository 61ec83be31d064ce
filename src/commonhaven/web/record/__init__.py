"""The append-only record of a group's acts, hash-chained."""
