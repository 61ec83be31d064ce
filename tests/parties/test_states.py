"""States: who there is, from which source, and how a text becomes a state."""

import doctest
import subprocess
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven import parties
from commonhaven.parties import (
    State,
    UnknownState,
    find_state,
    provenance,
    state,
    states,
    unhcr_state,
)
from commonhaven.parties.register import COLUMNS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "parties.md"


def with_standing(standing: str) -> list[State]:
    return [one for one in states().values() if one.standing == standing]


def test_there_are_193_members_and_two_observers() -> None:
    assert len(with_standing("UN member")) == 193
    assert [one.code for one in with_standing("UN observer")] == ["PSE", "VAT"]


def test_members_by_region() -> None:
    assert Counter(one.region for one in with_standing("UN member")) == {
        "Africa": 54,
        "Asia": 47,
        "Europe": 43,
        "Americas": 35,
        "Oceania": 14,
    }


def test_m49_lists_248_countries_and_areas() -> None:
    listed = [one for one in states().values() if one.m49 and one.standing != "dissolved"]
    assert Counter(one.region for one in listed) == {
        "Africa": 60,
        "Americas": 57,
        "Asia": 50,
        "Europe": 51,
        "Oceania": 29,
        "": 1,
    }


def test_groups_of_the_united_nations_have_their_published_size() -> None:
    everyone = states().values()
    assert sum(one.ldc is True for one in everyone) == 44
    assert sum(one.lldc is True for one in everyone) == 32
    assert sum(one.sids is True for one in everyone) == 53


def test_members_of_the_united_nations_are_classified_by_income_but_two() -> None:
    without = [one.code for one in with_standing("UN member") if one.income_group is None]
    assert without == ["ETH", "VEN"]
    assert {one.income_fiscal_year for one in states().values() if one.income_group} == {2026}


def test_codes_are_unique_and_in_order() -> None:
    everyone = list(states().values())
    assert [one.code for one in everyone] == sorted({one.code for one in everyone})
    for field in ("alpha2", "m49", "unhcr_code", "name"):
        used = [getattr(one, field) for one in everyone if getattr(one, field)]
        assert (field, len(used)) == (field, len(set(used)))


def test_namibia_keeps_its_two_letters() -> None:
    assert state("NAM").alpha2 == "NA"


@pytest.mark.parametrize("one", states().values(), ids=lambda one: one.code)
def test_every_row_is_consistent(one: State) -> None:
    assert one.name
    assert (one.existed_until is not None) == (one.standing == "dissolved")
    assert bool(one.successors) == (one.standing == "dissolved")
    assert set(one.successors) <= set(states())
    assert (one.income_group is None) == (one.income_fiscal_year is None)
    if one.standing == "UN member":
        assert one.un_member_since is not None
        assert one.un_member_until is None
        assert one.ldc is not None
    if one.standing in {"dissolved", "other state or territory", "no state"}:
        assert (one.un_member_since is None) == (one.un_member_until is None)


def test_dissolved_states_end_before_their_successors_join() -> None:
    ended = {one.code: one.existed_until for one in with_standing("dissolved")}
    assert ended["CSK"] == date(1992, 12, 31)
    assert ended["DDR"] == date(1990, 10, 2)
    assert state("CSK").successors == ("CZE", "SVK")
    assert len(state("SUN").successors) == 15


UNHCR = (
    "AFG ALB ALG AND ANG AIA ANT ARG ARM ABW AUL AUS AZE BHS BAH BGD BAR BLR BEL BZE BEN BER BHU "
    "BOL BES BSN BOT BVT BRA BVI BRU BUL BKF BDI CVI CAM CMR CAN CAY CAR CHD CHL CHI HKG MAC COL "
    "COI COB COK COS ICO HRV CUB CUW CYP CZE KRN COD DEN DJB DMA DOM ECU ARE SAL EGU ERT EST SWA "
    "ETH FRO FIJ FIN FRA FGU FPO GAB GAM GEO GFR GHA GIB GRE GRL GRN GLP GUM GUA GUI GNB GUY HAI "
    "VAT HON HUN ICE IND INS IRN IRQ IRE ISR ITA JAM JPN JOR KAZ KEN KIR KUW KGZ LAO LVA LEB LES "
    "LBR LBY LIE LTU LUX MAD MLW MLS MDV MLI MTA MHL MAR MAU MTS MEX FSM MCO MNG MNE MSR MOR MOZ "
    "MYA NAM NRU NEP NET FNC NZL NIC NGR NIG NIU MCD MNP NOR OMN PAK PLW PAN PNG PAR PER PHI POL "
    "POR PUE QAT KOR MDA REU ROM RUS RWA STK LCA VCT MAF SPM WES SMA STP SAU SEN SRB SEY SLE SIN "
    "SXM SVK SVN SOL SOM RSA SGS SSD SPA LKA GAZ STA SUD SUR SJM SWE SWI SYR TJK THA TIB TMP TOG "
    "TON TRT TUN TKM TCI TUV TUR UGA UKR UAE GBR TAN USA UKN URU UZB VAN VEN SRV WSH YEM ZAM ZIM "
    "AB9"
)
UNHCR_CODES = UNHCR.split()


