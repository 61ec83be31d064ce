"""Plans as a viewer may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Exists, OuterRef, QuerySet

from commonhaven.regime import Plan as Value
from commonhaven.regime.restore import answer_restored, restored
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Viewer, visible
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.plans.models import Asked, Move, Opinion, Plan
from commonhaven.web.plans.talks import Part, talk_of


def plans_for(viewer: Viewer, group: Group) -> QuerySet[Plan]:
    """The plans of a group that a viewer may see, the newest first, without their long texts.

    ``moved``: whether a move led on from it to a later plan.
    """
    later = visible(Plan.objects.filter(after=OuterRef("pk")), viewer)
    rows = visible(Plan.objects.filter(group=group), viewer).annotate(moved=Exists(later))
    return rows.defer("text", "talks").select_related("group", "situation", "meeting")


def value_of(plan: Plan) -> Value:
    """The plan as a value of the room `regime`, as it was computed."""
    return _restored(plan.text)


@lru_cache(maxsize=8)
def _restored(text: str) -> Value:
    return restored(text)


def answer_of(plan: Plan) -> Value:
    """The same without working and figures, for pages that show the answer only: much faster."""
    return answer_restored(plan.text)


def tabled(meeting: Meeting) -> list[Plan]:
    """The proposals before a meeting, each as its talks have left it."""
    rows = Plan.objects.filter(meeting=meeting, status=Plan.Status.TABLED, next__isnull=True)
    return list(rows.defer("text").select_related("group", "situation").order_by("number"))


def tabled_for(viewer: Viewer, meeting: Meeting) -> list[Plan]:
    """The proposals that a viewer may see, and the one decided on."""
    open_or_decided = [Plan.Status.TABLED, Plan.Status.DECIDED]
    rows = Plan.objects.filter(meeting=meeting, status__in=open_or_decided, next__isnull=True)
    shown = visible(rows, viewer).defer("text").select_related("group", "situation")
    return list(shown.order_by("number"))


def unhcr_opinion(plan: Plan) -> Opinion | None:
    """UNHCR's last opinion on exactly this plan."""
    rows = Opinion.objects.filter(plan=plan, party="UNHCR", capacity="unhcr")
    return rows.order_by("-created_at", "-pk").first()


def opinion_missing(plan: Plan) -> str:
    """What is missing before this plan can be put to the vote; empty where nothing is."""
    if unhcr_opinion(plan) is not None:
        return ""
    asked = Asked.objects.filter(plan=plan).first()
    if asked is None:
        return "UNHCR's opinion on this plan is missing, and UNHCR has not been asked"
    if asked.noted_at is None:
        return "UNHCR was asked for its opinion on this plan and has not given it"
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One state's part under one proposal, and the difference to the first proposal."""

    part: Part | None
    people_more: int
    pays_more: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One state across the proposals."""

    state: str
    own: bool
    cells: tuple[Cell, ...]


def side_by_side(plans: Sequence[Plan], own: frozenset[str]) -> tuple[Row, ...]:
    """Every state under every proposal; the viewer's own states first, then by people."""
    talks = [talk_of(plan) for plan in plans]
    states = {part.state: part.people for talk in reversed(talks) for part in talk.parts}
    order = sorted(states, key=lambda state: (state not in own, -states[state], state))
    rows = []
    for state in order:
        parts = [talk.part(state) for talk in talks]
        first = parts[0]
        cells = tuple(
            Cell(
                part=part,
                people_more=part.people - first.people if part and first else 0,
                pays_more=part.pays - first.pays if part and first else 0,
            )
            for part in parts
        )
        if any(part and (part.people or part.pays) for part in parts) or state in own:
            rows.append(Row(state=state, own=state in own, cells=cells))
    return tuple(rows)


def talks_of(plan: Plan) -> list[Plan]:
    """The plans from the first, without moves, to this one, each with its move."""
    before, chain = _moved_from(plan), [plan.pk]
    while (earlier := before.get(chain[-1])) is not None:
        chain.append(earlier)
    rows = Plan.objects.defer("text").select_related("group", "move").in_bulk(chain)
    return [rows[pk] for pk in reversed(chain)]


def stands_at(plan: Plan) -> Plan | None:
    """The plan at which the talks stand now; None where no move followed this one."""
    after = {earlier: pk for pk, earlier in _moved_from(plan).items()}
    here = plan.pk
    while here in after:
        here = after[here]
    rows = Plan.objects.defer("text", "talks").select_related("group")
    return None if here == plan.pk else rows.get(pk=here)


def _moved_from(plan: Plan) -> dict[int, int]:
    """Plan → the one on which it is a move, of all talks on the same situation."""
    rows = Plan.objects.filter(situation=plan.situation_id, after__isnull=False)
    return {pk: earlier for pk, earlier in rows.values_list("pk", "after") if earlier}


def move_in(plan: Plan) -> Move | None:
    """The move that made a plan."""
    return getattr(plan, "move", None)
