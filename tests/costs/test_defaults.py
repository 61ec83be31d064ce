"""A charter that says nothing of money gets the numbers that the instruments state."""

import pytest

from commonhaven.charter.model import Costs, Fund
from commonhaven.instruments import entry


@pytest.mark.parametrize(
    ("default", "instrument", "number"),
    [
        (Costs().host_relief_full_at, "cost-sharing", "full_at"),
        (Costs().ceiling, "cost-sharing", "ceiling"),
        (Costs().ceiling, "un-scale", "ceiling"),
        (Fund().target_quantile, "standing-fund", "quantile"),
        (Fund().emergency_release, "standing-fund", "release_part"),
    ],
)
def test_charter_default_is_the_number_of_the_instrument(
    default: object, instrument: str, number: str
) -> None:
    assert default == entry(instrument, number).number
