"""A year is closed once and its fund divided once, however many do so at the same time."""

import json

import servers

TRY = """
import json, threading
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from django.db import connection
from commonhaven.charter import load
from commonhaven.reading import Problem, canonical, digest, dump
from commonhaven.web.decisions.models import Decision
from commonhaven.web.funds.actions import act_on, open_fund
from commonhaven.web.good_faith import actions
from commonhaven.web.good_faith.actions import Said
from commonhaven.web.good_faith.models import Assessment
from commonhaven.web.good_faith.payment import Whole, pay_incentive
from commonhaven.web.groups.models import CharterVersion, Group, Membership
from commonhaven.web.kit.audience import Seat
from commonhaven.web.record.actions import MEMBERS
from commonhaven.web.record.models import Entry

at = datetime.now(UTC)
later = at + timedelta(days=31)
value = dump(load("west-africa"))
group = Group.objects.create(slug="harbour", name={"en": "Harbour"}, created_at=at)
charter = CharterVersion.objects.create(
    group=group, version="1", value=canonical(value), digest=digest(value), toml="",
    in_force=date(2026, 1, 1), party="UNHCR", status="adopted", adopted_at=at, created_at=at,
)
for party, standing in (("GHA", "inner core"), ("FRA", "outer core"), ("UNHCR", "secretariat")):
    Membership.objects.create(
        group=group, charter=charter, party=party, standing=standing, since=date(2026, 1, 1)
    )

def seat(capacity):
    return Seat(id=1, user=None, group=group.pk, party="UNHCR", capacity=capacity,
                standing="secretariat", accepted=True)

unhcr, treasurer = seat("unhcr"), seat("treasurer")
year = actions.open_assessment(
    group=group, title="Year", ends=at.date() - timedelta(days=1), by=unhcr, at=at,
    placing=MEMBERS,
)
actions.find(assessment=year, states=year.states, kept=True, by=unhcr, at=at,
             said=Said(criterion="reported", text="Came"))
actions.set_people(assessment=year, people={"GHA": 2, "FRA": 1}, source="June", by=unhcr, at=at)
actions.publish(assessment=year, by=unhcr, at=at)
fund = open_fund(group=group, kind="incentive", title="Fund", currency="USD", by=treasurer, at=at)
act_on(fund=fund, kind="paid", party="FRA", amount=Fraction(1000), by=treasurer, at=at)
decision = Decision.objects.create(
    group=group, number=1, title="Divide", mode="consensus", party="UNHCR", status="adopted",
    decided_at=at, created_at=at,
)
acts = {
    "close": lambda row: actions.close(assessment=row, by=unhcr, at=later),
    "pay": lambda row: pay_incentive(
        assessment=row, fund=fund, whole=Whole(pot=Fraction(300), source="Decision 1"),
        decision=decision.subject, by=treasurer, at=later,
    ),
}
told = {name: [] for name in acts}
gate = threading.Barrier(6)

def work(name):
    row = Assessment.objects.get(pk=year.pk)
    gate.wait()
    try:
        acts[name](row)
        told[name].append("done")
    except Problem as problem:
        told[name].append(type(problem).__name__)
    except Exception as error:
        told[name].append(f"defect: {error}")
    finally:
        connection.close()

for name in acts:
    threads = [threading.Thread(target=work, args=(name,)) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
awarded = sorted(fund.steps.filter(kind="awarded").values_list("number", flat=True))
closed = Entry.objects.filter(act="good faith closed").count()
print(json.dumps([{name: sorted(all_) for name, all_ in told.items()}, awarded, closed]))
"""


def test_a_year_is_closed_and_divided_once(
    installation: servers.Platform, run: servers.Run
) -> None:
    told, awarded, closed = json.loads(run(TRY))
    assert told == {name: ["Conflict"] * 5 + ["done"] for name in ("close", "pay")}
    assert (awarded, closed) == ([2, 3], 1)
