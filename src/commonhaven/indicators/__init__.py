"""Indicators of the Global Compact on Refugees, indices of burden and fairness, restatements."""

from commonhaven.indicators.basis import Basis, from_figures, from_folder, shipped
from commonhaven.indicators.card import CardLine, card
from commonhaven.indicators.catalogue import (
    Measure,
    NotComputed,
    catalogue,
    measure,
    measures,
)
from commonhaven.indicators.compute import compute, compute_all, hosting_curve
from commonhaven.indicators.donors import Donors, Gift, read_donors, shipped_donors
from commonhaven.indicators.entries import (
    EntriesFile,
    Entry,
    Evidence,
    as_result,
    check_entries,
    entered,
    read_entries,
    shipped_entries,
)
from commonhaven.indicators.fair_share import (
    FairShare,
    FairShares,
    fair_shares,
    of_funding,
    of_resettlement,
)
from commonhaven.indicators.framework import Framework, Indicator, framework
from commonhaven.indicators.lorenz import Curve, concentration, lorenz
from commonhaven.indicators.restated import Changed, Followed, Restatement, restated
from commonhaven.indicators.result import Bounds, Cited, Coverage, Result
from commonhaven.indicators.scope import Scope, scope
from commonhaven.indicators.sheets import (
    Sheet,
    card_sheet,
    curve_sheet,
    fair_shares_sheet,
    results_sheet,
)

__all__ = [
    "Basis",
    "Bounds",
    "CardLine",
    "Changed",
    "Cited",
    "Coverage",
    "Curve",
    "Donors",
    "EntriesFile",
    "Entry",
    "Evidence",
    "FairShare",
    "FairShares",
    "Followed",
    "Framework",
    "Gift",
    "Indicator",
    "Measure",
    "NotComputed",
    "Restatement",
    "Result",
    "Scope",
    "Sheet",
    "as_result",
    "card",
    "card_sheet",
    "catalogue",
    "check_entries",
    "compute",
    "compute_all",
    "concentration",
    "curve_sheet",
    "entered",
    "fair_shares",
    "fair_shares_sheet",
    "framework",
    "from_figures",
    "from_folder",
    "hosting_curve",
    "lorenz",
    "measure",
    "measures",
    "of_funding",
    "of_resettlement",
    "read_donors",
    "read_entries",
    "restated",
    "results_sheet",
    "scope",
    "shipped",
    "shipped_donors",
    "shipped_entries",
]
