"""Charts and maps: pure functions from values to declarative specs, and one renderer to SVG.

Pictures, not figures in the sense of observed numbers: those are ``commonhaven.parties.figures``.
"""

from commonhaven.figures.dots import rule_dots
from commonhaven.figures.flows import money_flow, people_flow
from commonhaven.figures.maps import hosts_map, payers_map
from commonhaven.figures.picture import Picture
from commonhaven.figures.render import svg
from commonhaven.figures.timeline import Clock, clocks
from commonhaven.figures.words import direction, disclaimer
from commonhaven.parties import DISCLAIMER

__all__ = [
    "DISCLAIMER",
    "Clock",
    "Picture",
    "clocks",
    "direction",
    "disclaimer",
    "hosts_map",
    "money_flow",
    "payers_map",
    "people_flow",
    "rule_dots",
    "svg",
]
