"""With whom a process could exchange on a theme, and how far up the list it stands."""

from typing import Any

from commonhaven.processes import exchanges, processes, roster, suggestions


def run(case: dict[str, Any]) -> None:
    assert set(case) <= {"kind", "name", "cite", "note", "of", "on", "theme", "partner", "within"}
    known = processes()
    rosters = {name: roster(each, case["on"]) for name, each in known.items()}
    found = suggestions(known, rosters, exchanges(), of=case["of"])
    ranks = {
        each.other(case["of"]): each.rank for each in found if case["theme"] in each.likeness.shared
    }
    assert ranks[case["partner"]] <= case["within"]
