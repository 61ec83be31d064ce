"""The demonstration group: a real crisis, real figures, roles instead of people."""

from commonhaven.web.operation.demonstration.play import make

__all__ = ["make"]
