"""For whom open questions wait: members that may vote and have not, whoever closes the vote."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from commonhaven.procedures import Setting, checked, procedure, recused
from commonhaven.web.decisions import sitting
from commonhaven.web.decisions.ballot import written
from commonhaven.web.decisions.models import Decision
from commonhaven.web.meetings.models import Presence
from commonhaven.web.meetings.queries import Standing
from commonhaven.web.situations.models import SituationVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Members whose votes an open question waits for; whether nothing is left but to close it."""

    votes: frozenset[str]
    over: bool


def waiting_of(
    decisions: Sequence[Decision], stood: Mapping[int, Standing], at: datetime
) -> Iterator[tuple[Decision, Waiting]]:
    """Open questions with whom they wait for; the number of queries does not grow with theirs.

    ``stood``: meeting → where it stands. A question of a meeting that is not among them is seen
    without its room: it waits for nobody there.
    """
    here, origins = _present(decisions, at), _origins(decisions)
    for one in decisions:
        standing = stood.get(one.meeting_id or 0)
        if one.meeting is not None and standing is None:
            continue
        yield one, _waiting(one, standing, here, origins, at)


def _waiting(
    decision: Decision,
    standing: Standing | None,
    here: Mapping[int, set[str]],
    origins: Mapping[int, str],
    at: datetime,
) -> Waiting:
    around, present = _room(decision, standing, here)
    if decision.plan is not None:
        around = replace(around, origin=origins.get(decision.plan.situation_id, ""))
    voters = (set(around.members) & present) - set(recused(around, around.members))
    cast = {vote.party for vote in decision.votes.all()}
    ended = decision.closes_at is not None and at > decision.closes_at
    if standing is not None and sitting.follows(decision):
        ended = ended or not any(act.act == sitting.CLOSE for act in standing.state.may)
    left = frozenset() if ended else frozenset(voters - cast)
    return Waiting(votes=left, over=ended or (bool(cast) and not left))


def _room(
    decision: Decision, standing: Standing | None, here: Mapping[int, set[str]]
) -> tuple[Setting, set[str]]:
    """The setting of a question, and the parties that can vote on it now."""
    if standing is None:
        around = written(decision)
        return around, set(around.members)
    around = checked(procedure(standing.meeting.procedure), standing.setting)
    if sitting.follows(decision):
        return around, set(standing.state.present)
    return around, here.get(standing.meeting.pk, set())


def _present(decisions: Sequence[Decision], at: datetime) -> dict[int, set[str]]:
    still = Q(left_at__isnull=True) | Q(left_at__gt=at)
    meetings = [one.meeting_id for one in decisions if one.meeting_id]
    found: dict[int, set[str]] = {}
    for row in Presence.objects.filter(still, meeting__in=meetings, arrived_at__lte=at):
        found.setdefault(row.meeting_id, set()).add(row.party)
    return found


def _origins(decisions: Sequence[Decision]) -> dict[int, str]:
    """Situation → the state that people flee from, by its last figures."""
    wanted = [one.plan.situation_id for one in decisions if one.plan is not None]
    rows = SituationVersion.objects.filter(situation__in=wanted).order_by("number")
    return dict(rows.values_list("situation", "origin"))
