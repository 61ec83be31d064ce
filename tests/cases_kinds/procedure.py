"""A record of events, an instant, and where the procedure then stands."""

from datetime import datetime
from typing import Any

from commonhaven.procedures import Event, Setting, procedure, state

FIELDS = {"kind", "name", "cite", "note", "procedure", "now", "setting", "events", "expect"}


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def event(table: dict[str, str]) -> Event:
    data = {name: text for name, text in table.items() if name not in {"kind", "at", "party"}}
    return Event(
        kind=table["kind"], at=instant(table["at"]), party=table.get("party", ""), data=data
    )


def run(case: dict[str, Any]) -> None:
    assert set(case) <= FIELDS
    brought = {**case["setting"]}
    for name in ("members", "convenors", "secretariat", "holidays"):
        brought[name] = tuple(brought.get(name, ()))
    found = state(
        procedure(case["procedure"]),
        [event(each) for each in case["events"]],
        instant(case["now"]),
        Setting(**brought),
    )
    expect = case["expect"]
    assert (found.stage, found.ended) == (expect["stage"], expect.get("ended", False))
    assert [refusal.why for refusal in found.refused] == expect.get("refused", [])
    by_id = {deadline.id: deadline for deadline in found.deadlines}
    for name, (status, due) in expect.get("deadlines", {}).items():
        assert (name, by_id[name].status, by_id[name].due) == (name, status, instant(due))
    if "log" in expect:
        assert [step.sentence for step in found.log] == expect["log"]
    if "may" in expect:
        assert sorted({permission.act for permission in found.may}) == sorted(expect["may"])
