"""How much a run of the tests tries: what fits in minutes, or the whole."""

import os

import pytest
from hypothesis import settings

settings.register_profile("whole", max_examples=1000, deadline=None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--whole", action="store_true",
        help="every combination where ./run test tries a choice of them (see ./run bench)",
    )  # fmt: skip


LONG = ("web/story/test_every", "web/story", "web/operation", "web/access", "web/api", "web/plans")
"""Modules that take longest begin first, so that all workers end at about the same time."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    apart = set() if config.getoption("--whole") else {"whole"}
    if "COMMONHAVEN_TEST_DATABASE" not in os.environ:
        apart.add("postgresql")
    out = [item for item in items if any(mark.name in apart for mark in item.iter_markers())]
    config.hook.pytest_deselected(items=out)
    items[:] = [item for item in items if item not in out]

    def place(item: pytest.Item) -> int:
        return next((n for n, name in enumerate(LONG) if name in item.nodeid), len(LONG))

    items.sort(key=place)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many requests the access matrix made."""
    told = [
        value
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "teardown"
        for name, value in report.user_properties
        if name == "requests"
    ]
    if told:
        terminalreporter.write_line(f"access matrix: {sum(told):,} requests in {len(told)} tests")
