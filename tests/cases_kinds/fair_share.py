"""Fair shares of a need by the size of economies, with what was given."""

from typing import Any

from commonhaven.indicators import fair_shares
from commonhaven.reading import decimal_text, exact


def run(case: dict[str, Any]) -> None:
    economies = {state: exact(size) for state, size in case["economies"].items()}
    given = {state: exact(sum_) for state, sum_ in case["given"].items()}
    found = fair_shares(exact(case["need"]), economies, given)
    assert set(found) == set(case["expect"])
    for state, expect in case["expect"].items():
        one = found[state]
        assert decimal_text(one.fair, 2) == decimal_text(exact(expect["fair"]), 2)
        assert one.band == expect.get("band")
        score = None if one.score is None else decimal_text(one.score, 4)
        assert score == expect.get("score")
    assert sum(one.fair for one in found.values()) == exact(case["need"])
