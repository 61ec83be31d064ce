"""What the API shows to whom: the same as the policy, for every role, audience and door."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commonhaven.situations import load
from commonhaven.web.api.api import api
from commonhaven.web.decisions.models import Decision, Obligation
from commonhaven.web.groups.models import Caucus, CharterVersion, Group
from commonhaven.web.kit.audience import Audience, Item, Viewer, sees
from commonhaven.web.meetings import actions as meetings
from commonhaven.web.meetings.models import AdoptedText, Document, Meeting
from commonhaven.web.plans.actions import compute_plan
from commonhaven.web.plans.models import Plan
from commonhaven.web.record.actions import Placing
from commonhaven.web.situations.actions import open_situation
from commonhaven.web.situations.models import Situation

WHO = (
    "ghana", "guinea", "unhcr", "secretariat", "ngo", "observer", "analyst", "administrator",
    "outsider", "nobody",
)  # fmt: skip
HERE = "/groups/west-africa"


@pytest.fixture
def placings(group: Group, now: datetime) -> list[Placing]:
    caucus = Caucus.objects.create(group=group, name="Coast", parties=["GHA", "LBR"])
    return [
        Placing(audience=Audience.CAUCUS, caucus=caucus),
        Placing(audience=Audience.MEMBERS),
        Placing(audience=Audience.CONSULTATIVE),
        Placing(audience=Audience.PUBLIC),
        Placing(audience=Audience.MEMBERS, release_at=now - timedelta(hours=1)),
        Placing(audience=Audience.MEMBERS, release_at=now + timedelta(days=1)),
    ]


@pytest.fixture
def items(
    group: Group, placings: list[Placing], seat: Callable[[str], Any], now: datetime
) -> dict[str, list[Item]]:
    """One item of each kind for each audience, before and after its release."""
    by, found = seat("ghana"), {}
    public = open_situation(
        group=group, value=load("liberia-1990"), by=by, at=now, placing=placings[3]
    )
    plan = compute_plan(group=group, situation=public, by=by, at=now, placing=placings[3])
    found["meetings"] = [
        meetings.convene(group=group, title=f"M{n}", by=by, at=now, placing=one)
        for n, one in enumerate(placings)
    ]
    for kind, model, more in (
        ("situations", Situation, {}),
        ("charters", CharterVersion, {"in_force": now.date(), "value": "{}"}),
        ("decisions", Decision, {"mode": "consensus"}),
    ):
        found[kind] = []
        for n, one in enumerate(placings):
            named: dict[str, Any] = {"party": "GHA", **more}
            named |= {
                "situations": {"slug": f"s{n}", "title": f"S{n}"},
                "charters": {"version": f"d{n}"},
                "decisions": {"number": n + 1, "title": f"D{n}"},
            }[kind]
            row = model.objects.create(
                group=group, audience=one.audience, caucus=one.caucus, release_at=one.release_at,
                created_at=now, **named,
            )  # fmt: skip
            if kind == "situations":
                first = public.versions.get()
                first.pk, first.situation = None, row
                first.save()
            found[kind].append(row)
    found["plans"] = []
    for n, one in enumerate(placings):
        plan.pk, plan.number, plan.audience = None, n + 10, one.audience
        plan.caucus, plan.release_at, plan._state.adding = one.caucus, one.release_at, True
        plan.save()
        found["plans"].append(Plan.objects.get(pk=plan.pk))
    found["documents"] = [
        Document.objects.create(
            group=group, symbol=f"D/{n}", title=f"T{n}", party="GHA", audience=one.audience,
            caucus=one.caucus, release_at=one.release_at, created_at=now,
        )
        for n, one in enumerate(placings)
    ]  # fmt: skip
    found["texts"] = [
        AdoptedText.objects.create(
            group=group, meeting=meeting, kind="summary", value="{}", digest=f"{n}",
            audience=one.audience, caucus=one.caucus, release_at=one.release_at, created_at=now,
        )
        for n, (one, meeting) in enumerate(zip(placings, found["meetings"], strict=True))
    ]  # fmt: skip
    found["obligations"] = [
        Obligation.objects.create(
            group=group, decision=row, code=f"o{n}", party="GHA", kind="k", what=f"O{n}",
            measured="m", audience=row.audience, caucus=row.caucus, release_at=row.release_at,
            created_at=now,
        )
        for n, row in enumerate(found["decisions"])
    ]  # fmt: skip
    return found


@pytest.mark.parametrize("who", WHO)
def test_lists_counts_and_items_show_what_the_policy_shows(
    items: dict[str, list[Item]], caller: Callable[..., Any], viewer: Callable[[str], Viewer],
    who: str,
) -> None:  # fmt: skip
    asks, sight = caller(who), viewer(who)
    for kind, rows in items.items():
        told = asks.get(f"{HERE}/{kind}?limit=200").json()
        shown = {one["id"] for one in told["items"]}
        expected = {row.pk for row in rows if sees(sight, row)}
        known = {row.pk for row in rows}
        assert (who, kind, shown & known) == (who, kind, expected)
        everything = sum(sees(sight, row) for row in type(rows[0]).objects.all())
        assert (who, kind, told["count"]) == (who, kind, everything)
        statuses = {row.pk: asks.get(f"{HERE}/{kind}/{row.pk}").status_code for row in rows}
        assert (who, kind, statuses) == (
            who, kind, {pk: 200 if pk in expected else 404 for pk in known},
        )  # fmt: skip


def test_what_an_item_belongs_to_is_named_to_who_may_see_it(
    items: dict[str, list[Item]], caller: Callable[..., Any]
) -> None:
    hidden, public = 1, 3
    meeting, plan, situation = (items[kind][hidden] for kind in ("meetings", "plans", "situations"))
    Plan.objects.filter(pk=items["plans"][public].pk).update(meeting=meeting)
    Decision.objects.filter(pk=items["decisions"][public].pk).update(meeting=meeting, plan=plan)
    Meeting.objects.filter(pk=items["meetings"][public].pk).update(situation=situation)
    above = {
        "plans": {"meeting": meeting.pk}, "decisions": {"meeting": meeting.pk, "plan": plan.pk},
        "meetings": {"situation": situation.pk},
    }  # fmt: skip
    for kind, named in above.items():
        for who, told in (("ghana", named), ("nobody", dict.fromkeys(named))):
            row = caller(who).get(f"{HERE}/{kind}/{items[kind][public].pk}").json()
            listed = caller(who).get(f"{HERE}/{kind}?limit=200").json()["items"]
            assert (who, kind, {name: row[name] for name in named}) == (who, kind, told)
            assert row.items() >= next(one for one in listed if one["id"] == row["id"]).items()


def test_what_is_hidden_and_what_is_not_there_answer_alike(
    items: dict[str, list[Item]], caller: Callable[..., Any]
) -> None:
    for kind, rows in items.items():
        hidden = caller("ngo").get(f"{HERE}/{kind}/{rows[1].pk}")
        absent = caller("ngo").get(f"{HERE}/{kind}/999999")
        assert (hidden.status_code, hidden.content) == (404, absent.content)


def test_children_follow_what_they_belong_to(
    items: dict[str, list[Item]], caller: Callable[..., Any]
) -> None:
    hidden = items["meetings"][1]
    for path in ("agenda", "documents", "interventions", "outcome", "summary", "credentials"):
        assert caller("ngo").get(f"{HERE}/meetings/{hidden.pk}/{path}").status_code == 404
    for name in ("charter.toml", "plan.json"):
        kind = "charters" if name == "charter.toml" else "plans"
        assert caller("ngo").get(f"{HERE}/{kind}/{items[kind][1].pk}/{name}").status_code == 404
        assert caller("ngo").get(f"{HERE}/{kind}/{items[kind][3].pk}/{name}").status_code == 200


def test_document_keeps_its_own_audience_in_a_wider_meeting(
    items: dict[str, list[Item]], group: Group, caller: Callable[..., Any], now: datetime
) -> None:
    meeting = items["meetings"][3]
    assert isinstance(meeting, Meeting)
    for n, audience in enumerate(("members", "public")):
        Document.objects.create(
            group=group, meeting=meeting, symbol=f"S/{n}", title="T", party="GHA",
            audience=audience, created_at=now,
        )  # fmt: skip
    path = f"{HERE}/meetings/{meeting.pk}/documents"
    assert caller("ghana").get(path).json()["count"] == 2
    assert caller("ngo").get(path).json()["count"] == 1
    assert caller("nobody").get(path).json()["count"] == 1


def test_reader_s_acts_are_refused_and_change_nothing(
    items: dict[str, list[Item]], caller: Callable[..., Any]
) -> None:
    body = {"title": "Now"}
    before = Meeting.objects.count()
    statuses = {
        who: caller(who).post(f"{HERE}/meetings", body).status_code
        for who in ("analyst", "observer", "administrator", "ngo", "outsider", "nobody")
    }
    assert statuses == {
        **dict.fromkeys(("analyst", "observer", "administrator", "ngo", "outsider"), 403),
        "nobody": 401,
    }
    assert Meeting.objects.count() == before


def test_unlisted_group_is_not_there_for_others(
    items: dict[str, list[Item]], caller: Callable[..., Any]
) -> None:
    Group.objects.update(listed=False)
    for path in ("", "/members", "/charters", "/record/head", "/record.jsonl"):
        assert caller("outsider").get(f"{HERE}{path}").status_code == 404
        assert caller("ghana").get(f"{HERE}{path}").status_code == 200
    assert caller("outsider").get("/groups").json()["count"] == 0


def test_every_write_needs_someone(group: Group) -> None:
    described = api.get_openapi_schema()["paths"]
    for path, methods in described.items():
        if "post" in methods and path != "/api/v1/try":
            filled = path.replace("{slug}", "west-africa").replace("{step}", "give")
            filled = re.sub(r"\{[a-z]+\}", "1", filled)
            response = Client().post(filled, "{}", content_type="application/json")
            assert (path, response.status_code) == (path, 401)


@pytest.mark.parametrize(
    "kind", ["meetings", "situations", "charters", "decisions", "documents", "texts"]
)
def test_list_asks_as_often_for_thirty_as_for_three(
    items: dict[str, list[Item]], caller: Callable[..., Any], kind: str
) -> None:
    asks, counts = caller("secretariat"), []
    for limit in (3, 3, 6):
        with CaptureQueriesContext(connection) as seen:
            assert asks.get(f"{HERE}/{kind}?limit={limit}").status_code == 200
        counts.append(len(seen))
    assert counts[1] == counts[2]
