"""A measure worked out from figures given state by state."""

from datetime import date
from typing import Any

from commonhaven.indicators import compute, from_figures, scope
from commonhaven.parties.figures import Figure, Figures
from commonhaven.reading import decimal_text, exact


def run(case: dict[str, Any]) -> None:
    figures = [
        Figure(
            state=state, indicator=name, period=int(period), value=exact(value), unit="units",
            source="the case", retrieved=date(2026, 11, 1), revision="case",
        )
        for state, row in case["figures"].items()
        for name, values in row.items()
        for period, value in (values.items() if isinstance(values, dict) else
                              {case["year"]: values}.items())
    ]  # fmt: skip
    basis = from_figures(Figures.of(figures))
    for expect in case["expect"]:
        found = compute(expect["measure"], scope(expect.get("of", "world")), case["year"], basis)
        if "missing" in expect:
            assert (found.value, found.why_missing) == (None, expect["missing"])
            continue
        assert found.value is not None, found.why_missing
        assert (expect["measure"], decimal_text(found.value, case.get("places", 6))) == (
            expect["measure"],
            decimal_text(exact(expect["value"]), case.get("places", 6)),
        )
        for end in ("low", "high"):
            if end in expect:
                assert found.bounds is not None
                assert getattr(found.bounds, end) == exact(expect[end])
        if "left_out" in expect:
            assert found.coverage.left_out == exact(expect["left_out"])
