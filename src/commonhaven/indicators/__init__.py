"""Indicators of the Global Compact on Refugees, indices of burden and fairness, restatements."""

from commonhaven.indicators.basis import Basis, from_figures, from_folder, shipped
from commonhaven.indicators.catalogue import (
    Measure,
    NotComputed,
    catalogue,
    measure,
    measures,
)
from commonhaven.indicators.compute import compute, compute_all
from commonhaven.indicators.donors import Donors, Gift, read_donors, shipped_donors
from commonhaven.indicators.framework import Framework, Indicator, framework
from commonhaven.indicators.lorenz import Curve, concentration, lorenz
from commonhaven.indicators.result import Bounds, Cited, Coverage, Result
from commonhaven.indicators.scope import Scope, scope

__all__ = [
    "Basis",
    "Bounds",
    "Cited",
    "Coverage",
    "Curve",
    "Donors",
    "Framework",
    "Gift",
    "Indicator",
    "Measure",
    "NotComputed",
    "Result",
    "Scope",
    "catalogue",
    "compute",
    "compute_all",
    "concentration",
    "framework",
    "from_figures",
    "from_folder",
    "lorenz",
    "measure",
    "measures",
    "read_donors",
    "scope",
    "shipped",
    "shipped_donors",
]
