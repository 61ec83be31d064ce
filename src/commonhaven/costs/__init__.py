"""Who pays what: scales, assessment, relief for hosts, fund, money."""

from commonhaven.costs.assess import assess
from commonhaven.costs.assessment import Assessment, Bearing
from commonhaven.costs.fund import (
    Arrears,
    Call,
    Target,
    arrears,
    contributions,
    mean_target,
    quantile_target,
    releasable,
    release,
    release_due,
    replenishment,
    tranches,
)
from commonhaven.costs.good_faith import (
    Conduct,
    Incentive,
    Score,
    incentive,
    paid_enough,
    pot_of,
    score,
)
from commonhaven.costs.hosting import HostCost, UnitCost, credited, estimated
from commonhaven.costs.money import Money, MoneyProblem, Split, Tie, money, nearest, split
from commonhaven.costs.pledge_gap import Gap, Pledge, by_conference, by_donor
from commonhaven.costs.published_scale import average_scales, base_period_mean, published
from commonhaven.costs.rates import Conversion, Rate, Rates
from commonhaven.costs.registry import scale, scales

__all__ = [
    "Arrears",
    "Assessment",
    "Bearing",
    "Call",
    "Conduct",
    "Conversion",
    "Gap",
    "HostCost",
    "Incentive",
    "Money",
    "MoneyProblem",
    "Pledge",
    "Rate",
    "Rates",
    "Score",
    "Split",
    "Target",
    "Tie",
    "UnitCost",
    "arrears",
    "assess",
    "average_scales",
    "base_period_mean",
    "by_conference",
    "by_donor",
    "contributions",
    "credited",
    "estimated",
    "incentive",
    "mean_target",
    "money",
    "nearest",
    "paid_enough",
    "pot_of",
    "published",
    "quantile_target",
    "releasable",
    "release",
    "release_due",
    "replenishment",
    "scale",
    "scales",
    "score",
    "split",
    "tranches",
]
