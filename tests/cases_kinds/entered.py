"""Entered values and what the check says of them."""

from typing import Any

from commonhaven.indicators import check_entries
from commonhaven.indicators.entries import EntriesFile
from commonhaven.reading import build


def run(case: dict[str, Any]) -> None:
    file = build(EntriesFile, {"title": case["name"], "entries": case["entries"]}, "case")
    found = [f"{finding.severity}: {finding.where}: {finding.what}" for finding in
             check_entries(file.entries)]  # fmt: skip
    assert found == case["expect"]["findings"]