def test_every_code_of_unhcr_resolves_and_no_other() -> None:
    assert len({unhcr_state(code).code for code in UNHCR_CODES}) == len(UNHCR_CODES) == 231
    assert {one.unhcr_code for one in states().values() if one.unhcr_code} == set(UNHCR_CODES)


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("GFR", "DEU"),
        ("AUS", "AUT"),
        ("ARE", "EGY"),
        ("MAR", "MTQ"),
        ("GAZ", "PSE"),
        ("UKN", "UNK"),
    ],
)
def test_unhcr_code_is_not_read_as_iso(code: str, meant: str) -> None:
    assert unhcr_state(code).code == meant


def test_unknown_unhcr_code_is_a_problem() -> None:
    with pytest.raises(UnknownState, match='UNHCR has no code "DEU" that we know'):
        unhcr_state("DEU")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("GHN", 'no state has the code "GHN". Did you mean Ghana (GHA)?'),
        ("Ghana", 'no state has the code "Ghana". It is a name of Ghana (GHA): write GHA.'),
        (
            "GFR",
            'no state has the code "GFR". It is UNHCR\'s own code of Germany (DEU): write DEU.',
        ),
        (
            "NA",
            'no state has the code "NA". It is an ISO two-letter code of Namibia (NAM): write NAM.',
        ),
        (
            "",
            'no state has the code "". Write an ISO alpha-3 code such as GHA, or the name of the '
            "state.",
        ),
    ],
)
def test_unknown_code_says_what_to_do(text: str, said: str) -> None:
    with pytest.raises(UnknownState) as raised:
        state(text)
    assert str(raised.value) == said


def test_every_column_has_a_source() -> None:
    assert tuple(provenance()) == COLUMNS
    assert {one.standing for one in provenance().values()} == {
        "sourced",
        "reported",
        "our proposal",
    }
    assert all(one.source and one.licence for one in provenance().values())


def found_or_problem(text: str) -> State | UnknownState:
    try:
        return find_state(text)
    except UnknownState as problem:
        return problem


@given(st.text(max_size=120))
def test_any_text_is_a_state_or_a_problem_with_advice(text: str) -> None:
    outcome = found_or_problem(text)
    if isinstance(outcome, State):
        assert outcome is states()[outcome.code]
    else:
        assert outcome.what
        assert outcome.fix


@given(st.sampled_from(sorted(states())), st.text(" \t", max_size=3), st.booleans())
def test_code_is_found_whatever_case_and_space(code: str, space: str, small: bool) -> None:
    text = code.lower() if small else code
    assert find_state(f"{space}{text}{space}").code == code


def test_room_is_quick_to_enter_and_leaves_babel_alone() -> None:
    program = (
        "import sys, time; before = time.perf_counter(); import commonhaven.parties as p; "
        "took = time.perf_counter() - before; p.find_state('Ghana'); p.name('GHA'); "
        "p.members('eu', __import__('datetime').date(2024, 1, 1)); "
        "print(took, 'babel' in sys.modules)"
    )
    answers = [
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        ).stdout.split()
        for _ in range(3)
    ]
    assert {babel for _, babel in answers} == {"False"}
    assert min(float(took) for took, _ in answers) < 0.015


def test_all_states_load_quickly() -> None:
    spent = []
    for _ in range(3):
        states.cache_clear()
        before = time.perf_counter()
        assert len(states()) == 263
        spent.append(time.perf_counter() - before)
    assert min(spent) < 0.020


def test_everything_offered_is_there() -> None:
    assert [offered for offered in parties.__all__ if getattr(parties, offered) is None] == []
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = parties.nothing


def test_reference_page_shows_what_happens_and_names_everything() -> None:
    done = doctest.testfile(str(PAGE), module_relative=False)
    assert (done.failed, done.attempted > 10) == (0, True)
    text = PAGE.read_text(encoding="utf-8")
    wanted = [*parties.groupings(), *parties.treaties(), *provenance()]
    assert [one for one in wanted if f"`{one}`" not in text] == []
    assert [one.code for one in with_standing("dissolved") if f"| {one.code} |" not in text] == []
