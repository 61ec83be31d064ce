"""No state is bound without its consent; an adopted version never changes; history is kept."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from commonhaven.reading import Problem
from commonhaven.web.groups import actions
from commonhaven.web.groups.consent import standing
from commonhaven.web.groups.models import CharterVersion, Membership
from commonhaven.web.groups.queries import history, members_on, version_on
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.record.models import Entry


def yes(founding: Any, draft: CharterVersion, *parties: str, choice: str = "yes") -> None:
    for party in parties:
        actions.consent(
            charter=draft, choice=choice, revision=draft.revision, by=founding.seat(party),
            at=founding.at,
        )  # fmt: skip


def amendment(founding: Any, text: Callable[..., str], **more: Any) -> CharterVersion:
    day = founding.at.date() + timedelta(days=30)
    return founding.draft(text(day, version="2", **more))


def rows(founding: Any) -> list[tuple[Any, ...]]:
    found = Membership.objects.filter(group=founding.group).order_by("party", "since")
    return [(row.party, row.standing, row.since, row.until) for row in found]


def test_first_charter_needs_every_state_that_it_names(
    founding: Any, charter_text: Callable[..., str]
) -> None:
    day = founding.at.date()
    draft = founding.draft(charter_text(day))
    yes(founding, draft, "GHA")
    with pytest.raises(Conflict) as raised:
        actions.adopt_charter(charter=draft, by=founding.secretariat(), at=founding.at)
    assert "no consent of FRA" in str(raised.value)
    assert version_on(founding.group, day) is None
    yes(founding, draft, "FRA")
    actions.adopt_charter(charter=draft, by=founding.secretariat(), at=founding.at)
    bound = version_on(founding.group, day)
    assert bound is not None
    assert (bound.pk, bound.status, bound.audience) == (draft.pk, "adopted", "public")
    assert rows(founding) == [
        ("FRA", "outer core", day, None),
        ("GHA", "inner core", day, None),
        ("UNHCR", "secretariat", day, None),
    ]
    founding.group.refresh_from_db()
    assert founding.group.called() == "The pair"


def test_silence_never_binds_to_a_first_charter(
    founding: Any, charter_text: Callable[..., str]
) -> None:
    draft = founding.draft(charter_text(founding.at.date()))
    later = founding.at + timedelta(days=400)
    assert standing(draft, later).missing == ("FRA", "GHA")


def test_a_no_is_taken_back_by_a_later_yes(founding: Any, charter_text: Callable[..., str]) -> None:
    draft = founding.draft(charter_text(founding.at.date()))
    yes(founding, draft, "GHA", "FRA")
    yes(founding, draft, "FRA", choice="no")
    assert standing(draft, founding.at).missing == ("FRA",)
    yes(founding, draft, "FRA")
    assert standing(draft, founding.at).ready


def test_an_instrument_deposited_with_the_secretariat_is_consent(
    founding: Any, charter_text: Callable[..., str]
) -> None:
    draft = founding.draft(charter_text(founding.at.date()))
    given = {"charter": draft, "party": "FRA", "revision": 1, "at": founding.at}
    with pytest.raises(Refused):
        actions.deposit_consent(reference="Note 1", by=founding.seat("GHA"), **given)
    with pytest.raises(Problem, match="no instrument is named"):
        actions.deposit_consent(reference=" ", by=founding.secretariat(), **given)
    made = actions.deposit_consent(reference="Note 1", by=founding.secretariat(), **given)
    assert (made.party, made.choice, made.reference) == ("FRA", "yes", "Note 1")
    body = json.loads(Entry.objects.order_by("-number")[0].body)
    assert (body["party"], body["instrument"]) == ("FRA", "Note 1")


def test_who_is_not_named_is_not_asked(founding: Any, charter_text: Callable[..., str]) -> None:
    draft = founding.draft(charter_text(founding.at.date()))
    with pytest.raises(Refused, match="DEU is not asked"):
        yes(founding, draft, "DEU")


def test_positions_on_an_older_text_count_no_more(
    founding: Any, charter_text: Callable[..., str]
) -> None:
    day = founding.at.date()
    draft = founding.draft(charter_text(day))
    yes(founding, draft, "GHA", "FRA")
    revised = actions.revise_charter(
        charter=draft, text=charter_text(day, more='note = "clearer"'), revision=1,
        by=founding.secretariat(), at=founding.at,
    )  # fmt: skip
    assert revised.revision == 2
    assert standing(revised, founding.at).missing == ("FRA", "GHA")
    with pytest.raises(Conflict, match="you read revision 1, it is now at 2"):
        yes(founding, draft, "GHA")


def test_amendment_by_consensus_waits_for_the_silent_and_then_takes_silence_as_no_objection(
    founding: Any, charter_text: Callable[..., str]
) -> None:
    founding.adopted()
    draft = amendment(founding, charter_text)
    yes(founding, draft, "GHA")
    early = founding.at + timedelta(days=14) - timedelta(seconds=1)
    assert standing(draft, early).missing == ("FRA",)
    with pytest.raises(Conflict, match="Silence is read as no objection from"):
        actions.adopt_charter(charter=draft, by=founding.secretariat(), at=early)
    due = founding.at + timedelta(days=14)
    adopted = actions.adopt_charter(charter=draft, by=founding.secretariat(), at=due)
    assert adopted.replaces is not None
    assert adopted.replaces.version == "1"


def test_one_objection_stops_consensus(founding: Any, charter_text: Callable[..., str]) -> None:
    founding.adopted()
    draft = amendment(founding, charter_text)
    yes(founding, draft, "GHA")
    yes(founding, draft, "FRA", choice="objection")
    later = founding.at + timedelta(days=20)
    with pytest.raises(Conflict, match="1 object \\(FRA\\)"):
        actions.adopt_charter(charter=draft, by=founding.secretariat(), at=later)


def test_charter_that_decides_by_a_majority_is_amended_by_it(
    founding: Any, charter_text: Callable[..., str]
) -> None:
    ways = '\n[convening]\ndecision = "simple-majority"\n'
    founding.adopted(charter_text(founding.at.date(), after=ways))
    draft = amendment(founding, charter_text)
    where = standing(draft, founding.at)
    assert (where.mode, where.opens, where.missing) == ("simple-majority", None, ("FRA", "GHA"))
    yes(founding, draft, "GHA")
    yes(founding, draft, "FRA", choice="abstain")
    assert standing(draft, founding.at).ready


def test_state_that_joins_by_an_amendment_says_yes_itself(
    founding: Any, charter_text: Callable[..., str]
) -> None:
    founding.adopted()
    joins = '\n[[members]]\nstate = "DEU"\ntier = "outer core"\nsince = 2030-01-01\n'
    draft = amendment(founding, charter_text, after=joins)
    yes(founding, draft, "GHA", "FRA")
    assert standing(draft, founding.at + timedelta(days=400)).missing == ("DEU",)
    yes(founding, draft, "DEU")
    assert standing(draft, founding.at).ready


def test_amendment_lays_out_who_moves_and_keeps_the_history(
    founding: Any, charter_text: Callable[..., str]
) -> None:
    founding.adopted()
    first, second = founding.at.date(), founding.at.date() + timedelta(days=30)
    moved = charter_text(second, version="2").replace("outer core", "inner core")
    moved = moved.replace(f'state = "GHA"\ntier = "inner core"\nsince = {second}', (
        f'state = "GHA"\ntier = "inner core"\nsince = {first}'
    ))  # fmt: skip
    draft = founding.draft(moved)
    yes(founding, draft, "GHA", "FRA")
    actions.adopt_charter(charter=draft, by=founding.secretariat(), at=founding.at)
    eve = second - timedelta(days=1)
    assert rows(founding) == [
        ("FRA", "outer core", first, eve),
        ("FRA", "inner core", second, None),
        ("GHA", "inner core", first, None),
        ("UNHCR", "secretariat", first, None),
    ]
    on = {
        day: {r.party: r.standing for r in members_on(founding.group, day)} for day in (eve, second)
    }
    assert (on[eve]["FRA"], on[second]["FRA"]) == ("outer core", "inner core")
    newest = history(founding.group)[0]
    assert newest.day == second
    assert [row.standing for row in newest.came] == ["inner core"]
    assert [row.standing for row in newest.went] == ["outer core"]


def test_amendment_may_not_reach_back(founding: Any, charter_text: Callable[..., str]) -> None:
    founding.adopted(charter_text(founding.at.date() - timedelta(days=60)))
    draft = founding.draft(charter_text(founding.at.date() - timedelta(days=30), version="2"))
    yes(founding, draft, "GHA", "FRA")
    with pytest.raises(Problem, match="before its adoption"):
        actions.adopt_charter(charter=draft, by=founding.secretariat(), at=founding.at)


def test_version_adopted_for_later_is_amended_by_its_own_members(
    founding: Any, charter_text: Callable[..., str]
) -> None:
    later = founding.at.date() + timedelta(days=90)
    first = founding.adopted(charter_text(later))
    assert version_on(founding.group, founding.at.date()) is None
    sooner = founding.draft(charter_text(later - timedelta(days=1), version="2"))
    where = standing(sooner, founding.at)
    assert (where.bound, where.first, where.deciding) == (first, False, ("FRA", "GHA"))
    yes(founding, sooner, "GHA", "FRA")
    with pytest.raises(Problem, match="not later than the old one"):
        actions.adopt_charter(charter=sooner, by=founding.secretariat(), at=founding.at)
    after = founding.draft(charter_text(later + timedelta(days=1), version="2"))
    yes(founding, after, "GHA", "FRA")
    actions.adopt_charter(charter=after, by=founding.secretariat(), at=founding.at)
    on = [version_on(founding.group, later + timedelta(days=n)) for n in (-1, 0, 1)]
    assert [one.version if one else None for one in on] == [None, "1", "2"]
    assert len(members_on(founding.group, later)) == len(members_on(
        founding.group, later + timedelta(days=1)
    )) == 3  # fmt: skip


def test_amendment_before_another_that_was_adopted_is_refused(
    founding: Any, charter_text: Callable[..., str]
) -> None:
    founding.adopted()
    far = founding.draft(charter_text(founding.at.date() + timedelta(days=60), version="2"))
    yes(founding, far, "GHA", "FRA")
    actions.adopt_charter(charter=far, by=founding.secretariat(), at=founding.at)
    near = founding.draft(charter_text(founding.at.date() + timedelta(days=30), version="3"))
    yes(founding, near, "GHA", "FRA")
    with pytest.raises(Problem, match="not later than the old one"):
        actions.adopt_charter(charter=near, by=founding.secretariat(), at=founding.at)


def test_charter_that_has_run_out_is_followed_by_a_first_one(
    founding: Any, charter_text: Callable[..., str]
) -> None:
    ends = founding.at.date() + timedelta(days=10)
    founding.adopted(charter_text(founding.at.date(), more=f"ends = {ends}"))
    assert version_on(founding.group, ends) is not None
    day = ends + timedelta(days=1)
    assert version_on(founding.group, day) is None
    assert not members_on(founding.group, day).exists()
    draft = founding.draft(charter_text(day, version="2"))
    where = standing(draft, founding.at + timedelta(days=11))
    assert (where.first, where.must) == (True, ("FRA", "GHA"))
    assert standing(draft, founding.at).first is False


def test_version_number_is_used_once(founding: Any, charter_text: Callable[..., str]) -> None:
    founding.adopted()
    day = founding.at.date() + timedelta(days=3)
    draft = founding.draft(charter_text(day, more='note = "other"'))
    yes(founding, draft, "GHA", "FRA")
    with pytest.raises(Problem, match="version 1 was adopted with other content"):
        actions.adopt_charter(charter=draft, by=founding.secretariat(), at=founding.at)


def test_adopted_version_never_changes(founding: Any, charter_text: Callable[..., str]) -> None:
    adopted = founding.adopted()
    secretariat = founding.secretariat()
    given = {"charter": adopted, "by": secretariat, "at": founding.at}
    acts: tuple[Callable[[], object], ...] = (
        lambda: actions.revise_charter(text=charter_text(founding.at.date()), revision=1, **given),
        lambda: actions.withdraw_charter(**given),
        lambda: actions.adopt_charter(**given),
        lambda: actions.comment(article="", text="too late", **given),
    )
    for act in acts:
        with pytest.raises(Conflict, match="no draft any more"):
            act()
    held = CharterVersion.objects.get(pk=adopted.pk)
    assert (held.toml, held.digest) == (adopted.toml, adopted.digest)


def test_only_the_secretariat_and_the_chair_adopt(
    founding: Any, charter_text: Callable[..., str]
) -> None:
    draft = founding.draft(charter_text(founding.at.date()))
    yes(founding, draft, "GHA", "FRA")
    with pytest.raises(Refused, match="only the secretariat and the chair"):
        actions.adopt_charter(charter=draft, by=founding.seat("GHA"), at=founding.at)


def test_seat_without_accepted_credentials_binds_nobody(
    founding: Any, charter_text: Callable[..., str]
) -> None:
    draft = founding.draft(charter_text(founding.at.date()))
    waiting = founding.seat("FRA", "delegate", accepted=False)
    with pytest.raises(Refused, match="not been accepted yet"):
        actions.consent(charter=draft, choice="yes", revision=1, by=waiting, at=founding.at)


def test_every_act_stands_in_the_record_once(founding: Any) -> None:
    founding.adopted()
    acts = list(Entry.objects.order_by("number").values_list("act", "party"))
    assert acts == [
        ("charter drafted", "UNHCR"),
        ("position on charter declared", "GHA"),
        ("position on charter declared", "FRA"),
        ("charter adopted", "UNHCR"),
    ]
    adopted = Entry.objects.get(act="charter adopted")
    body = json.loads(adopted.body)
    version = CharterVersion.objects.get()
    assert (adopted.audience, body["hash"], body["positions"]) == (
        "public", version.digest, {"FRA": "yes", "GHA": "yes"},
    )  # fmt: skip
