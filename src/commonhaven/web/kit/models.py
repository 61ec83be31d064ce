"""Tables of the kit."""

from commonhaven.web.kit.clock import Moved

__all__ = ["Moved"]
