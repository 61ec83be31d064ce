"""What a charter brings to its procedure."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

from commonhaven.charter import load
from commonhaven.procedures import Event, Vote, procedure, state, tally
from commonhaven.regime import setting


def test_shipped_charter_runs_its_procedure() -> None:
    charter = load("west-africa")
    around = setting(charter, "LBR", date(2026, 3, 1))
    assert (len(around.members), around.convenors, around.secretariat) == (
        33,
        ("UNHCR",),
        ("UNHCR",),
    )
    assert around.options == {"default_on_deadlock": "no", "recuse_origin": "yes"}
    asked = Event(kind="request", at=datetime(2026, 3, 1, tzinfo=UTC), party="UNHCR")
    found = state(procedure(charter.convening.procedure), [asked], asked.at, around)
    assert (found.stage, found.refused) == ("requested", ())


def test_terms_of_the_charter_become_options() -> None:
    charter = load("west-africa")
    terms = replace(
        charter.convening, zone="Africa/Accra", decision="qualified-majority",
        quorum=Fraction(1, 3), default_on_deadlock=True, recuse_origin=False,
        options={"fraction": "3/4"},
    )  # fmt: skip
    around = setting(replace(charter, convening=terms), "", date(2026, 3, 1))
    assert around.zone == "Africa/Accra"
    assert around.options == {
        "fraction": "3/4", "default_on_deadlock": "yes", "recuse_origin": "no",
        "mode": "qualified-majority", "quorum": "1/3",
    }  # fmt: skip


def test_members_are_those_of_the_day() -> None:
    assert setting(load("west-africa"), "", date(2025, 12, 31)).members == ()


def test_weights_listed_in_the_charter_are_counted() -> None:
    charter = load("west-africa")
    weights = {member.state: Fraction(n) for n, member in enumerate(charter.members, 1)}
    terms = replace(charter.convening, decision="weighted-majority", weights=weights)
    around = setting(replace(charter, convening=terms), "", date(2026, 3, 1))
    assert around.weights == weights
    heaviest = charter.members[-1].state
    votes = [Vote(party=heaviest, position="yes"), Vote(party="GHA", position="no")]
    found = tally("weighted-majority", votes, members=around.members, setting=around)
    of_all = weights[heaviest] + weights["GHA"]
    assert (
        f"A weight of {weights[heaviest]} of {of_all} (votes cast) is in favour" in found.working[2]
    )
    assert found.adopted


def test_weights_by_the_cost_scale_are_shares_of_it_and_leave_nobody_out() -> None:
    charter = load("west-africa")
    terms = replace(charter.convening, decision="weighted-majority", weighed_by="cost scale")
    weighed = replace(charter, convening=terms)
    day = date(2026, 3, 1)
    weights = setting(weighed, "", day).weights
    assert set(weights) == set(charter.members_on(day))
    assert min(weights.values()) > 0
    assert weights["USA"] > weights["FRA"] > weights["GHA"]
    unknown = replace(charter.members[0], state="XKX")
    shares = setting(replace(weighed, members=(*charter.members, unknown)), "", day).weights
    assert shares["XKX"] == min(shares.values())


def test_no_weights_where_no_mode_counts_them() -> None:
    terms = replace(load("west-africa").convening, weighed_by="cost scale")
    charter = replace(load("west-africa"), convening=terms)
    assert setting(charter, "", date(2026, 3, 1)).weights == {}
