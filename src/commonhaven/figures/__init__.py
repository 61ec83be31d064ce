"""Charts and maps: pure functions from values to declarative specs, and one renderer to SVG.

Pictures, not figures in the sense of observed numbers: those are ``commonhaven.parties.figures``.
"""

from commonhaven.figures.book_lines import From
from commonhaven.figures.dots import rule_dots
from commonhaven.figures.dues import dues_calendar
from commonhaven.figures.flows import money_flow, people_flow
from commonhaven.figures.fund_level import FundCash, Move, fund_cash, fund_level
from commonhaven.figures.gifts import gifts, gifts_flow
from commonhaven.figures.gifts import units as gift_units
from commonhaven.figures.lorenz import Asked as LorenzAsked
from commonhaven.figures.lorenz import lorenz_curve
from commonhaven.figures.maps import hosts_map, payers_map
from commonhaven.figures.overlap_heat import overlap_heat
from commonhaven.figures.picture import Picture
from commonhaven.figures.render import svg
from commonhaven.figures.series import series
from commonhaven.figures.stairs import Stair, staircase_bars
from commonhaven.figures.timeline import Clock, clocks
from commonhaven.figures.words import direction, disclaimer
from commonhaven.parties import DISCLAIMER

__all__ = [
    "DISCLAIMER",
    "Clock",
    "From",
    "FundCash",
    "LorenzAsked",
    "Move",
    "Picture",
    "Stair",
    "clocks",
    "direction",
    "disclaimer",
    "dues_calendar",
    "fund_cash",
    "fund_level",
    "gift_units",
    "gifts",
    "gifts_flow",
    "hosts_map",
    "lorenz_curve",
    "money_flow",
    "overlap_heat",
    "payers_map",
    "people_flow",
    "rule_dots",
    "series",
    "staircase_bars",
    "svg",
]
