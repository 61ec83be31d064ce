"""Votes counted by a mode of decision."""

from typing import Any

from commonhaven.procedures import Setting, Vote, tally
from commonhaven.reading import exact

FIELDS = {"kind", "name", "cite", "note", "mode", "members", "present", "origin", "options"} | {
    "populations", "weights", "votes", "expect",
}  # fmt: skip


def run(case: dict[str, Any]) -> None:
    assert set(case) <= FIELDS
    setting = Setting(
        members=tuple(case["members"]),
        origin=case.get("origin", ""),
        options=case.get("options", {}),
        populations=case.get("populations", {}),
        weights={party: exact(weight) for party, weight in case.get("weights", {}).items()},
    )
    found = tally(
        case["mode"],
        [Vote(party=party, position=position) for party, position in case["votes"]],
        members=setting.members,
        present=case.get("present"),
        setting=setting,
    )
    expect = case["expect"]
    assert found.result == expect["result"]
    assert {name: found.counts[name] for name in expect["counts"]} == expect["counts"]
    assert [refused.why for refused in found.refused] == expect.get("refused", [])
    if "working" in expect:
        assert list(found.working) == expect["working"]
