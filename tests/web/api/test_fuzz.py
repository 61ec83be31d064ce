"""Requests that nobody thought of: none makes the API fail, or answer what it does not describe."""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
import schemathesis
from cast import founded, person_in, taken_back
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import override_settings
from hypothesis import HealthCheck, Phase, settings
from pytest_django import DjangoDbBlocker
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from commonhaven.charter import shipped
from commonhaven.commitments import Commitment, Need, Share
from commonhaven.situations import load
from commonhaven.web.accounts.actions import invite_secretariat
from commonhaven.web.accounts.models import User
from commonhaven.web.accounts.queries import viewer_of
from commonhaven.web.api.actions import Wish, make_token
from commonhaven.web.api.api import api
from commonhaven.web.commitments.actions import promise
from commonhaven.web.commitments.matches import propose_match
from commonhaven.web.commitments.needs import review_need, state_need, submit_need
from commonhaven.web.decisions.actions import Question, put_decision
from commonhaven.web.flows.actions import take_in
from commonhaven.web.flows.models import FlowFile
from commonhaven.web.flows.staging import stage
from commonhaven.web.funds.actions import open_fund
from commonhaven.web.groups.actions import comment, draft_charter, hand_over, seat_chair
from commonhaven.web.kit.audience import Seat, Viewer
from commonhaven.web.meetings import actions as meetings
from commonhaven.web.plans.actions import compute_plan, table_plan
from commonhaven.web.record.actions import Placing
from commonhaven.web.situations.actions import open_situation
from commonhaven.web.wsgi import application

EXAMPLES = 200 if settings.get_current_profile_name() == "whole" else 3
"""Requests for each operation."""
CHECKS = (
    not_a_server_error, status_code_conformance, content_type_conformance,
    response_schema_conformance, response_headers_conformance, unsupported_method,
)  # fmt: skip
PROMISED = Commitment(
    id="new", title="P", kind="financial", unit="USD", to=("GHA",),
    shares=(Share(giver="FRA", quantity=Fraction(100)),),
)  # fmt: skip
NEEDED = Need(id="new", title="N", by="GHA", kind="financial", unit="USD", quantity=Fraction(50))
schema = schemathesis.openapi.from_dict(api.get_openapi_schema())
schema.app = application


@pytest.fixture(scope="module")
def there(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[str, int]]:  # fmt: skip
    """Items that there are, made once for all operations."""
    files = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files"))
    with files, django_db_blocker.unblock(), taken_back():
        yield items(datetime.now(UTC), tmp_path_factory.mktemp("flows"))


