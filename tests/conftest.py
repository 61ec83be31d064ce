"""How thorough a run of the tests is: as much as fits in minutes, or the whole."""

import pytest
from hypothesis import settings

settings.register_profile("whole", max_examples=1000, deadline=None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--whole", action="store_true",
        help="every combination where `./run test` tries a choice of them; see ./run bench",
    )  # fmt: skip


@pytest.fixture(scope="session")
def whole(request: pytest.FixtureRequest) -> bool:
    """Whether every combination is tried, however long it takes."""
    return bool(request.config.getoption("--whole"))
