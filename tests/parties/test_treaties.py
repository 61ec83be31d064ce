"""Refugee treaties: who is bound, since when, and where we cannot tell."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.parties import UnknownState, states, treaties, treaty_status
from commonhaven.parties.consent import UnknownTreaty, consents

TODAY = date(2024, 6, 1)
TREATIES = ("convention-1951", "protocol-1967", "oau-1969", "cartagena-1984")


def parties_to(treaty: str, day: date) -> set[str]:
    return {code for code in states() if treaty_status(code, treaty, day).party}


def test_four_instruments_are_held() -> None:
    assert tuple(treaties()) == TREATIES
    assert {name: text.complete for name, text in treaties().items()} == {
        "convention-1951": True,
        "protocol-1967": True,
        "oau-1969": False,
        "cartagena-1984": True,
    }
    assert not treaties()["cartagena-1984"].binding


def test_number_of_parties_is_the_published_one() -> None:
    assert len(parties_to("convention-1951", TODAY)) == 146
    assert len(parties_to("protocol-1967", TODAY)) == 147
    assert len(parties_to("cartagena-1984", TODAY)) == 10
    for treaty, text in treaties().items():
        if text.parties is not None:
            assert len(consents(treaty)) == text.parties


def test_parties_to_one_of_convention_and_protocol_only() -> None:
    convention, protocol = parties_to("convention-1951", TODAY), parties_to("protocol-1967", TODAY)
    assert protocol - convention == {"CPV", "USA", "VEN"}
    assert convention - protocol == {"KNA", "MDG"}


def test_oau_convention_has_the_published_parties_of_2016_and_morocco() -> None:
    found = parties_to("oau-1969", date(2016, 12, 31))
    assert len(found - {"MAR"}) == 46
    assert "MAR" in found


@pytest.mark.parametrize("code", ["DJI", "ERI", "MDG", "MUS", "NAM", "SOM", "STP"])
def test_state_missing_from_a_list_with_gaps_is_unknown(code: str) -> None:
    assert treaty_status(code, "oau-1969", TODAY).party is None


def test_disputed_consent_is_unknown_and_says_why() -> None:
    found = treaty_status("MUS", "oau-1969", TODAY)
    assert (found.kind, found.party, found.bound_from) == ("disputed", None, None)
    assert "1972-09-07" in found.note


@pytest.mark.parametrize("code", ["LBN", "JOR", "IND", "PAK", "BGD", "THA", "MYS", "IDN", "IRQ"])
def test_hosts_outside_the_convention(code: str) -> None:
    assert treaty_status(code, "convention-1951", TODAY).party is False
    assert treaty_status(code, "protocol-1967", TODAY).party is False


def test_treaty_is_not_open_to_other_regions() -> None:
    found = treaty_status("DEU", "oau-1969", TODAY)
    assert (found.party, found.note) == (False, "Open only to members of: African Union.")


def test_convention_binds_from_its_entry_into_force() -> None:
    before = treaty_status("DNK", "convention-1951", date(1954, 4, 21))
    after = treaty_status("DNK", "convention-1951", date(1954, 4, 22))
    assert (before.party, after.party) == (False, True)
    assert (after.since, after.bound_from) == (date(1952, 12, 4), date(1954, 4, 22))


def test_accession_to_the_convention_takes_ninety_days() -> None:
    found = treaty_status("AFG", "convention-1951", date(2005, 11, 27))
    assert (found.since, found.bound_from) == (date(2005, 8, 30), date(2005, 11, 28))
    assert found.party is False
    assert treaty_status("AFG", "convention-1951", date(2005, 11, 28)).party is True


def test_accession_to_the_protocol_takes_effect_at_once() -> None:
    found = treaty_status("USA", "protocol-1967", date(1968, 11, 1))
    assert (found.party, found.since, found.bound_from) == (
        True,
        date(1968, 11, 1),
        date(1968, 11, 1),
    )


def test_succession_leaves_the_time_before_open() -> None:
    before = treaty_status("HRV", "convention-1951", date(1991, 12, 1))
    assert (before.party, before.kind) == (None, "succession")
    assert treaty_status("HRV", "convention-1951", date(1992, 10, 12)).party is True
    assert treaty_status("HRV", "convention-1951", date(1954, 1, 1)).party is False


@pytest.mark.parametrize(
    ("code", "treaty"),
    [(code, "convention-1951") for code in ("TUR", "MDG", "MCO", "COG")]
    + [(code, "protocol-1967") for code in ("TUR", "MCO", "COG")],
)
def test_geographic_limitation_is_noted(code: str, treaty: str) -> None:
    assert "geographic limitation" in treaty_status(code, treaty, TODAY).note


def test_no_other_state_keeps_a_geographic_limitation() -> None:
    held = {
        code
        for code, consent in consents("convention-1951").items()
        if "geographic limitation" in consent.note
    }
    assert held == {"COG", "MCO", "MDG", "TUR"}


@pytest.mark.parametrize("code", ["YUG", "CSK", "HKG", "XKX", "TWN", "PRI"])
def test_dissolved_states_and_territories_are_unknown(code: str) -> None:
    assert treaty_status(code, "convention-1951", TODAY).party is None


def test_what_is_no_state_is_no_party() -> None:
    assert treaty_status("XXA", "convention-1951", TODAY).party is False


def test_standing_tells_what_was_read_from_what_is_reported() -> None:
    assert treaty_status("KEN", "oau-1969", TODAY).standing == "sourced"
    assert treaty_status("UGA", "oau-1969", TODAY).standing == "reported"
    assert treaty_status("USA", "convention-1951", TODAY).source.startswith("United Nations Treaty")


def test_cartagena_was_adopted_by_ten() -> None:
    assert parties_to("cartagena-1984", TODAY) == {
        "BLZ", "COL", "CRI", "GTM", "HND", "MEX", "NIC", "PAN", "SLV", "VEN",
    }  # fmt: skip


def test_before_the_treaty_nobody_is_bound() -> None:
    for treaty, text in treaties().items():
        early = date(text.in_force.year - 1, 1, 1)
        assert (treaty, parties_to(treaty, early)) == (treaty, set())


@given(st.sampled_from(sorted(states())), st.sampled_from(TREATIES), st.dates(date(1950, 1, 1)))
def test_status_is_consistent(code: str, treaty: str, day: date) -> None:
    found = treaty_status(code, treaty, day)
    assert found.source
    if found.party:
        assert found.since is not None
        assert found.bound_from is not None
        assert found.since <= found.bound_from <= day
        assert treaties()[treaty].in_force <= day
    if found.party is False and found.since is None:
        assert found.note


def test_unknown_treaty_offers_the_nearest() -> None:
    with pytest.raises(UnknownTreaty) as raised:
        treaty_status("DEU", "convention-1954", TODAY)
    assert str(raised.value) == 'no treaty "convention-1954". Did you mean convention-1951?'


def test_unknown_state_is_a_problem() -> None:
    with pytest.raises(UnknownState, match='no state has the code "DEX"'):
        treaty_status("DEX", "convention-1951", TODAY)
