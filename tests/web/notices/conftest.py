"""Promises and funds that are asked after."""

from due_cast import acts, promises

__all__ = ["acts", "promises"]
