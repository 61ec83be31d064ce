"""Who pays what: scales, assessment, relief for hosts, fund, money."""

from commonhaven.costs.assess import assess
from commonhaven.costs.assessment import Assessment, Bearing
from commonhaven.costs.hosting import HostCost, UnitCost, credited, estimated
from commonhaven.costs.money import Money, MoneyProblem, Split, Tie, money, nearest, split
from commonhaven.costs.registry import scale, scales

__all__ = [
    "Assessment",
    "Bearing",
    "HostCost",
    "Money",
    "MoneyProblem",
    "Split",
    "Tie",
    "UnitCost",
    "assess",
    "credited",
    "estimated",
    "money",
    "nearest",
    "scale",
    "scales",
    "split",
]
