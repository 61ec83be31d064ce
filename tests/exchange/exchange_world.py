"""Flows of money for the tests: a few by hand, many at random."""

from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import strategies as st

from commonhaven.exchange.codes import EARMARKING_CODES, KIND_CODES, ORGANISATION_CODES
from commonhaven.exchange.transaction import NOBODY, Organisation, Transaction

MADE = datetime(2026, 11, 25, tzinfo=UTC)
REPORTER = Organisation("Secretariat", "XX-EXAMPLE-1", "multilateral", "")
FRANCE = Organisation("France", "", "government", "FRA")
UNICEF = Organisation("UNICEF", "XM-DAC-41122", "multilateral", "")
ONE = Transaction(
    activity="XX-1", kind="outgoing commitment", on=date(2026, 2, 1), value=Decimal("600.50"),
    currency="USD", ref="a", provider=FRANCE, receiver=UNICEF, about="Classrooms & desks <two>",
    aid_type="C01", earmarking="softly earmarked", humanitarian=True, country="GHA", year=2026,
)  # fmt: skip

TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=20
).map(str.strip)
ORGANISATIONS = st.builds(
    Organisation, TEXT, st.sampled_from(("", "XM-DAC-1")),
    st.sampled_from((*ORGANISATION_CODES, "")), st.sampled_from(("", "FRA", "GHA")),
)  # fmt: skip
DAYS = st.dates(date(1950, 1, 1), date(2100, 1, 1))
AMOUNTS = st.decimals(Decimal(-(10**15)), Decimal(10**15), places=3)


@st.composite
def transactions(draw: st.DrawFn, activity: str, year: int | None) -> Transaction:
    """One flow that IATI can hold whole."""
    kind = draw(st.sampled_from(tuple(KIND_CODES)))
    on = draw(DAYS)
    value_on = draw(st.none() | DAYS)
    comes_in = kind in {"incoming funds", "incoming commitment", "incoming pledge"}
    provider, receiver = draw(ORGANISATIONS), draw(ORGANISATIONS)
    if not comes_in and provider == NOBODY:
        provider = REPORTER
    if comes_in and receiver == NOBODY:
        receiver = REPORTER
    hop = draw(st.booleans()) and kind in {"disbursement", "incoming funds"}
    own = kind == "incoming funds"
    return Transaction(
        activity=activity, kind=kind, on=on, value=draw(AMOUNTS), currency=draw(
            st.sampled_from(("USD", "EUR", "JPY", "FIM"))), ref=draw(TEXT),
        value_on=None if value_on == on else value_on, provider=provider, receiver=receiver,
        provider_activity=(activity if own else "other") if hop else "",
        receiver_activity=draw(st.sampled_from(("", "next"))), about=draw(TEXT),
        aid_type=draw(st.sampled_from(("", "B02", "H02"))),
        earmarking=draw(st.none() | st.sampled_from(tuple(EARMARKING_CODES))),
        humanitarian=draw(st.none() | st.booleans()),
        country=draw(st.sampled_from(("", "GHA", "XKX"))), year=year, passed_on=hop,
    )  # fmt: skip


@st.composite
def files(draw: st.DrawFn) -> list[Transaction]:
    """The transactions of several activities, each together."""
    found: list[Transaction] = []
    for n in range(draw(st.integers(1, 3))):
        year = draw(st.integers(1990, 2040))
        found += draw(st.lists(transactions(f"XX-{n}", year), min_size=1, max_size=4))
    return found
