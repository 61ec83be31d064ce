"""Every report in every language."""

import pytest
from made_reports import KINDS, Page, document_of, page_of, plan

from commonhaven.regime import Plan
from commonhaven.reports import LANGUAGES, Document

BOTH = [(kind, language) for kind in KINDS for language in LANGUAGES]


@pytest.fixture(params=BOTH, ids=["/".join(pair) for pair in BOTH])
def document(request: pytest.FixtureRequest) -> Document:
    return document_of(*request.param)


@pytest.fixture
def liberia() -> Plan:
    return plan()


@pytest.fixture(params=BOTH, ids=["/".join(pair) for pair in BOTH])
def page(request: pytest.FixtureRequest) -> Page:
    return page_of(*request.param)
