"""What a charter brings to its procedure."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

from commonhaven.charter import load
from commonhaven.procedures import Event, procedure, state
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
