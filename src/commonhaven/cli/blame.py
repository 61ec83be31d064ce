"""Which installed package an unforeseen error comes from."""

import traceback
from importlib.metadata import entry_points

from commonhaven.allocation.registry import GROUP, package


def plug_in_behind(error: BaseException) -> str:
    """The package of rules in whose code the error was raised; empty where it is none of them."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    names = [str(frame.f_globals.get("__name__", "")).partition(".")[0] for frame in frames]
    for point in sorted(entry_points(group=GROUP), key=lambda point: (package(point), point.name)):
        if point.module.partition(".")[0] in names:
            return package(point)
    return ""
