"""Each slip of a drafter meets one line that says where it is and how to mend it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from commonhaven.charter import Charter, Finding, check, read
from commonhaven.reading import Problem, build

Table = dict[str, Any]
Spoil = Callable[[Table], object]


def errors(table: Table) -> list[str]:
    found = check(build(Charter, table, "draft.toml"))
    return [str(finding) for finding in found if finding.severity == "error"]


def advice(table: Table) -> list[str]:
    found = check(build(Charter, table, "draft.toml"))
    return [str(finding) for finding in found if finding.severity == "advice"]


def member(state: str = "GHA", tier: str = "inner core", **more: object) -> Table:
    return {"state": state, "tier": tier, "since": date(2026, 1, 1), **more}


def test_sound_charter_has_no_findings(table: Table) -> None:
    assert check(read(table, "draft.toml")) == ()


SLIPS: dict[str, tuple[Spoil, str]] = {
    "no members": (
        lambda t: t.update(members=[]),
        "draft.toml, members: the charter names no member. "
        "Add a [[members]] table for each state, with state, tier and since.",
    ),
    "no inner core": (
        lambda t: [m.update(tier="outer core", situation=None) for m in t["members"]],
        "draft.toml, members: no state is in the inner core: nobody in the region protects. "
        'Give the states of the region tier = "inner core".',
    ),
    "inner core only later": (
        lambda t: [m.update(since=date(2026, 2, 1)) for m in t["members"]],
        "draft.toml, members: no state is in the inner core on 2026-01-01, the first day. "
        "Let its members' since be that day or earlier.",
    ),
    "two tiers at once": (
        lambda t: t["members"].append(member(tier="outer core", since=date(2027, 1, 1))),
        "draft.toml, members 7: GHA is in two tiers at once from 2027-01-01: inner core and outer "
        "core. End members 1 the day before, with until = a date.",
    ),
    "named twice": (
        lambda t: t["members"].append(member(until=date(2026, 1, 1))),
        "draft.toml, members 7: GHA is in the inner core twice from 2026-01-01. "
        "Remove it, or members 1.",
    ),
    "ends before it starts": (
        lambda t: t["members"][0].update(until=date(2025, 1, 1)),
        "draft.toml, members 1, until: membership of GHA ends on 2025-01-01, before it starts on "
        "2026-01-01. Correct one of the two dates.",
    ),
    "joins after the end": (
        lambda t: (
            t["group"].update(ends=date(2026, 12, 31)),
            t["members"][1].update(since=date(2027, 1, 1)),
        ),
        "draft.toml, members 2, since: TGO joins on 2027-01-01, after the charter ends on "
        "2026-12-31. Correct one of the two dates.",
    ),
    "in force after its end": (
        lambda t: t["group"].update(ends=date(2026, 1, 1), in_force=date(2026, 1, 2)),
        "draft.toml, group, ends: the charter ends on 2026-01-01, before it comes into force on "
        "2026-01-02. Correct one of the two dates.",
    ),
    "situation missing": (
        lambda t: t["members"][5].pop("situation"),
        "draft.toml, members 6, situation: JPN contributes to one situation, but the charter does "
        'not say to which. Write situation = "..." with its id.',
    ),
    "situation of a core member": (
        lambda t: t["members"][0].update(situation="togo-1993"),
        "draft.toml, members 1, situation: GHA is in the inner core, which is bound in every "
        "situation. Leave situation out, or make it a situation-specific contributor.",
    ),
    "dissolved state": (
        lambda t: t["members"].append(member("YUG", "outer core")),
        "",
    ),
    "no state": (
        lambda t: t["members"].append(member("QQQ", "outer core")),
        "",
    ),
    "no name": (
        lambda t: t["group"].update(name={}),
        'draft.toml, group, name: the group has no name. Write name = { en = "..." }.',
    ),
    "empty name": (
        lambda t: t["group"]["name"].update(fr=" "),
        "draft.toml, group, name.fr: the name is empty. Write it or leave it out.",
    ),
    "language in words": (
        lambda t: t["group"]["name"].update(French="Groupe"),
        'draft.toml, group, name.French: "French" is not a language code. '
        "Write en, fr, es, ar, ru, zh or another ISO 639 code in lower case.",
    ),
    "participant twice": (
        lambda t: t["participants"].append({"party": "IOM", "role": "secretariat"}),
        "draft.toml, participants 3, party: IOM is named twice. Remove it, or participants 2.",
    ),
    "participant without name": (
        lambda t: t["participants"].append({"party": "", "role": "observer"}),
        "draft.toml, participants 3, party: the participant has no name. Write it, such as UNHCR.",
    ),
    "member and participant": (
        lambda t: t["participants"].append({"party": "GHA", "role": "observer"}),
        "draft.toml, participants 3, party: GHA is a member: it cannot be a participant as well. "
        "Remove one of the two.",
    ),
    "procedure in words": (
        lambda t: t["convening"].update(procedure="Any member calls"),
        'draft.toml, convening, procedure: "Any member calls" is not the id of a procedure. '
        "Write lower-case letters, digits and hyphens, such as hathaway-neve.",
    ),
    "rule misspelt": (
        lambda t: t["responsibility"].update(rule="hathaway-nave"),
        "draft.toml, responsibility, rule: no rule is called hathaway-nave. "
        "Did you mean hathaway-neve?",
    ),
    "scale in place of a rule": (
        lambda t: t["responsibility"].update(rule="un-regular-budget"),
        "draft.toml, responsibility, rule: un-regular-budget shares money, not people. "
        "Name it under costs, scale.",
    ),
    "rule in place of a scale": (
        lambda t: t["costs"].update(scale="hathaway-neve"),
        "draft.toml, costs, scale: hathaway-neve shares people, not money. "
        "Name it under responsibility, rule.",
    ),
    "scale misspelt": (
        lambda t: t["costs"].update(scale="un-regular-budjet"),
        "draft.toml, costs, scale: no scale is called un-regular-budjet. "
        "Did you mean un-regular-budget?",
    ),
    "parameter unknown": (
        lambda t: t["responsibility"]["parameters"].update(bandwidth="0.10"),
        "draft.toml, responsibility, parameters, bandwidth: "
        "the rule hathaway-neve has no parameter bandwidth. Did you mean band_width?",
    ),
    "parameter of the scale": (
        lambda t: t["costs"].update(parameters={"years": "3"}),
        "draft.toml, costs, parameters, years: the rule un-regular-budget has no parameter years. "
        "It has none.",
    ),
    "tie-break is no key": (
        lambda t: t["responsibility"]["tie_break"].update(key="hathaway-neve"),
        "",
    ),
    "tie-break unknown": (
        lambda t: t["responsibility"]["tie_break"].update(key="population-gdp-aera"),
        "draft.toml, responsibility, tie_break, key: no key is called population-gdp-aera. "
        "Did you mean population-gdp-area?",
    ),
    "residual key unknown": (
        lambda t: t["protection"].update(residual_key="population-gdp-aera"),
        "draft.toml, protection, residual_key: no key is called population-gdp-aera. "
        "Did you mean population-gdp-area?",
    ),
    "lots not recorded": (
        lambda t: t["responsibility"]["tie_break"].update(order="drawn lots"),
        "draft.toml, responsibility, tie_break, lots: no lots are recorded. "
        "List the states in the order drawn.",
    ),
    "lots incomplete": (
        lambda t: t["responsibility"]["tie_break"].update(
            order="drawn lots", lots=["DEU", "GHA", "CAN", "JPN"]
        ),
        "draft.toml, responsibility, tie_break, lots: no lot for BEN, TGO. Draw for every member.",
    ),
    "lots of strangers": (
        lambda t: t["responsibility"]["tie_break"].update(
            order="drawn lots", lots=["DEU", "GHA", "CAN", "JPN", "BEN", "TGO", "FRA"]
        ),
        "draft.toml, responsibility, tie_break, lots: FRA drew a lot without being a member. "
        "Take it out, or add the member.",
    ),
    "lots drawn twice": (
        lambda t: t["responsibility"]["tie_break"].update(
            order="drawn lots", lots=["DEU", "GHA", "CAN", "JPN", "BEN", "TGO", "GHA"]
        ),
        "draft.toml, responsibility, tie_break, lots: GHA drew more than one lot. "
        "Name each state once.",
    ),
    "lots without drawing": (
        lambda t: t["responsibility"]["tie_break"].update(lots=["GHA"]),
        "draft.toml, responsibility, tie_break, lots: lots were drawn, but ties are settled by "
        '"alphabetical". Write order = "drawn lots", or leave lots out.',
    ),
    "limit for a stranger": (
        lambda t: t["responsibility"]["limits"][0].update(state="FRA"),
        "draft.toml, responsibility, limits 1, state: FRA is not a member: nothing can be granted "
        "to it. Remove the limit or add the member.",
    ),
    "limit twice": (
        lambda t: t["responsibility"]["limits"].append(
            {"state": "TGO", "deduction": 5, "decision": "Meeting of 4 March 2026"}
        ),
        "draft.toml, responsibility, limits 2: TGO has two limits. Join it with limits 1.",
    ),
    "limit without decision": (
        lambda t: t["responsibility"]["limits"][0].update(decision=" "),
        "draft.toml, responsibility, limits 1, decision: no decision grants the limit of TGO. "
        "Say who decided, when, with reference.",
    ),
    "floor above ceiling": (
        lambda t: t["responsibility"]["limits"][0].update(at_least=6000),
        "draft.toml, responsibility, limits 1, at_least: TGO must take at least 6000 and at most "
        "5000. Let at_most be the larger.",
    ),
    "exempt with a floor": (
        lambda t: t["responsibility"]["limits"][0].update(exempt=True, at_least=10, at_most=None),
        "draft.toml, responsibility, limits 1, exempt: TGO is exempt and yet has a number of "
        "people. Leave out exempt, or at_least, at_most, deduction.",
    ),
    "limit of nothing": (
        lambda t: t["responsibility"]["limits"][0].pop("at_most"),
        "draft.toml, responsibility, limits 1: the limit of TGO grants nothing. "
        "Write at_least, at_most, exempt or deduction.",
    ),
    "ceiling that cannot be met": (
        lambda t: t["costs"].update(ceiling="0.15"),
        "draft.toml, costs, ceiling: 6 members at no more than 0.15 each bear 0.9 of the cost, "
        "not all of it. Let the ceiling be at least 1/6, or bring in more members.",
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_slip_is_the_one_error_and_is_told_in_one_line(table: Table, slip: str) -> None:
    spoil, message = SLIPS[slip]
    spoil(table)
    with pytest.raises(Problem) as told:
        read(table, "draft.toml")
    assert str(told.value) == message
    assert [f"draft.toml, {line}" for line in errors(table)] == [message]