def items(now: datetime, tmp: Path) -> dict[str, int]:
    """Items of a new group, by the parameter of the address that names them."""
    group = founded(now)

    def viewer(who: str) -> Viewer:
        return viewer_of(person_in(group, who, now), now)

    def seat(who: str) -> Seat:
        return viewer(who).seats_in(group.pk)[0]

    ghana, wide = seat("ghana"), Placing(audience="public")
    situation = open_situation(
        group=group, value=load("liberia-1990"), by=ghana, at=now, placing=wide
    )
    meeting = meetings.convene(
        group=group, title="M", by=ghana, at=now, situation=situation, placing=wide
    )
    plan = compute_plan(group=group, situation=situation, by=ghana, at=now, placing=wide)
    table_plan(plan=plan, meeting=meeting, by=ghana, at=now)
    draft = draft_charter(
        group=group, text=shipped()["west-africa"].read_text("utf-8"), by=ghana, at=now
    )
    comment(charter=draft, article="costs", text="Too low", by=seat("france"), at=now)
    question = Question(kind="other", title="Q", text="Shall we?")
    decision = put_decision(group=group, question=question, by=seat("secretariat"), at=now)
    paragraph = meetings.propose_paragraph(meeting=meeting, text="P", by=ghana, at=now)
    amendment = meetings.amend(paragraph=paragraph, text="Q", by=seat("france"), at=now)
    credential = meetings.present_credentials(meeting=meeting, reference="N", by=ghana, at=now)
    point = meetings.propose_item(meeting=meeting, title="A", by=ghana, at=now)
    words = meetings.Words(text="We welcome this.")
    said = meetings.intervene_in_writing(meeting=meeting, words=words, by=ghana, at=now)
    held = meetings.take_position(meeting=meeting, kind="reservation", text="R", by=ghana, at=now)
    paper = meetings.Paper(title="T", text="One", file=io.BytesIO(b"One"), file_name="one.txt")
    document = meetings.submit_document(
        group=group, meeting=meeting, paper=paper, placing=wide, by=ghana, at=now
    )
    other = meetings.convene(
        group=group, title="N", by=ghana, at=now, kind="working meeting", placing=wide
    )
    meetings.draft_paragraph(meeting=other, text="S", by=seat("secretariat"), at=now)
    text = meetings.adopt_summary(meeting=other, by=seat("secretariat"), at=now)
    offered, _ = invite_secretariat(
        group=group, email="office@example.org", label="S", party="UNHCR",
        by=viewer("administrator"), at=now,
    )  # fmt: skip
    since = now.date()
    term = seat_chair(
        group=group, party="GHA", since=since, until=None, by=seat("secretariat"), at=now
    )
    promised = promise(
        group=group, value=PROMISED, by=seat("france"), at=now - timedelta(hours=2), placing=wide
    )
    need = state_need(
        group=group, value=NEEDED, by=seat("ghana"), at=now - timedelta(hours=2), placing=wide
    )
    submit_need(need=need, by=seat("ghana"), at=now - timedelta(hours=2))
    review_need(need=need, accepted=True, found="F", by=seat("unhcr"),
                at=now - timedelta(hours=2))  # fmt: skip
    match = propose_match(commitment=promised, need=need, quantity=5, why="", by=seat("ghana"),
                          at=now - timedelta(hours=1))  # fmt: skip
    fund = open_fund(group=group, kind="standing", title="F", currency="USD",
                     by=seat("treasurer"), at=now, placing=wide)  # fmt: skip
    table = tmp / "flows.csv"
    table.write_text("activity,kind,date,value,currency\nA,disbursement,2026-01-01,5,USD\n")
    kept = stage(table, table.name, group=group, person=seat("unhcr").user,
                 among=FlowFile.objects.none())  # fmt: skip
    file = take_in(load=kept, title="F", source="S", by=seat("unhcr"), at=now, placing=wide)
    hand_over(group=group, party="SEN", until=None, by=seat("secretariat"), at=now)
    return {
        "situations": situation.pk, "meetings": meeting.pk, "plans": plan.pk,
        "charters": draft.pk, "decisions": decision.pk, "paragraph": paragraph.pk,
        "amendment": amendment.pk, "credential": credential.pk, "number": 1,
        "point": point.pk, "speaker": said.pk, "position": held.pk, "documents": document.pk,
        "texts": text.pk, "held": seat("france").id, "offer": offered.pk, "term": term.pk,
        "commitments": promised.pk, "needs": need.pk,
        "matches": match.pk, "funds": fund.pk, "flow-files": file.pk,
    }  # fmt: skip


@pytest.fixture(autouse=True)
def kept_connection() -> Iterator[None]:
    """A server ends connections between requests; in a test they hold the transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def token(there: dict[str, int], db: None) -> str:
    """The secretariat's: it may do most."""
    user = User.objects.get(email="secretariat@example.org")
    wish = Wish(name="test", scopes=("read", "act"))
    return make_token(user=user, wish=wish, at=datetime.now(UTC))[1]


def aim(case: schemathesis.Case, there: dict[str, int]) -> None:
    """Let the address name what there is, so that more than 404 is tried."""
    named = dict(case.path_parameters or {})
    known = re.search(r"/([\w-]+)/\{pk\}", case.path)
    for name in named:
        if name == "slug":
            named[name] = "west-africa"
        elif name == "pk" and known and known[1] in there:
            named[name] = there[known[1]]
        elif name in there:
            named[name] = there[name]
    case.path_parameters = named


@schema.parametrize()
@settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_operation_answers_as_described(
    case: schemathesis.Case, token: str, there: dict[str, int]
) -> None:
    aim(case, there)
    response = case.call(headers={"Authorization": f"Bearer {token}"})
    case.validate_response(response, checks=list(CHECKS))
